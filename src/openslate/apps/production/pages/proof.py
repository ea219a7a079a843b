"""What may be said of a bound beside the cost of a board."""

from collections.abc import Sequence
from dataclasses import dataclass

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import Clash, impossible, penalties
from openslate.apps.production.board.conditions import Condition, condition_words
from openslate.apps.production.board.costs import costs_of


@dataclass(frozen=True)
class Proof:
    """A board's cost and its bound.

    Attributes:
        cost: of the board, with the penalties of rules: what a bound is of.
        bound: that none of `among` costs less than; None where nothing is proved, where the board breaks hard rules and
            so is none of them, or where it lies above the cost and so is of another board.
        among: which boards the bound is of, such as 'board of this shoot'.
    """

    cost: int
    bound: int | None
    among: str

    @property
    def least(self) -> bool:
        """Whether no board costs less."""
        return self.bound == self.cost


def proof_of(board: Board, clashes: Sequence[Clash], bound: int | None, condition: Condition = Condition()) -> Proof:
    """What may be said of a bound beside the cost of a board.

    Args:
        board: that is priced.
        clashes: of it.
        bound: that a solver proved; None, or 0, where it proved nothing.
        condition: on which it was proved.
    """
    cost = costs_of(board).total + penalties(clashes)
    holds = bound is not None and 0 < bound <= cost and not impossible(clashes)
    return Proof(cost, bound if holds else None, f"board of this shoot{condition_words(board, condition)}")
