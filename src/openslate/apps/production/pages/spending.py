"""What a board spends on which date: the days themselves, the cast as their pay falls due, and sets that stand."""

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.costs import Costs
from openslate.apps.production.board.pay import Paid
from openslate.apps.production.pages.codes import codes_of
from openslate.apps.production.pages.tables import Rows
from openslate.apps.production.shoot.people import Contract

COLUMNS = ("date", "days", "cast", "sets", "total", "so_far", "currency")


@dataclass(frozen=True)
class Spent:
    """What is spent on a date.

    Attributes:
        date: of it.
        days: the unit, overtime, locations and moves of a shooting day.
        cast: pay that falls due.
        sets: that stand.
    """

    date: date
    days: int
    cast: int
    sets: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.days + self.cast + self.sets


def spending(board: Board, costs: Costs) -> tuple[Spent, ...]:
    """What is spent on each date on which anything is; together it is exactly what the board costs.

    A day's rate falls due on each paid day, a week's on its first day. What a contract pays at least beyond that falls
    due on somebody's last day of work, and on the last of the board for those who play on none.

    Args:
        board: whose days are meant; with none, nothing has a date and nothing is listed.
        costs: of the board, as `costs_of` gives them.
    """
    if not board.days:
        return ()
    days = {one.date: one.total for one in costs.days}
    cast: defaultdict[date, int] = defaultdict(int)
    for member in board.shoot.cast:
        work = board.work_days(member.id)
        for on, amount in _due(board, member.contract, work, costs.cast[member.id]).items():
            cast[on] += amount
    sets = _standing(board)
    dates = sorted({*days, *(on for on in cast if cast[on]), *sets})
    return tuple(Spent(on, days.get(on, 0), cast.get(on, 0), sets.get(on, 0)) for on in dates)


def spending_rows(spent: Sequence[Spent], currency: str) -> Rows:
    """One row a date, with what was spent up to it.

    Args:
        spent: as `spending` gives it.
        currency: of the shoot.
    """
    sums = itertools.accumulate(one.total for one in spent)
    rows = [
        (one.date, one.days, one.cast, one.sets, one.total, so_far, currency)
        for one, so_far in zip(spent, sums, strict=True)
    ]
    return Rows(COLUMNS, rows)


def _due(board: Board, contract: Contract, work: tuple[date, ...], paid: Paid) -> dict[date, int]:
    due: defaultdict[date, int] = defaultdict(int)
    if work and contract.kind == "weekly":
        for week in range((work[-1] - work[0]).days // 7 + 1):
            due[work[0] + timedelta(days=7 * week)] += contract.rate
    elif work:
        codes = codes_of(contract, work, board.shoot.calendar)
        due.update({on: contract.rate for on, code in codes.items() if code not in ("I", "/")})
    rest = paid.amount - sum(due.values())
    if rest:
        due[work[-1] if work else board.days[-1].date] += rest
    return due


def _standing(board: Board) -> dict[date, int]:
    found: defaultdict[date, int] = defaultdict(int)
    scenes = board.shoot.scene_of
    for one in board.shoot.sets:
        used = [day.date for day in board if any(scenes[number].set == one.name for number in day.scenes)]
        if not used or not one.standing:
            continue
        between = [day for day in board.shoot.calendar.working_days() if used[0] < day < used[-1]]
        for on in {used[0], *between, used[-1]}:
            found[on] += one.standing
    return found
