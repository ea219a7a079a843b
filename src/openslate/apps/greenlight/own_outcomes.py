"""The project's own plays as outcomes: audiences of titles in their first days, by country or age band.

A title's window begins on its release day (UTC) and counts once it is closed. Titles released before the plays begin
have no label, because their first days were not seen. Few members are nobody's business: audiences below ten are told
as "at most ten", and so is an audience of nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from openslate.data.audience.plays import COMMISSIONING, permitted_plays
from openslate.data.audience.releases import Audiences, audiences
from openslate.data.outcomes import Outcomes
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights.gate import Decision

OwnMeasure: TypeAlias = Literal["members", "hours"]
OWN_MEASURES: tuple[OwnMeasure, ...] = ("members", "hours")
SMALLEST_AUDIENCE = 10
"""Members (and hours) below which an audience is told as "at most so many"."""
LONGEST_DAYS = 1_095
READER = "greenlight own outcomes"


@dataclass(frozen=True)
class OwnOutcomes(Outcomes):
    """Outcomes counted from the project's own plays, and what was not counted.

    Attributes:
        age_band: of the members counted; '' for all.
        days: of the window.
        members: how many members could be counted at all.
        decision: what the gate let through.
        left_out: titles (and plays) that have no label, in words, and how many.
    """

    age_band: str
    days: int
    members: int
    decision: Decision
    left_out: Mapping[str, int]


@dataclass(frozen=True)
class Weekly:
    """Audiences by week since release, for the shape of trajectories; arrays are aligned.

    Attributes:
        measure: 'members' (each in the week of their first play) or 'hours'.
        titles: ids, as objects, in the catalogue's order.
        released: datetime64[D].
        shares: float64 [titles, weeks], cumulative; 1 in the last week.
        decision: what the gate let through.
        left_out: titles left out, in words, and how many.
    """

    measure: OwnMeasure
    titles: NDArray[np.object_]
    released: NDArray[np.datetime64]
    shares: NDArray[np.float64]
    decision: Decision
    left_out: Mapping[str, int]


def own_outcomes(
    project: Project,
    as_of: date,
    measure: str = "members",
    region: str = "*",
    days: int = 91,
    age_band: str = "",
    purposes: tuple[str, ...] = COMMISSIONING,
) -> OwnOutcomes:
    """Audiences of the project's titles in their first days, as outcomes to learn from.

    Stability: provisional.

    Args:
        project: where.
        as_of: the day; only windows that are closed by then are told, and nothing later is seen.
        measure: 'members', how many watched (two minutes, or a twentieth of the title), or 'hours'.
        region: '*' for everywhere, or the country of the members, ISO 3166-1 alpha-2.
        days: of the window, from the release day on.
        age_band: of the members, as the service writes it; '' for all.
        purposes: what for; members must have a basis for all of them.

    Returns:
        Outcomes that are published on the day after their window.

    Raises:
        UsageError: the measure or the window is none, nobody is of that region or age band, or no play tells its hours.
        NothingAllowed: there are no plays, or none may be used.
    """
    kind = _measure(measure)
    _check_days(days)
    with permitted_plays(project, as_of, READER, region, age_band, purposes) as plays:
        found = audiences(plays, as_of, days)
    _require_hours(kind, found)
    few = found.members[:, 0] < SMALLEST_AUDIENCE
    exact = found.members[:, 0].astype(np.float64) if kind == "members" else found.hours[:, 0]
    step = np.where(few, _at_most(kind, found), np.nan)
    starts = found.released
    return OwnOutcomes(
        measure=kind,
        region=region,
        title=found.titles,
        starts=starts,
        ends=starts + np.timedelta64(days - 1, "D"),
        value=np.where(few, step, exact),
        step=step,
        published=starts + np.timedelta64(days, "D"),
        age_band=age_band,
        days=days,
        members=plays.members,
        decision=plays.decision,
        left_out=_left_out(found, kind),
    )


def weekly(
    project: Project,
    as_of: date,
    weeks: int = 13,
    measure: str = "members",
    region: str = "*",
    age_band: str = "",
    purposes: tuple[str, ...] = COMMISSIONING,
) -> Weekly:
    """How audiences of titles come together over the weeks since release.

    Stability: provisional.

    Args:
        project: where.
        as_of: the day; only titles with so many closed weeks by then are told.
        weeks: how many.
        measure: 'members' or 'hours'.
        region: '*' for everywhere, or the country of the members.
        age_band: of the members; '' for all.
        purposes: what for; members must have a basis for all of them.

    Raises:
        UsageError: the measure or the weeks are none, nobody is of that region or age band, or no play tells its hours.
        NothingAllowed: there are no plays, or none may be used.
    """
    kind = _measure(measure)
    _check_days(7 * weeks)
    with permitted_plays(project, as_of, READER, region, age_band, purposes) as plays:
        found = audiences(plays, as_of, 7, weeks)
    _require_hours(kind, found)
    values = found.members.astype(np.float64) if kind == "members" else found.hours
    totals = values.sum(axis=1)
    told = (found.members.sum(axis=1) >= SMALLEST_AUDIENCE) & (totals > 0)
    few = f"titles with fewer than {SMALLEST_AUDIENCE} members"
    return Weekly(
        measure=kind,
        titles=found.titles[told],
        released=found.released[told],
        shares=np.cumsum(values[told], axis=1) / totals[told, None],
        decision=plays.decision,
        left_out={**_left_out(found, kind), **({few: int((~told).sum())} if not told.all() else {})},
    )


def _at_most(measure: OwnMeasure, found: Audiences) -> NDArray[np.float64]:
    """What few members are told to be at most; of hours, the next ten, which says little of any one of them."""
    if measure == "members":
        return np.full(len(found.titles), float(SMALLEST_AUDIENCE))
    tens: NDArray[np.float64] = np.ceil(found.hours[:, 0] / SMALLEST_AUDIENCE) * SMALLEST_AUDIENCE
    return np.maximum(tens, SMALLEST_AUDIENCE)


def _measure(name: str) -> OwnMeasure:
    for known in OWN_MEASURES:
        if known == name:
            return known
    raise UsageError(f"Plays do not tell {name!r}.", f"Name one of {', '.join(OWN_MEASURES)}.")


def _check_days(days: int) -> None:
    if not 1 <= days <= LONGEST_DAYS:
        raise UsageError(f"A window of {days} days cannot be counted.", f"Name 1 to {LONGEST_DAYS:,} days.")


def _require_hours(measure: OwnMeasure, found: Audiences) -> None:
    if measure == "hours" and found.silent and not found.hours.any():
        raise UsageError("No play says how many seconds were watched, so hours cannot be told.", "Ask for members.")


def _left_out(found: Audiences, measure: OwnMeasure) -> dict[str, int]:
    counts = {
        "titles released before the plays begin": found.before,
        "titles whose window is not closed": found.open,
        "titles without a release day": found.undated,
        "plays that do not say how long they were": found.silent if measure == "hours" else 0,
    }
    return {words: count for words, count in counts.items() if count}
