"""The fields of a board's file, as JSON has them."""

import math
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from openslate.apps.production.board.board import Board, Locks, ShootDay
from openslate.apps.production.board.conditions import Condition
from openslate.apps.production.board.field_types import MOST, Day, Digest, Flag, Numbers
from openslate.apps.production.board.shown_fields import WrittenShownDay
from openslate.apps.production.pages.shown import Shown
from openslate.apps.production.shoot.shoot import Shoot
from openslate.apps.production.written_values import Name, WrittenModel

Fact = bool | int | float | str
"""What a solver said of a board: a number, a text, true or false."""
LONGEST_FACT = 2000


def _fact(value: object) -> object:
    short_text = isinstance(value, str) and len(value) <= LONGEST_FACT
    number = isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value))
    if not (short_text or number):
        raise ValueError("it is no number, no short text, and neither true nor false")
    return value


class WrittenShootDay(WrittenModel):
    """A day of shooting."""

    date: Day
    night: Flag = False
    locked: Flag = False
    scenes: Annotated[tuple[Name, ...], Field(min_length=1, max_length=MOST)]


class WrittenLock(WrittenModel):
    """A scene that stays on a day."""

    scene: Name
    date: Day


class WrittenLocks(WrittenModel):
    """What a person has fixed besides whole days."""

    scenes: Annotated[tuple[WrittenLock, ...], Field(max_length=MOST)] = ()
    cast: Numbers = ()
    orders: Annotated[tuple[Numbers, ...], Field(max_length=MOST)] = ()


class WrittenOf(WrittenModel):
    """The shoot that a board was made of."""

    name: Name
    sha256: Digest


class WrittenCondition(WrittenModel):
    """What the bound among the solver's facts was proved with."""

    begins: Day | None = None
    stays: Numbers = ()
    sha256: Digest

    def condition(self) -> Condition:
        """As one that can be looked at."""
        return Condition(self.begins, self.stays, self.sha256)


class WrittenBoard(WrittenModel):
    """A board."""

    openslate_board: Literal[1]
    shoot: WrittenOf
    days: Annotated[tuple[WrittenShootDay, ...], Field(max_length=MOST)]
    boneyard: Numbers = ()
    locks: WrittenLocks = WrittenLocks()
    solver: dict[str, Annotated[Fact, BeforeValidator(_fact)]] = Field(default_factory=dict, max_length=100)
    proved_with: WrittenCondition | None = None
    shown: Annotated[tuple[WrittenShownDay, ...], Field(max_length=MOST)] | None = None

    def call_sheets(self) -> Shown | None:
        """What call sheets showed; None where the file does not say it, or it is of other days than the file's."""
        if self.shown is None:
            return None
        days = tuple(one.shown() for one in self.shown)
        shot = [(day.date, tuple(one.number for one in day.scenes)) for day in days]
        return Shown(days, self.boneyard) if shot == [(day.date, day.scenes) for day in self.days] else None

    def board(self, shoot: Shoot) -> Board:
        """The board.

        Args:
            shoot: that it is of.

        Raises:
            UsageError: it does not fit the shoot, or a scene is there twice.
        """
        return Board(
            shoot,
            tuple(ShootDay(one.date, one.scenes, one.night, one.locked) for one in self.days),
            self.boneyard,
            Locks(tuple((one.scene, one.date) for one in self.locks.scenes), self.locks.cast, self.locks.orders),
        )
