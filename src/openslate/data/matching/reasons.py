"""Why two titles may be one, or not, in words for people."""

from openslate.data.matching.comparing import FIELDS, Comparison
from openslate.data.matching.describing import NO_DAY, UNKNOWN, Described
from openslate.data.matching.spelling import words_of

_NAMES = {
    "same": "same name",
    "almost": "same name but for articles or spaces",
    "head": "one name is the other with a subtitle",
    "tail": "one name is the end of the other",
    "close": "names that differ in few letters",
    "alike": "names that are alike",
    "faint": "names that are somewhat alike",
}
_NUMBERS = {"lacking": "a number in one name only", "other": "other numbers in the names"}
YEAR, MONTH = 365, 60
"""Days from which on a distance is told in years, and in months."""
NAMED = 3
"""People who are named at most."""


def reasons(left: Described, right: Described, found: Comparison, place: int) -> tuple[str, ...]:
    """What speaks for and against one pair, the weightiest fields first.

    Args:
        left: titles of one source.
        right: titles of the other.
        found: the comparison.
        place: which of its pairs.
    """
    a, b = int(found.left[place]), int(found.right[place])
    level = {field: FIELDS[field][int(levels[place])] for field, levels in found.levels.items()}
    told = [
        _NAMES[level["name"]],
        _NUMBERS.get(level["numbers"], ""),
        _season(left, right, a, b, level["season"]),
        _released(left, right, a, b),
        "a film and a series" if level["kind"] == "other" else "",
        _runtime(int(left.runtime[a]), int(right.runtime[b]), level["runtime"]),
        _people(left, right, a, b, level["people"]),
        "other original languages" if level["language"] == "other" else "",
        "few titles of the two sources share a name" if level["overlap"] == "few" else "",
    ]
    return tuple(one for one in told if one)


def _season(left: Described, right: Described, a: int, b: int, level: str) -> str:
    if level == "same":
        return f"both season {max(int(left.season[a]), int(right.season[b]))}"
    if level == "lacking":
        return "a season in one name only"
    return f"seasons {left.season[a]} and {right.season[b]}" if level == "other" else ""


def _released(left: Described, right: Described, a: int, b: int) -> str:
    if left.day[a] != NO_DAY and right.day[b] != NO_DAY:
        return f"released {_apart(abs(int(left.day[a]) - int(right.day[b])))}"
    first, second = int(left.year[a]), int(right.year[b])
    if UNKNOWN in (first, second):
        return "no date to compare"
    return f"both of {first}" if first == second else f"of {first} and of {second}"


def _apart(days: int) -> str:
    """A distance in the unit that fits it.

    Example:
        >>> [_apart(days) for days in (0, 1, 45, 90, 800)]
        ['on the same day', '1 day apart', '45 days apart', '3 months apart', '2 years apart']
    """
    if not days:
        return "on the same day"
    if days < MONTH:
        return "1 day apart" if days == 1 else f"{days} days apart"
    months, years = round(days / 30.4), round(days / 365.25)
    return f"{months} months apart" if days < YEAR else "1 year apart" if years == 1 else f"{years} years apart"


def _runtime(first: int, second: int, level: str) -> str:
    if level == "unknown":
        return ""
    return f"both {first} minutes" if first == second else f"{first} and {second} minutes"


def _people(left: Described, right: Described, a: int, b: int, level: str) -> str:
    if level == "unknown":
        return ""
    shared = left.people[a] & right.people[b]
    if not shared:
        return "nobody in both lists of people"
    names = list(dict.fromkeys(name for name, _ in left.titles[a].credits if "".join(words_of(name)) in shared))
    more = len(names) - NAMED
    return f"{', '.join(names[:NAMED])}{f' and {more} more' if more > 0 else ''} in both"
