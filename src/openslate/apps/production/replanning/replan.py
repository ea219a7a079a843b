"""Replan: the rest of a shoot after facts have changed it, with the fewest changes, the cheapest, and between them."""

from collections.abc import Callable, Sequence
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import penalties
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.replanning.attempt import Asked, attempts
from openslate.apps.production.replanning.facts import Fact, Lost, fact_words, first_day, shoot_with
from openslate.apps.production.replanning.lost_days import lost_words, waited_on
from openslate.apps.production.replanning.plans import Effort, Replanned
from openslate.apps.production.replanning.remaining import Remaining, remaining
from openslate.apps.production.replanning.standing import released_words
from openslate.apps.production.rules.loading import rules_of
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.stopping import Over, never
from openslate.apps.production.written_values import LARGEST
from openslate.clock import stopwatch
from openslate.errors import UsageError
from openslate.progress import Progress, silent

CHANGE_SHARE = 2
"""By default a scene that changes its day costs this part of what a scene costs on average."""


def replan(
    board: Board,
    facts: Sequence[Fact],
    rules: Rules | None = None,
    begins: date | None = None,
    change_cost: int | None = None,
    leave: Sequence[str] = (),
    effort: Effort = Effort(),
    stop: Callable[[], bool] = never,
    progress: Progress = silent,
) -> Replanned:
    """Plan the rest of a shoot anew.

    Stability: provisional.

    Args:
        board: as it was; its scenes in the boneyard stay there.
        facts: that have changed the shoot.
        rules: that hold; None for those of the packs that the shoot names, which must come with Openslate.
        begins: the first day that may be planned; days before it stay as they are, and count as shot unless they are
            lost. None for the first day that facts change.
        change_cost: what a scene on another day may cost in the plan between fewest changes and cheapest, in whole
            units of the currency; a day of work that somebody gains or loses costs half of it. None for half of what
            a scene costs on average on the board before.
        leave: numbers of scenes that go to the boneyard.
        effort: how long is searched and proved.
        stop: asked now and then whether to end with what there is.
        progress: told what is being done.

    Raises:
        UsageError: what a change costs is no amount; facts name what is not there, contradict what is shot, or leave
            nothing to plan.
    """
    began = stopwatch()
    if change_cost is not None and not 0 <= change_cost <= LARGEST:
        raise UsageError(
            f"A scene on another day cannot cost {change_cost:,}.", f"Give an amount from 0 to {LARGEST:,}."
        )
    known = rules_of(board.shoot) if rules is None else rules
    first = begins or first_day(facts)
    if first is None:
        unknown = next((one for one in leave if one not in board.shoot.scene_of), None)
        if unknown is not None:
            raise UsageError(f"The shoot has no scene {unknown!r}.", "Leave one that it has.")
        way = (
            "Name the first day that may be planned with --from."
            if leave
            else "Name a lost day or somebody who is out."
        )
        raise UsageError("Nothing says from which day on to plan." if leave else "Nothing has changed.", way)
    shoot = shoot_with(board.shoot, facts)
    lost = {one.day for one in facts if isinstance(one, Lost)}
    rest = remaining(board, shoot, lost, first, leave)
    cost_before = costs_of(board).total + penalties(clashes_of(board, known))
    asked = _usual_change_cost(board, cost_before) if change_cost is None else change_cost
    over = Over(stop, began, effort.seconds)
    found = attempts(rest, Asked(known, asked, cost_before, effort, over, progress))
    waited = waited_on(board, shoot, lost)
    told = released_words(rest.released, rest.turned, found.let_go)
    return Replanned(
        before=board,
        shoot=shoot,
        facts=tuple(fact_words(board.shoot, one) for one in facts),
        begins=first,
        cost_before=cost_before,
        plans=found.plans,
        shot=found.shot,
        bound=found.bound,
        closed=found.closed,
        change_cost=asked,
        why=found.why,
        none_keeps=found.none_keeps,
        notices=(*told, *(lost_words(waited, shoot.currency) if lost else ())),
        waited=waited,
        stays=_stays(rest),
        seconds=found.seconds,
    )


def _stays(rest: Remaining) -> tuple[str, ...]:
    """Scenes that are held where they are, and neither by a lock of their own nor by one of their day."""
    own = {number for number, _ in rest.locks.scenes}
    return tuple(number for number, day in rest.fixed.items() if number not in own and day not in rest.closed)


def _usual_change_cost(board: Board, cost: int) -> int:
    scenes = sum(len(day.scenes) for day in board)
    return max(cost // (CHANGE_SHARE * max(scenes, 1)), 1)
