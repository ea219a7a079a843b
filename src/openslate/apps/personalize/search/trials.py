"""The trials of a search: the best third goes on; each is kept as it ends, so that a stopped search can, too."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.search.bench import KEPT, Bench
from openslate.apps.personalize.space import draw_settings, space_of, with_settings
from openslate.clock import stopwatch
from openslate.errors import FitError
from openslate.evaluation.bootstrap import Interval, estimate
from openslate.progress import Progress
from openslate.project import Project
from openslate.registry import stages
from openslate.registry.environment import code_version

DEFAULT = 0
"""The number of the recipe that the search begins with; it climbs every rung, as what the others are held against."""
FEWEST_TRIED = 2
"""Settings each rung tries even when the time is up: number 0, and the best so far."""
Settings = Mapping[str, float | int]
Outcome = tuple[NDArray[np.float64], float]


@dataclass(frozen=True)
class Trial:
    """One setting, as far as it came.

    Attributes:
        number: in the order in which settings were drawn; 0 is the recipe the search began with.
        settings: what it changes, by dotted path.
        trained_on: members it was last trained on.
        score: the metric on the members who choose, on its last rung.
        ahead: that minus the metric of number 0 on the same rung, paired; on members who choose, so too good.
        seconds: what all its rungs took.
        rung: the last one, from 0.
    """

    number: int
    settings: Settings
    trained_on: int
    score: Interval
    ahead: Interval
    seconds: float
    rung: int


@dataclass(frozen=True)
class Plan:
    """How many settings are tried on each rung.

    Attributes:
        counts: from the first rung to the last, number 0 included.
    """

    counts: tuple[int, ...]

    @classmethod
    def of(cls, settings: int, rungs: int) -> "Plan":
        """A third of the settings, rounded up, goes on from each rung.

        Example:
            >>> Plan.of(30, 3).counts
            (30, 10, 4)
        """
        counts = [settings]
        for _ in range(rungs - 1):
            counts.append(max(2, -(-counts[-1] // KEPT)))
        return cls(tuple(counts))

    @classmethod
    def within(cls, seconds: float, costs: list[float]) -> "Plan":
        """The largest plan that one trial's cost on each rung lets fit into so many seconds, two settings at least.

        Example:
            >>> Plan.within(70.0, [1.0, 3.0]).counts
            (34, 12)
        """
        settings = 2
        while sum(n * cost for n, cost in zip(cls.of(settings + 1, len(costs)).counts, costs, strict=True)) <= seconds:
            settings += 1
        return cls.of(settings, len(costs))


@dataclass(frozen=True)
class Notebook:
    """Tries recipes, and remembers in the project what was tried.

    Attributes:
        project: where.
        bench: what they are tried on.
        base: the settled recipe that every setting changes.
        key: hash of everything else that decides an outcome.
    """

    project: Project
    bench: Bench
    base: Recipe
    key: str

    @classmethod
    def of(cls, project: Project, bench: Bench, base: Recipe) -> "Notebook":
        """A notebook for a base recipe."""
        splits = [bench.choosing.hash, bench.confirming.hash]
        making = json.dumps([splits, bench.k, bench.order[:50].tolist(), code_version()])
        return cls(project, bench, base, hashlib.sha256(making.encode()).hexdigest())

    def choose(self, settings: Settings, share: float) -> Outcome:
        """The members' scores by one setting on one rung, and what it took; a system without a solution scores 0."""
        recipe = with_settings(self.base, settings)
        return self._kept(f"choose {share!r}", recipe, lambda: self._scores(recipe, share))

    def confirm(self, settings: Settings) -> Outcome:
        """The scores of the members who confirm."""
        recipe = with_settings(self.base, settings)
        return self._kept("confirm", recipe, lambda: self.bench.confirm(recipe))

    def _scores(self, recipe: Recipe, share: float) -> NDArray[np.float64]:
        try:
            return self.bench.choose(recipe, share)
        except FitError:
            return np.zeros(self.bench.choosers)

    def _kept(self, what: str, recipe: Recipe, work: Callable[[], NDArray[np.float64]]) -> Outcome:
        def timed() -> dict[str, Any]:
            began = stopwatch()
            return {"scores": work().tolist(), "seconds": stopwatch() - began}

        name = json.dumps([self.key, what, asdict(recipe)], sort_keys=True)
        found = stages.once(self.project, hashlib.sha256(name.encode()).hexdigest(), timed)
        return np.array(found["scores"]), float(found["seconds"])


def draw(count: int, seed: int, base: Recipe) -> list[Settings]:
    """So many settings, the first of which changes nothing; fewer of the same seed are the first of more.

    Args:
        count: how many.
        seed: of the draws.
        base: what they change; parts that it leaves out stay out.
    """
    random, space = np.random.default_rng(seed), space_of(base)
    return [{}, *(draw_settings(space, random) for _ in range(count - 1))]


def climb(
    notebook: Notebook, drawn: list[Settings], plan: Plan, seed: int, until: float, progress: Progress
) -> list[Trial]:
    """Try every setting on the first rung, and the best on the next, up to all members.

    Args:
        notebook: tries and remembers.
        drawn: the settings, number 0 first.
        plan: how many go on.
        seed: of the intervals.
        until: on the stopwatch; from then on a rung takes no more than the two settings it needs.
        progress: told which trial is on, with the share of the work done.

    Returns:
        The trials, those that came furthest and scored best first.
    """
    rungs = notebook.bench.rungs
    total = sum(count * share for count, share in zip(plan.counts, rungs, strict=True))
    done, alive = 0.0, list(range(len(drawn)))
    found: dict[int, Trial] = {}
    seconds = dict.fromkeys(alive, 0.0)
    for rung, (share, count) in enumerate(zip(rungs, plan.counts, strict=True)):
        alive = alive[:count]
        scores = {}
        for place, number in enumerate(alive):
            if place >= FEWEST_TRIED and stopwatch() > until:
                break
            trained = notebook.bench.trained_on(share)
            progress(f"Setting {place + 1} of {len(alive)} on {trained:,} members", done / total)
            scores[number], spent = notebook.choose(drawn[number], share)
            seconds[number] += spent
            done += share
        alive = sorted(scores, key=lambda number: (-float(scores[number].mean()), number))
        for number in alive:
            ahead = estimate(scores[number] - scores[DEFAULT], seed)
            found[number] = Trial(
                number, drawn[number], trained, estimate(scores[number], seed), ahead, seconds[number], rung
            )
        # Number 0 goes on whatever it scored.
        alive = [*(number for number in alive if number != DEFAULT)]
        alive.insert(0, DEFAULT)
    return sorted(found.values(), key=lambda one: (-one.rung, -one.score.mean, one.number))
