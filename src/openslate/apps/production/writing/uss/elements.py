"""The elements and categories of a file, brought to what a board says."""

from datetime import date

from openslate.apps.production.reading.uss.sheet import KINDS, Key
from openslate.apps.production.reading.uss.values import day_of, moment_of
from openslate.apps.production.writing.uss.rows import Ids, Row, mended, new_element, reordered
from openslate.apps.production.writing.uss.words import Words

NAMES = {
    "set": "Set",
    "interior": "INT/EXT",
    "time": "Day/Night",
    "script day": "Script Day",
    "unit": "Unit",
    "location": "Location",
    "cast": "Cast Members",
}
NUMBERS = {
    "sequence": 5,
    "background": 101,
    "background actors": 101,
    "stunts": 102,
    "vehicles": 103,
    "props": 104,
    "sfx": 105,
    "special effects": 105,
    "wardrobe": 106,
    "makeup/hair": 107,
    "animals": 108,
    "animal handler": 109,
    "animal wranglers": 109,
    "camera": 110,
    "grip": 111,
    "electric": 112,
    "sound": 113,
    "music": 114,
    "art department": 115,
    "set dressing": 116,
    "greenery": 117,
    "security": 118,
    "special equipment": 119,
    "additional labor": 120,
    "vfx": 121,
    "visual effects": 121,
    "mfx": 122,
    "mechanical effects": 122,
    "notes": 123,
    "comments": 124,
    "misc": 125,
    "miscellaneous": 125,
    "other": 126,
}
FIRST_OWN = 500
"""Categories of one's own are numbered from here on."""
LISTED = ("set", "location", "cast")
"""Kinds that a shoot lists itself, so that what is gone there is gone from the file."""


class Elements:
    """The elements of a file, and which one stands for what.

    Args:
        held: the schedule as a plain object; its elements and categories are replaced by `merge`.
        keys: what each element stands for, by id.
        ids: for what is new.
        created: when that is.
    """

    def __init__(self, held: Row, keys: dict[str, Key], ids: Ids, created: str) -> None:
        self._held = held
        self._ids = ids
        self._created = created
        self.keys = dict(keys)
        self.id_of: dict[Key, str] = {}
        for row in held["elements"]:
            if row["id"] in keys:
                self.id_of.setdefault(keys[row["id"]], row["id"])

    def merge(self, before: Words, after: Words) -> set[str]:
        """Bring them to what a board says; returns the ids of those that are gone."""
        gone = {key for key in before.elements if key.kind in LISTED and key not in after.elements}
        removed = {one for one, key in self.keys.items() if key in gone}
        for key in gone:
            self.id_of.pop(key, None)
        rows = [self._kept(row, before, after) for row in self._held["elements"] if row["id"] not in removed]
        self._held["elements"] = rows
        for key, fields in after.elements.items():
            if key not in self.id_of:
                one = self._add(key)
                rows.append(new_element(one, self._created, self._category(key), fields))
        for row in rows:
            self._link(row, before, after)
            row["linkedElements"] = [one for one in row["linkedElements"] if one not in removed]
            who = self.keys.get(row["id"])
            if who is not None and who.kind == "cast" and who.name in after.away:
                self._days_away(row, before.away.get(who.name, frozenset()), after.away[who.name])
        for kind in LISTED:
            wanted = [self.id_of[key] for key in after.elements if key.kind == kind]
            self._held["elements"] = reordered(self._held["elements"], wanted)
        return removed

    def of(self, key: Key) -> str:
        """The element that stands for something; a new one where there is none."""
        if key not in self.id_of:
            one = self._add(key)
            fields = {"name": "Main" if key.kind == "unit" and key.name == "main" else key.name}
            self._held["elements"].append(new_element(one, self._created, self._category(key), fields))
        return self.id_of[key]

    def _add(self, key: Key) -> str:
        one = self._ids.fresh("element", *key)
        self.keys[one] = key
        self.id_of[key] = one
        return one

    def _kept(self, row: Row, before: Words, after: Words) -> Row:
        key = self.keys.get(row["id"])
        if key is None or key not in before.elements or key not in after.elements:
            return dict(row)
        return mended(row, before.elements[key], after.elements[key])

    def _link(self, row: Row, before: Words, after: Words) -> None:
        key = self.keys.get(row["id"])
        if key is None or key.kind != "set" or before.links.get(key) == after.links.get(key):
            return
        others = [one for one in row["linkedElements"] if one not in self.keys or self.keys[one].kind != "location"]
        location = after.links.get(key)
        row["linkedElements"] = others + ([] if location is None else [self.of(location)])

    def _days_away(self, row: Row, before: frozenset[date], after: frozenset[date]) -> None:
        if before == after:
            return
        weekdays = {(day - 1) % 7 for day in row["daysOff"]}
        if any(day.weekday() in weekdays for day in before - after):
            row["daysOff"], weekdays = [], set()
        events = [one for one in row["events"] if one["type"] != "dayOff" or day_of(one["date"]) in after]
        there = {day_of(one["date"]) for one in events if one["type"] == "dayOff"}
        for day in sorted(after - there):
            if day.weekday() not in weekdays or day not in before:
                one = self._ids.fresh("away", row["id"], day.isoformat())
                events.append({"id": one, "date": moment_of(day), "type": "dayOff", "name": "dayOff"})
        row["events"] = events

    def _category(self, key: Key) -> str:
        categories = self._held["categories"]
        numbers = {kind: number for number, kind in KINDS.items()}
        number = numbers.get(key.kind)
        for row in categories:
            if row["ucid"] == number or (number is None and row["ucid"] not in KINDS and row["name"] == key.category):
                return str(row["id"])
        taken = {row["ucid"] for row in categories}
        if number is None:
            number = NUMBERS.get(key.category.lower())
        if number is None or number in taken:
            number = next(one for one in range(FIRST_OWN, FIRST_OWN + len(taken) + 1) if one not in taken)
        one = self._ids.fresh("category", key.kind, key.category)
        name = NAMES.get(key.kind, key.category)
        categories.append({"id": one, "created": self._created, "name": name, "ucid": number})
        return one
