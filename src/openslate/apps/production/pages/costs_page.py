"""What a board costs as a page: the total, how it builds up, by day, by person and by set; and contract dates."""

import itertools
from collections.abc import Sequence

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import Clash, penalties
from openslate.apps.production.board.conditions import Condition
from openslate.apps.production.board.costs import Costs, DayCost, costs_of
from openslate.apps.production.board.words import lasting, share_words, weekday_words
from openslate.apps.production.pages.build_up_chart import build_up
from openslate.apps.production.pages.contract_dates import contract_rows
from openslate.apps.production.pages.day_grid import day_grid
from openslate.apps.production.pages.proof import Proof, proof_of
from openslate.apps.production.pages.search_chart import Point, closing_in
from openslate.apps.production.pages.spending import Spent, spending
from openslate.apps.production.pages.tables import Rows
from openslate.apps.production.pages.timeline import cast_timelines
from openslate.drawing.paper import Page, Paper, paper_document
from openslate.drawing.printed import FOOT
from openslate.drawing.sheet import Block, Cell, Counts, Figure, Prose, Section, Table

DAY_COLUMNS = ("day", "date", "minutes", "unit", "overtime", "locations", "moves", "total", "currency")
SET_COLUMNS = ("set", "location", "standing", "cost", "currency")


def costs_page(
    board: Board,
    *,
    bound: int | None = None,
    condition: Condition = Condition(),
    clashes: Sequence[Clash] = (),
    search: Sequence[Point] = (),
) -> str:
    """What a board costs as a complete HTML document.

    Args:
        board: that is priced.
        bound: below which no board of this shoot can cost; None, or 0, where nothing is proved.
        condition: on which it was proved; it is told in words.
        clashes: of the board; what rules charge for them is told beside the total.
        search: (seconds, cost, bound) over a search that found the board.
    """
    costs, currency = costs_of(board), board.shoot.currency
    spent = spending(board, costs)
    return paper_document(
        Paper(
            overline="Cost of a board",
            heading=board.shoot.name,
            made=f"Amounts in {currency}",
            verdict=f"This board costs {costs.total:,} {currency}.",
            findings=[*_penalties(clashes, currency), *_bound(proof_of(board, clashes, bound, condition), currency)],
            pages=[
                Page([[Section("What it is made of", _parts(costs))], *_charts(board, spent)]),
                Page([*_search(search, currency), [Section("By day", [_days(costs)])], *_dates(spent, currency)]),
                Page([[Section("By person", _cast(board, costs))], *_sets(costs)]),
            ],
            foot=FOOT,
        )
    )


def day_cost_rows(board: Board, costs: Costs) -> Rows:
    """One row a shooting day: what it costs, the cast and the standing sets aside."""
    rows = [
        (number, one.date, one.minutes, one.unit, one.overtime, one.locations, one.moves, one.total)
        for number, one in enumerate(costs.days, 1)
    ]
    return Rows(DAY_COLUMNS, [(*row, board.shoot.currency) for row in rows])


def set_cost_rows(board: Board, costs: Costs) -> Rows:
    """One row a set: what it costs to let it stand; 0 where that is free or nothing is shot in it."""
    currency = board.shoot.currency
    return Rows(
        SET_COLUMNS,
        [(one.name, one.location, one.standing, costs.sets[one.name], currency) for one in board.shoot.sets],
    )


def _bound(proof: Proof, currency: str) -> list[str]:
    if proof.bound is None:
        return []
    if proof.least:
        return [f"No {proof.among} costs less."]
    share = share_words((proof.cost - proof.bound) / proof.cost)
    most = share if share.startswith("less") else f"at most {share}"
    return [f"No {proof.among} can cost less than {proof.bound:,} {currency}: {most} could still be saved."]


def _penalties(clashes: Sequence[Clash], currency: str) -> list[str]:
    amount = penalties(clashes)
    return [f"Rules charge another {amount:,} {currency} for what clashes."] if amount else []


def _parts(costs: Costs) -> list[Block]:
    days = [
        ("unit", sum(one.unit for one in costs.days)),
        ("overtime", sum(one.overtime for one in costs.days)),
        ("locations", sum(one.locations for one in costs.days)),
        ("moves", sum(one.moves for one in costs.days)),
    ]
    pairs = [*days, ("cast", costs.pay), ("standing sets", sum(costs.sets.values()))]
    return [Counts([(name, f"{amount:,}") for name, amount in pairs])]


def _charts(board: Board, spent: Sequence[Spent]) -> list[list[Section]]:
    building = build_up(spent, board.shoot.currency)
    caption = "Spent up to each date, from the ground up: days, cast, sets"
    charts = cast_timelines(day_grid(board))
    rows = _drawn("How it builds up", caption, building)
    for number, chart in enumerate(charts, 1):
        part = f", {number} of {len(charts)}" if len(charts) > 1 else ""
        rows += _drawn(f"The cast over the dates{part}", "From the first day of work to the last", chart)
    return rows


def _search(search: Sequence[Point], currency: str) -> list[list[Section]]:
    caption = "The best cost found, and what no board can cost less than"
    return _drawn("How the search closed in", caption, closing_in(search, currency))


def _drawn(heading: str, caption: str, svg: str) -> list[list[Section]]:
    return [[Section(heading, [Figure(caption, svg)])]] if svg else []


def _days(costs: Costs) -> Table:
    rows = [_day(number, one) for number, one in enumerate(costs.days, 1)]
    summed = [sum(part) for part in zip(*((one.unit, one.overtime, one.locations, one.moves, one.total)
                                          for one in costs.days), strict=True)]  # fmt: skip
    if summed:
        rows.append(("together", "", lasting(sum(one.minutes for one in costs.days)), *(f"{one:,}" for one in summed)))
    headings = ("day", "date", "length", "unit", "overtime", "locations", "moves", "total")
    return Table("The cast and the standing sets aside", headings, rows, (2, 3, 4, 5, 6, 7))


def _day(number: int, one: DayCost) -> tuple[str, ...]:
    amounts = (one.unit, one.overtime, one.locations, one.moves, one.total)
    return (str(number), weekday_words(one.date), lasting(one.minutes), *(f"{amount:,}" for amount in amounts))


def _dates(spent: Sequence[Spent], currency: str) -> list[list[Section]]:
    """The figures of the chart that builds up, the cast among them."""
    rows = [
        (weekday_words(one.date), *(f"{amount:,}" for amount in (one.days, one.cast, one.sets, one.total, so_far)))
        for one, so_far in zip(spent, itertools.accumulate(one.total for one in spent), strict=True)
    ]
    headings = ("date", "days", "cast", "sets", "total", "so far")
    table = Table(f"What falls due on each date, in {currency}", headings, rows, (1, 2, 3, 4, 5))
    return [[Section("By date", [table])]] if rows else []


def _cast(board: Board, costs: Costs) -> list[Block]:
    rows: list[tuple[str | Cell, ...]] = []
    for one in contract_rows(board, costs).values():
        drops = zip(_texts(one["drop_dates"]), _texts(one["pick_up_dates"]), strict=True)
        who = Cell(str(one["character"]), str(one["performer"]))
        terms = f"{one['contract']}, {one['rate']:,}"
        away = "; ".join(f"{dropped} to {picked_up}" for dropped, picked_up in drops)
        dates = (str(one["start"] or "–"), str(one["finish"] or "–"), away)
        figures = (str(one["work_days"]), str(one["hold_days"]), f"{one['pay']:,}")
        rows.append((str(one["number"]), who, terms, *dates, *figures))
    rows.append(("together", "", "", "", "", "", "", "", f"{costs.pay:,}"))
    headings = ("no.", "part", "contract, rate", "start", "finish", "dropped to picked up", "work", "hold", "pay")
    least = "Pay can be more than the days make where a contract pays a number of days at least."
    return [Prose(least), Table("Contract dates and pay of the cast", headings, rows, (6, 7, 8))]


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _sets(costs: Costs) -> list[list[Section]]:
    rows = [(name, f"{amount:,}") for name, amount in costs.sets.items() if amount]
    if not rows:
        return []
    return [[Section("Standing sets", [Table("From first to last scene", ("set", "cost"), rows, (1,))])]]
