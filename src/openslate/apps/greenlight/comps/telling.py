"""What makes a title comparable: more than that it is a film too, and as long.

Where a catalogue says no more, every title of a kind is as near as any other. A forecast may lean on them as it learned
to, for they are titles of its kind; as comparable titles they would mislead.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.parts import PARTS, Part
from openslate.apps.greenlight.comps.reasons import LEAST
from openslate.apps.greenlight.comps.theme import Similarity, Theme
from openslate.apps.greenlight.features.past import series_key
from openslate.apps.greenlight.features.series import is_earlier
from openslate.apps.greenlight.works import Work

FORM: tuple[Part, ...] = ("kind", "length")
"""Parts that alone make no title comparable."""
SERIES = PARTS.index("same series")


def with_series(query: Work, seen: Sequence[Work], keys: Sequence[str], alike: Similarity, theme: Theme) -> Similarity:
    """The similarity with titles of the pitch's series found by name, where a source or the pitch names none.

    Args:
        query: the pitch as a work.
        seen: titles.
        keys: `series_key` of each.
        alike: of this one query, as the theme has it.
        theme: by which they were compared.
    """
    mine = series_key(query)
    same = np.array([bool(mine) and key == mine for key in keys], dtype=np.bool_)
    for place in np.flatnonzero(same).tolist():
        same[place] = _is_named(seen[place]) and is_earlier(seen[place], query)
    same &= alike.parts[SERIES, 0] != 1
    if not same.any():
        return alike
    parts = alike.parts.copy()
    parts[SERIES, 0, same] = 1.0
    total = theme.weighed(parts)
    if np.isnan(theme.usual[SERIES]):
        # No title that was learned from names a series, so that two ordinarily have none in common.
        total[0, same] = np.clip(total[0, same] + theme.share_of(SERIES), 0, 1).round(9)
    return replace(alike, parts=parts, total=total)


def _is_named(work: Work) -> bool:
    """Whether a title's series is known: a making-of begins with the same name as the series it is about."""
    return bool(work.series) or work.kind != "series"


def telling(parts: NDArray[np.float64], theme: Theme) -> NDArray[np.bool_]:
    """Which titles have more in common with a pitch than their form, bool [seen].

    Args:
        parts: float64 [parts, seen], of one pitch.
        theme: by which they were compared.
    """
    gains = theme.contributions(parts)
    more = [place for place, part in enumerate(PARTS) if part not in FORM]
    found: NDArray[np.bool_] = (gains[more] >= LEAST).any(axis=0) | (parts[SERIES] == 1)
    return found
