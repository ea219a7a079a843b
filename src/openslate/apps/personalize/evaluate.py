"""Measure a recipe against its baselines by three protocols, record the run, and write the report."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import numpy as np

from openslate.apps.personalize.arguments import require_moment, require_place, require_seed
from openslate.apps.personalize.baselines import EASE, POPULARITY, fit_plain_ease, fit_recent_popularity
from openslate.apps.personalize.fitted import BLEND
from openslate.apps.personalize.oracle import Truth, find_oracle
from openslate.apps.personalize.parts import worth_of_parts
from openslate.apps.personalize.protocols import PAPERS_ON_MOVIELENS_1M, PROTOCOLS, Protocol, named
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.report import Sources, write_report
from openslate.apps.personalize.settling import Chosen, settle
from openslate.clock import stopwatch
from openslate.data.catalogue import Catalogue
from openslate.data.datasets import TABLES, Viewing, viewing
from openslate.errors import FitError, UsageError
from openslate.evaluation.measure import Genres
from openslate.evaluation.protocol import Fit, Scorer
from openslate.evaluation.protocol import evaluate as evaluate_split
from openslate.evaluation.results import Evaluation, ForeignRow
from openslate.evaluation.split import Split
from openslate.evaluation.worth import Worth
from openslate.models.blend import Blend
from openslate.models.histories import Histories
from openslate.models.popularity import popularity_7_days
from openslate.progress import Progress, monotone, silent, within
from openslate.project import Project
from openslate.registry import runs
from openslate.registry.lineage import link_snapshot
from openslate.rights.gate import as_record

ALL_PROTOCOLS = tuple(PROTOCOLS)
NO_GENRE = "no genre"
MOVIELENS_1M_EVENTS = 1_000_209


@dataclass(frozen=True)
class Evaluated:
    """What an evaluation came to.

    Attributes:
        run: the run's id.
        evaluations: one per protocol.
        worths: what the parts of the blend are worth, one per protocol.
        left_out: protocols the data is too small for, each with the reason.
        report: the HTML file.
    """

    run: str
    evaluations: tuple[Evaluation, ...]
    worths: tuple[Worth, ...]
    left_out: Mapping[str, str]
    report: Path


def evaluate(
    project: Project,
    protocols: tuple[str, ...] | None = None,
    as_of: datetime | None = None,
    recipe: Recipe = Recipe(),
    models: Mapping[str, Fit] | None = None,
    pages_for: tuple[str, ...] = (),
    seed: int = 1,
    report: Path | None = None,
    progress: Progress = silent,
) -> Evaluated:
    """Fit the recipe, its parts and the baselines on the past, and measure them on what came after.

    Args:
        project: where.
        protocols: some of 'global-time', 'leave-last-out' and 'strong-generalisation'; None for all that the data is
            large enough for.
        as_of: events later than this are not seen; None for all.
        recipe: the settings.
        models: your own models beside ours, from name to a function that fits one on histories.
        pages_for: members whose home pages the report shows.
        seed: of the resampling.
        report: where to write the report; None for the project's `reports` folder.
        progress: told what is done.

    Raises:
        RightsError: nothing may be used for training and evaluation.
        FitError: a protocol that was named, or every one, leaves nobody to score.
        UsageError: a protocol is unknown, the seed is below 0, or `as_of` is no moment.
        ProjectError: the report cannot be written.
    """
    require_moment(as_of)
    require_seed(seed)
    chosen = named(ALL_PROTOCOLS if protocols is None else protocols)
    _refuse_our_names(models or {})
    require_place(report)
    progress = monotone(progress)
    settings = {"recipe": asdict(recipe), "protocols": [one.name for one in chosen], "models": sorted(models or {})}
    with runs.recorded(project, "personalize evaluate", settings, seed) as notebook:
        progress("Reading what may be used", 0.0)
        files = project.lake.snapshot(*TABLES)
        data = viewing(project, ("train", "evaluate"), "personalize evaluate", as_of, files)
        notebook.record["data"] = {"hash": data.hash, **as_record(data.decision)}
        truth, without_truth = find_oracle(project, data)
        found: list[Evaluation] = []
        worths: list[Worth] = []
        left_out: dict[str, str] = {}
        for place, protocol in enumerate(chosen):
            step = within(progress, place / len(chosen), (place + 0.95) / len(chosen))
            try:
                evaluation, worth = _measure(protocol, data, recipe, models or {}, truth, seed, step)
            except FitError as error:
                left_out[protocol.name] = error.what
                if protocols is not None or len(left_out) == len(chosen):
                    raise
            else:
                found.append(evaluation)
                worths.append(worth)
        notebook.record["left_out"] = left_out
        notebook.record["metrics"] = {one.split: _headlines(one) for one in found}
        notebook.record["intervals"] = {one.split: _intervals(one) for one in found}
        notebook.record["worths"] = [one.to_dict() for one in worths]
        notebook.record["splits"] = {one.split: one.split_hash for one in found}
        notebook.record["outcome"] = _outcome(found[0])
        progress("Writing the report", 0.97)
        link_snapshot(project, notebook.id, files)
        notes = [f"The protocol {name} is left out: {reason}" for name, reason in left_out.items()]
        notes.extend([without_truth] if without_truth else [])
        sources = Sources(project, data, notebook, recipe, seed, tuple(notes))
        path = write_report(
            sources, found, worths, pages_for, report or project.folder / "reports" / f"{notebook.id}.html"
        )
        notebook.record["report"] = str(path)
    return Evaluated(notebook.id, tuple(found), tuple(worths), left_out, path)


def genres_of(catalogue: Catalogue) -> Genres:
    """Genre shares whose rows sum to one: titles without a genre get a column of their own."""
    shares = catalogue.genre_shares
    rest = 1.0 - shares.sum(axis=1, keepdims=True)
    if not (rest > 0.5).any():
        return Genres(catalogue.genre_names, shares)
    return Genres((*catalogue.genre_names, NO_GENRE), np.hstack([shares, np.rint(rest)]))


def _measure(
    protocol: Protocol,
    data: Viewing,
    recipe: Recipe,
    models: Mapping[str, Fit],
    truth: Truth | None,
    seed: int,
    progress: Progress,
) -> tuple[Evaluation, Worth]:
    split = protocol.test(data.histories)

    k = protocol.cutoffs[0]
    began = stopwatch()
    settled = settle(protocol.validation(split.train), recipe, progress=within(progress, 0.0, 0.5), k=k)
    seconds = stopwatch() - began
    worth = worth_of_parts(split.name, settled, k, within(progress, 0.5, 0.55))
    chosen = settled.chosen
    # Gone before the models are fitted once more: they are large.
    del settled

    @cache
    def blend() -> Blend:
        return chosen.fit(split.train, split.as_of, progress=within(progress, 0.57, 0.75))

    # The blend comes before its parts, so that the time to fit them all is told beside its name.
    fits: dict[str, Fit] = {
        POPULARITY: partial(_recent_popularity, split=split),
        EASE: partial(_plain_ease, protocol=protocol),
        BLEND: lambda train: blend(),
        **{name: partial(_part, blend, name) for name in _measured_parts(chosen)},
        **models,
    }
    shares = {POPULARITY: 0.55, EASE: 0.55, BLEND: 0.57}
    later = [name for name in fits if name not in shares]
    shares |= {name: 0.75 + 0.25 * place / len(later) for place, name in enumerate(later)}
    found = evaluate_split(
        split,
        fits,
        baselines=(POPULARITY, EASE),
        cutoffs=protocol.cutoffs,
        genres=genres_of(data.catalogue),
        oracle=None if truth is None else lambda members: truth(members, split.as_of),
        foreign=_foreign(protocol, data),
        seed=seed,
        progress=lambda name: progress(f"Measuring {name}, {protocol.name}", shares[name]),
    )
    return _with_seconds(found, BLEND, seconds), worth


def _with_seconds(evaluation: Evaluation, name: str, seconds: float) -> Evaluation:
    """The same, more seconds added to the fitting of one model."""
    rows = (replace(row, fit_seconds=row.fit_seconds + seconds) if row.name == name else row for row in evaluation.rows)
    return replace(evaluation, rows=tuple(rows))


def _measured_parts(chosen: Chosen) -> list[str]:
    """The parts of the blend that are no baseline anyway."""
    baseline = {"popularity"} if chosen.recipe.popularity == popularity_7_days() else set()
    return [name for name in chosen.weights.components if name not in baseline]


def _part(blend: Callable[[], Blend], name: str, train: Histories) -> Scorer:
    return blend().models[name]


def _refuse_our_names(models: Mapping[str, Fit]) -> None:
    taken = sorted({*(field.name for field in fields(Recipe)), BLEND, EASE, POPULARITY, "oracle"} & set(models))
    if taken:
        raise UsageError(f"The name {taken[0]!r} is one of our own models'.", "Give your model another name.")


def _recent_popularity(train: Histories, split: Split) -> Scorer:
    return fit_recent_popularity(train, split.as_of)


def _plain_ease(train: Histories, protocol: Protocol) -> Scorer:
    return fit_plain_ease(train, protocol.validation(train))


def _foreign(protocol: Protocol, data: Viewing) -> tuple[ForeignRow, ...]:
    movielens = data.decision.rows_allowed + data.decision.rows_denied == MOVIELENS_1M_EVENTS
    return PAPERS_ON_MOVIELENS_1M if movielens and protocol.name == "leave-last-out" else protocol.foreign


def _headlines(evaluation: Evaluation) -> dict[str, float]:
    return {f"{row.name} {evaluation.headline}": row.metrics[evaluation.headline].mean for row in evaluation.rows}


def _intervals(evaluation: Evaluation) -> dict[str, Any]:
    """The headline of every row and its lead over the best baseline, with their intervals, for model cards."""
    metric = evaluation.headline
    return {
        "metric": metric,
        "best_baseline": evaluation.best_baseline,
        "rows": {row.name: asdict(row.metrics[metric]) for row in evaluation.rows},
        "ahead": {row.name: asdict(row.ahead[metric]) for row in evaluation.rows if row.ahead},
    }


def _outcome(evaluation: Evaluation) -> str:
    blend = evaluation.row(BLEND).metrics[evaluation.headline]
    best = evaluation.row(evaluation.best_baseline).metrics[evaluation.headline]
    return (
        f"{evaluation.split}: blend {evaluation.headline} {blend.mean:.4f}, {evaluation.best_baseline} {best.mean:.4f}"
    )
