"""Schedule: search and bound side by side, and the board with what it costs, what is proved, and what it breaks."""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.board.board import Board, Locks
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.rules.loading import rules_of
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.arrays import Arranged, arranged
from openslate.apps.production.scheduling.found import FoundBoard, Search, found_board
from openslate.apps.production.scheduling.holding import holding
from openslate.apps.production.scheduling.minors import minors_of
from openslate.apps.production.scheduling.schedules import Effort, Point, Schedule
from openslate.apps.production.scheduling.stopping import Over, never
from openslate.apps.production.shoot.shoot import Shoot
from openslate.clock import stopwatch
from openslate.models.shooting.annealing import Placed, annealed
from openslate.models.shooting.bounding import Bounded, bounds
from openslate.progress import Progress, silent

TURNS_A_SCENE = 60_000


def schedule(
    shoot: Shoot,
    rules: Rules | None = None,
    effort: Effort = Effort(),
    locks: Locks = Locks(),
    start: Mapping[str, date] | None = None,
    stop: Callable[[], bool] = never,
    progress: Progress = silent,
    held: Board | None = None,
) -> Schedule:
    """Schedule a shoot.

    Stability: provisional.

    Args:
        shoot: with every scene that is to be scheduled.
        rules: that hold; None for those of the packs that the shoot names, which must come with Openslate.
        effort: how long is searched.
        locks: scenes that stay on a day, and orders that are kept.
        start: number of a scene to its day, to begin with; of all scenes of the main unit.
        stop: asked now and then whether to end with what there is.
        progress: told the best cost and the bound.
        held: a board whose locked days stay as they are, and whose locked cast work when they do on it.

    Raises:
        UsageError: the shoot has nothing to schedule, see `arranged`; or what is fixed cannot be, see `holding`.
    """
    known = rules_of(shoot) if rules is None else rules
    arrays = holding(arranged(shoot, known, dict(locks.scenes)), locks, held)
    return searched(arrays, effort, locks, start, stop, progress, held)


def searched(
    arrays: Arranged,
    effort: Effort,
    locks: Locks = Locks(),
    start: Mapping[str, date] | None = None,
    stop: Callable[[], bool] = never,
    progress: Progress = silent,
    held: Board | None = None,
) -> Schedule:
    """Search the arrays of a shoot; as `schedule`."""
    if effort.seconds is not None:
        # The loops are compiled when they are first run on a machine, which is none of the time that was asked for.
        progress("Making ready", 0.0)
        list(annealed(arrays.problem, effort.seed, 1, never))
    began = stopwatch()
    over = Over(stop, began, effort.seconds)
    turns = TURNS_A_SCENE * len(arrays.scenes) if effort.turns is None else effort.turns
    points: list[Point] = []
    bounded: list[Bounded] = []
    first = None if start is None else _slots(arrays, start)
    held_later = bool(minors_of(arrays.shoot, arrays.rules))
    with ThreadPoolExecutor(1) as beside:
        proving = beside.submit(_bounded, arrays, over, bounded)

        def tell(best: Placed) -> None:
            points.append(_point(began, best, bounded))
            _tell(progress, points[-1], best.turns / max(turns, 1), held_later)

        found = found_board(arrays, Search(effort.seed, turns, over, tell), first, locks, held)
        progress("Proving what no board costs less than", 1.0)
        proving.result()
    points = _as_found(points, found)
    points.append(Point(stopwatch() - began, points[-1].cost, max(one.bound for one in bounded)))
    last = bounded[-1]
    return Schedule(
        board=found.board,
        costs=costs_of(found.board),
        clashes=found.clashes,
        bound=max(last.bound, 0),
        closed=last.closed,
        turns=found.turns,
        seed=effort.seed,
        points=tuple(points),
    )


def _bounded(arrays: Arranged, stop: Callable[[], bool], found: list[Bounded]) -> None:
    for one in bounds(arrays.bounded or arrays.problem, stop):
        found.append(one)


def _slots(arrays: Arranged, start: Mapping[str, date]) -> NDArray[np.int64]:
    """The slot of each scene on its day, or on the nearest working day."""
    found = [start.get(one.number, arrays.dates[0]).toordinal() for one in arrays.scenes]
    away = np.abs(arrays.problem.dates[None, :] - np.array(found, dtype=np.int64)[:, None])
    return np.asarray(away.argmin(axis=1), dtype=np.int64)


def _point(began: float, best: Placed, bounded: list[Bounded]) -> Point:
    bound = max((one.bound for one in bounded), default=None)
    return Point(stopwatch() - began, None if best.broken else best.cost, bound)


def _as_found(points: list[Point], found: FoundBoard) -> list[Point]:
    """Cheaper boards on the way broke rules that are seen on a board alone."""
    broken, cost = found.worth
    kept = [replace(one, cost=None) if one.cost is not None and one.cost < cost else one for one in points]
    return [*kept[:-1], replace(kept[-1], cost=None if broken else cost)]


def _tell(progress: Progress, point: Point, share: float, held_later: bool) -> None:
    cost = "no board that keeps every hard rule yet" if point.cost is None else f"best {point.cost:,}"
    if held_later and point.cost is not None:
        # The order of its days is still to be found in which minors' hours hold, if there is one.
        cost = f"{point.cost:,} before minors' hours on set"
    bound = "" if point.bound is None or point.bound <= 0 else f", at least {point.bound:,}"
    progress(f"Scheduling: {cost}{bound}", min(share, 1.0))
