"""The fields of a board's file, as JSON has them."""

import contextlib
import math
import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from openslate.apps.production.board.board import Board, Locks, ShootDay
from openslate.apps.production.board.conditions import Condition
from openslate.apps.production.shoot.shoot import Shoot
from openslate.apps.production.written_values import Name, WrittenModel

Fact = bool | int | float | str
"""What a solver said of a board: a number, a text, true or false."""
MOST = 2000
LONGEST_FACT = 2000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: object) -> date:
    # The library's own reading of days takes weeks and numbers as well.
    if isinstance(value, str) and _DAY.fullmatch(value):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(value)
    raise ValueError('it is no day, written as "2027-03-01"')


def _fact(value: object) -> object:
    short_text = isinstance(value, str) and len(value) <= LONGEST_FACT
    number = isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value))
    if not (short_text or number):
        raise ValueError("it is no number, no short text, and neither true nor false")
    return value


Day = Annotated[date, BeforeValidator(_day)]
Numbers = Annotated[tuple[Name, ...], Field(max_length=MOST)]
Flag = Annotated[bool, Field(strict=True)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


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
