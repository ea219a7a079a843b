"""What each pair of titles has in common, field by field, each as one of a few levels.

Fellegi and Sunter's record linkage: every field says by its level how much more often pairs of one title show it than
pairs of two. An unknown value is a level of its own that says nothing.
Source: Fellegi and Sunter, A Theory for Record Linkage, JASA 64 (1969).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.data.matching.candidates import Pairs
from openslate.data.matching.describing import KINDS, NO_DAY, UNKNOWN, Described

Levels = NDArray[np.int64]

FIELDS: Mapping[str, tuple[str, ...]] = {
    "name": ("same", "almost", "head", "tail", "close", "alike", "faint"),
    "numbers": ("same", "lacking", "other"),
    "length": ("long", "middling", "short"),
    "released": (
        "unknown", "days", "month", "half", "year", "two_years", "apart",
        "same_year", "next_year", "two_years_on", "years_apart",
    ),
    "kind": ("same", "unknown", "other"),
    "season": ("none", "same", "lacking", "other"),
    "runtime": ("unknown", "same", "near", "other"),
    "people": ("unknown", "several", "one", "none"),
    "language": ("unknown", "same", "other"),
    "overlap": ("most", "some", "few"),
}  # fmt: skip
"""Every field that is compared, and its levels."""

CLOSE, ALIKE = 0.85, 0.7
LONG, SHORT = 15, 7
DAYS = (3, 31, 183, 400, 800)
SAME_RUNTIME, NEAR_RUNTIME, NEAR_SHARE = 2, 10, 0.05
FEW_PEOPLE = 3
"""Lists of fewer people than this may well lack those of the other list."""
MOST, SOME = 0.5, 0.15
SHARE_BEFORE, SEEN_BEFORE = 0.2, 5
"""What is thought of the overlap before any title is seen, and how many titles outweigh it."""


@dataclass(frozen=True)
class Comparison:
    """Pairs of titles, each once, and the level of every field.

    Attributes:
        left: int64 [pairs], title of the first source.
        right: int64 [pairs], title of the second.
        levels: int64 [pairs] by field, places in `FIELDS`.
        cosine: float64 [pairs], how alike the letters of the names are.
    """

    left: Levels
    right: Levels
    levels: Mapping[str, Levels]
    cosine: NDArray[np.float64]


def compare(left: Described, right: Described, pairs: Pairs) -> Comparison:
    """Compare the titles that pairs of names belong to.

    Args:
        left: titles of one source.
        right: titles of another.
        pairs: of their names; where several are of the same two titles, the best name counts.
    """
    named = _names(left, right, pairs)
    owners = left.owner[pairs.left], right.owner[pairs.right]
    order = np.lexsort((-pairs.cosine, named["numbers"], named["name"], owners[1], owners[0]))
    first, second = owners[0][order], owners[1][order]
    best = np.ones(len(order), dtype=np.bool_)
    best[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    chosen = order[best]
    a, b = owners[0][chosen], owners[1][chosen]
    levels = {field: found[chosen] for field, found in named.items()}
    levels["released"] = _released(left, right, a, b)
    levels["kind"] = _kind(left.kind[a], right.kind[b])
    levels["season"] = _season(left, right, a, b)
    levels["runtime"] = _runtime(left, right, a, b)
    levels["people"] = _people(left, right, a, b)
    spoken = left.language[a], right.language[b]
    known = (spoken[0] != "") & (spoken[1] != "")
    levels["language"] = np.where(known, np.where(spoken[0] == spoken[1], 1, 2), 0)
    levels["overlap"] = _overlap(left, right, a, levels["name"], b)
    return Comparison(a, b, levels, pairs.cosine[chosen])


def _names(left: Described, right: Described, pairs: Pairs) -> dict[str, Levels]:
    """Levels of the fields that are about names."""
    found = np.empty((3, len(pairs.left)), dtype=np.int64)
    for place, (one, other) in enumerate(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True)):
        first, second = left.variants[one], right.variants[other]
        cosine = pairs.cosine[place]
        if first.whole == second.whole:
            name = 0
        elif first.bare == second.bare:
            name = 1
        elif first.head == second.bare or first.bare == second.head:
            name = 2
        elif first.tail == second.bare or first.bare == second.tail:
            name = 3
        else:
            name = 4 if cosine >= CLOSE else 5 if cosine >= ALIKE else 6
        numbers, others = set(first.numbers), set(second.numbers)
        shorter = min(len(first.bare), len(second.bare))
        found[:, place] = (
            name,
            0 if name < 2 or numbers == others else 1 if numbers < others or others < numbers else 2,
            0 if shorter >= LONG else 2 if shorter < SHORT else 1,
        )
    return dict(zip(("name", "numbers", "length"), found, strict=True))


def _kind(first: Levels, second: Levels) -> Levels:
    known = (first != UNKNOWN) & (second != UNKNOWN)
    return np.where(known, np.where(first == second, 0, 2), 1)


def _overlap(left: Described, right: Described, a: Levels, named: Levels, b: Levels) -> Levels:
    """Which part of the smaller source's titles has its name in the other: how likely any partner is there at all.

    Of two sources with few titles in common, the same name is more often chance.
    """
    same = named == 0
    shared = min(len(np.unique(a[same])), len(np.unique(b[same])))
    share = (shared + SHARE_BEFORE * SEEN_BEFORE) / (min(len(left.titles), len(right.titles)) + SEEN_BEFORE)
    return np.full(len(a), 0 if share >= MOST else 1 if share >= SOME else 2)


def _released(left: Described, right: Described, a: Levels, b: Levels) -> Levels:
    """By days where both are known, else by years."""
    dated = (left.day[a] != NO_DAY) & (right.day[b] != NO_DAY)
    known = (left.year[a] != UNKNOWN) & (right.year[b] != UNKNOWN)
    days = np.abs(np.where(dated, left.day[a], 0) - np.where(dated, right.day[b], 0))
    years = np.abs(left.year[a] - right.year[b])
    by_day = 1 + np.searchsorted(np.array(DAYS), days, side="left")
    by_year = 7 + np.minimum(years, 3)
    return np.where(dated, by_day, np.where(known, by_year, 0)).astype(np.int64)


def _season(left: Described, right: Described, a: Levels, b: Levels) -> Levels:
    """A limited series has one season, whether it is numbered or not."""
    first, second = left.season[a], right.season[b]
    first = np.where(left.limited[a] & (second == 1), 1, first)
    second = np.where(right.limited[b] & (first == 1), 1, second)
    unnamed = (first == UNKNOWN).astype(np.int64) + (second == UNKNOWN)
    return np.where(unnamed == 2, 0, np.where(unnamed == 1, 2, np.where(first == second, 1, 3))).astype(np.int64)


def _runtime(left: Described, right: Described, a: Levels, b: Levels) -> Levels:
    """Of series, only equal lengths say something: one source counts an episode, the other all of a season."""
    first, second = left.runtime[a], right.runtime[b]
    apart = np.abs(first - second)
    near = np.maximum(NEAR_RUNTIME, NEAR_SHARE * np.maximum(first, second))
    level = np.where(apart <= SAME_RUNTIME, 1, np.where(apart <= near, 2, 3))
    series = (left.kind[a] == KINDS["series"]) | (right.kind[b] == KINDS["series"])
    known = (first != UNKNOWN) & (second != UNKNOWN) & ~(series & (level > 1))
    return np.where(known, level, 0).astype(np.int64)


def _people(left: Described, right: Described, a: Levels, b: Levels) -> Levels:
    found = np.zeros(len(a), dtype=np.int64)
    for place, (one, other) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        first, second = left.people[one], right.people[other]
        shared = len(first & second)
        if shared:
            found[place] = 1 if shared > 1 else 2
        elif len(first) >= FEW_PEOPLE and len(second) >= FEW_PEOPLE:
            found[place] = 3
    return found
