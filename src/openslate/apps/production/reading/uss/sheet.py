"""What each element stands for: its kind by the number of its category, and its name as a shoot has it."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from openslate.apps.production.reading.uss.fields import Breakdown, Element, Schedule
from openslate.apps.production.reading.uss.notices import Notice
from openslate.apps.production.shoot.scenes import Interior

Kind = Literal["set", "interior", "time", "script day", "unit", "location", "cast", "other"]
KINDS: dict[int, Kind] = {
    0: "set",
    1: "interior",
    2: "time",
    3: "script day",
    4: "unit",
    6: "location",
    100: "cast",
}
SINGLE: tuple[Kind, ...] = ("set", "interior", "time", "script day", "unit", "location")
"""Kinds of which a scene has one at most."""
MAIN_UNIT = ("main", "main unit", "first", "first unit", "1st", "1st unit")


class Key(NamedTuple):
    """What an element stands for; that of the cast is named by their board number."""

    kind: Kind
    name: str
    category: str = ""


@dataclass(frozen=True)
class Sheet:
    """A schedule with what its ids stand for.

    Attributes:
        schedule: as it was read.
        keys: what each element stands for, by id; elements of no category are not among them.
        numbers: the number of each scene, by id of its breakdown.
    """

    schedule: Schedule
    keys: dict[str, Key]
    numbers: dict[str, str]

    def named(self, breakdown: Breakdown, kind: Kind) -> list[str]:
        """Names of a breakdown's elements of a kind, none twice."""
        found = (self.keys[one] for one in breakdown.elements if one in self.keys)
        return list(dict.fromkeys(key.name for key in found if key.kind == kind and key.name))

    def cast(self) -> list[tuple[str, Element]]:
        """The cast, by board number."""
        rows = [(self.keys.get(one.id), one) for one in self.schedule.elements]
        return [(key.name, one) for key, one in rows if key is not None and key.kind == "cast"]


def sheet_of(schedule: Schedule, tell: Callable[[Notice], None]) -> Sheet:
    """A schedule with what its ids stand for.

    Args:
        schedule: whose ids lead somewhere.
        tell: is told of numbers that had to be made up, and of names that mean nothing.
    """
    categories = {one.id: one for one in schedule.categories}
    keys: dict[str, Key] = {}
    cast: list[tuple[str, str]] = []
    for at, element in enumerate(schedule.elements):
        category = categories.get(element.category or "")
        if category is None:
            continue
        kind = KINDS.get(category.ucid, "other")
        name = element.name.strip()
        if kind == "cast":
            cast.append((element.id, (element.element_id or "").strip()))
        elif kind == "interior":
            name = interior_of(name)
            if not name:
                said = f"{element.name!r} says neither INT nor EXT; its scenes say neither, and it is kept."
                tell(Notice(f"elements[{at}].name", said))
        elif kind == "time":
            name = name.lower()
        elif kind == "unit" and name.lower() in MAIN_UNIT:
            name = "main"
        keys[element.id] = Key(kind, name, category.name if kind == "other" else "")
    for one, number in distinct(cast, "", "elements", "Cast", tell).items():
        keys[one] = Key("cast", number)
    scenes = [(one.id, (one.scene or "").strip()) for one in schedule.breakdowns if one.type == "scene"]
    return Sheet(schedule, keys, distinct(scenes, "X", "breakdowns", "Scene", tell))


def interior_of(name: str) -> Interior:
    """What the name of an INT/EXT element says.

    Example:
        >>> interior_of("EXT."), interior_of("Int/Ext"), interior_of("I/E"), interior_of("SPACE")
        ('EXT', 'INT/EXT', 'INT/EXT', '')
    """
    said = set(re.findall(r"\b(?:INT|EXT|I|E)", name.upper()))
    inside, outside = said & {"INT", "I"}, said & {"EXT", "E"}
    if inside and outside:
        return "INT/EXT"
    return "INT" if "INT" in inside else "EXT" if "EXT" in outside else ""


def distinct(
    rows: Iterable[tuple[str, str]], prefix: str, table: str, what: str, tell: Callable[[Notice], None]
) -> dict[str, str]:
    """A number for each id: its own where that is the first of its kind, else one that is made up.

    Example:
        >>> distinct([("a", "1"), ("b", "1"), ("c", "")], "", "elements", "Cast", lambda _: None)
        {'a': '1', 'b': '1-2', 'c': '2'}
    """
    wanted = list(rows)
    taken = {number for _, number in wanted}
    found: dict[str, str] = {}
    used: set[str] = set()
    next_of: dict[str, int] = {}
    for one, number in wanted:
        chosen = number
        if not number or number in used:
            count = next_of.get(number, 2 if number else 1)
            while (chosen := f"{number}-{count}" if number else f"{prefix}{count}") in taken:
                count += 1
            next_of[number] = count + 1
            said = f"{what} {number!r} is there twice; this one is read as {chosen!r}."
            tell(Notice(f"{table}, id {one}", said if number else f"It has no number; it is read as {chosen!r}."))
        taken.add(chosen)
        used.add(chosen)
        found[one] = chosen
    return found
