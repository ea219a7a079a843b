"""What a memo says in words: targets, facts of a pitch, outcomes, chances and how good such forecasts were."""

import math
from collections.abc import Sequence

from openslate.apps.greenlight.decision_types import Decision
from openslate.apps.greenlight.forecast_types import Comparable, Distribution, Forecast, Record, Target
from openslate.apps.greenlight.pitch import Budget, Pitch, Release
from openslate.drawing.page_words import day_in_words
from openslate.drawing.spreads import figure

SELECTION = "Only titles that were made could be learned from, and nothing is said of quality."

SHOWN_WEEKS = 6
_MISSING = {
    "logline": "a logline",
    "synopsis": "a synopsis",
    "kind": "whether it is a film, a season or a limited series",
    "series": "which series it belongs to",
    "season": "which season it is",
    "genres": "its genres",
    "language": "its original language",
    "countries": "its countries",
    "runtime_minutes": "its length",
    "episodes": "its episodes",
    "budget": "a budget, or a band for one",
    "talent": "who is attached",
    "companies": "its companies",
    "release": "a day or window of release",
    "regions": "where it is to be seen",
    "maturity": "the maturity rating aimed at",
}


def about(target: Target) -> str:
    """What is forecast.

    Example:
        >>> about(Target("views", "views", "*", "first 91 days"))
        'views worldwide, first 91 days'
    """
    return f"{target.unit} {'worldwide' if target.region == '*' else f'in {target.region}'}, {target.window}"


def interval_in_words(distribution: Distribution, percent: int) -> str:
    """The ends of an interval, such as '1.9M to 38M'."""
    low, high = distribution.interval(percent)
    return f"{figure(low)} to {figure(high)}"


def likely(chance: float) -> str:
    """A chance in whole per cent, never quite none or certain.

    Example:
        >>> likely(0.14), likely(0.001), likely(0.999)
        ('14%', 'under 1%', 'over 99%')
    """
    return "under 1%" if chance < 0.01 else "over 99%" if chance > 0.99 else f"{chance:.0%}"


def part(share: float) -> str:
    """A share in whole per cent; "0%" and "100%" are said of none and all alone.

    Example:
        >>> part(0.0), part(0.004), part(0.14), part(1.0)
        ('0%', 'under 1%', '14%', '100%')
    """
    return f"{share:.0%}" if share in (0, 1) else likely(share)


def parts(shares: Sequence[float]) -> list[str]:
    """Shares of one whole in whole per cent that sum to 100, by largest remainder.

    Args:
        shares: at least one above 0; they are scaled to sum to 1, as medians of shares do not.

    Example:
        >>> parts([0.333, 0.333, 0.333]), parts([0.5, 0.446, 0.004])
        (['34%', '33%', '33%'], ['53%', '47%', 'under 1%'])
    """
    exact = [100 * share / math.fsum(shares) for share in shares]
    whole = [math.floor(one) for one in exact]
    order = sorted(range(len(exact)), key=lambda place: (whole[place] - exact[place], place))
    for place in order[: 100 - sum(whole)]:
        whole[place] += 1
    return ["under 1%" if share > 0 and not one else f"{one}%" for share, one in zip(shares, whole, strict=True)]


def moved(multiple: float) -> str:
    """By how much the median is larger or smaller with what a driver says.

    Example:
        >>> moved(1.62), moved(0.83), moved(1.002)
        ('+62%', '−17%', '±0%')
    """
    change = round((multiple - 1) * 100)
    return f"+{change}%" if change > 0 else f"−{-change}%" if change < 0 else "±0%"


def missing_in_words(fact: str) -> str:
    """A fact that a pitch lacks."""
    return _MISSING.get(fact, fact.replace("_", " "))


def none_compares(forecast: Forecast) -> str:
    """That nothing compares, and what to do, in words."""
    return (
        f"No comparable title is known: none whose outcome was known on {forecast.as_of} has more in common with it "
        "than its kind and length. Pin one that compares."
    )


def comparable_outcome(one: Comparable) -> str:
    """The outcome of a title that compares, as far as it was known."""
    if one.outcome is None:
        return "not known"
    return f"{'at most ' if one.at_most else ''}{figure(one.outcome)}"


def standing_of(decision: Decision) -> str:
    """Whether a decision departs from the forecast, as whoever decided sees it."""
    return "departs from the forecast" if decision.departs else "in line with the forecast"


def record_in_words(record: Record) -> list[tuple[str, str]]:
    """How good such forecasts were: split, size, coverage and baseline together."""
    return [
        ("Tested", f"{record.split}, {record.titles:,} titles"),
        ("80% interval held", f"{part(record.coverage)} of outcomes"),
        ("Skill over all titles alike", f"{record.skill:.0%} by weighted interval score"),
        ("Skill of the simple baseline", f"{record.baseline_skill:.0%}"),
    ]


SCALED = "Medians, scaled to sum to 100%."
"""The medians of shares need not sum to all, and what is told does; the interval of the first is as it was."""


def weeks_in_words(weeks: Sequence[tuple[float, float, float]]) -> str:
    """How the window's weeks divide what it has; what is told sums to all of it.

    Args:
        weeks: (median, low, high) of the 80% interval of each week's share.

    Example:
        >>> weeks_in_words([(0.6, 0.5, 0.7), (0.35, 0.2, 0.4)])
        'Of its 2 weeks, the first has 63% (80%: 50% to 70%); the next 37%. Medians, scaled to sum to 100%.'
    """
    shown = weeks[:SHOWN_WEEKS]
    shares = [one[0] for one in shown]
    rest = math.fsum(one[0] for one in weeks[SHOWN_WEEKS:])
    told = parts([*shares, rest] if rest else shares)
    said = f"Of its {len(weeks)} weeks, the first has {told[0]} (80%: {part(weeks[0][1])} to {part(weeks[0][2])})"
    if len(shown) > 1:
        said += f"; the next {', '.join(told[1 : len(shown)])}"
    if len(weeks) > len(shown):
        said += f"; all others {told[-1] if rest else part(0.0)}"
    return f"{said}. {SCALED}"


def facts_of_pitch(pitch: Pitch) -> list[tuple[str, str]]:
    """What a pitch says, without what it leaves out."""
    kind = pitch.kind or ""
    season = f"season {pitch.season} of {pitch.series}" if pitch.season and pitch.series else ""
    minutes = f"{pitch.runtime_minutes} minutes" if pitch.runtime_minutes else ""
    episodes = f"{pitch.episodes} episode{'' if pitch.episodes == 1 else 's'}" if pitch.episodes else ""
    length = f"{pitch.episodes} × {minutes}" if episodes and minutes else episodes or minutes
    records = ", ".join(f"{one.kind} under {one.record}" for one in pitch.material)
    facts = [
        ("Kind", ", ".join(part for part in (season or kind, length) if part)),
        ("Genres", _few(pitch.genres)),
        ("Language", pitch.language),
        ("Countries", _few(pitch.countries)),
        ("Budget", "" if pitch.budget is None else budget_in_words(pitch.budget)),
        ("Release", "" if pitch.release is None else release_in_words(pitch.release)),
        ("Regions", "worldwide" if pitch.worldwide else _few(pitch.regions)),
        ("Rating", pitch.maturity),
        ("Companies", _few(pitch.companies)),
        ("Attached", _few([f"{one.name} ({one.role})" for one in pitch.talent])),
        ("Material, not read", records),
    ]
    return [(name, value) for name, value in facts if value]


def _few(names: Sequence[str], most: int = 4) -> str:
    """The first few, and how many more there are."""
    more = len(names) - most
    return f"{', '.join(names[:most])} and {more} more" if more > 0 else ", ".join(names)


def budget_in_words(budget: Budget) -> str:
    """An amount or a band.

    Example:
        >>> from decimal import Decimal
        >>> budget_in_words(Budget(Decimal(18_000_000), Decimal(24_000_000), "USD"))
        '18M to 24M USD'
    """
    low, high = figure(float(budget.lowest)), figure(float(budget.highest))
    return f"{low} {budget.currency}" if low == high else f"{low} to {high} {budget.currency}"


def release_in_words(release: Release) -> str:
    """A day or a window."""
    if release.earliest == release.latest:
        return day_in_words(release.earliest)
    return f"{day_in_words(release.earliest)} to {day_in_words(release.latest)}"
