"""Everything that a crew is given of a board, in folders: pages to print, and tables for a spreadsheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.board.conditions import Condition
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.pages.call_sheet import call_sheet, cast_rows, scene_rows, sheet_rows
from openslate.apps.production.pages.call_sheet_page import call_sheet_page
from openslate.apps.production.pages.cancelled_page import cancelled_page
from openslate.apps.production.pages.contract_dates import contract_rows
from openslate.apps.production.pages.costs_page import costs_page, day_cost_rows, set_cost_rows
from openslate.apps.production.pages.day_grid import day_grid, grid_rows
from openslate.apps.production.pages.day_grid_page import day_grid_page
from openslate.apps.production.pages.one_liner import one_liner_page
from openslate.apps.production.pages.search_chart import Point
from openslate.apps.production.pages.shown import Shown
from openslate.apps.production.pages.spending import spending, spending_rows
from openslate.apps.production.pages.stripboard_page import stripboard_page
from openslate.apps.production.pages.strips import strip_rows
from openslate.apps.production.pages.tables import Rows
from openslate.apps.production.permissions.answers import Answer
from openslate.errors import UsageError
from openslate.storage.files import write_atomically
from openslate.storage.pages import write_page


@dataclass(frozen=True)
class Plan:
    """A board and what is known of it.

    Attributes:
        board: to be shot.
        clashes: of it.
        bound: that no board of the shoot costs less than; None where nothing is proved.
        search: (seconds, cost, bound) over the search that found it.
        answers: of the rights gate.
        previous: what was given out before; call sheets mark what changed since.
        condition: on which the bound was proved.
    """

    board: Board
    clashes: Sequence[Clash] = ()
    bound: int | None = None
    search: Sequence[Point] = ()
    answers: Sequence[Answer] = ()
    previous: Shown | None = None
    condition: Condition = Condition()


def check_folder(folder: Path) -> None:
    """Refuse a file in the place of a folder, before anybody waits for what cannot be written.

    Raises:
        UsageError: there is a file of that name.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file, and pages and tables go into a folder.", "Name a folder, or a new one.")


def write_pages(folder: Path, plan: Plan) -> tuple[str, ...]:
    """Write stripboard, day-out-of-days, one-line schedule, costs, and a call sheet for each day, as HTML.

    A day of the board before on which nothing is shot any more has a call sheet that cancels it.

    Args:
        folder: into which; it is made where it is not there.
        plan: that is written.

    Returns:
        What a person should know: call sheets in the folder of days on which nothing is shot any more.

    Raises:
        UsageError: the folder is a file.
        OSError: it cannot be written.
    """
    check_folder(folder)
    board, clashes, bound = plan.board, plan.clashes, plan.bound
    said = [answer.words(board.shoot) for answer in plan.answers]
    pages = {
        "stripboard": stripboard_page(board, clashes=clashes, bound=bound, condition=plan.condition, permissions=said),
        "day-out-of-days": day_grid_page(board),
        "one-line-schedule": one_liner_page(board),
        "costs": costs_page(board, clashes=clashes, bound=bound, condition=plan.condition, search=plan.search),
    }
    sheets = folder / "call-sheets"
    sheets.mkdir(parents=True, exist_ok=True)
    for name, page in pages.items():
        write_page(folder / f"{name}.html", page)
    for day in board:
        today = [answer.words(board.shoot) for answer in plan.answers if answer.use.day == day.date]
        page = call_sheet_page(board, day.date, previous=plan.previous, permissions=today)
        write_page(sheets / f"{day.date}.html", page)
    written = {day.date for day in board}
    for gone in plan.previous.days if plan.previous is not None else ():
        if gone.date not in written:
            write_page(sheets / f"{gone.date}.html", cancelled_page(board, gone))
            written.add(gone.date)
    names = {day.isoformat() for day in written}
    old = sorted(path for path in sheets.glob("????-??-??.html") if path.stem not in names)
    return tuple(f"{path} is of a day on which nothing is shot any more: take it away." for path in old)


def write_tables(folder: Path, board: Board) -> None:
    """Write what the pages say as CSV.

    Args:
        folder: into which; it is made where it is not there.
        board: that is written.

    Raises:
        UsageError: the folder is a file.
        OSError: it cannot be written.
    """
    check_folder(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables_of(board).items():
        write_atomically(folder / f"{name}.csv", rows.csv().encode())


def tables_of(board: Board) -> dict[str, Rows]:
    """Every table of a board by name."""
    costs = costs_of(board)
    sheets = [call_sheet(board, day.date) for day in board]
    found = {
        "stripboard": strip_rows(board),
        "day-out-of-days": grid_rows(day_grid(board)),
        "costs-by-day": day_cost_rows(board, costs),
        "costs-by-person": contract_rows(board, costs),
        "costs-by-set": set_cost_rows(board, costs),
        "spending": spending_rows(spending(board, costs), board.shoot.currency),
        "call-sheets": sheet_rows(sheets),
    }
    for sheet in sheets:
        found[f"call-sheet-{sheet.day.date}-cast"] = cast_rows(sheet)
        found[f"call-sheet-{sheet.day.date}-scenes"] = scene_rows(sheet)
    return found
