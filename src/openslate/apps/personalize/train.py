"""Train: read what may be used, fit the recipe, store the model, and let it serve if the gate has no objection."""

import hashlib
import json
from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

import numpy as np

from openslate.accounts.erasing.alone import no_erasure
from openslate.apps.personalize.arguments import require_moment
from openslate.apps.personalize.begun import begun_of
from openslate.apps.personalize.components import fit_components
from openslate.apps.personalize.counting import Counting
from openslate.apps.personalize.fitted import Fitted, Order, Plays, popularity_by_country, trending_settings
from openslate.apps.personalize.incumbent import compare
from openslate.apps.personalize.inverses import Keeping, keep_only
from openslate.apps.personalize.large import Systems
from openslate.apps.personalize.newcomers import first_choices, metadata_transfer, plays_of
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recipe_file import plain_values, recipe_from
from openslate.apps.personalize.second_stage import ranker_of
from openslate.apps.personalize.sums import ALL_EVENTS, VALIDATION, KeptSums, remove_sums
from openslate.apps.personalize.validation import METRIC, Validation, validation_split
from openslate.data.datasets import TABLES, Viewing, viewing
from openslate.errors import ProjectError, RegistryError
from openslate.models.blend import Blend, BlendWeights
from openslate.models.popularity import PopularitySettings
from openslate.models.weights import WeightSettings
from openslate.progress import Progress, monotone, silent, within
from openslate.project import Project
from openslate.registry import artifacts, runs, stages
from openslate.registry.environment import code_version
from openslate.registry.lineage import LET_THROUGH, link, link_snapshot
from openslate.registry.promotion import judged, promote, serving
from openslate.registry.standing import MAKING, Judgement, comparison_key
from openslate.rights.gate import Decision, as_record
from openslate.storage.engine import Engine, processes
from openslate.storage.manifest import Snapshot
from openslate.storage.replaced import require_current

ROLE = "personalize"
LONGER = PopularitySettings(half_life_days=30.0)


@dataclass(frozen=True)
class Trained:
    """What a training run came to.

    Attributes:
        artifact: the stored model.
        run: the run's id.
        decision: whose data was used.
        judgement: what the promotion gate found.
        serves: whether it serves now, by the gate's judgement or in spite of it.
        bytes_kept: room on the disk that its kept inverses take; 0 where none are.
    """

    artifact: artifacts.Artifact
    run: str
    decision: Decision
    judgement: Judgement
    serves: bool
    bytes_kept: int = 0

    @property
    def objection(self) -> str | None:
        """Why the model does not serve, or None."""
        return None if self.serves else self.judgement.why

    @property
    def outcome(self) -> str:
        """What became of it, in a sentence with the way on."""
        short, why = self.artifact.id[:12], self.judgement.why
        if not self.serves:
            return (
                f"Model {short} does not serve: {why}. "
                f"To force it: openslate models promote {short} --force --reason '...'."
            )
        return (
            f"Model {short} serves now: {why}." if self.judgement.serves else f"Model {short} serves now, though {why}."
        )


def train(
    project: Project,
    as_of: datetime | None = None,
    recipe: Recipe = Recipe(),
    workers: int = 1,
    forced_because: str | None = None,
    keep_inverses: bool = False,
    progress: Progress = silent,
) -> Trained:
    """Train on every event that may be used for training.

    A killed training leaves its validation stage behind, and the next one with the same data, settings and code
    goes on from there.

    Args:
        project: where.
        as_of: events later than this are not seen; None for all.
        recipe: the settings.
        workers: processes to count in; 1 counts in this one.
        forced_because: let the model serve even if it is worse or stale, for this reason.
        keep_inverses: keep what solving leaves behind, so that a member can be taken out of the model in little time;
            for n titles that takes 4 n^2 bytes of disk for each EASE and 8 n^2 for each sequential model.
        progress: told what is done.

    Raises:
        RightsError: nothing may be used for training.
        FitError: there is too little to train on, or a system cannot be solved.
        UsageError: `as_of` is no moment.
        ProjectError: a member was erased since the data was read; nothing is stored then.
    """
    require_moment(as_of)
    progress = monotone(progress)
    settings = {"recipe": asdict(recipe), "as_of": None if as_of is None else as_of.isoformat()}
    with runs.recorded(project, "personalize train", settings, seed=0) as notebook:
        progress("Reading what may be used", 0.0)
        files = project.lake.snapshot(*TABLES)
        reading = within(progress, 0.0, 0.05)
        data = viewing(project, ("train",), "personalize train", as_of, files, progress=reading)
        notebook.record["data"] = {"hash": data.hash, "prepared": data.prepared, **as_record(data.decision)}
        kept = KeptSums(project, ALL_EVENTS, data)
        keeping = Keeping.begun(project) if keep_inverses else None
        making = {"data": data.hash, "recipe": plain_values(recipe), "code": code_version()}
        with nullcontext(Engine()) if workers == 1 else processes(workers) as engine:
            parts = 1 if workers == 1 else 2 * workers
            found = _validate(project, data, recipe, making, engine, parts, within(progress, 0.05, 0.5))
            on = within(progress, 0.5, 1.0)
            fitted = fit_as_found(project, data, making, found, kept, engine, parts, on, keeping)
        notebook.record["sums"] = kept.outcome
        with no_erasure(project):
            _require_current(project, files)
            artifact = artifacts.save(project, ROLE, *fitted)
            notebook.record["artifact"] = artifact.id
            notebook.record["metrics"] = {METRIC: artifact.manifest["validation"]["score"]}
            link(project, artifact.id, notebook.id, "made by run")
            link(project, artifact.id, files.id, "trained on")
            link(project, artifact.id, data.decision.entry, LET_THROUGH)
            link_snapshot(project, notebook.id, files)
            judgement = judged(project, ROLE, artifact)
            serves = _offer(project, artifact, forced_because)
            bytes_kept = _settle_inverses(project, keeping, artifact.id if serves else "", data.prepared)
        trained = Trained(artifact, notebook.id, data.decision, judgement, serves, bytes_kept)
        notebook.record["outcome"] = trained.outcome
    return trained


def _require_current(project: Project, files: Snapshot) -> None:
    """Keep nothing that was learned of a member who was erased meanwhile.

    Raises:
        ProjectError: somebody was.
    """
    try:
        require_current(files, project.lake.snapshot())
    except ProjectError:
        stages.remove_all(project)
        remove_sums(project)
        raise


def _settle_inverses(project: Project, keeping: Keeping | None, serves: str, prepared: str) -> int:
    """See that inverses lie beside the model that serves alone; the bytes they take."""
    if keeping is not None and serves:
        return keeping.finished(project, serves, prepared)
    if keeping is not None:
        keeping.given_up()
    if serves:
        keep_only(project, serves)
    return 0


def fit_as_found(
    project: Project,
    data: Viewing,
    making: Mapping[str, Any],
    found: Mapping[str, Any],
    kept: KeptSums,
    engine: Engine,
    parts: int,
    progress: Progress,
    systems: Systems | None = None,
) -> tuple[dict[str, object], dict[str, Any]]:
    """Fit what validation found to all events.

    Args:
        project: where.
        data: the events.
        making: what goes into the manifest about data, recipe and code.
        found: what validation found, of these events or, where a member was forgotten, of earlier ones.
        kept: sums over all events.
        engine: where shards are counted.
        parts: how many shards to count in.
        progress: told what is done.
        systems: asked first for models that are solved for; None for nobody.

    Returns:
        The parts of the model and its manifest, as they are stored.
    """
    recipe = recipe_from(found["settled"])
    weights, step = _weights(found["weights"]), within(progress, 0.0, 0.8)
    models = fit_components(
        data.histories,
        data.latest,
        recipe,
        engine,
        parts,
        step,
        weights.components,
        kept,
        begun=begun_of(found["begun"]),
        systems=systems,
    )
    progress("Counting what is popular where", 0.8)
    trending, countries = popularity_by_country(data.histories, data.countries, data.latest, trending_settings())
    popular, _ = popularity_by_country(data.histories, data.countries, data.latest, LONGER)
    progress("Preparing for new titles and new members", 0.84)
    plays = plays_of(data.histories)
    fitted = Fitted(
        blend=Blend(weights, models, ranker_of(found["ranker"], recipe.ranker)),
        trending=trending,
        popular=popular,
        starters=first_choices(Counting(data.histories, engine, parts, kept).sums(WeightSettings()), plays),
        cold=metadata_transfer(data.catalogue.tokens(), plays, recipe.cold_start),
        plays=Plays(plays),
        order=Order(tuple(title.title for title in data.catalogue.titles), countries, data.latest),
    )
    for part in (ALL_EVENTS, VALIDATION):
        KeptSums(project, part, data).let_go()
    progress("Storing the model", 0.9)
    manifest = {
        **making,
        "snapshot": data.snapshot,
        "as_of": data.latest,
        "validation": found["validation"],
        "settled": found["settled"],
        "second_stage": found["second_stage"],
        "components": dict(zip(found["weights"]["components"], found["weights"]["weights"], strict=True)),
        "members": data.decision.members_allowed,
        "events": data.decision.rows_allowed,
    }
    return fitted.parts(), manifest


def _validate(
    project: Project,
    data: Viewing,
    recipe: Recipe,
    making: Mapping[str, Any],
    engine: Engine,
    parts: int,
    progress: Progress,
) -> dict[str, Any]:
    """What validation finds, and beside it the comparison with the model that serves; both are kept."""

    @cache
    def validation() -> Validation:
        split = validation_split(data.histories)
        kept = KeptSums(project, VALIDATION, data, before=split.as_of + 1)
        return Validation(split, recipe, engine, parts, progress, kept)

    key = hashlib.sha256(json.dumps(making, sort_keys=True).encode()).hexdigest()
    found = stages.once(project, key, lambda: validation().found())
    incumbent = serving(project, ROLE)
    if incumbent is not None and any(incumbent.manifest.get(name) != making[name] for name in MAKING):
        against = comparison_key(making, incumbent.id)
        stages.once(project, against, lambda: compare(incumbent, validation(), data.catalogue).to_dict())
    return found


def _weights(plain: Mapping[str, Any]) -> BlendWeights:
    return BlendWeights(
        tuple(plain["components"]), np.array(plain["weights"]), plain["log_likelihood"], plain["members"]
    )


def _offer(project: Project, artifact: artifacts.Artifact, forced_because: str | None) -> bool:
    """Let the model serve, unless the gate refuses it."""
    try:
        promote(project, ROLE, artifact, forced_because)
    except RegistryError:
        return False
    return True
