"""Train: read what may be used, fit the recipe, store the model, and let it serve if the gate has no objection."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np

from openslate.apps.personalize.arguments import require_moment
from openslate.apps.personalize.baselines import fit_recent_popularity, score_on
from openslate.apps.personalize.fitted import Fitted, Order, Plays, popularity_by_country, trending_settings
from openslate.apps.personalize.newcomers import first_choices, metadata_transfer, plays_of
from openslate.apps.personalize.protocols import latest_share
from openslate.apps.personalize.recipe import Recipe, fit_components, tuned, weigh_components
from openslate.data.datasets import TABLES, Viewing, viewing
from openslate.errors import FitError, RegistryError
from openslate.models.blend import Blend, BlendWeights
from openslate.models.popularity import PopularitySettings
from openslate.progress import Progress, monotone, silent, within
from openslate.project import Project
from openslate.registry import artifacts, runs, stages
from openslate.registry.environment import code_version
from openslate.registry.lineage import link, link_snapshot
from openslate.registry.promotion import Standing, objection, promote, serving
from openslate.rights.gate import Decision, as_record
from openslate.storage.engine import Engine, processes

ROLE = "personalize"
METRIC = "ndcg@10"
LONGER = PopularitySettings(half_life_days=30.0)


@dataclass(frozen=True)
class Trained:
    """What a training run came to.

    Attributes:
        artifact: the stored model.
        run: the run's id.
        decision: whose data was used.
        objection: why the model does not serve, or None.
    """

    artifact: artifacts.Artifact
    run: str
    decision: Decision
    objection: str | None

    @property
    def serves(self) -> bool:
        """Whether it serves now."""
        return self.objection is None

    @property
    def outcome(self) -> str:
        """What became of it, in a sentence with the way on."""
        short = self.artifact.id[:12]
        if self.objection is None:
            return f"Model {short} serves now."
        return (
            f"Model {short} does not serve: {self.objection}. "
            f"To force it: openslate models promote {short} --force --reason '...'."
        )


def train(
    project: Project,
    as_of: datetime | None = None,
    recipe: Recipe = Recipe(),
    workers: int = 1,
    forced_because: str | None = None,
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
        progress: told what is done.

    Raises:
        RightsError: nothing may be used for training.
        FitError: there is too little to train on, or a system cannot be solved.
        UsageError: `as_of` is no moment.
    """
    require_moment(as_of)
    progress = monotone(progress)
    settings = {"recipe": asdict(recipe), "as_of": None if as_of is None else as_of.isoformat()}
    with runs.recorded(project, "personalize train", settings, seed=0) as notebook:
        progress("Reading what may be used", 0.0)
        files = project.lake.snapshot(*TABLES)
        data = viewing(project, ("train",), "personalize train", as_of, files)
        notebook.record["data"] = {"hash": data.hash, **as_record(data.decision)}
        if workers == 1:
            artifact = _fit_and_store(project, data, recipe, Engine(), 1, progress)
        else:
            with processes(workers) as engine:
                artifact = _fit_and_store(project, data, recipe, engine, 2 * workers, progress)
        notebook.record["artifact"] = artifact.id
        notebook.record["metrics"] = {METRIC: artifact.manifest["validation"]["score"]}
        link(project, artifact.id, notebook.id, "made by run")
        link(project, artifact.id, files.id, "trained on")
        link_snapshot(project, notebook.id, files)
        trained = Trained(artifact, notebook.id, data.decision, _offer(project, artifact, forced_because))
        notebook.record["outcome"] = trained.outcome
    return trained


def _fit_and_store(
    project: Project, data: Viewing, recipe: Recipe, engine: Engine, parts: int, progress: Progress
) -> artifacts.Artifact:
    making = {"data": data.hash, "recipe": asdict(recipe), "code": code_version()}
    key = hashlib.sha256(json.dumps(making, sort_keys=True).encode()).hexdigest()
    validation = stages.once(project, key, lambda: _validate(data, recipe, engine, parts, within(progress, 0.05, 0.5)))
    recipe = replace(recipe, taste=replace(recipe.taste, **validation["taste"]))
    models = fit_components(data.histories, data.latest, recipe, engine, parts, within(progress, 0.5, 0.9))
    progress("Counting what is popular where", 0.9)
    trending, countries = popularity_by_country(data.histories, data.countries, data.latest, trending_settings())
    popular, _ = popularity_by_country(data.histories, data.countries, data.latest, LONGER)
    progress("Preparing for new titles and new members", 0.92)
    plays = plays_of(data.histories)
    fitted = Fitted(
        blend=Blend(_weights(validation["weights"]), models),
        trending=trending,
        popular=popular,
        starters=first_choices(data.histories),
        cold=metadata_transfer(data.catalogue.tokens(), plays, recipe.cold_start),
        plays=Plays(plays),
        order=Order(tuple(title.title for title in data.catalogue.titles), countries, data.latest),
    )
    progress("Storing the model", 0.95)
    manifest = {
        **making,
        "snapshot": data.snapshot,
        "as_of": data.latest,
        "validation": {name: validation[name] for name in ("split", "metric", "score", "baseline")},
        "members": data.decision.members_allowed,
        "events": data.decision.rows_allowed,
    }
    return artifacts.save(project, ROLE, fitted.parts(), manifest)


def _validate(data: Viewing, recipe: Recipe, engine: Engine, parts: int, progress: Progress) -> dict[str, Any]:
    """The blend's weights, and its score beside the baseline's, on the latest tenth of the events.

    The weights are few and the members many, so the score on the members they were fitted on is hardly too good; the
    report measures on later events than these.
    """
    try:
        split = latest_share(data.histories)
    except FitError as error:
        raise FitError(
            "There is too little to train on: with the latest tenth of the events set aside to validate on, "
            "no member has both a history and a new title to predict.",
            "Import more events: plays or ratings of members over several days.",
        ) from error
    progress("Choosing between EASE and EDLAE on validation", 0.0)
    recipe = tuned(recipe, split)
    models = fit_components(split.train, split.as_of, recipe, engine, parts, within(progress, 0.2, 0.8))
    progress("Weighing the models on validation", 0.8)
    weights = weigh_components(models, split, recipe)
    return {
        "split": split.hash,
        "metric": METRIC,
        "score": score_on(split, Blend(weights, models)),
        "baseline": score_on(split, fit_recent_popularity(split.train, split.as_of)),
        "taste": {"l2": recipe.taste.l2, "dropout": recipe.taste.dropout},
        "weights": {
            "components": list(weights.components),
            "weights": weights.weights.tolist(),
            "log_likelihood": weights.log_likelihood,
            "members": weights.members,
        },
    }


def _weights(plain: Mapping[str, Any]) -> BlendWeights:
    return BlendWeights(
        tuple(plain["components"]), np.array(plain["weights"]), plain["log_likelihood"], plain["members"]
    )


def _offer(project: Project, artifact: artifacts.Artifact, forced_because: str | None) -> str | None:
    """Let the model serve, or say why it does not."""
    incumbent = serving(project, ROLE)
    against = objection(Standing.of(artifact.manifest), None if incumbent is None else Standing.of(incumbent.manifest))
    try:
        promote(project, ROLE, artifact, forced_because)
    except RegistryError:
        return against
    return None
