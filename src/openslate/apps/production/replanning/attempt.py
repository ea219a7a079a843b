"""One attempt at the rest: search and proof side by side with the locks that are left, one fewer where they clash."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from openslate.apps.production.replanning.bound import Ahead, ahead_of, counted, proved
from openslate.apps.production.replanning.candidates import Candidates
from openslate.apps.production.replanning.choosing import chosen
from openslate.apps.production.replanning.clashing import lock_in, why_not
from openslate.apps.production.replanning.plans import Effort, Plan
from openslate.apps.production.replanning.remaining import Remaining
from openslate.apps.production.replanning.remaining_arrays import arrays_of
from openslate.apps.production.replanning.standing import let_go_words
from openslate.apps.production.replanning.trying import Trial, tried
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.stopping import Over
from openslate.clock import stopwatch
from openslate.progress import Progress


@dataclass(frozen=True)
class Asked:
    """What is asked of an attempt.

    Attributes:
        rules: that hold.
        change_cost: of a scene on another day, in the plan between.
        cost: of the board before.
        effort: how long is searched and proved.
        over: whether to end.
        progress: told what is being done.
    """

    rules: Rules
    change_cost: int
    cost: int
    effort: Effort
    over: Over
    progress: Progress


@dataclass(frozen=True)
class Attempt:
    """What came of it; see `plans.Replanned`.

    Attributes:
        rest: what was left, with the locks that were kept.
        plans: that were found.
        shot, bound, closed, why, none_keeps: as of `Replanned`.
        let_go: locks that were let go, each in words.
        seconds: until plans were found, by the stopwatch of the whole.
    """

    rest: Remaining
    plans: tuple[Plan, ...]
    shot: int
    bound: int
    closed: bool
    none_keeps: bool
    seconds: float
    why: tuple[str, ...] = ()
    let_go: tuple[str, ...] = ()


def attempts(rest: Remaining, asked: Asked) -> Attempt:
    """Plan the rest; where locks are among demands that clash, again without one of them, until none is.

    Args:
        rest: what is left of the shoot.
        asked: what is asked.
    """
    let_go: tuple[str, ...] = ()
    while True:
        found = _attempt(rest, asked)
        why: tuple[str, ...] = ()
        if found.plans[0].broken:
            asked.progress("Looking for what cannot be kept together", 0.95)
            why = why_not(rest, asked.rules)
        lock = lock_in(rest, why)
        if lock is None or asked.over():
            return replace(found, why=why, let_go=let_go)
        rest, let_go = rest.without(lock), (*let_go, let_go_words(lock, why))


def _attempt(rest: Remaining, asked: Asked) -> Attempt:
    arrays = arrays_of(rest, asked.rules)
    ahead = ahead_of(rest, arrays)
    with ThreadPoolExecutor(1) as beside:
        proving = beside.submit(_proved, ahead, asked.effort.rounds, asked.over)
        candidates = Candidates(rest, arrays)
        near = tried(
            Trial(rest, arrays, asked.change_cost, asked.cost, asked.effort, asked.over, asked.progress), candidates
        )
        plans = chosen(candidates.plans, asked.change_cost, near.least)
        seconds = stopwatch() - asked.over.began
        asked.progress("Proving what no plan costs less than", 0.9)
        bound, closed = proving.result()
    return Attempt(rest, plans, ahead.shot, bound, closed, near.none, seconds)


def _proved(ahead: Ahead, rounds: int, stop: Callable[[], bool]) -> tuple[int, bool]:
    best, closed = counted(ahead), False
    if rounds:
        *_, (last, closed) = proved(ahead, rounds, stop)
        best = max(best, last)
    return best, closed
