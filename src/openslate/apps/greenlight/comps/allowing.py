"""Whose outcome a query may look at: what was known on its day, and never its own."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.works import Work

Days = NDArray[np.datetime64]


def known_to(queries: Sequence[Work], on: Days, seen: Sequence[Work], known: Days) -> NDArray[np.bool_]:
    """Which outcomes each query may look at.

    Args:
        queries: works to be forecast.
        on: datetime64[D] [queries], the last day of which anything may be used for each.
        seen: works with outcomes; several rows of one title may be among them.
        known: datetime64[D] [seen], first day on which each outcome was known; NaT for none.

    Returns:
        bool [queries, seen]; never the query itself nor another row of it.

    Example:
        >>> days = np.array(["2024-01-01", "2024-07-01"], dtype="datetime64[D]")
        >>> ash, bay = Work("a", "Ash"), Work("b", "Bay")
        >>> known_to([Work("", "Cub"), ash], np.repeat(days[:1], 2), [ash, bay], days).tolist()
        [[True, False], [False, False]]
    """
    # A day that is not known is not later and not earlier than any: nobody may look.
    found: NDArray[np.bool_] = known[None, :] <= on[:, None]
    places: dict[str, list[int]] = {}
    for place, work in enumerate(seen):
        places.setdefault(work.id, []).append(place)
    for row, query in enumerate(queries):
        if query.id:
            found[row, places.get(query.id, [])] = False
    return found
