"""What is to be forecast and tested, and what a project knows of it."""

from dataclasses import dataclass
from datetime import date

from openslate import clock
from openslate.apps.greenlight.known import Known, read_known
from openslate.apps.greenlight.own_outcomes import own_outcomes
from openslate.data.outcomes import measures_of
from openslate.errors import UsageError
from openslate.project import Project

PREFERRED = ("views", "revenue", "hours", "members", "domestic_revenue")
"""Of several measures, the first of these that a project holds is forecast where none is named."""
UNITS = {
    "views": "views",
    "hours": "hours",
    "members": "members",
    "revenue": "US dollars",
    "domestic_revenue": "US dollars",
}


@dataclass(frozen=True)
class Asked:
    """What is to be evaluated.

    Attributes:
        measure: that is forecast; empty to choose.
        region: '*' for everywhere, or ISO 3166-1 alpha-2.
        months: of a block; None to choose.
        origins: first days of blocks at which to forecast; empty for the latest possible ones.
        until: last day of which anything is used; None for everything.
        source: titles of this source alone calibrate and are tested; empty for all.
        everywhere: whether titles available everywhere at once alone calibrate and are tested; None where some are.
        plays: days after release in which the project's own plays are counted as the outcome; 0 for outcomes that were
            imported.
        as_published: whether outcomes are known when they were published, and not when their windows closed.
        seed: of the draws.
        age_band: of the members whose plays are counted, as the service writes it; empty for all.
    """

    measure: str = ""
    region: str = "*"
    months: int | None = None
    origins: tuple[date, ...] = ()
    until: date | None = None
    source: str = ""
    everywhere: bool | None = None
    plays: int = 0
    as_published: bool = False
    seed: int = 0
    age_band: str = ""


def read_asked(project: Project, asked: Asked, as_of: date | None) -> tuple[Known, str]:
    """What the project knows of what is asked, and the measure.

    Args:
        project: where.
        asked: what is to be forecast.
        as_of: the last day of which anything is used; None for everything.

    Raises:
        UsageError: an age band is asked of outcomes that were imported, or there is no such measure, region or band.
    """
    if asked.age_band and not asked.plays:
        raise UsageError(
            f"Imported outcomes do not tell the age band {asked.age_band!r}; plays of the project's own members may.",
            "Count them with --plays 28 or --plays 91, or leave --age-band out.",
        )
    if asked.plays:
        day = as_of or clock.now().date()
        own = own_outcomes(project, day, asked.measure or "members", asked.region, asked.plays, asked.age_band)
        return read_known(project, own.measure, asked.region, as_of, (own,)), own.measure
    measure = asked.measure or measure_of(project, asked.region)
    return read_known(project, measure, asked.region, as_of), measure


def measure_of(project: Project, region: str = "*") -> str:
    """The measure that is forecast where none is named.

    Raises:
        UsageError: the project holds no outcomes there.
    """
    there = measures_of(project, region)
    if not there:
        raise UsageError(
            f"The project holds no outcomes of the region {region!r}.",
            "Import some, such as with `openslate import films`, or count the project's own plays with --plays 91.",
        )
    return next((one for one in PREFERRED if one in there), there[0])


def unit_of(measure: str, age_band: str = "") -> str:
    """What a measure counts, in words, and of members of which age.

    Example:
        >>> unit_of("hours", "18-24")
        'hours of members aged 18-24'
    """
    unit = UNITS.get(measure, measure.replace("_", " "))
    return unit if not age_band else f"{unit}{'' if measure == 'members' else ' of members'} aged {age_band}"
