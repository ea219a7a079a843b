"""Why a title compares, in a few words, from the parts in which it is most unlike any two works."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.parts import PARTS, Part
from openslate.apps.greenlight.comps.profiles import folded
from openslate.apps.greenlight.comps.theme import Theme
from openslate.apps.greenlight.works import Work

MOST_REASONS = 3
LEAST = 0.02
"""Parts that move the similarity by less are not worth a word."""
NOTHING = "nothing that is known of both"


def reasons(query: Work, seen: Work, parts: NDArray[np.float64], theme: Theme) -> str:
    """In what way two works compare, the strongest first.

    Args:
        query, seen: the works.
        parts: float64 [parts], of this pair.
        theme: by which they were compared.

    Example:
        >>> from openslate.apps.greenlight.comps.theme import fit_theme
        >>> ash = Work("a", "Ash", genres=("Noir", "Crime"), people=("Ada Ortiz",))
        >>> bay = Work("b", "Bay", genres=("noir", "War"), people=("Ada Ortiz", "Bo Lund"))
        >>> theme = fit_theme([ash, bay])
        >>> reasons(ash, bay, theme.similarity([ash], [bay]).parts[:, 0, 0], theme)
        'people Ada Ortiz; genres Noir'
    """
    gain = theme.contributions(parts)
    # A series that only names tell of has no place in the theme, and is reason enough.
    series = PARTS.index("same series")
    gain[series] = max(gain[series], float(parts[series] == 1))
    order = [place for place in np.argsort(-gain, kind="stable") if gain[place] >= LEAST]
    found = [_clause(PARTS[place], query, seen) for place in order[:MOST_REASONS]]
    return "; ".join(found) or NOTHING


def _clause(part: Part, query: Work, seen: Work) -> str:
    match part:
        case "same series":
            return "same series"
        case "theme of the text":
            return "a like story"
        case "genres":
            return f"genres {_shared(query.genres, seen.genres)}"
        case "people":
            return f"people {_shared(query.people, seen.people)}"
        case "company":
            return f"company {_shared(query.companies, seen.companies)}"
        case "language and country":
            language = _shared([query.language], [seen.language])
            country = _shared(query.countries, seen.countries)
            return " and ".join(
                f"{name} {value}" for name, value in (("language", language), ("country", country)) if value
            )
        case "kind":
            return f"both {_kind(query, seen)}"
        case "budget":
            return "a like budget"
        case "length":
            return "a like length"


def _kind(query: Work, seen: Work) -> str:
    limited = "limited " if query.limited and seen.limited else ""
    everywhere = " available everywhere at once" if query.worldwide and seen.worldwide else ""
    return f"{limited}{'films' if seen.kind == 'film' else 'series'}{everywhere}"


def _shared(query: Sequence[str], seen: Sequence[str], most: int = 2) -> str:
    theirs = set(folded(seen))
    common = [name for name in query if set(folded([name])) & theirs]
    more = f" and {len(common) - most} more" if len(common) > most else ""
    return ", ".join(common[:most]) + more
