"""What pitches usually leave out: patterns, as data, by which forecasts are calibrated and tested."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from openslate.apps.greenlight.works import Work

_UNSAID: Mapping[str, Mapping[str, Any]] = {
    "budget": {"budget": None, "currency": ""},
    "people": {"people": ()},
    "companies": {"companies": ()},
    "genres": {"genres": ()},
    "language": {"language": ""},
    "countries": {"countries": ()},
    "runtime_minutes": {"runtime_minutes": None},
    "worldwide": {"worldwide": None},
    "limited": {"limited": None},
    "maturity": {"maturity": ""},
}
"""What a work holds where a fact is not said. Name, series, season, text, kind and release stay in every pattern:
whoever pitches a sequel says so, and without a release there is no window to count in."""


@dataclass(frozen=True)
class Pattern:
    """What a pitch leaves out.

    Attributes:
        name: in words, few enough for a column of a terminal.
        lacks: the facts, as `Work` names them.
    """

    name: str
    lacks: tuple[str, ...]

    def left_out_of(self, work: Work) -> Work:
        """A work, as a pitch has it that leaves these facts out.

        Args:
            work: of a title whose facts are known.

        Example:
            >>> PATTERNS[0].left_out_of(Work("a", "Ash", budget=5e6, currency="EUR")) == Work("a", "Ash")
            True
        """
        values: dict[str, Any] = {}
        for fact in self.lacks:
            values |= _UNSAID[fact]
        return replace(work, **values)


_TALENT = ("people", "companies")
_PLACE = ("genres", "language", "countries")
PATTERNS = (
    Pattern("no budget", ("budget",)),
    Pattern("no talent, no companies", _TALENT),
    Pattern("no genres, no language", _PLACE),
    Pattern("no length", ("runtime_minutes",)),
    Pattern("no talent, budget or length", (*_TALENT, "budget", "runtime_minutes")),
    Pattern(
        "logline, kind, release only",
        (*_TALENT, *_PLACE, "budget", "runtime_minutes", "worldwide", "limited", "maturity"),
    ),
)
"""The usual ones."""


def said(work: Work, fact: str) -> bool:
    """Whether a work says a fact."""
    return getattr(work, fact) not in (None, "", ())


def applying(used: Mapping[str | None, frozenset[str]]) -> tuple[int, ...]:
    """The places, counted from 1, of patterns that take something away, and not the same as one before.

    Args:
        used: by kind of title, the facts that are filled in where a title of it lacks them.

    Example:
        >>> applying({"film": frozenset({"runtime_minutes"}), "series": frozenset({"runtime_minutes", "worldwide"})})
        (4, 6)
    """
    found: dict[tuple[frozenset[str], ...], int] = {}
    for place, pattern in enumerate(PATTERNS, start=1):
        gone = tuple(facts.intersection(pattern.lacks) for facts in used.values())
        if any(gone):
            found.setdefault(gone, place)
    return tuple(found.values())


def nearest_pattern(lacking: Sequence[str], used: frozenset[str], calibrated: Sequence[int]) -> int:
    """The place of the pattern by which a pitch is calibrated, counted from 1; 0 for a pitch that lacks nothing.

    It is the one that lacks least among those that lack all that the pitch does. Where there is none, it is the one
    that lacks most.

    Args:
        lacking: facts that the pitch lacks and that are filled in.
        used: facts that are filled in where titles of its kind lack them.
        calibrated: places, counted from 1, of the patterns that were calibrated.

    Example:
        >>> used = frozenset({"budget", "people", "companies", "genres"})
        >>> nearest_pattern(["people"], used, [1, 2, 6]), nearest_pattern(["budget", "genres"], used, [1, 2, 6])
        (2, 6)
    """
    if not lacking or not calibrated:
        return 0
    gone = {place: used.intersection(PATTERNS[place - 1].lacks) for place in calibrated}
    enough = [place for place in calibrated if gone[place].issuperset(lacking)]
    if enough:
        return min(enough, key=lambda place: (len(gone[place]), place))
    return max(calibrated, key=lambda place: (len(gone[place]), place))
