"""In what ways two works compare: one similarity for each, from 0 to 1, unknown where either side says nothing."""

from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.profiles import Profiles, Words
from openslate.models.comparing.name_sets import NameRows, overlap
from openslate.models.comparing.texts import text_similarity

Floats = NDArray[np.float64]

Part: TypeAlias = Literal[
    "same series",
    "theme of the text",
    "genres",
    "people",
    "company",
    "language and country",
    "kind",
    "budget",
    "length",
]
PARTS: tuple[Part, ...] = get_args(Part)


def parts_of(queries: Profiles, seen: Profiles, budget_spread: float, length_spread: float) -> Floats:
    """Every part of every pair.

    Args:
        queries, seen: placed by one theme.
        budget_spread: so far apart on the logarithm budgets are ordinarily; so are lengths by `length_spread`.

    Returns:
        float64 [parts, queries, seen], NaN where either side is not known.
    """
    kind = _same(queries.kind, seen.kind)
    found: dict[Part, Floats] = {
        "same series": _same(queries.series, seen.series),
        "theme of the text": np.where(
            queries.texts.known[:, None] & seen.texts.known, text_similarity(queries.texts, seen.texts), np.nan
        ),
        "genres": _shared(queries.genres, seen.genres),
        "people": _shared(queries.people, seen.people),
        "company": _shared(queries.companies, seen.companies),
        "language and country": _either(
            _same(queries.language, seen.language), _shared(queries.countries, seen.countries)
        ),
        "kind": _kind(queries, seen, kind),
        # There is no exchange rate here, and none is invented.
        "budget": np.where(
            _same(queries.currency, seen.currency) == 1, _near(queries.budget, seen.budget, budget_spread), np.nan
        ),
        # The length of a film says nothing beside that of an episode.
        "length": np.where(kind == 0, np.nan, _near(queries.runtime, seen.runtime, length_spread)),
    }
    return np.stack([found[part] for part in PARTS])


def _same(queries: Words, seen: Words) -> Floats:
    _, codes = np.unique(np.concatenate([queries, seen]).astype(str), return_inverse=True)
    mine, theirs = codes[: len(queries)], codes[len(queries) :]
    known = (queries != "")[:, None] & (seen != "")
    return np.where(known, (mine[:, None] == theirs).astype(np.float64), np.nan)


def _kind(queries: Profiles, seen: Profiles, same: Floats) -> Floats:
    """Of one kind, the share of what is known of both in which they agree: limited, everywhere at once, returning."""
    agreed, told = same.copy(), np.ones_like(same)
    for name in ("limited", "worldwide", "returning"):
        mine, theirs = getattr(queries, name)[:, None], getattr(seen, name)
        known = ~np.isnan(mine) & ~np.isnan(theirs)
        agreed += known & (mine == theirs)
        told += known
    return np.where(same == 1, agreed / told, same)


def _shared(queries: NameRows, seen: NameRows) -> Floats:
    return np.where(queries.known[:, None] & seen.known, overlap(queries, seen), np.nan)


def _either(first: Floats, second: Floats) -> Floats:
    """The mean of those of the two that are known."""
    both = (first + second) / 2
    return np.where(np.isnan(first), second, np.where(np.isnan(second), first, both))


def _near(queries: Floats, seen: Floats, spread: float) -> Floats:
    found: Floats = np.exp(-np.abs(queries[:, None] - seen) / spread)
    return found
