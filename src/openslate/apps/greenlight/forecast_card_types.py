"""What the model card of a forecaster holds: frozen values, whoever gathered them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from openslate.apps.greenlight.backtest_types import GapFound, OriginFound
from openslate.apps.greenlight.forecast_types import Target
from openslate.errors import FitError
from openslate.evaluation.forecasting.intervals import Coverage

KnownAt = Literal["pitch", "closed"]
TEXT_KINDS = ("synopsis", "script", "treatment", "outline")
"""Kinds of text that a card always tells of, also when there was none."""


@dataclass(frozen=True)
class Family:
    """A family of features.

    Attributes:
        name: in words, such as 'company's titles so far'.
        known: 'pitch' for what a pitch says, 'closed' for what outcomes say that had closed by then.
        features: how many features it has.
        what: what they are, in words.
    """

    name: str
    known: KnownAt
    features: int
    what: str = ""

    def __post_init__(self) -> None:
        if self.known not in ("pitch", "closed"):
            raise FitError(
                f"The family {self.name!r} is known at {self.known!r}.",
                "Learn only from what is known at the 'pitch', or from outcomes 'closed' by then.",
            )


@dataclass(frozen=True)
class TextUse:
    """How many texts of a kind were learned from, and how many the rights gate left out.

    Attributes:
        kind: such as 'synopsis' or 'script'.
        used: how many.
        left_out: how many by reason, such as 'no permission on record' or 'reserved by its source (R18)'.
    """

    kind: str
    used: int
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class TestedOn:
    """How good the forecaster was at one origin, or at all of them together.

    Attributes:
        day, until: first day of the test, and the first one after it.
        together: whether it stands for all origins.
        titles: how many were tested.
        r_squared, rmsle, auc_top, wis_skill, total_bias: as in `Scorecard`.
        coverages: of the 50, 80 and 90% intervals.
        baselines: WIS skill of the forecaster over each simple forecast, by its name.
    """

    __test__ = False  # for pytest, which takes the name for that of a test

    day: date
    until: date
    together: bool
    titles: int
    r_squared: float
    rmsle: float
    auc_top: float
    wis_skill: float
    total_bias: float
    coverages: tuple[Coverage, ...]
    baselines: Mapping[str, float]

    @property
    def label(self) -> str:
        """A short name."""
        return "All origins" if self.together else self.day.isoformat()

    @property
    def split(self) -> str:
        """What was tested, in words."""
        released = f"released {self.day.isoformat()} to before {self.until.isoformat()}"
        return f"all origins, {released}" if self.together else released


def tested_on(origin: OriginFound, together: bool = False) -> TestedOn:
    """What a card tells of an origin.

    Args:
        origin: of a backtest.
        together: whether it stands for all origins.
    """
    card = origin.card
    return TestedOn(
        day=origin.day,
        until=origin.until,
        together=together,
        titles=card.titles,
        r_squared=card.r_squared,
        rmsle=card.rmsle,
        auc_top=card.auc_top,
        wis_skill=card.wis_skill,
        total_bias=card.total_bias,
        coverages=card.coverages,
        baselines={one.name: one.wis_skill for one in origin.simple},
    )


@dataclass(frozen=True)
class GroupError:
    """How a group of titles was forecast, beside all the others.

    Attributes:
        name: such as 'ko', 'DE' or 'new series'.
        titles: how many.
        rmsle: of the group.
        off_by: median forecast over outcome, as a factor: 1.2 is a fifth too high.
        eighty: coverage of the 80% interval.
        worse_by: mean absolute error on ln less that of all the others; NaN where there are no others.
        chance: how often a difference as large comes about by lot.
    """

    name: str
    titles: int
    rmsle: float
    off_by: float
    eighty: Coverage
    worse_by: float
    chance: float


@dataclass(frozen=True)
class ForecastCard:
    """What is known of a trained forecaster.

    Attributes:
        service: whose titles.
        model: id of the artifact.
        code: version of the program that made it.
        made: ISO 8601 moment; empty where no run is on record.
        run: id of the run; empty where none is on record.
        serves: whether it is the latest of its target.
        target: what is forecast.
        population: of which titles, in words.
        titles: how many it learned from.
        first, last: days of release of the earliest and latest of them.
        known_until: the last day on which an outcome was known that it learned from.
        calibrated: titles that set how wide its intervals are.
        families: of features.
        refused: features the leakage guard refused, and why.
        texts: that were learned from and left out, by kind.
        left_out: what else was left out, and how many.
        tested: figures by origin, all together last; empty where it was not tested.
        languages, countries, standings: how groups of tested titles were forecast; standings tell new talent and
            series from established ones.
        abstention: in a sentence; empty where it was not tested.
        alarms: sentences to be read first.
        shares: of the members of its blend.
        seed: of its draws.
        snapshot: of the data.
        versions: of the libraries.
        members: how many members' plays were counted, by what for; empty where none were.
        knowing: what counted as known where it was tested, in words; empty where it was not.
        gaps: how tested titles were forecast with facts left out, over all origins.
        data: what to know of the data behind these figures, in sentences, where it changed since the training.
    """

    service: str
    model: str
    code: str
    made: str
    run: str
    serves: bool
    target: Target
    population: str
    titles: int
    first: date
    last: date
    known_until: date
    calibrated: int
    families: tuple[Family, ...]
    refused: Mapping[str, str]
    texts: tuple[TextUse, ...]
    left_out: Mapping[str, int]
    tested: tuple[TestedOn, ...]
    languages: tuple[GroupError, ...]
    countries: tuple[GroupError, ...]
    standings: tuple[GroupError, ...]
    abstention: str
    alarms: tuple[str, ...]
    shares: Mapping[str, float]
    seed: int
    snapshot: str
    versions: Mapping[str, str]
    members: Mapping[str, int] = field(default_factory=dict)
    knowing: str = ""
    gaps: tuple[GapFound, ...] = ()
    data: str = ""
