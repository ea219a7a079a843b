"""The dates that contracts are written from: of each of the cast when they start and finish, and what they are paid."""

from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.costs import Costs
from openslate.apps.production.pages.tables import Rows, Value

COLUMNS = (
    "number", "character", "performer", "contract", "rate", "currency", "start", "finish", "work_days", "hold_days",
    "drops", "drop_dates", "pick_up_dates", "pay",
)  # fmt: skip


def contract_rows(board: Board, costs: Costs) -> Rows:
    """One row each of the cast, those who play on no day among them.

    Args:
        board: whose days are meant.
        costs: of the board, as `costs_of` gives them.
    """
    return Rows(COLUMNS, [_row(board, costs, number) for number in board.shoot.member_of])


def _row(board: Board, costs: Costs, number: str) -> tuple[Value, ...]:
    member, paid, days = board.shoot.member_of[number], costs.cast[number], board.work_days(number)
    terms = (member.contract.kind, member.contract.rate, board.shoot.currency)
    dropped = _written([one for one, _ in paid.dropped])
    picked_up = _written([other for _, other in paid.dropped])
    span: tuple[date | None, date | None] = (days[0], days[-1]) if days else (None, None)
    counts = (paid.worked, paid.held, len(paid.dropped))
    return (number, member.character, member.performer, *terms, *span, *counts, dropped, picked_up, paid.amount)


def _written(days: list[date]) -> tuple[str, ...]:
    return tuple(day.isoformat() for day in days)
