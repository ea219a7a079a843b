"""Fitting the chances to past shoots: moments of a nested analysis of variance, drawn to defaults where rows are few.

The logarithm of actual over planned minutes of a scene is taken as a mean, what its shoot has in common, what its day
has in common, and its own. Of each the variance follows from sums of squares with the weights of unbalanced groups
(C. R. Henderson, "Estimation of variance and covariance components", Biometrics 9, 1953, method 1).
"""

import math
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.risk.chances import LARGEST_SPREAD, Chances
from openslate.apps.production.risk.past_table import PastScene, shot
from openslate.errors import UsageError

WORTH = {
    "overrun": 4.0,
    "scene_spread": 20.0,
    "day_spread": 10.0,
    "shoot_spread": 4.0,
    "weather": 20.0,
    "absence": 200.0,
}
"""How many shoots, scenes, days, shoots, exterior days and person-days each default counts as much as."""
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Fitted:
    """One fitted parameter.

    Attributes:
        name: of it in `Chances`.
        default: that it is drawn to.
        alone: what the data alone says; None where they say nothing.
        value: what is used.
        error: standard error of `value`, about; None where the default is used as it is.
        count: of what it rests on: shoots, scenes, days, exterior days or person-days.
    """

    name: str
    default: float
    alone: float | None
    value: float
    error: float | None
    count: int


@dataclass(frozen=True)
class Parts:
    """Variance of the logarithm, in parts, with what each rests on.

    Attributes:
        mean: of the logarithm; mean of the shoots' means.
        scene, day, shoot: variances; not below 0.
        scenes, days, shoots: degrees of freedom; 0 says that the part is not known.
    """

    mean: float
    scene: float
    day: float
    shoot: float
    scenes: int
    days: int
    shoots: int


def fitted(past: Sequence[PastScene], default: Chances = Chances()) -> tuple[Chances, tuple[Fitted, ...]]:
    """Chances fitted to past shoots.

    Args:
        past: scenes of them.
        default: what is used where they say little.

    Returns:
        The chances, and how each parameter was found.

    Raises:
        UsageError: no scene was shot.
    """
    if not shot(past):
        raise UsageError("No scene of the past shoots was shot.", "Add scenes with actual minutes.")
    parts = parts_of(past)
    found = (*_overruns(parts, default, len({one.shoot for one in shot(past)})), *_losses(past, default))
    values: dict[str, Any] = {one.name: one.value for one in found}
    return replace(default, **values), found


def parts_of(past: Sequence[PastScene]) -> Parts:
    """The variance of the logarithm of actual over planned minutes, in parts.

    Args:
        past: of which at least one scene was shot.
    """
    scenes = shot(past)
    values = np.array([math.log((one.actual or 0) / one.planned) for one in scenes])
    by_day = _rows(scenes, lambda one: (one.shoot, one.date))
    by_shoot = _rows(scenes, lambda one: one.shoot)
    n, days, shoots = len(values), int(by_day.max()) + 1, int(by_shoot.max()) + 1
    in_day, in_shoot = np.bincount(by_day), np.bincount(by_shoot)
    day_means, shoot_means = _means(values, by_day), _means(values, by_shoot)
    within = float(((values - day_means[by_day]) ** 2).sum())
    between_days = float(((day_means[by_day] - shoot_means[by_shoot]) ** 2).sum())
    between_shoots = float(((shoot_means[by_shoot] - values.mean()) ** 2).sum())
    scene = within / (n - days) if n > days else 0.0
    # Expected sums of squares: what a unit of each variance adds to them, by the sizes of days and shoots.
    squares_in_shoot = np.bincount(by_shoot, weights=in_day[by_day] / in_shoot[by_shoot])
    weight = n - float(squares_in_shoot.sum())
    known_days = days > shoots and n > days and weight > 0
    day = max((between_days - (days - shoots) * scene) / weight, 0.0) if known_days else 0.0
    of_day = float(squares_in_shoot.sum()) - float((in_day**2).sum()) / n
    of_shoot = n - float((in_shoot**2).sum()) / n
    rest = between_shoots - (shoots - 1) * scene - of_day * day
    shoot = max(rest / of_shoot, 0.0) if shoots > 1 and of_shoot > 0 else 0.0
    mean = float(shoot_means.mean())
    return Parts(mean, scene, day, shoot, n - days, (days - shoots) if known_days else 0, shoots - 1)


def _overruns(parts: Parts, default: Chances, shoots: int) -> list[Fitted]:
    found = []
    for name, variance, freedom in (
        ("scene_spread", parts.scene, parts.scenes),
        ("day_spread", parts.day, parts.days),
        ("shoot_spread", parts.shoot, parts.shoots),
    ):
        was: float = getattr(default, name)
        if not freedom:
            found.append(Fitted(name, was, None, was, None, 0))
            continue
        drawn = (freedom * variance + WORTH[name] * was**2) / (freedom + WORTH[name])
        value = min(math.sqrt(drawn), LARGEST_SPREAD)
        found.append(Fitted(name, was, math.sqrt(variance), value, value / math.sqrt(2 * freedom), freedom))
    between = math.sqrt(found[2].value ** 2 + found[1].value ** 2 / 10)
    logarithm = (shoots * parts.mean + WORTH["overrun"] * math.log(default.overrun)) / (shoots + WORTH["overrun"])
    value = min(max(math.exp(logarithm), 0.2), 5.0)
    error = value * between / math.sqrt(shoots + WORTH["overrun"])
    return [Fitted("overrun", default.overrun, math.exp(parts.mean), value, error, shoots), *found]


def _losses(past: Sequence[PastScene], default: Chances) -> list[Fitted]:
    """Shares of exterior days that were lost to weather, and of person-days on which somebody was ill."""
    outdoors: dict[tuple[str, object], bool] = {}
    for one in past:
        if one.exterior:
            key = (one.shoot, one.date)
            outdoors[key] = outdoors.get(key, False) or one.lost_to == "weather"
    people = sum(one.cast or 0 for one in past)
    # A scene that is lost has somebody ill in it: one, unless illness is far more common than it is.
    ill = sum(one.lost_to == "absence" for one in past if one.cast)
    return [
        _share("weather", default.weather, sum(outdoors.values()), len(outdoors), 1.0),
        _share("absence", default.absence, ill, people, default.absence_days),
    ]


def _share(name: str, default: float, lost: int, count: int, each: float) -> Fitted:
    """A chance of a beginning, each of which takes some days, from the share of days lost."""
    if not count:
        return Fitted(name, default, None, default, None, 0)
    share = (lost + WORTH[name] * default * each) / (count + WORTH[name])
    error = math.sqrt(share * (1 - share) / (count + WORTH[name])) / each
    highest = 0.95 if name == "weather" else 0.5
    return Fitted(name, default, lost / count / each, min(share / each, highest), error, count)


def _rows(scenes: Sequence[PastScene], key: Callable[[PastScene], Hashable]) -> NDArray[np.int64]:
    rows: dict[Hashable, int] = {}
    return np.array([rows.setdefault(key(one), len(rows)) for one in scenes], dtype=np.int64)


def _means(values: Values, rows: NDArray[np.int64]) -> Values:
    return np.asarray(np.bincount(rows, weights=values) / np.bincount(rows), dtype=np.float64)
