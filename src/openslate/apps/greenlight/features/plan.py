"""What a pitch plans: when, how long, for how much, for whom, and what it is called."""

import unicodedata
from collections.abc import Sequence

from openslate.apps.greenlight.features.column import UNKNOWN, Columns, beside, columns, logarithm, truth
from openslate.apps.greenlight.works import Work
from openslate.data.matching.spelling import words_of

ORIGINAL = " // "
"""Between a title and its original name, as in the engagement reports."""
_SCRIPTS = ("LATIN", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "ARABIC", "DEVANAGARI", "THAI", "CYRILLIC", "HEBREW")
WORDS = ("love", "christmas", "live", "comedy", "special", "kids", "murder", "crime", "untold", "story", "documentary")
"""Words of titles that say what kind of title it is."""


def plan_columns(works: Sequence[Work], days: Sequence[float], usual_budget: Sequence[float]) -> Columns:
    """Features of the plan.

    Args:
        works: what is known of each.
        days: from release to the end of the window, of each.
        usual_budget: ln of the median budget of the years before each, NaN where unknown.
    """
    release = [_release(work, day) for work, day in zip(works, days, strict=True)]
    money = [_money(work, usual) for work, usual in zip(works, usual_budget, strict=True)]
    return beside(
        [
            columns("release", "pitch", release),
            columns("kind and length", "pitch", [_form(work) for work in works]),
            columns("budget", "pitch", money),
            columns("name", "pitch", [_name(work) for work in works]),
        ]
    )


def _release(work: Work, days: float) -> dict[str, float]:
    day = work.released
    return {
        "days": days,
        "ln_days": logarithm(days),
        "year": UNKNOWN if day is None else day.year + (day.timetuple().tm_yday - 1) / 365.25,
        "month": UNKNOWN if day is None else float(day.month),
        "weekday": UNKNOWN if day is None else float(day.weekday()),
        "day_of_year": UNKNOWN if day is None else float(day.timetuple().tm_yday),
        "worldwide": truth(work.worldwide),
    }


def _form(work: Work) -> dict[str, float]:
    return {
        "film": truth(None if work.kind is None else work.kind == "film"),
        "runtime": UNKNOWN if work.runtime_minutes is None else float(work.runtime_minutes),
        "ln_runtime": logarithm(work.runtime_minutes),
        "limited": truth(work.limited),
    }


def _money(work: Work, usual: float) -> dict[str, float]:
    budget = logarithm(work.budget)
    return {"ln_budget": budget, "budget_over_usual": budget - usual}


def _name(work: Work) -> dict[str, float]:
    international, _, original = work.name.partition(ORIGINAL)
    words = frozenset(words_of(international))
    return {
        "name_length": float(len(international)),
        "name_words": float(len(international.split())),
        "name_has_subtitle": float(":" in international),
        "name_has_original": float(bool(original)),
        "name_script": float(script_of(original or international)),
        **{f"name_says_{word}": float(word in words) for word in WORDS},
    }


def script_of(text: str) -> int:
    """Which script a text is written in, as its place among those known; -1 for another or none.

    Example:
        >>> script_of("더 글로리"), script_of("Leo"), script_of("1917")
        (4, 0, -1)
    """
    for letter in text:
        if letter.isalpha() and not letter.isascii():
            name = unicodedata.name(letter, "").partition(" ")[0]
            if name in _SCRIPTS and name != "LATIN":
                return _SCRIPTS.index(name)
    return 0 if any(letter.isalpha() for letter in text) else -1
