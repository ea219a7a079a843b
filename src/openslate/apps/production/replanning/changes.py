"""What changes from one board to another: scenes, the days of the cast, bookings of locations, and money by kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import penalties
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import Costs, costs_of, places_of
from openslate.apps.production.rules.rules import Rules


@dataclass(frozen=True)
class MovedScene:
    """A scene on another day.

    Attributes:
        number: of the scene.
        before, after: its days; None for the boneyard.
    """

    number: str
    before: date | None
    after: date | None


@dataclass(frozen=True)
class CallChange:
    """Somebody, or a location, who is wanted on other days.

    Attributes:
        name: id of the cast member, or name of the location.
        added, dropped: days on which they are wanted now and were not, and the other way round.
        cost_before, cost_after: pay, or fees.
    """

    name: str
    added: tuple[date, ...]
    dropped: tuple[date, ...]
    cost_before: int
    cost_after: int


@dataclass(frozen=True)
class KindChange:
    """What one kind of cost comes to, before and after.

    Attributes:
        name: of the kind, such as 'overtime'.
        before, after: in whole units of the currency.
    """

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Changes:
    """What changes from one board to another.

    Attributes:
        scenes: in the order of the script.
        cast: who must be called, in the order of the board.
        locations: to be booked anew or given back.
        kinds: of cost, the same ones always.
    """

    scenes: tuple[MovedScene, ...]
    cast: tuple[CallChange, ...]
    locations: tuple[CallChange, ...]
    kinds: tuple[KindChange, ...]

    @property
    def cast_days(self) -> int:
        """Days of all the cast that are added or dropped."""
        return sum(len(one.added) + len(one.dropped) for one in self.cast)

    @property
    def cost_before(self) -> int:
        """All kinds together."""
        return sum(one.before for one in self.kinds)

    @property
    def cost_after(self) -> int:
        """All kinds together."""
        return sum(one.after for one in self.kinds)


def changes_between(before: Board, after: Board, rules: Rules = Rules()) -> Changes:
    """What changes between two boards.

    Args:
        before, after: of one shoot, or of what it was and what it has become; the same scenes, cast and locations.
        rules: whose penalties are counted.
    """
    then, now = costs_of(before), costs_of(after)
    return Changes(
        scenes=tuple(_scenes(before, after)),
        cast=tuple(_cast(before, after, then, now)),
        locations=tuple(_locations(before, after)),
        kinds=tuple(_kinds(then, now, penalties(clashes_of(before, rules)), penalties(clashes_of(after, rules)))),
    )


def _scenes(before: Board, after: Board) -> Iterator[MovedScene]:
    then, now = (_days(board) for board in (before, after))
    for one in after.shoot.scenes:
        if then.get(one.number) != now.get(one.number):
            yield MovedScene(one.number, then.get(one.number), now.get(one.number))


def _days(board: Board) -> dict[str, date]:
    return {number: day.date for day in board for number in day.scenes}


def _cast(before: Board, after: Board, then: Costs, now: Costs) -> Iterator[CallChange]:
    for one in after.shoot.cast:
        was, is_now = before.work_days(one.id), after.work_days(one.id)
        if was != is_now:
            yield _call(one.id, was, is_now, then.cast[one.id].amount, now.cast[one.id].amount)


def _locations(before: Board, after: Board) -> Iterator[CallChange]:
    for one in after.shoot.locations:
        was, is_now = (
            tuple(day.date for day in board if one.name in places_of(board.shoot, day)) for board in (before, after)
        )
        if was != is_now:
            yield _call(one.name, was, is_now, one.fee * len(was), one.fee * len(is_now))


def _call(name: str, was: Sequence[date], is_now: Sequence[date], paid: int, pays: int) -> CallChange:
    added = tuple(day for day in is_now if day not in was)
    return CallChange(name, added, tuple(day for day in was if day not in is_now), paid, pays)


def _kinds(then: Costs, now: Costs, charged: int, charges: int) -> Iterator[KindChange]:
    for name in ("unit", "overtime", "locations", "moves"):
        yield KindChange(name, *(sum(int(getattr(day, name)) for day in costs.days) for costs in (then, now)))
    yield KindChange("cast", then.pay, now.pay)
    yield KindChange("standing sets", sum(then.sets.values()), sum(now.sets.values()))
    yield KindChange("penalties", charged, charges)
