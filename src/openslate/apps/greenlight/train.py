"""Train: fit the forecaster on what is known on a day, test it at the latest origin that has closed, and store it."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate import clock
from openslate.accounts.erasing.alone import no_erasure
from openslate.apps.greenlight.asked import Asked, read_asked, unit_of
from openslate.apps.greenlight.backtest import backtest, possible_origins, rolling_of
from openslate.apps.greenlight.backtest_types import OriginFound
from openslate.apps.greenlight.blocks import block_of, boundaries
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.fitting import fit_at
from openslate.apps.greenlight.members_counted import COUNTED, MembersCounted, count_members
from openslate.apps.greenlight.opened import store
from openslate.apps.greenlight.past_of import past_of
from openslate.apps.greenlight.population import population_of, window_words
from openslate.apps.greenlight.texts_learned import (
    make_uses,
    note_learned,
    permitted_texts,
    plain_texts,
    with_texts,
)
from openslate.apps.greenlight.texts_taken_back import remove_taken_back
from openslate.data.audience.plays import TABLES
from openslate.data.written.asking import Answered
from openslate.errors import FitError
from openslate.models.forecasting.forecaster import Settings
from openslate.progress import Progress, silent, within
from openslate.project import Project
from openslate.registry import artifacts, runs
from openslate.registry.environment import code_version
from openslate.registry.lineage import LET_THROUGH, link
from openslate.storage.replaced import require_current


@dataclass(frozen=True)
class Trained:
    """What a training came to.

    Attributes:
        artifact: the stored forecaster.
        run: id of the run.
        tested: what it gave at the latest origin that has closed; None where none has.
        learned: titles it learned from.
        calibrated: titles its intervals were calibrated on.
        counted: of members' plays.
        texts: scripts, treatments and outlines that it learned from, or left out.
        removed: ids of earlier models that learned from texts which may not be learned from any more.
    """

    artifact: artifacts.Artifact
    run: str
    tested: OriginFound | None
    learned: int
    calibrated: int
    counted: MembersCounted
    texts: Answered
    removed: tuple[str, ...] = ()


def train(
    project: Project, asked: Asked = Asked(), settings: Settings = Settings(), progress: Progress = silent
) -> Trained:
    """Train a forecaster on a project's outcomes, as far as they were published on a day.

    Stability: provisional.

    Args:
        project: where.
        asked: what is forecast and of which titles; `until` is the day, today without one. `origins` is not used.
        settings: of the forecaster.
        progress: told what is done.

    Raises:
        UsageError: the project has no such measure or source.
        FitError: there is too little to learn from.
        ProjectError: a member was erased meanwhile.
        RightsError: the ledger takes no entry, or a text's permission ended meanwhile; then nothing was kept.
    """
    as_of = asked.until or clock.now().date()
    said = {
        "region": asked.region,
        "as_of": as_of.isoformat(),
        "months": asked.months,
        "plays": asked.plays,
        "age_band": asked.age_band,
    }
    with (
        runs.recorded(project, "greenlight train", {**said, "source": asked.source}, asked.seed) as notebook,
        ExitStack() as kept,
    ):
        progress("Reading outcomes", 0.0)
        files = project.lake.snapshot(*TABLES)
        known, measure = read_asked(project, asked, as_of)
        counted = count_members(project, asked, as_of, known)
        plain = {"measure": measure, **said, "source": asked.source, "everywhere": asked.everywhere}
        past = past_of(known, wait=True)
        days = boundaries(known.labels, asked.months)
        population, words = population_of(known, asked.source, asked.everywhere)
        looked_at = [block_of(days, day) for day in known.labels.released.tolist()]
        origin = rolling_of(past, days, population).on(as_of, [day for day in days if day < as_of])
        texts = kept.enter_context(permitted_texts(project, {past.labels.works[row].id for row in origin.known}))
        past = with_texts(past, texts.words)
        tested, waited = _tested(past, days, population, settings, asked, progress)
        fitted = fit_at(past, looked_at, origin, population, settings, progress=within(progress, 0.5, 1.0))
        manifest: dict[str, Any] = {
            **plain,
            "unit": unit_of(measure, asked.age_band),
            "window": window_words(known),
            "days": float(np.median(known.labels.days)) if known.labels.from_release else 0.0,
            "halves": [] if known.labels.from_release else [day.isoformat() for day in days],
            "population": words,
            "snapshot": known.snapshot,
            "seed": asked.seed,
            "code": code_version(),
            "families": list(dict.fromkeys(fitted.table.columns.families)),
            "features": list(fitted.table.columns.names),
            "family_of": list(fitted.table.columns.families),
            "known_at": list(fitted.table.columns.stages),
            "settings": asdict(settings),
            "texts": plain_texts(known, texts),
            "validation": _record(tested, waited),
            COUNTED: dict(counted.members),
        }
        with no_erasure(project):
            # Nothing is kept that was counted of a member who was erased meanwhile.
            require_current(files, project.lake.snapshot())
            make_uses(project, texts)
            artifact = store(project, past, fitted, origin.known, manifest, counted)
            note_learned(project, artifact.id, texts)
            removed = remove_taken_back(project)
            notebook.record["artifact"] = artifact.id
            notebook.record["metrics"] = dict(manifest["validation"])
            link(project, artifact.id, notebook.id, "made by run")
            link(project, artifact.id, known.snapshot, "trained on")
            for decision in counted.decisions:
                link(project, artifact.id, decision.entry, LET_THROUGH)
    progress("Trained", 1.0)
    calibrated = int(fitted.forecaster.margins.titles.sum())
    return Trained(artifact, notebook.id, tested, len(origin.known), calibrated, counted, texts, removed)


def _tested(
    past: Past,
    days: Sequence[date],
    population: NDArray[np.bool_],
    settings: Settings,
    asked: Asked,
    progress: Progress,
) -> tuple[OriginFound | None, bool]:
    """What the forecaster gave at the latest origin that has closed, and whether it waited for publication there.

    It waits as a forecast of today does. Where too few reports are there for that, it is tested on closed windows, and
    whatever quotes the test says so.
    """
    for one in (past, replace(past, wait=False)):
        try:
            origins = possible_origins(one, days, population, 1)
        except FitError:
            continue
        found = backtest(one, days, population, origins, settings, asked.seed, within(progress, 0.05, 0.5))
        return found.origins[0], one.wait
    # Too little has closed to be tested; the card and every forecast then say that nothing was.
    return None, False


def _record(tested: OriginFound | None, waited: bool) -> Mapping[str, Any]:
    if tested is None:
        return {}
    card, line = tested.card, tested.simple[0]
    return {
        "from": tested.day.isoformat(),
        "until": tested.until.isoformat(),
        "as_published": waited,
        "titles": card.titles,
        "r_squared": card.r_squared,
        "rmsle": card.rmsle,
        "coverage": card.coverages[1].share,
        "wis_skill": card.wis_skill,
        "skill_over_line": line.wis_skill,
        "drift": tested.drift,
        "alarm": tested.alarm,
    }
