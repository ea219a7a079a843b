"""Titles that a person pinned and of which no outcome was known on the day: shown with why, and never followed."""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.kinds import other_kind
from openslate.apps.greenlight.comps.reasons import reasons
from openslate.apps.greenlight.comps.seen import Seen, names_of_works, require_out
from openslate.apps.greenlight.comps.theme import Theme
from openslate.apps.greenlight.forecast_types import Comparable
from openslate.apps.greenlight.works import Work
from openslate.errors import UsageError

UNKNOWN = "its outcome was not known, so the forecast does not follow it"


def without_outcome(
    query: Work, seen: Seen, others: Sequence[Work], pins: Sequence[str], as_of: date
) -> tuple[list[str], list[Work]]:
    """Part what is pinned into titles that may have an outcome, as they were named, and others.

    Args:
        query: the pitch as a work.
        seen: titles that may be followed.
        others: all titles that may be pinned; where there are none, every pin has to be among the seen.
        pins: ids or names.
        as_of: the last day of which anything may be used.

    Raises:
        UsageError: one is none of these, was not out on that day, or is the pitch itself.
    """
    named = names_of_works(others)
    kept: list[str] = []
    waiting: list[Work] = []
    for title in pins:
        if not others or seen.named.places(title):
            kept.append(title)
            continue
        work = others[named.place(title)]
        require_out(title, work, as_of)
        if query.id and work.id == query.id:
            raise UsageError(f"{query.name!r} is pinned to itself.", "Pin other titles.")
        waiting.append(work)
    return kept, waiting


def unknown(query: Work, work: Work, parts: NDArray[np.float64], theme: Theme) -> Comparable:
    """A pinned title whose outcome was not known on the day.

    Args:
        query: the pitch as a work.
        work: the title.
        parts: float64 [parts], how alike the two are.
        theme: by which they were compared.
    """
    assert work.released is not None
    why = f"{UNKNOWN}; {reasons(query, work, parts, theme)}"
    return Comparable(
        work.id, work.name, work.released.year, why, None, None, 0.0, pinned=True, kind=other_kind(query, work)
    )


def unknowns(query: Work, works: Sequence[Work], theme: Theme) -> list[Comparable]:
    """The same of titles that stand nowhere on the map yet."""
    if not works:
        return []
    parts = theme.similarity([query], works).parts
    return [unknown(query, work, parts[:, 0, row], theme) for row, work in enumerate(works)]
