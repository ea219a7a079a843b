"""Titles that the same members watched as those that compare with a pitch: shown beside them, each with how many.

The forecast does not follow them (`benchmarks.greenlight_audience` says why); a person may, and may pin one.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np

from openslate.apps.greenlight.comps.seen import Seen
from openslate.apps.greenlight.comps.watched_together import WatchedTogether
from openslate.apps.greenlight.features.past import series_key
from openslate.apps.greenlight.forecast_types import AlsoWatched
from openslate.apps.greenlight.works import Work
from openslate.models.comparing.neighbours import Neighbours

MANY = 5
SERIES_WEIGHT = 1.0
"""Of an earlier title of the pitch's own series: who watched it are the surest to look at the next."""


def also_watched(
    query: Work,
    near: Neighbours,
    seen: Seen,
    as_of: date,
    together: WatchedTogether,
    left_out: Sequence[str] = (),
    many: int = MANY,
) -> tuple[AlsoWatched, ...]:
    """Titles that members watched who watched what compares with a pitch, most trusted first.

    Members are those who watched an earlier title of the pitch's series, or one of its comparable titles, as far as
    that one is trusted. A title is told where more of them watched it than would by chance, and its outcome is known.

    Args:
        query: the pitch as a work.
        near: its comparable titles, one row, among the seen.
        seen: titles with what became of each.
        as_of: the day.
        together: who watched both.
        left_out: ids of titles that a person struck.
        many: how many at most.
    """
    weights = _beside(query, near, seen, as_of, together)
    known = seen.known <= np.datetime64(as_of, "D")
    found: dict[str, AlsoWatched] = {}
    for row in np.flatnonzero(known).tolist():
        work = seen.works[row]
        if work.id in weights or work.id in left_out or work.id == query.id or work.id not in together.place:
            continue
        one = _told(seen, row, weights, together)
        if one is not None:
            found[work.id] = one
    ordered = sorted(found.values(), key=lambda one: (-one.trust, one.title))
    return tuple(ordered[:many])


def beyond_chance(both: int, chance: float, viewers: int, others: int) -> float:
    """How far two audiences are the same people beyond chance: 0 for no more than by chance, 1 for all that could be.

    Of those who watched both, only as many are believed as are sure, one standard deviation below what was counted.

    Args:
        both: members who watched both.
        chance: how many would if the one had nothing to do with the other.
        viewers, others: members who watched each.

    Example:
        >>> beyond_chance(100, 50.0, 150, 200), beyond_chance(55, 50.0, 150, 200)
        (0.4, 0.0)
    """
    most = min(viewers, others) - chance
    return max(both - both**0.5 - chance, 0.0) / most if most > 0 else 0.0


def _beside(
    query: Work, near: Neighbours, seen: Seen, as_of: date, together: WatchedTogether
) -> dict[str, tuple[str, float]]:
    """Name and weight of each title, by id, whose members are looked at."""
    found: dict[str, tuple[str, float]] = {}
    for row, weight in zip(near.rows[0].tolist(), near.weights[0].tolist(), strict=True):
        if row >= 0:
            found[seen.works[row].id] = seen.works[row].name, weight
    key = series_key(query)
    for work in seen.works:
        if key and work.released is not None and work.released <= as_of and series_key(work) == key:
            found[work.id] = work.name, SERIES_WEIGHT
    return {title: one for title, one in found.items() if title in together.place and title != query.id}


def _told(seen: Seen, row: int, weights: dict[str, tuple[str, float]], together: WatchedTogether) -> AlsoWatched | None:
    """A title beside the one that says most of it; None where none says more than chance."""
    work = seen.works[row]
    best: tuple[float, str, str, int, float] | None = None
    for title, (name, weight) in weights.items():
        pair = title, work.id
        both, chance = together.counts(title, work.id)
        trust = weight * beyond_chance(both, chance, *(int(together.viewers[together.place[one]]) for one in pair))
        if trust > 0 and (best is None or trust > best[0]):
            best = trust, title, name, both, chance
    if best is None:
        return None
    trust, title, name, both, chance = best
    watched = int(together.viewers[together.place[title]])
    assert work.released is not None
    return AlsoWatched(
        title=work.id,
        name=work.name,
        year=work.released.year,
        why=f"{both:,} of {watched:,} who watched {name} watched this too; by chance {chance:,.0f} would have",
        outcome=float(f"{np.exp(seen.logs[row]):.12g}"),
        known=seen.known[row].item(),
        trust=trust,
        at_most=bool(seen.at_most[row]),
    )
