"""What a pitch says of each family of features, in words."""

import unicodedata
from collections.abc import Mapping

from openslate.apps.greenlight.works import Work

NOT_SAID = "not said"
NO_LISTS = "no earlier title on weekly lists"


def family_words(family: str, work: Work, not_used: Mapping[str, str] = {}) -> str:
    """What a work says of a family.

    Args:
        family: as in `features`.
        work: the pitch.
        not_used: by family, why what it says of it is not used, from `unused.why_unused`.

    Example:
        >>> family_words("genres", Work("", "Ash", genres=("Drama", "Crime"))), family_words("budget", Work("", "Ash"))
        ('Drama, Crime', 'not said')
    """
    if family in not_used:
        return not_used[family]
    said = {
        "release": "" if work.released is None else f"{work.released:%B %Y}",
        "kind and length": ", ".join(
            [
                *([work.kind] if work.kind else []),
                *([f"{work.runtime_minutes} minutes"] if work.runtime_minutes else []),
            ]
        ),
        "budget": "" if work.budget is None else f"{work.budget:,.0f} {work.currency}".strip(),
        "name": _name_in_words(work.name),
        "genres": ", ".join(work.genres[:4]),
        "language and country": ", ".join([*([work.language] if work.language else []), *work.countries[:3]]),
        "series so far": work.series,
        "weekly lists": work.series or NO_LISTS,
        "companies' record": ", ".join(work.companies[:3]),
        "people's record": f"{len(work.people)} named" if work.people else "",
        "press coverage": "what was written about it and its people",
        "comparable titles": "what is most like it",
    }
    return said.get(family, "") or NOT_SAID


def _name_in_words(name: str) -> str:
    """What is looked at in a name: how long it is, in which script, and a few words."""
    scripts = sorted({unicodedata.name(one, "OTHER").split()[0].capitalize() for one in name if one.isalpha()})
    words = len(name.split())
    script = f", {' and '.join(scripts)} script" if scripts else ""
    return f"its length and words: {len(name)} characters, {words} word{'' if words == 1 else 's'}{script}"
