"""Which facts a forecaster misses in a pitch: those that are not said, and that it learned to look at."""

from collections.abc import Callable, Mapping, Sequence

from openslate.apps.greenlight.pitch import Pitch
from openslate.apps.greenlight.works import Work

FEWEST_SHARE = 0.5
"""A fact that fewer of the titles have was not learned from, as in `imputing`."""
_OF_A_TITLE: Mapping[str, Callable[[Work], object]] = {
    "kind": lambda work: work.kind,
    "genres": lambda work: work.genres,
    "language": lambda work: work.language,
    "countries": lambda work: work.countries,
    "runtime_minutes": lambda work: work.runtime_minutes,
    "budget": lambda work: work.budget,
    "regions": lambda work: work.worldwide,
}
_OF_SOME: Mapping[str, Callable[[Work], object]] = {
    "logline": lambda work: work.text or work.written,
    "synopsis": lambda work: work.text or work.written,
    "talent": lambda work: work.people,
    "companies": lambda work: work.companies,
    "series": lambda work: work.series,
    "season": lambda work: work.season is not None and work.season > 1,
}


def missed(pitch: Pitch, learned: Sequence[Work], seasons: bool = False) -> tuple[str, ...]:
    """The facts that a pitch lacks and that a forecaster uses, in the order of `pitch.FACTS`.

    Args:
        pitch: what was proposed.
        learned: the titles that the forecaster learned from. A fact that they do not have, or in which they are all
            alike, tells nothing of a pitch either.
        seasons: whether lengths are of whole seasons, which episodes are needed for.

    Example:
        >>> from datetime import date
        >>> two = [Work("a", "Ash", "film", worldwide=True), Work("b", "Bay", "series", worldwide=True)]
        >>> missed(Pitch("Night Train", date(2026, 3, 1)), two)
        ('kind', 'release')
    """
    return tuple(fact for fact in pitch.missing if (seasons if fact == "episodes" else _is_used(fact, learned)))


def _is_used(fact: str, learned: Sequence[Work]) -> bool:
    if fact == "release":
        return True
    if fact in _OF_SOME:
        return any(_OF_SOME[fact](work) for work in learned)
    if fact not in _OF_A_TITLE:
        return False
    said = [value for work in learned if (value := _OF_A_TITLE[fact](work)) not in (None, "", ())]
    return len(said) >= FEWEST_SHARE * len(learned) and len(set(said)) > 1
