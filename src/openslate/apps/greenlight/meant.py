"""Works as they are forecast where facts are missing: every way in which each may be meant, encoded as labels are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from openslate.apps.greenlight.features.column import Floats
from openslate.apps.greenlight.features.encoder import Encoder
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.imputing import Lenders
from openslate.apps.greenlight.patterns import nearest_pattern
from openslate.apps.greenlight.table import pitches_of
from openslate.apps.greenlight.works import Work
from openslate.models.forecasting.forecaster import Forecaster
from openslate.models.forecasting.mixing import Meant
from openslate.models.forecasting.rows import Codes

DaysOf = Callable[[int, Work], float]
"""Days from release to the end of the window, of the title at a place as it is meant in one way."""


@dataclass(frozen=True)
class Encoding:
    """What encodes works, and lends them what they lack.

    Attributes:
        encoder: of features.
        cuts: float64 [2], ln of the budgets that part the terciles.
        past: what became of works.
        lenders: of missing facts.
    """

    encoder: Encoder
    cuts: Floats
    past: Past
    lenders: Lenders

    def meant(self, works: Sequence[Work], days: DaysOf, as_of: Sequence[date], comparable: Floats) -> Meant:
        """Works in every way in which each may be meant.

        A work is calibrated by what it says itself: one without a budget among those without.

        Args:
            works: as pitches say them, budgets in the currency that is learned from.
            days: of a way.
            as_of: the day of each forecast.
            comparable: float64 [works], what the comparable titles of each were beyond their simple forecast.
        """
        ways = self.lenders.ways(works, as_of)
        title = np.repeat(np.arange(len(works)), [len(several) for several in ways])
        flat = [way for several in ways for way in several]
        told = [days(place, way) for place, way in zip(title.tolist(), flat, strict=True)]
        on = [as_of[place] for place in title.tolist()]
        pitches = pitches_of(self.encoder, self.cuts, flat, told, on, self.past)
        first = np.searchsorted(title, np.arange(len(works)))
        groups = pitches.groups[first]
        if np.isfinite(self.cuts).all():
            unpriced = np.array([work.budget is None for work in works], dtype=np.bool_)
            groups = np.where(unpriced, NO_BUDGET, groups)
        return Meant(pitches, comparable[title], title, groups)

    def patterns(self, works: Sequence[Work], calibrated: Sequence[int]) -> Codes:
        """The pattern by which each work is calibrated, int64 [works], as `nearest_pattern` counts them.

        Args:
            works: as pitches say them.
            calibrated: places of the patterns that were calibrated, counted from 1.
        """
        used = {kind: self.lenders.used(kind) for kind in {work.kind for work in works}}
        found = [nearest_pattern(self.lenders.lacking(work), used[work.kind], calibrated) for work in works]
        return np.array(found, dtype=np.int64)


NO_BUDGET = 3
"""The group of titles without a known budget, where groups are by budget."""


def calibrated_patterns(forecaster: Forecaster) -> tuple[int, ...]:
    """The places of the patterns that a forecaster was calibrated for, counted from 1."""
    return tuple(int(one) for one in np.flatnonzero(forecaster.gap_titles))


__all__ = ["Encoding", "calibrated_patterns"]
