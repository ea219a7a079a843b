"""The day-out-of-days of a board: people and things down, dates across, a code where they meet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from openslate.apps.production.board.board import Board
from openslate.apps.production.pages.codes import Code, Tally, codes_of, tally_of
from openslate.apps.production.pages.tables import Rows, Value
from openslate.apps.production.shoot.people import Contract
from openslate.apps.production.shoot.scenes import Element

THINGS = Contract("worked")
"""Of things nothing is known that would hold them: the days between are idle."""
TOTALS = ("start", "finish", "work", "hold", "idle", "holidays", "days")


@dataclass(frozen=True)
class GridRow:
    """Somebody or something, and their days.

    Attributes:
        number: on the board; empty for things.
        name: the character, or the thing.
        category: 'Cast', or the breakdown's.
        codes: of days, in order of date; empty where they play on none.
    """

    number: str
    name: str
    category: str
    codes: dict[date, Code]

    @property
    def tally(self) -> Tally:
        """Of the codes."""
        return tally_of(self.codes)

    @property
    def start(self) -> date | None:
        """The first day of work."""
        return min(self.codes, default=None)

    @property
    def finish(self) -> date | None:
        """The last one."""
        return max(self.codes, default=None)


@dataclass(frozen=True)
class DayGrid:
    """A day-out-of-days.

    Attributes:
        dates: every date from the first day of shooting to the last, days off among them.
        shot: number of the shooting day by date.
        rows: the cast in order of the board, then things by category and name.
    """

    dates: tuple[date, ...]
    shot: dict[date, int]
    rows: tuple[GridRow, ...]


def day_grid(board: Board, *, things: bool = True) -> DayGrid:
    """The day-out-of-days of a board.

    Args:
        board: of which scenes in the boneyard are left out.
        things: whether elements of the breakdown follow the cast.
    """
    shot = {day.date: number for number, day in enumerate(board, 1)}
    rows = [*_cast(board), *(_things(board) if things else ())]
    return DayGrid(tuple(_dates(board)), shot, tuple(rows))


def grid_rows(grid: DayGrid) -> Rows:
    """One row each, with the totals and a column for every date."""
    columns = ("number", "name", "category", *TOTALS, *(day.isoformat() for day in grid.dates))
    return Rows(columns, [_row(row, grid) for row in grid.rows])


def _row(row: GridRow, grid: DayGrid) -> tuple[Value, ...]:
    tally = row.tally
    totals = (row.start, row.finish, tally.work, tally.hold, tally.idle, tally.holidays, tally.days)
    return (row.number, row.name, row.category, *totals, *(row.codes.get(day, "") for day in grid.dates))


def _dates(board: Board) -> Iterator[date]:
    if board.days:
        for number in range((board.days[-1].date - board.days[0].date).days + 1):
            yield board.days[0].date + timedelta(days=number)


def _cast(board: Board) -> Iterator[GridRow]:
    for one in board.shoot.cast:
        codes = codes_of(one.contract, board.work_days(one.id), board.shoot.calendar)
        yield GridRow(one.id, one.character, "Cast", codes)


def _things(board: Board) -> Iterator[GridRow]:
    scenes = board.shoot.scene_of
    used: dict[Element, list[date]] = {
        one: [] for one in sorted({one for scene in board.shoot.scenes for one in scene.elements}, key=_by_category)
    }
    for day in board:
        for one in dict.fromkeys(one for number in day.scenes for one in scenes[number].elements):
            used[one].append(day.date)
    for one, days in used.items():
        yield GridRow("", one.name, one.category, codes_of(THINGS, days, board.shoot.calendar))


def _by_category(one: Element) -> tuple[str, str]:
    return one.category, one.name
