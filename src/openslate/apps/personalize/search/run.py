"""Search: find better settings within a stated budget, and say honestly what was won."""

import math
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from openslate.apps.personalize.arguments import require_moment, require_place, require_seed
from openslate.apps.personalize.protocols import named
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recipe_file import write_recipe
from openslate.apps.personalize.search.bench import Bench
from openslate.apps.personalize.search.page import SearchPage, search_verdict, write_search_page
from openslate.apps.personalize.search.trials import DEFAULT, Notebook, Plan, Settings, Trial, climb, draw
from openslate.apps.personalize.space import with_settings
from openslate.data.datasets import TABLES, viewing
from openslate.errors import UsageError
from openslate.evaluation.bootstrap import Interval, estimate
from openslate.progress import Progress, monotone, silent, within
from openslate.project import Project
from openslate.registry import runs
from openslate.registry.lineage import link_snapshot
from openslate.rights.gate import as_record
from openslate.storage.engine import Engine

KIND = "personalize search"
BUDGET = 30
MOST_SETTINGS = 10_000
"""More would take months, and all of them are drawn before the first is tried."""
RESERVED = 4.0
"""Trials on all members whose time a search in minutes keeps back: two to confirm with, two for what is not counted."""


@dataclass(frozen=True)
class Searched:
    """What a search came to.

    Stability: provisional.

    Attributes:
        run: the run's id.
        metric: what was measured.
        trials: those that came furthest and scored best first.
        best: the winner's number; 0 when nothing was better than what the search began with.
        recipe: the winner's recipe, ready for training.
        score: the winner's metric on members who had no part in choosing it.
        ahead: that minus the metric of the recipe the search began with, paired, on the same members.
        recipe_file: the recipe as JSON, for `personalize train --recipe`.
        report: the HTML page.
    """

    run: str
    metric: str
    trials: tuple[Trial, ...]
    best: int
    recipe: Recipe
    score: Interval
    ahead: Interval
    recipe_file: Path
    report: Path

    @property
    def settings(self) -> Settings:
        """What the winner changes, by dotted path."""
        return next(one.settings for one in self.trials if one.number == self.best)

    @property
    def verdict(self) -> str:
        """The sentence to remember."""
        return search_verdict(self.metric, self.trials, self.best, self.score, self.ahead)

    def to_dict(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "run": self.run,
            "metric": self.metric,
            "verdict": self.verdict,
            "best": self.best,
            "settings": dict(self.settings),
            "score": asdict(self.score),
            "ahead": asdict(self.ahead),
            "trials": [{**asdict(one), "settings": dict(one.settings)} for one in self.trials],
            "recipe_file": str(self.recipe_file),
            "report": str(self.report),
        }


def search(
    project: Project,
    budget: int | None = None,
    minutes: float | None = None,
    protocol: str = "global-time",
    recipe: Recipe = Recipe(),
    as_of: datetime | None = None,
    seed: int = 1,
    output: Path | None = None,
    report: Path | None = None,
    progress: Progress = silent,
) -> Searched:
    """Try settings on ever more members, and confirm the best on members who had no part in choosing it.

    Each trial is kept as it ends: the same search begun again goes on where it stopped.

    Args:
        project: where.
        budget: how many settings, the first being `recipe` itself; 30 where neither this nor `minutes` is given.
        minutes: how long, instead of a budget; how many settings that is, is told by the time the first one takes.
        protocol: 'global-time', 'leave-last-out' or 'strong-generalisation'; its test part is never looked at.
        recipe: what the settings change.
        as_of: events later than this are not seen; None for all.
        seed: of the draws, of who chooses, and of the intervals.
        output: where to write the best recipe; None for the project's `reports` folder.
        report: where to write the page; None for the project's `reports` folder.
        progress: told which trial is on.

    Raises:
        RightsError: nothing may be used for training and evaluation.
        FitError: too few members are left to choose and to confirm.
        UsageError: the budget makes no sense, the protocol is unknown, or the seed or moment is wrong.
        ProjectError: a file cannot be written.
    """
    require_moment(as_of)
    require_seed(seed)
    _require_budget(budget, minutes)
    [chosen] = named((protocol,))
    for path in (output, report):
        require_place(path)
    if output is not None and report is not None and output.resolve() == report.resolve():
        raise UsageError(f"The recipe and the page would both be {output}.", "Name two files.")
    progress = monotone(progress)
    asked = {"recipe": asdict(recipe), "budget": budget, "minutes": minutes, "protocol": protocol}
    with runs.recorded(project, KIND, asked, seed) as record:
        progress("Reading what may be used", 0.0)
        files = project.lake.snapshot(*TABLES)
        data = viewing(project, ("train", "evaluate"), KIND, as_of, files)
        record.record["data"] = {"hash": data.hash, **as_record(data.decision)}
        link_snapshot(project, record.id, files)
        bench = Bench.of(data.histories, chosen, seed, Engine(), 1)
        progress("Choosing what every training chooses", 0.01)
        notebook = Notebook.of(project, bench, bench.settle(recipe))
        plan = _plan(notebook, budget, minutes, progress)
        drawn = draw(plan.counts[0], seed, recipe)
        until = math.inf if minutes is None else record.began + 60 * minutes
        trials = climb(notebook, drawn, plan, seed, until, within(progress, 0.05, 0.93))
        best = trials[0].number
        progress("Confirming on members who had no part in choosing", 0.93)
        ours, theirs = (notebook.confirm(drawn[number])[0] for number in (best, DEFAULT))
        found = Searched(
            run=record.id,
            metric=bench.metric,
            trials=tuple(trials),
            best=best,
            recipe=with_settings(recipe, drawn[best]),
            score=estimate(ours, seed),
            ahead=estimate(ours - theirs, seed),
            recipe_file=output or project.folder / "reports" / f"recipe-{record.id}.json",
            report=report or project.folder / "reports" / f"search-{record.id}.html",
        )
        write_recipe(found.recipe_file, found.recipe)
        page = SearchPage(project.folder.name, chosen, bench, plan, recipe, trials, best, found.score, found.ahead)
        write_search_page(page, found.recipe_file, found.report)
        _write_down(record.record, found, plan)
    return found


def _plan(notebook: Notebook, budget: int | None, minutes: float | None, progress: Progress) -> Plan:
    """By number of settings, or by what the first setting takes on each rung."""
    rungs = notebook.bench.rungs
    if minutes is None:
        return Plan.of(BUDGET if budget is None else budget, len(rungs))
    progress("Timing the first setting", 0.02)
    # Once unheard: the first fit of a process also compiles its loops.
    notebook.bench.choose(notebook.base, rungs[0])
    costs = [notebook.choose({}, share)[1] for share in rungs]
    return Plan.within(60 * minutes - sum(costs) - RESERVED * costs[-1], costs)


def _write_down(record: dict[str, Any], found: Searched, plan: Plan) -> None:
    record["metrics"] = {found.metric: found.score.mean}
    record["plan"] = list(plan.counts)
    record["settings_found"] = dict(found.settings)
    record["ahead"] = asdict(found.ahead)
    record["recipe_file"], record["report"] = str(found.recipe_file), str(found.report)
    record["outcome"] = found.verdict


def _require_budget(budget: int | None, minutes: float | None) -> None:
    if budget is not None and minutes is not None:
        raise UsageError("A budget of settings and one of minutes are both given.", "Give one of the two.")
    if budget is not None and budget < 2:
        raise UsageError(f"A budget of {budget} leaves nothing to try.", "Give two settings or more.")
    if budget is not None and budget > MOST_SETTINGS:
        raise UsageError(f"A budget of {budget:,} settings has no end.", f"Give {MOST_SETTINGS:,} or fewer.")
    if minutes is not None and not 0 < minutes < 100_000:
        raise UsageError(
            f"{minutes} minutes are no time to search in.", "Give more than 0 and less than 100,000, such as 20."
        )
