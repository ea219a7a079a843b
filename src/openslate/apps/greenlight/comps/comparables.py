"""The comparable titles of one pitch: shown as they are used, pinned and struck as a person says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.allowing import known_to
from openslate.apps.greenlight.comps.audience import AudienceMap
from openslate.apps.greenlight.comps.kinds import other_kind
from openslate.apps.greenlight.comps.maps import audience_of, both_maps
from openslate.apps.greenlight.comps.reasons import reasons
from openslate.apps.greenlight.comps.seen import Seen
from openslate.apps.greenlight.comps.telling import telling, with_series
from openslate.apps.greenlight.comps.theme import Similarity, Theme
from openslate.apps.greenlight.comps.waiting import unknown, unknowns, without_outcome
from openslate.apps.greenlight.forecast_types import Comparable
from openslate.apps.greenlight.works import Work
from openslate.errors import UsageError
from openslate.models.comparing.neighbours import Neighbours, neighbours

Floats = NDArray[np.float64]

FOLLOWED = 10
"""Comparable titles that a forecast follows, as it learned to, however many are shown."""
CLEARLY = 2.0
"""A map names a title alone where it says so much more than the other."""


@dataclass(frozen=True)
class Found:
    """What was found for one pitch.

    Attributes:
        near: the neighbours, one row; a forecast is to use these and no others.
        comparables: of the same titles, those that have more in common with the pitch than their kind and length, as
            they are shown: pinned ones, those of the pitch's kind and those of another, each in the same order; after
            them pinned ones whose outcome was not known on the day, with a weight of 0.
    """

    near: Neighbours
    comparables: tuple[Comparable, ...]


def find_comparables(
    query: Work,
    seen: Seen,
    as_of: date,
    theme: Theme,
    audience: AudienceMap | None = None,
    pins: Sequence[str] = (),
    strikes: Sequence[str] = (),
    many: int = FOLLOWED,
    shown: int | None = None,
    others: Sequence[Work] = (),
) -> Found:
    """Find what a pitch compares with.

    Args:
        query: the pitch as a work.
        seen: titles, placed by the theme.
        as_of: the last day of which anything may be used; the theme and the audience map are as of it or earlier.
        theme: the thematic map.
        audience: the audience map, where there are plays.
        pins: ids or names of titles that a person put there.
        strikes: ids or names of titles that a person took away.
        many: how many are followed at most.
        shown: how many are shown at most beside pinned ones; those that are not followed have a weight of 0. None for
            those that are followed.
        others: titles of which no outcome may be known, and that may be pinned all the same.

    Raises:
        UsageError: a pinned or struck title is not there, is both, or was not out on that day; or more are pinned than
            there may be.
    """
    pins, waiting = without_outcome(query, seen, others, pins, as_of)
    pinned, struck = _chosen(query, seen, pins, strikes, as_of)
    alike = with_series(query, seen.works, seen.series, theme.similarity([query], seen.profiles), theme)
    on = np.array([as_of], dtype="datetime64[D]")
    mine = known_to([query], on, seen.works, seen.known)
    told = None
    if audience is not None:
        told = audience_of(alike.total, mine, audience, seen.ids, pinned & mine, struck)
    total = both_maps(alike.total, told)
    near = neighbours(total, mine, many, pinned, struck)
    compares = telling(alike.parts[:, 0], theme) | pinned[0]
    if told is not None:
        compares |= np.nan_to_num(told[0]) > 0
    weights = dict(zip(near.rows[0].tolist(), near.weights[0].tolist(), strict=True))
    listed = near if shown is None or shown <= many else neighbours(total, mine, shown, pinned, struck)
    found = [
        _comparable(query, seen, row, weights.get(row, 0.0), alike, theme, bool(pinned[0, row]), _by(row, alike, told))
        for row in listed.rows[0].tolist()
        if row >= 0 and compares[row]
    ]
    found.sort(key=lambda one: (not one.pinned, bool(one.kind)))
    if shown is not None:
        found = found[: max(shown, sum(one.pinned for one in found))]
    rows = np.flatnonzero(pinned[0] & ~mine[0])
    found += [unknown(query, seen.works[row], alike.parts[:, 0, row], theme) for row in rows]
    return Found(near, (*found, *unknowns(query, waiting, theme)))


def comparables(
    query: Work,
    seen: Seen,
    as_of: date,
    theme: Theme,
    audience: AudienceMap | None = None,
    pins: Sequence[str] = (),
    strikes: Sequence[str] = (),
    many: int = FOLLOWED,
) -> tuple[Comparable, ...]:
    """The titles that `find_comparables` finds: pinned ones, those of the pitch's kind, others; each by trust.

    Args:
        query, seen, as_of, theme, audience, pins, strikes, many: as there.

    Raises:
        UsageError: as there.
    """
    return find_comparables(query, seen, as_of, theme, audience, pins, strikes, many).comparables


def _chosen(query: Work, seen: Seen, pins: Sequence[str], strikes: Sequence[str], as_of: date) -> NDArray[np.bool_]:
    """What is pinned and what is struck, bool [2, 1, seen]."""
    found = np.zeros((2, 1, len(seen.works)), dtype=np.bool_)
    # Naming what came out later takes nothing from the future where it is struck.
    for row, (titles, day) in enumerate(((pins, as_of), (strikes, None))):
        found[row, 0, seen.places(titles, day)] = True
    both = np.flatnonzero((found[0] & found[1])[0])
    if len(both):
        name = seen.works[both[0]].name
        raise UsageError(f"{name!r} is pinned and struck at once.", "Take it out of one of the two.")
    if query.id and any(seen.works[row].id == query.id for row in np.flatnonzero(found[0, 0])):
        raise UsageError(f"{query.name!r} is pinned to itself.", "Pin other titles.")
    return found


def _comparable(
    query: Work, seen: Seen, row: int, weight: float, alike: Similarity, theme: Theme, pinned: bool, by: str
) -> Comparable:
    work = seen.works[row]
    assert work.released is not None
    why = reasons(query, work, alike.parts[:, 0, row], theme)
    return Comparable(
        title=work.id,
        name=work.name,
        year=work.released.year,
        why=f"{by}: {why}" if by else why,
        # As it was published: beyond twelve digits there is only the way there and back by the logarithm.
        outcome=float(f"{np.exp(seen.logs[row]):.12g}"),
        known=seen.known[row].item(),
        weight=weight,
        at_most=bool(seen.at_most[row]),
        pinned=pinned,
        kind=other_kind(query, work),
    )


def _by(row: int, alike: Similarity, told: Floats | None) -> str:
    """Which map a title was found by; '' where there is only one."""
    if told is None:
        return ""
    theme, audience = alike.total[0, row], np.nan_to_num(told[0, row])
    if audience > CLEARLY * theme:
        return "by audience, as predicted from the theme"
    return "by theme" if theme >= CLEARLY * audience else "by theme and audience"
