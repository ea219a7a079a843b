"""A trained forecaster, stored and opened again: it answers from what it keeps, and the same each time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.choosing import KIND, latest_forecaster
from openslate.apps.greenlight.comps.kept_audience import KeptAudience, kept_audience
from openslate.apps.greenlight.comps.watched_together import WatchedTogether
from openslate.apps.greenlight.features.column import Floats
from openslate.apps.greenlight.features.encoder import Encoder
from openslate.apps.greenlight.features.gathered import Gathered
from openslate.apps.greenlight.features.money import priced
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.features.taxonomy import Taxonomy
from openslate.apps.greenlight.fitting import Fitted
from openslate.apps.greenlight.following import Following, seen_of
from openslate.apps.greenlight.imputing import Lenders
from openslate.apps.greenlight.kept_buzz import KeptBuzz, keep_buzz, kept_buzz
from openslate.apps.greenlight.kept_map import KeptMap, keep_map, kept_map
from openslate.apps.greenlight.lengths import of_seasons
from openslate.apps.greenlight.meant import Encoding
from openslate.apps.greenlight.members_counted import MembersCounted
from openslate.apps.greenlight.own_weeks import OwnWeeks
from openslate.apps.greenlight.simple import SimpleForecast
from openslate.apps.greenlight.stored import StoredOutcomes, StoredPast, past_from, store_past
from openslate.apps.greenlight.texts_taken_back import told_of
from openslate.apps.greenlight.works import Work
from openslate.errors import RegistryError
from openslate.models.forecasting.boosting import Grove
from openslate.models.forecasting.conformal import Margins
from openslate.models.forecasting.forecaster import Forecaster
from openslate.models.forecasting.prior import Prior
from openslate.project import Project
from openslate.registry import artifacts

MODELS: Mapping[str, type[Any]] = {
    one.__name__: one
    for one in (
        *(Forecaster, Prior, Grove, Margins, Encoder, Taxonomy, StoredPast, StoredOutcomes, SimpleForecast, KeptMap),
        *(KeptAudience, KeptBuzz, OwnWeeks, Gathered),
    )
}


@dataclass(frozen=True)
class Limits:
    """Numbers beside the models.

    Attributes:
        cuts: float64 [2], ln of the budgets that part the terciles.
        known: int64, labels that were known and are of the population.
        learned: int64, labels that were learned from.
        widest: how wide an 80% interval may be, ln.
        top: ln of where the top decile begins.
        slope: how far comparable titles alone are followed.
    """

    cuts: Floats
    known: NDArray[np.int64]
    learned: NDArray[np.int64]
    widest: float
    top: float
    slope: float


@dataclass(frozen=True)
class Opened:
    """A trained forecaster.

    Attributes:
        artifact: where it is stored.
        past: what became of works, as far as it was known.
        encoder: of features.
        forecaster: of outcomes.
        following: of comparable titles.
        simple: the line.
        limits: numbers beside them.
        audience: who watched both; None where no plays were counted.
        weeks: of the service's own titles; None where outcomes were imported.
        taken_back: that it learned from texts which may not be learned from any more; empty where it did not.
    """

    artifact: artifacts.Artifact
    past: Past
    encoder: Encoder
    forecaster: Forecaster
    following: Following
    simple: SimpleForecast
    limits: Limits
    audience: WatchedTogether | None = None
    weeks: OwnWeeks | None = None
    taken_back: str = ""

    @property
    def as_of(self) -> date:
        """The day as of which it was trained."""
        return date.fromisoformat(str(self.artifact.manifest["as_of"]))

    @cached_property
    def learned(self) -> tuple[Work, ...]:
        """The works that it learned from."""
        return tuple(self.past.labels.works[row] for row in self.limits.learned)

    @cached_property
    def priced(self) -> tuple[Work, ...]:
        """The same; a budget in another currency than most is unknown."""
        return tuple(priced(work, self.past.currency) for work in self.learned)

    @cached_property
    def encoding(self) -> Encoding:
        """What encodes a pitch, and lends it what it leaves out: the works of the population."""
        places = np.flatnonzero(np.isin(self.limits.learned, self.limits.known))
        lenders = Lenders(self.following.theme, self.following.seen, places, self.past.currency)
        return Encoding(self.encoder, self.limits.cuts, self.past, lenders)

    @cached_property
    def seasons(self) -> bool:
        """Whether the series that it learned from have the lengths of whole seasons."""
        return of_seasons(self.learned)

    def ready(self) -> "Opened":
        """Do now what the first answer would have to: read the trees, and put the past in order.

        It takes about a second, most of it the import of LightGBM, and every answer after it a twentieth of that.
        """
        self.forecaster.ready()
        self.past.ready()
        return self


def store(
    project: Project,
    past: Past,
    fitted: Fitted,
    learned: NDArray[np.int64],
    manifest: Mapping[str, Any],
    counted: MembersCounted = MembersCounted(),
) -> artifacts.Artifact:
    """Store what was fitted.

    Args:
        project: where.
        past: what became of works.
        fitted: of it.
        learned: int64, labels that were learned from.
        manifest: about its making.
        counted: of members' plays.
    """
    limits = Limits(fitted.table.cuts, fitted.known, learned, fitted.reach.farthest, fitted.top, fitted.following.slope)
    parts = {
        "past": store_past(past),
        "encoder": fitted.table.encoder,
        "forecaster": fitted.forecaster,
        "simple": fitted.simple[0],
        "limits": limits,
        "map": keep_map(fitted.following.theme, fitted.following.seen.profiles),
        **({"buzz": keep_buzz(past.buzz)} if past.buzz.counted else {}),
        **counted.parts(),
    }
    return artifacts.save(project, KIND, parts, manifest)


def open_model(project: Project, name: str = "") -> Opened:
    """Open a trained forecaster.

    Args:
        project: where.
        name: its id, or how it begins; empty for the latest, of everywhere by imported outcomes (see `choosing`).

    Raises:
        RegistryError: there is none, or it is damaged or of another kind.
        UsageError: no name is given, and it is not plain which is meant.
    """
    artifact = artifacts.find(project, name) if name else latest_forecaster(project)
    if artifact.kind != KIND:
        raise RegistryError(
            f"Model {artifact.id[:12]} is a {artifact.kind} model and forecasts no pitch.",
            "Name one that `openslate greenlight train` made.",
        )
    parts = artifacts.load(artifact, {**MODELS, "Limits": Limits})
    past, limits = past_from(parts["past"]), parts["limits"]
    if "buzz" in parts:
        past = replace(past, buzz=kept_buzz(parts["buzz"]))
    theme, profiles = kept_map(parts["map"])
    seen = seen_of(past, limits.learned, theme, profiles)
    following = Following(theme, seen, parts["encoder"].beyond(past)[limits.learned], limits.slope)
    audience = kept_audience(parts["audience"]) if "audience" in parts else None
    fitted = parts["encoder"], parts["forecaster"], following, parts["simple"]
    told = told_of(project, artifact.id)
    return Opened(artifact, past, *fitted, limits, audience, parts.get("weeks"), told)
