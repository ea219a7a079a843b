"""What a runtime is of: of a film all of it, of a series a whole season or one episode, as the past counts it.

Reports of views give the length of a whole season, by which hours are divided into views; catalogues often give that of
one episode. A pitch gives one episode and how many there are, so that it can be held against either.
"""

from collections.abc import Sequence
from statistics import median

from openslate.apps.greenlight.pitch import WITH_EPISODES, Pitch
from openslate.apps.greenlight.works import Work

LONGEST_EPISODE = 90
"""Where half of the series are longer, in minutes, their lengths are of whole seasons: hardly an episode is so long."""


def of_seasons(works: Sequence[Work]) -> bool:
    """Whether the lengths of series among some works are of whole seasons.

    Args:
        works: that are learned from, or whose hours are counted.

    Example:
        >>> of_seasons([Work("1", "A", "series", runtime_minutes=479)]), of_seasons([Work("2", "B", "film")])
        (True, False)
    """
    told = [one.runtime_minutes for one in works if one.kind == "series" and one.runtime_minutes]
    return bool(told) and median(told) > LONGEST_EPISODE


def length_of(pitch: Pitch, seasons: bool) -> int | None:
    """The minutes of a pitch, as the past counts them; None where it does not say so much.

    Args:
        pitch: what was proposed.
        seasons: whether the past's series have the lengths of whole seasons.

    Example:
        >>> from datetime import date
        >>> pitch = Pitch("Night Train", date(2026, 3, 1), kind="season", runtime_minutes=50, episodes=8)
        >>> length_of(pitch, seasons=True), length_of(pitch, seasons=False)
        (400, 50)
    """
    if pitch.runtime_minutes is None or not seasons or pitch.kind == "film":
        return pitch.runtime_minutes
    return None if pitch.episodes is None else pitch.runtime_minutes * pitch.episodes


def length_in_words(pitch: Pitch, seasons: bool) -> str:
    """Why a pitch's length counts as not said, in a sentence; empty where it does not.

    Args:
        pitch: what was proposed.
        seasons: as in `length_of`.
    """
    if pitch.runtime_minutes is None or length_of(pitch, seasons) is not None:
        return ""
    lacking = "how many episodes it has" if pitch.kind in WITH_EPISODES else "whether it is a film"
    return (
        f"Its {pitch.runtime_minutes:,} minutes count as not said: series that were learned from have the lengths of"
        f" whole seasons, and the pitch does not say {lacking}."
    )
