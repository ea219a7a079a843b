"""Whether two works are of one kind: film or series, and scripted or not as far as genres tell.

A reality show may share people, country and words with a drama, and says little of what the drama will do. It may stand
among the comparable titles, but after those of the pitch's kind, and named for what it is.
"""

from openslate.apps.greenlight.comps.profiles import folded
from openslate.apps.greenlight.works import Work

UNSCRIPTED = frozenset(
    folded(
        (
            *("Reality", "Reality TV", "Reality-TV", "Unscripted", "Documentary", "Docuseries", "Factual", "News"),
            *("Talk", "Talk Show", "Talk-Show", "Game Show", "Game-Show", "Competition"),
        )
    )
)
"""Genres of titles that nobody wrote as a story, as sources name them."""


def other_kind(query: Work, seen: Work) -> str:
    """What a title is that is of another kind than the pitch; empty where they are of one, or nothing says.

    Args:
        query: the pitch as a work.
        seen: the title.

    Example:
        >>> drama = Work("", "Ash", "series", genres=("Drama",))
        >>> other_kind(drama, Work("b", "Bay", "film")), other_kind(drama, Work("c", "Cay", genres=("Reality",)))
        ('a film', 'unscripted')
        >>> other_kind(drama, Work("d", "Day", "series", genres=("Crime",)))
        ''
    """
    if query.kind and seen.kind and query.kind != seen.kind:
        return "a film" if seen.kind == "film" else "a series"
    if not (query.genres and seen.genres) or _unscripted(query) == _unscripted(seen):
        return ""
    return "unscripted" if _unscripted(seen) else "scripted"


def _unscripted(work: Work) -> bool:
    return not UNSCRIPTED.isdisjoint(folded(work.genres))
