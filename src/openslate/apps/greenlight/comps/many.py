"""Neighbours of many works at once, each as of its own day: what a forecaster learns from, found as a pitch's are."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.allowing import known_to
from openslate.apps.greenlight.comps.audience import AudienceMap
from openslate.apps.greenlight.comps.maps import audience_of, both_maps
from openslate.apps.greenlight.comps.seen import Seen
from openslate.apps.greenlight.comps.theme import Theme
from openslate.apps.greenlight.works import Work
from openslate.models.comparing.neighbours import Neighbours, neighbours

AT_ONCE = 256


def neighbours_of(
    queries: Sequence[Work],
    on: NDArray[np.datetime64],
    seen: Seen,
    theme: Theme,
    audience: AudienceMap | None = None,
    many: int = 10,
) -> Neighbours:
    """The same neighbours that `find_comparables` finds for each alone.

    Args:
        queries: works to be forecast, or to learn from.
        on: datetime64[D] [queries], the last day of which anything may be used for each.
        seen: titles, placed by the theme.
        theme: the thematic map, as of the earliest origin that is to be tested.
        audience: the audience map, where there are plays, as of that too.
        many: how many at most.
    """
    found = [
        _some(queries[start : start + AT_ONCE], on[start : start + AT_ONCE], seen, theme, audience, many)
        for start in range(0, max(len(queries), 1), AT_ONCE)
    ]
    return Neighbours(
        np.concatenate([one.rows for one in found]),
        np.concatenate([one.weights for one in found]),
        np.concatenate([one.nearest for one in found]),
    )


def _some(
    queries: Sequence[Work],
    on: NDArray[np.datetime64],
    seen: Seen,
    theme: Theme,
    audience: AudienceMap | None,
    many: int,
) -> Neighbours:
    total = theme.total(queries, seen.profiles)
    allowed = known_to(queries, on, seen.works, seen.known)
    told = None if audience is None else audience_of(total, allowed, audience, seen.ids)
    return neighbours(both_maps(total, told), allowed, many)
