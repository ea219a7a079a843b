"""Whether a P80 holds: each past shoot is left out, foretold from the others, and looked at."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from openslate.apps.production.risk.chances import Chances
from openslate.apps.production.risk.fitting import fitted
from openslate.apps.production.risk.past_table import PastScene, shot
from openslate.apps.production.risk.summary import quantile

RUNS = 2000
LEAST_SHOOTS = 3


@dataclass(frozen=True)
class Foretold:
    """A past shoot that was foretold from the others.

    Attributes:
        shoot: its name.
        actual: minutes that its scenes took together.
        p80: minutes that were foretold with a chance of 80%.
    """

    shoot: str
    actual: int
    p80: int

    @property
    def inside(self) -> bool:
        """Whether it took no more."""
        return self.actual <= self.p80


@dataclass(frozen=True)
class Calibration:
    """How often the P80 of shooting minutes held.

    Attributes:
        shoots: each foretold from the others.
        share: of them inside.
        low, high: a 95% interval of it (Wilson).
    """

    shoots: tuple[Foretold, ...]
    share: float
    low: float
    high: float


def calibration(past: Sequence[PastScene], default: Chances = Chances(), seed: int = 0) -> Calibration | None:
    """Foretell each past shoot from the others; None with fewer than three.

    Args:
        past: scenes of them.
        default: what a fit is drawn to.
        seed: of the random numbers.
    """
    names = list(dict.fromkeys(one.shoot for one in shot(past)))
    if len(names) < LEAST_SHOOTS:
        return None
    found = tuple(_foretold(past, name, default, [seed, at]) for at, name in enumerate(names))
    inside = sum(one.inside for one in found)
    low, high = _wilson(inside, len(found))
    return Calibration(found, inside / len(found), low, high)


def _foretold(past: Sequence[PastScene], name: str, default: Chances, seed: list[int]) -> Foretold:
    chances, how = fitted([one for one in past if one.shoot != name], default)
    own = [one for one in shot(past) if one.shoot == name]
    days = {day: at for at, day in enumerate(dict.fromkeys(one.date for one in own))}
    on, planned = np.array([days[one.date] for one in own]), np.array([one.planned for one in own])
    drawn = np.random.default_rng(seed)
    # The overrun itself is known with an error alone, which is part of what is not known of a new shoot.
    unsure = (how[0].error or 0.0) / chances.overrun
    common = np.hypot(chances.shoot_spread, unsure) * drawn.standard_normal(RUNS)
    of_day = chances.day_spread * drawn.standard_normal((len(days), RUNS))
    own_part = chances.scene_spread * drawn.standard_normal((len(own), RUNS))
    totals = (planned[:, None] * chances.overrun * np.exp(common + of_day[on] + own_part)).sum(axis=0)
    actual = sum(one.actual or 0 for one in own)
    return Foretold(name, actual, quantile(np.floor(totals + 0.5).astype(np.int64), 0.8))


def _wilson(inside: int, count: int) -> tuple[float, float]:
    z = 1.96
    centre = (inside + z * z / 2) / (count + z * z)
    wide = z / (count + z * z) * math.sqrt(inside * (count - inside) / count + z * z / 4)
    return max(centre - wide, 0.0), min(centre + wide, 1.0)
