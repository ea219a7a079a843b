"""How long is searched for a schedule, and what is known of one."""

from dataclasses import dataclass, field

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import Clash, impossible, penalties
from openslate.apps.production.board.costs import Costs
from openslate.apps.production.rules.limits import day_pay
from openslate.apps.production.scheduling.stopping import check_seconds


@dataclass(frozen=True)
class Effort:
    """How long is searched.

    Attributes:
        turns: changes that are tried; None for 60,000 of each scene. The same turns and seed give the same board.
        seconds: after which search and bound end; None for no limit. What they have come to by then depends on the
            machine.
        seed: of the random numbers.

    Raises:
        UsageError: the seconds are endless, or no number.
    """

    turns: int | None = None
    seconds: float | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        check_seconds(self.seconds)


@dataclass(frozen=True)
class Point:
    """What was known at a moment of the search.

    Attributes:
        seconds: since it began.
        cost: of the best board; None before there is one that breaks no hard rule.
        bound: that was proved; None before there is one.
    """

    seconds: float
    cost: int | None
    bound: int | None


@dataclass(frozen=True)
class Schedule:
    """A board and what is known of it.

    Stability: provisional.

    Attributes:
        board: every scene of the main unit on a day.
        costs: of it.
        clashes: with facts and rules; hard ones where no board that keeps all of them was found.
        bound: no board costs less, penalties among the costs.
        closed: whether the bound was taken as far as it goes.
        turns: changes that were tried.
        seed: of the random numbers.
        points: cost and bound over time.
    """

    board: Board
    costs: Costs
    clashes: tuple[Clash, ...]
    bound: int
    closed: bool
    turns: int
    seed: int
    points: tuple[Point, ...] = field(default=(), compare=False)

    @property
    def cost(self) -> int:
        """Of the board, with the penalties of rules."""
        return self.costs.total + penalties(self.clashes)

    @property
    def broken(self) -> tuple[Clash, ...]:
        """Hard clashes."""
        return impossible(self.clashes)

    @property
    def gap(self) -> float:
        """The share of the cost that is not proved to be needed; 0 for a board that is proved to be the cheapest."""
        return max(self.cost - self.bound, 0) / self.cost if self.cost else 0.0

    @property
    def worked(self) -> int:
        """Pay of the cast for the days on which they play, which no order of these days changes."""
        shoot = self.board.shoot
        return sum(day_pay(one, shoot.calendar) * self.costs.cast[one.id].worked for one in shoot.cast)

    @property
    def reducible_gap(self) -> float:
        """The same as `gap` of what the board costs beyond the pay for days worked."""
        beyond = self.cost - self.worked
        return max(self.cost - self.bound, 0) / beyond if beyond > 0 else 0.0
