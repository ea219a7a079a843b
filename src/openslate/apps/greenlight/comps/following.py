"""How far a forecast follows its comparable titles: as far as outcomes followed theirs among what was known.

The simple forecast of a title, and what its comparable titles were above or below theirs, make a line; its slope is
learned, and a person who pins a title that did well moves the forecast up by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.neighbours import Neighbours, neighbours
from openslate.apps.greenlight.comps.theme import Placed, Theme, fit_theme, similarity, together
from openslate.apps.greenlight.features.column import Floats
from openslate.apps.greenlight.features.past import Past
from openslate.errors import FitError
from openslate.models.forecasting.prior import fit_line

AT_ONCE = 256


@dataclass(frozen=True)
class Following:
    """What was learned.

    Attributes:
        theme: the map.
        slope: of a title's outcome, beyond the simple forecast, on that of its comparable titles; 0 to 1.
    """

    theme: Theme
    slope: float

    def moved(self, beyond: Floats) -> Floats:
        """By how much forecasts are moved, ln, float64 [titles]; of a title without comparable ones by nothing.

        Args:
            beyond: float64 [titles], what comparable titles were beyond their simple forecast; NaN without any.
        """
        return self.slope * np.where(np.isnan(beyond), 0.0, beyond)


def fit_following(
    past: Past, as_of: Sequence[date], known: NDArray[np.int64], beyond: Floats
) -> tuple[Following, Floats]:
    """Learn the map, and how far outcomes followed those of comparable titles.

    Args:
        past: what became of works.
        as_of: of each label, the day on which it is looked at.
        known: int64, labels that were known at the origin.
        beyond: float64 [labels], ln of each outcome less that of the simple forecast.

    Returns:
        What was learned, and what the comparable titles of every label were beyond theirs, float64 [labels].
    """
    theme = fit_theme([past.labels.works[row] for row in known])
    placed = theme.place(past.labels.works)
    seen = theme.place([past.labels.works[row] for row in known])
    closes = past.closes[known]
    mean = np.full(len(past.labels), np.nan)
    own = np.full(len(past.labels), -1, dtype=np.int64)
    own[known] = np.arange(len(known))
    days = np.array(as_of, dtype="datetime64[D]")
    for first in range(0, len(mean), AT_ONCE):
        rows = np.arange(first, min(first + AT_ONCE, len(mean)))
        allowed = closes < days[rows, None]
        mine = own[rows]
        allowed[np.flatnonzero(mine >= 0), mine[mine >= 0]] = False
        mean[rows] = neighbours(together(similarity(some(placed, rows), seen)), allowed).mean(beyond[known])
    return Following(theme, _slope(beyond[known], mean[known])), mean


def some(placed: Placed, rows: NDArray[np.int64]) -> Placed:
    """Some of the works on a map."""
    return Placed(
        placed.texts[rows],
        placed.genres[rows],
        placed.people[rows],
        placed.companies[rows],
        placed.places[rows],
        placed.kinds[rows],
        placed.budgets[rows],
        placed.lengths[rows],
        tuple(placed.series[row] for row in rows),
    )


def _slope(beyond: Floats, theirs: Floats) -> float:
    there = np.isfinite(theirs)
    try:
        line = fit_line(beyond[there], theirs[there], np.zeros(int(there.sum()), dtype=np.int64), 1)
    except FitError:
        # Too few titles have comparable ones: then nothing is followed.
        return 0.0
    return float(np.clip(line.slope, 0.0, 1.0))


__all__ = ["Following", "Neighbours", "fit_following", "some"]
