"""What comes of planning anew: plans, what each changes, and what is proved of all of them."""

from dataclasses import dataclass, field
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import Clash, penalties
from openslate.apps.production.board.costs import Costs
from openslate.apps.production.replanning.changes import Changes
from openslate.apps.production.scheduling.stopping import check_seconds
from openslate.apps.production.shoot.shoot import Shoot

ROUNDS = 20
"""In which the bound is raised by default."""


BOARDS = 60_000
"""That are looked at by default."""


@dataclass(frozen=True)
class Effort:
    """How long is searched and proved.

    Attributes:
        turns: changes that are tried for the cheapest plan; None for 3,000 of each scene ahead. The same turns,
            boards, rounds and seed give the same plans and bound.
        boards: that are looked at for the fewest changes, and of a short shoot as many again for the cheapest plan.
        rounds: in which the bound is raised; 0 for what counting alone says.
        seconds: after which all ends; None for no limit. What has been found by then depends on the machine.
        seed: of the random numbers.

    Raises:
        UsageError: the seconds are endless, or no number.
    """

    turns: int | None = None
    boards: int = BOARDS
    rounds: int = ROUNDS
    seconds: float | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        check_seconds(self.seconds)


@dataclass(frozen=True)
class Plan:
    """One way to go on.

    Attributes:
        names: of what it is the best: 'fewest changes', 'between', 'cheapest'; one board can be several. The first
            is 'fewest changes found' where fewer were not shown to be impossible.
        board: of the shoot as it has become.
        costs: of it.
        clashes: with facts and rules.
        broken: hard ones, but for those that shot days have among themselves.
        changes: from the board before.
    """

    names: tuple[str, ...]
    board: Board
    costs: Costs
    clashes: tuple[Clash, ...]
    broken: tuple[Clash, ...]
    changes: Changes

    @property
    def cost(self) -> int:
        """Of the board, with the penalties of rules."""
        return self.costs.total + penalties(self.clashes)


def moved_scenes(plan: Plan) -> int:
    """Scenes that are on another day; those that are left on purpose aside."""
    return sum(one.after is not None for one in plan.changes.scenes)


@dataclass(frozen=True)
class Waited:
    """Somebody, or a set, that would have waited on pay on a lost day.

    Attributes:
        who: in words.
        amount: that falls away with it, in whole units of the currency.
    """

    who: str
    amount: int


@dataclass(frozen=True)
class Replanned:
    """The plans, and what is known of them.

    Stability: provisional.

    Attributes:
        before: the board as it was.
        shoot: as facts have left it.
        facts: each in words.
        begins: the first day that was planned; all before it is as it was.
        cost_before: of the board as it was, with penalties.
        plans: the one with the fewest changes first, then dearer changes and cheaper boards.
        shot: part of the cost that nothing can change any more.
        bound: no board with these shot days and these locks costs less.
        closed: whether the bound was taken as far as it goes.
        change_cost: what a scene on another day was taken to cost for the plan between.
        why: where every plan breaks hard rules, the demands that clash, in words, if any are shown to.
        none_keeps: whether every plan was looked at, and each breaks a hard rule.
        notices: what a person should know.
        waited: who would have been paid to wait on days that are lost, as a lost day counts as a day off.
        stays: numbers of scenes that no plan moves though no lock of the plans' own says so, as those of locked cast.
        seconds: until plans were found, the bound aside.
    """

    before: Board
    shoot: Shoot
    facts: tuple[str, ...]
    begins: date
    cost_before: int
    plans: tuple[Plan, ...]
    shot: int
    bound: int
    closed: bool
    change_cost: int
    why: tuple[str, ...]
    notices: tuple[str, ...]
    none_keeps: bool = False
    waited: tuple[Waited, ...] = ()
    stays: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)

    @property
    def fewest(self) -> Plan:
        """The plan with the fewest changes."""
        return self.plans[0]

    @property
    def cheapest(self) -> Plan:
        """The plan that costs least."""
        return self.plans[-1]

    def gap(self, plan: Plan) -> float:
        """The share of what is ahead on a plan that is not proved to be needed."""
        ahead = plan.cost - self.shot
        return max(plan.cost - self.bound, 0) / ahead if ahead > 0 else 0.0
