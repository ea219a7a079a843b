"""What comparable titles were beyond their simple forecast, and how far outcomes follow that.

The neighbours are those that are shown: found by the same maps, each as of the day on which the row is looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.audience import AudienceMap
from openslate.apps.greenlight.comps.many import neighbours_of
from openslate.apps.greenlight.comps.profiles import Profiles
from openslate.apps.greenlight.comps.seen import Seen, see
from openslate.apps.greenlight.comps.theme import Theme, fit_theme
from openslate.apps.greenlight.features.column import Floats
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.labels import Labels
from openslate.apps.greenlight.works import Work
from openslate.models.comparing.neighbours import Neighbours
from openslate.models.forecasting.forecaster import slope_of


@dataclass(frozen=True)
class Following:
    """What was learned at an origin.

    Attributes:
        theme: the thematic map.
        seen: the titles that may be comparable ones.
        beyond: float64 [seen], ln of each outcome less that of its simple forecast.
        slope: how far comparable titles alone say what a title is beyond its own, 0 to 1.
    """

    theme: Theme
    seen: Seen
    beyond: Floats
    slope: float

    def mean(self, near: Neighbours) -> Floats:
        """What neighbours were beyond theirs, by their weights, float64 [works]; NaN without any.

        Args:
            near: among the seen; the weight that they leave speaks for nothing.
        """
        told = (near.weights * self.beyond[np.maximum(near.rows, 0)]).sum(axis=1)
        return np.where(near.weights.sum(axis=1) > 0, told, np.nan)

    def comparable(self, works: Sequence[Work], as_of: Sequence[date]) -> Floats:
        """What the comparable titles of works were beyond theirs, float64 [works]; NaN of a work without any.

        Args:
            works: titles or pitches.
            as_of: of each, the day on which it is looked at.
        """
        if not works:
            return np.empty(0)
        return self.mean(neighbours_of(works, np.array(as_of, dtype="datetime64[D]"), self.seen, self.theme))

    def moved(self, comparable: Floats) -> Floats:
        """By how much the simple forecast is moved, ln, float64 [works]."""
        return self.slope * np.where(np.isnan(comparable), 0.0, comparable)


def fit_following(
    past: Past, as_of: Sequence[date], known: NDArray[np.int64], beyond: Floats, audience: AudienceMap | None = None
) -> tuple[Following, Floats]:
    """Learn the map, and how far outcomes followed those of comparable titles.

    Args:
        past: what became of works.
        as_of: of each label, the day on which it is looked at.
        known: int64, labels that were known at the origin.
        beyond: float64 [labels], ln of each outcome less that of the simple forecast.
        audience: as of the origin, by which neighbours are chosen as well; None for the theme alone, as forecasts are.

    Returns:
        What was learned, and what the comparable titles of every label were beyond theirs, float64 [labels].
    """
    theme = fit_theme([past.labels.works[row] for row in known])
    seen = seen_of(past, known, theme)
    near = neighbours_of(past.labels.works, np.array(as_of, dtype="datetime64[D]"), seen, theme, audience)
    alone = Following(theme, seen, beyond[known], 0.0)
    comparable = alone.mean(near)
    return replace(alone, slope=slope_of(beyond[known], comparable[known])), comparable


def seen_of(past: Past, known: NDArray[np.int64], theme: Theme, profiles: Profiles | None = None) -> Seen:
    """The titles that may be comparable ones, with their outcomes.

    Args:
        past: what became of works.
        known: int64, labels that were known at the origin.
        theme: the map.
        profiles: of these labels' works, where they are there already.
    """
    return see(theme, [past.labels.works[row] for row in known], _told(past, known), profiles)


def _told(past: Past, known: NDArray[np.int64]) -> Labels:
    """Some of the labels, known from the day after they close."""
    labels = past.labels
    arrays = {name: getattr(labels, name)[known] for name in ("released", "starts", "ends", "days", "logs", "at_most")}
    works = tuple(labels.works[row] for row in known)
    return replace(labels, works=works, published=past.closes[known] + np.timedelta64(1, "D"), **arrays)
