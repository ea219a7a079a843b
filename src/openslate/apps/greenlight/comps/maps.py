"""Both maps as one: how alike works are by their theme and, where plays exist, by who would watch them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.audience import AudienceMap
from openslate.models.comparing.neighbours import Neighbours, neighbours

Floats = NDArray[np.float64]
Choice = NDArray[np.bool_]

AUDIENCE_SHARE = 0.5
"""Of the audience map, where there is one: the maps count alike. On MovieLens, for films before 1997 whose audience was
withheld, both together find their like better than either does, see `benchmarks.comparable_titles`."""


def audience_of(
    total: Floats,
    allowed: Choice,
    audience: AudienceMap,
    seen: Sequence[str],
    pinned: Choice | None = None,
    struck: Choice | None = None,
) -> Floats:
    """How alike the audiences of works would be to those of the seen titles, as predicted from theme alone.

    A work's own viewers are never looked at, even where it has some: at the pitch it had none, and one that is learned
    from must be placed as a pitch is.

    Args:
        total: float64 [works, seen], similarity of the themes.
        allowed: bool [works, seen], never the work itself.
        audience: as of the day.
        seen: ids of the titles.
        pinned, struck: as a person chose.

    Returns:
        float64 [works, seen], NaN where nothing is told.
    """
    there = np.isin(np.array(seen, dtype=object).astype(str), np.array(audience.titles, dtype=object).astype(str))
    near: Neighbours = neighbours(total, allowed & there, pinned=pinned, struck=struck)
    return audience.predicted(near, seen, seen)


def both_maps(total: Floats, told: Floats | None) -> Floats:
    """The similarity by which neighbours are chosen.

    Args:
        total: float64 [works, seen], of the themes.
        told: the same of the audiences, NaN where nothing is told; None where there is no such map.

    Returns:
        float64 [works, seen], 0 to 1. A title of which the audience map tells nothing is taken to be as near on it as
        others ordinarily are, neither for nor against.

    Example:
        >>> both_maps(np.array([[0.2, 0.4, 0.3]]), np.array([[0.8, 0.4, np.nan]])).round(2).tolist()
        [[0.5, 0.4, 0.45]]
    """
    if told is None:
        return total
    known = ~np.isnan(told)
    count = known.sum(axis=1, keepdims=True)
    usual = np.nan_to_num(told).sum(axis=1, keepdims=True) / np.maximum(count, 1)
    joined = (1 - AUDIENCE_SHARE) * total + AUDIENCE_SHARE * np.where(known, told, usual)
    return np.where(count > 0, joined, total).round(9)
