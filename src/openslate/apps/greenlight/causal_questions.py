"""Questions about a choice between two stated alternatives, as somebody writes them.

Only what is chosen before release can be asked about: a month or weekday of release, worldwide at once or not, a
budget, a length or a season above a stated number, a limited series or not.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.works import Work
from openslate.errors import UsageError

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
    *("November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EXAMPLES = (
    "'release in 11,12', 'release on Friday', 'worldwide', 'limited', 'budget over 50000000 USD', 'runtime over 120' "
    "or 'season over 1'"
)
AFTER_RELEASE = frozenset(
    (
        *("rating", "ratings", "vote", "votes", "popularity", "review", "reviews", "award", "awards", "rank", "views"),
        *("hours", "revenue", "gross", "completion", "completed", "watched", "plays", "buzz"),
    )
)
NO_CHOICE = frozenset(("genre", "genres", "language", "country", "countries", "kind", "series", "company", "talent"))
MECHANICAL = ("days", "available", "exposure")
"""Words of confounders that follow from the day of release where windows end on a fixed day."""


@dataclass(frozen=True)
class Question:
    """A choice between two alternatives.

    Attributes:
        text: as it is told, such as 'release in November or December'.
        instead: the other alternative, such as 'release in another month'.
        field: of a work, that decides it: 'month', 'weekday', 'worldwide', 'limited', 'budget', 'runtime', 'season'.
        over: the number that is to be exceeded, for budget, runtime and season.
        among: months from 1 to 12, or weekdays from 0 for Monday.
        currency: of a budget; empty where it was not said.
    """

    text: str
    instead: str
    field: str
    over: float = 0.0
    among: frozenset[int] = frozenset()
    currency: str = ""

    @property
    def told_by(self) -> tuple[str, ...]:
        """Words in the names of confounders that say nothing but what was chosen."""
        return _TOLD_BY[self.field]


_TOLD_BY: dict[str, tuple[str, ...]] = {
    "month": ("month", "months", "quarter", "holiday", "holidays", "week", "day"),
    "weekday": ("weekday", "weekend"),
    "worldwide": ("worldwide", "global", "globally", "reach", "region", "regions"),
    "limited": ("limited", "season", "seasons"),
    "budget": ("budget", "budgets", "cost", "costs"),
    "runtime": ("runtime", "length", "minutes"),
    "season": ("season", "seasons", "new", "returning", "sequel", "franchise", "previous", "prior"),
}


def question(text: str) -> Question:
    """A question, from words.

    Args:
        text: such as 'release in 11,12', 'release on Friday', 'worldwide', 'limited', 'budget over 50000000 USD',
            'runtime over 120' or 'season over 1'.

    Raises:
        UsageError: it is no such question, or asks of what nobody chooses or knows before release.

    Example:
        >>> question("release in 11,12").text, question("budget over 5_000_000 EUR").over
        ('release in November or December', 5000000.0)
    """
    words = " ".join(text.split())
    for pattern, made in _FORMS:
        found = re.fullmatch(pattern, words, re.IGNORECASE)
        if found:
            return made(*found.groups())
    first = re.split(r"[^a-z]+", words.lower())[0]
    if first in AFTER_RELEASE:
        raise UsageError(
            f"{first!r} is known only after release, so nobody can choose it beforehand.",
            f"Ask of something that is planned: {EXAMPLES}.",
        )
    if first in NO_CHOICE:
        raise UsageError(
            f"{first!r} is what a title is, not a choice between two alternatives for one and the same title.",
            f"See the drivers of a forecast for what it is associated with, or ask of a choice: {EXAMPLES}.",
        )
    raise UsageError(f"{text!r} is no question about a choice.", f"Write one such as {EXAMPLES}.")


@dataclass(frozen=True)
class Choices:
    """What was chosen for works.

    Attributes:
        known: bool [works], whether it is known.
        treated: bool [works], whether the first alternative was chosen; False where unknown.
    """

    known: NDArray[np.bool_]
    treated: NDArray[np.bool_]


def choices(asked: Question, works: Sequence[Work]) -> Choices:
    """What was chosen for each work.

    Args:
        asked: the question.
        works: titles.

    Raises:
        UsageError: budgets are in several currencies, and the question names none; or none is in the one it names.
    """
    found = [_CHOSEN[asked.field](asked, work) for work in _comparable(asked, works)]
    return Choices(
        np.array([one is not None for one in found], dtype=np.bool_),
        np.array([bool(one) for one in found], dtype=np.bool_),
    )


def _comparable(asked: Question, works: Sequence[Work]) -> list[Work | None]:
    """Works whose value means the same as the question's; None for others."""
    if asked.field != "budget":
        return list(works)
    there = sorted({work.currency for work in works if work.budget is not None and work.currency})
    if not asked.currency and len(there) > 1:
        raise UsageError(
            f"Budgets are in {', '.join(there)}, and the question names no currency.",
            f"Write it with one, such as 'budget over {asked.over:.0f} {there[0]}'.",
        )
    if asked.currency and there and asked.currency not in there:
        raise UsageError(f"No budget is in {asked.currency}.", f"Ask in {', '.join(there)}: amounts are not converted.")
    return [work if not asked.currency or work.currency == asked.currency else None for work in works]


def _month(asked: Question, work: Work | None) -> bool | None:
    return None if work is None or work.released is None else work.released.month in asked.among


def _weekday(asked: Question, work: Work | None) -> bool | None:
    return None if work is None or work.released is None else work.released.weekday() in asked.among


def _budget(asked: Question, work: Work | None) -> bool | None:
    return None if work is None or work.budget is None else work.budget > asked.over


def _runtime(asked: Question, work: Work | None) -> bool | None:
    return None if work is None or work.runtime_minutes is None else work.runtime_minutes > asked.over


def _season(asked: Question, work: Work | None) -> bool | None:
    return None if work is None or work.season is None else work.season > asked.over


_CHOSEN: dict[str, Callable[[Question, Work | None], bool | None]] = {
    "month": _month,
    "weekday": _weekday,
    "worldwide": lambda asked, work: None if work is None else work.worldwide,
    "limited": lambda asked, work: None if work is None else work.limited,
    "budget": _budget,
    "runtime": _runtime,
    "season": _season,
}


def _months(listed: str) -> Question:
    numbers = _each(listed, MONTHS, 1, "month")
    if len(numbers) == len(MONTHS):
        raise UsageError(f"{listed!r} is every month.", "Name some of them, such as 'release in 11,12'.")
    names = [MONTHS[one - 1] for one in sorted(numbers)]
    return Question(f"release in {_either(names)}", "release in another month", "month", among=numbers)


def _weekdays(listed: str) -> Question:
    numbers = _each(listed, WEEKDAYS, 0, "weekday")
    if len(numbers) == len(WEEKDAYS):
        raise UsageError(f"{listed!r} is every weekday.", "Name some of them, such as 'release on Friday'.")
    names = [WEEKDAYS[one] for one in sorted(numbers)]
    return Question(f"release on {_either(names)}", "release on another weekday", "weekday", among=numbers)


def _each(listed: str, names: Sequence[str], first: int, what: str) -> frozenset[int]:
    found = set()
    for part in (one for one in re.split(r"\s*,\s*|\s+or\s+|\s+", listed.strip()) if one):
        match = [place for place, name in enumerate(names) if len(part) > 2 and name.lower().startswith(part.lower())]
        # Weekdays have names alone: nobody agrees on which is the first.
        if not match and what == "month" and part.isdecimal() and 1 <= int(part) <= len(names):
            match = [int(part) - 1]
        if not match:
            raise UsageError(
                f"{part!r} is no {what}.", f"Write it as {names[-2]}{' or 11' if what == 'month' else ''}."
            )
        found.add(match[0] + first)
    return frozenset(found)


def _either(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def _over_budget(amount: str, currency: str | None) -> Question:
    over, money = float(amount.replace("_", "").replace(",", "")), (currency or "").upper()
    told = f"{over:,.0f}{' ' + money if money else ''}"
    return Question(f"budget over {told}", f"budget of {told} or less", "budget", over, currency=money)


def _over_runtime(minutes: str) -> Question:
    told = f"{int(minutes)} minutes"
    return Question(f"runtime over {told}", f"runtime of {told} or less", "runtime", float(minutes))


def _over_season(number: str) -> Question:
    instead = "the first season" if int(number) == 1 else f"season {int(number)} or an earlier one"
    return Question(f"a season after number {int(number)}", instead, "season", float(number))


_FORMS: tuple[tuple[str, Callable[..., Question]], ...] = (
    (r"release in (.+)", _months),
    (r"release on (.+)", _weekdays),
    (r"worldwide", lambda: Question("worldwide at once", "not everywhere at once", "worldwide")),
    (r"limited", lambda: Question("a limited series", "open-ended", "limited")),
    (r"budget over (\d[\d_,]*)(?: ([a-z]{3}))?", _over_budget),
    (r"runtime over (\d{1,4})", _over_runtime),
    (r"season over (\d{1,3})", _over_season),
)
