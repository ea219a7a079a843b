"""A stream of invented headlines whose stories are known: as many an hour as a large newsroom's feeds bring.

Words are invented and as uneven as those of a language. A story belongs to a subject, has names and words of its own
beside those of its subject, and is written about for hours or days: most by few, some by hundreds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from openslate.apps.press.stories.things import Headline

START = datetime(2026, 1, 5, tzinfo=UTC)
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en", "il", "os")]
COMMON, SUBJECTS, OF_SUBJECT, NAMES = 1_500, 120, 300, 80_000


@dataclass(frozen=True)
class Stream:
    """Headlines by hour.

    Attributes:
        hours: of headlines.
        true: the story of each headline, by id.
    """

    hours: list[list[Headline]]
    true: dict[str, str]


def stream(hours: int, an_hour: int, seed: int = 0, beside: list[tuple[str, str]] | None = None) -> Stream:
    """Headlines of some hours.

    Args:
        hours: how many.
        an_hour: headlines in each.
        seed: of what is drawn.
        beside: other headlines with their stories, strewn over all hours.
    """
    drawn = np.random.default_rng(seed)
    words = _words(drawn, COMMON + SUBJECTS * OF_SUBJECT + NAMES)
    total = hours * an_hour - len(beside or [])
    rows: list[tuple[float, str, str]] = []
    for story, times in enumerate(_stories(drawn, hours, total)):
        say = _story(drawn, words)
        rows += [(when, next(say), f"invented {story}") for when in times.tolist()]
    rows = rows[:total]
    rows += [(drawn.random() * hours, title, story) for title, story in beside or []]
    rows.sort()
    found: list[list[Headline]] = [[] for _ in range(hours)]
    true = {}
    for at, (when, title, story) in enumerate(rows):
        seen = START + timedelta(hours=min(when, hours - 1e-3))
        name = f"{at:07}"
        found[int(min(when, hours - 1e-3))].append(Headline(name, title, "", "", seen, seen))
        true[name] = story
    return Stream(found, true)


def _stories(drawn: np.random.Generator, hours: int, total: int) -> Iterator[NDArray[np.float64]]:
    many = 0
    while many < total:
        size = min(int(drawn.pareto(1.1) + 1), 400)
        begun, long = drawn.uniform(-12, hours), drawn.exponential(14) + 1
        times = begun + drawn.exponential(long / 2, size)
        times = times[(times >= 0) & (times < hours)]
        many += len(times)
        yield times


def _story(drawn: np.random.Generator, words: list[str]) -> Iterator[str]:
    subject = COMMON + int(drawn.integers(SUBJECTS)) * OF_SUBJECT
    own = [int(drawn.integers(NAMES)) + COMMON + SUBJECTS * OF_SUBJECT for _ in range(int(drawn.integers(3, 7)))]
    own += [subject + _low(drawn, OF_SUBJECT) for _ in range(int(drawn.integers(2, 5)))]
    weights = 1.0 / np.arange(1, len(own) + 1) ** 0.7
    weights /= weights.sum()
    while True:
        said = drawn.choice(own, min(int(drawn.integers(3, 6)), len(own)), replace=False, p=weights).tolist()
        said += [subject + _low(drawn, OF_SUBJECT) for _ in range(int(drawn.integers(1, 3)))]
        said += [_low(drawn, COMMON) for _ in range(int(drawn.integers(2, 4)))]
        drawn.shuffle(said)
        yield " ".join(words[int(one)] for one in said)


def _low(drawn: np.random.Generator, many: int) -> int:
    """A number below another: the n-th lowest about 1/n as often as the lowest."""
    return int((many + 1.0) ** drawn.random()) - 1


def _words(drawn: np.random.Generator, many: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < many:
        found["".join(drawn.choice(SYLLABLES, int(drawn.integers(2, 5))).tolist())] = None
    return list(found)
