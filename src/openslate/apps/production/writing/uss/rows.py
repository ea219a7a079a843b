"""Rows of a schedule file: new ones with every key of the standard, ids that are told apart, orders that are kept."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]


class Ids:
    """Ids for what is new: the same for the same content, and none that is taken.

    Args:
        of: what they are derived from besides their names.
        taken: ids that are there already.
    """

    def __init__(self, of: str, taken: set[str]) -> None:
        self._of = of
        self._taken = taken

    def fresh(self, *names: str) -> str:
        """An id of twelve bytes in hexadecimal, as the documentation advises."""
        for number in range(len(self._taken) + 1):
            text = "\0".join([self._of, *names, str(number)])
            found = hashlib.sha256(text.encode()).hexdigest()[:24]
            if found not in self._taken:
                break
        self._taken.add(found)
        return found


def mended(row: Row, before: Mapping[str, Any], after: Mapping[str, Any]) -> Row:
    """A row in which what has changed is changed, and nothing else.

    Example:
        >>> mended({"pages": 0.3, "scene": "1"}, {"pages": 0.375, "scene": "1"}, {"pages": 0.375, "scene": "2"})
        {'pages': 0.3, 'scene': '2'}
    """
    return {**row, **{key: value for key, value in after.items() if before.get(key, ...) != value}}


def reordered(rows: Sequence[Row], wanted: Sequence[str]) -> list[Row]:
    """Rows in which those that are wanted stand in that order, and all others where they stood.

    Example:
        >>> [row["id"] for row in reordered([{"id": "a"}, {"id": "x"}, {"id": "b"}], ["b", "a"])]
        ['b', 'x', 'a']
    """
    held = {row["id"]: row for row in rows}
    waiting = iter([held[one] for one in wanted if one in held])
    among = set(wanted)
    return [next(waiting) if row["id"] in among else row for row in rows]


def new_element(id: str, created: str, category: str, fields: Mapping[str, Any]) -> Row:
    """An element with every key."""
    held: Row = {
        "id": id,
        "category": category,
        "created": created,
        "daysOff": [],
        "dropDayCount": 10,
        "elementId": None,
        "events": [],
        "isDood": True,
        "isDrop": True,
        "isHold": True,
        "isIdLock": False,
        "linkedElements": [],
        "name": "",
    }
    return {**held, **fields}


def new_breakdown(id: str, created: str, fields: Mapping[str, Any]) -> Row:
    """A scene with every key."""
    held: Row = {
        "id": id,
        "bannerText": None,
        "comments": None,
        "created": created,
        "description": None,
        "elements": [],
        "pages": None,
        "scene": None,
        "scriptPage": None,
        "duration": None,
        "type": "scene",
    }
    return {**held, **fields}
