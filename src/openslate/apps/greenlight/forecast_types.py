"""A forecast as it is shown, filed and scored: frozen values, whoever computed them.

The interval comes first and the point second; what the simple baseline says stands beside both. Contributions of
drivers are associations, never causes. Figures are on the target's own scale (views, hours, dollars).
"""

import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

from openslate.errors import FitError
from openslate.evaluation.forecasting import scores
from openslate.rights.canonical import canonical

LEVELS = scores.LEVELS
"""Of the quantiles that every forecast gives."""
INTERVALS = {50: (2, 4), 80: (1, 5), 90: (0, 6)}
"""For each interval in per cent, which of the quantiles are its ends."""


@dataclass(frozen=True)
class Target:
    """What is forecast.

    Attributes:
        measure: such as 'views' or 'revenue'.
        unit: in words, such as 'views' or 'US dollars'.
        region: '*' for the world, or ISO 3166-1 alpha-2.
        window: over which days, in words, such as 'first 91 days'.
        plays: of outcomes that the project's own plays tell, the days of the window; 0 for imported ones.
        age_band: of the members whose plays are counted; empty for all.
    """

    measure: str
    unit: str
    region: str
    window: str
    plays: int = 0
    age_band: str = ""


@dataclass(frozen=True)
class Distribution:
    """Quantiles at `LEVELS` and the mean.

    Raises:
        FitError: the quantiles are not seven, above 0 and rising.
    """

    quantiles: tuple[float, ...]
    mean: float

    def __post_init__(self) -> None:
        good = all(math.isfinite(one) and one > 0 for one in (*self.quantiles, self.mean))
        if len(self.quantiles) != len(LEVELS) or not good or sorted(self.quantiles) != list(self.quantiles):
            raise FitError(
                f"{self.quantiles} are no quantiles at {LEVELS}.", "Give seven rising ones above 0, and a mean."
            )

    @property
    def median(self) -> float:
        """The middle quantile."""
        return self.quantiles[LEVELS.index(0.5)]

    def interval(self, percent: int) -> tuple[float, float]:
        """The ends of the 50, 80 or 90% interval."""
        low, high = INTERVALS[percent]
        return self.quantiles[low], self.quantiles[high]


@dataclass(frozen=True)
class Comparable:
    """A title that compares.

    Attributes:
        title: its id.
        name: what it is called.
        year: of its release.
        why: in what way it compares, in a few words.
        outcome: as known on the forecast's day; None where none was known.
        known: first day on which it was.
        weight: of it among the comparables, from 0 to 1: how far to trust it.
        at_most: whether the outcome is only known not to be more.
        pinned: whether a person put it there.
        kind: what it is where it is of another kind than the pitch, such as 'a film' or 'unscripted'; else empty.
    """

    title: str
    name: str
    year: int
    why: str
    outcome: float | None
    known: date | None
    weight: float
    at_most: bool = False
    pinned: bool = False
    kind: str = ""


@dataclass(frozen=True)
class AlsoWatched:
    """A title that the same members watched as one that compares; the forecast does not follow it.

    Attributes:
        title: its id.
        name: what it is called.
        year: of its release.
        why: how many watched both, in words.
        outcome: as known on the forecast's day.
        known: first day on which it was.
        trust: how far the audiences are the same people beyond chance, from 0 to 1, times the weight of the title that
            compares (1 for one of the same series).
        at_most: whether the outcome is only known not to be more.
    """

    title: str
    name: str
    year: int
    why: str
    outcome: float
    known: date
    trust: float
    at_most: bool = False


@dataclass(frozen=True)
class Driver:
    """What the forecast is associated with.

    Attributes:
        name: of the family of features, in words.
        value: of this pitch, in words.
        multiple: by which it moves the median: 1 for not at all.
    """

    name: str
    value: str
    multiple: float


@dataclass(frozen=True)
class Record:
    """How good such forecasts were: no figure without its split, size, baseline and coverage.

    Attributes:
        split: trained until when and tested on what, in words.
        titles: how many were tested.
        coverage: of the 80% interval, as a share.
        skill: WIS skill over the marginal.
        baseline_skill: that of the simple baseline.
    """

    split: str
    titles: int
    coverage: float
    skill: float
    baseline_skill: float


@dataclass(frozen=True)
class Forecast:
    """What is forecast for one pitch.

    Attributes:
        target: what.
        as_of: the last day of which anything was used.
        pitch: hash of the pitch.
        model: id of the artifact.
        data: id of the snapshot.
        distribution: what the model says.
        baseline: what the simple baseline says.
        baseline_name: how the baseline comes about, in a few words.
        top_decile: probability of the top decile of its year; None where it is not forecast.
        comparables: most alike first.
        drivers: strongest first.
        missing: facts that the pitch lacks and the model uses.
        weeks: (median, low, high) of the 80% interval of each week's share of the window; empty where not forecast.
        abstains: why the model abstains, in a sentence; empty where it does not.
        warnings: what else to know, a sentence each, such as of a value out of range.
        record: how good such forecasts were; None where none was tested.
        audience: titles that the same members watched, most trusted first; the forecast does not follow them.
        doubts: what speaks against the model itself, a sentence each: a bad test, drift, its age.
    """

    target: Target
    as_of: date
    pitch: str
    model: str
    data: str
    distribution: Distribution
    baseline: Distribution
    baseline_name: str
    top_decile: float | None = None
    comparables: tuple[Comparable, ...] = ()
    drivers: tuple[Driver, ...] = ()
    missing: tuple[str, ...] = ()
    weeks: tuple[tuple[float, float, float], ...] = ()
    abstains: str = ""
    warnings: tuple[str, ...] = ()
    record: Record | None = None
    audience: tuple[AlsoWatched, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 of the canonical text."""
        return hashlib.sha256(canonical(plain(self))).hexdigest()


def plain(value: Any) -> Any:
    """Frozen values as JSON: fractions as text that reads back the same, days in ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def quantiles_of(document: dict[str, Any], name: str = "distribution") -> Distribution:
    """The distribution that a filed forecast gave, the model's or the baseline's."""
    held: Any = document[name]
    return Distribution(tuple(float(one) for one in held["quantiles"]), float(held["mean"]))


def intervals(distribution: Distribution) -> Iterator[tuple[int, float, float]]:
    """(per cent, low, high) of each interval, the widest first."""
    for percent in sorted(INTERVALS, reverse=True):
        yield (percent, *distribution.interval(percent))
