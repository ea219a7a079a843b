"""What call sheets of a board show, told apart from its shoot: so much is kept of it that a later one can be compared.

Scenes are kept as digests of what a sheet shows of them. Names are names as long as they come from a shoot; in a file
they are digests as well, so that a board's file names nobody.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.pages.call_sheet import CalledScene, CallSheet, call_sheet

MARK = "sha256:"
"""Before what stands for a name."""
LONG = 16
"""Digits of a digest: it tells one from the other, and need not withstand anybody."""


@dataclass(frozen=True)
class ShownScene:
    """A scene on a sheet: its place, minutes after midnight, and a digest of everything else that is shown of it."""

    number: str
    place: str
    starts: int
    ends: int
    digest: str


@dataclass(frozen=True)
class ShownMember:
    """Somebody who is called: names or what stands for them, minutes after midnight, code, and scenes in order."""

    id: str
    character: str
    performer: str
    on_set: int
    done: int
    code: str
    scenes: tuple[str, ...]


@dataclass(frozen=True)
class ShownDay:
    """A call sheet: minutes after midnight of call and wrap, places, scenes and who is called, in order."""

    date: date
    call: int
    wrap: int
    places: tuple[str, ...]
    scenes: tuple[ShownScene, ...]
    cast: tuple[ShownMember, ...]


@dataclass(frozen=True)
class Shown:
    """Every call sheet of a board.

    Attributes:
        days: in order.
        boneyard: numbers of scenes that are on none.
        known: whether the sheets are as they were given out; where not, changes of the shoot itself are not seen.
    """

    days: tuple[ShownDay, ...]
    boneyard: tuple[str, ...] = ()
    known: bool = True

    def day_of(self, number: str) -> date | None:
        """The day on which a scene is shot; None where it is on none."""
        return next((day.date for day in self.days if any(one.number == number for one in day.scenes)), None)


def shown(board: Board, *, known: bool = True) -> Shown:
    """What call sheets of a board show.

    Args:
        board: with its shoot.
        known: whether the shoot is the one that sheets were given out of.
    """
    return Shown(tuple(shown_day(call_sheet(board, day.date)) for day in board), board.boneyard, known)


def shown_day(sheet: CallSheet) -> ShownDay:
    """What a call sheet shows."""
    return ShownDay(
        sheet.day.date,
        sheet.call,
        sheet.wrap,
        sheet.locations,
        tuple(
            ShownScene(one.scene.number, one.location, one.times.starts, one.times.ends, _digest(one))
            for one in sheet.scenes
        ),
        tuple(
            ShownMember(
                one.member.id, one.member.character, one.member.performer, one.on_set, one.done, one.code, one.scenes
            )
            for one in sheet.cast
        ),
    )


def without_names(days: Sequence[ShownDay]) -> tuple[ShownDay, ...]:
    """The same with what stands for names in their place."""
    return tuple(
        replace(
            day,
            cast=tuple(
                replace(one, character=stand_in(one.character, one.id), performer=stand_in(one.performer, one.id))
                for one in day.cast
            ),
        )
        for day in days
    )


def stand_in(name: str, of: str) -> str:
    """What stands for a name; nothing for none.

    Args:
        name: of a person or a part.
        of: board number of the part, with which the name is mixed.
    """
    return f"{MARK}{_hashed([of, name])}" if name else ""


def is_name(text: str) -> bool:
    """Whether it can be read, and stands for nothing else."""
    return not text.startswith(MARK)


def _digest(one: CalledScene) -> str:
    scene = one.scene
    elements = [(element.category, element.name) for element in scene.elements]
    facts = (scene.set, scene.interior, scene.time, scene.eighths, scene.description, scene.cast, elements)
    return _hashed(facts)


def _hashed(facts: object) -> str:
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:LONG]
