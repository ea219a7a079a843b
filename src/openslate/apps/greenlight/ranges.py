"""How far a pitch's numbers lie from those that were learned from: beyond a margin, nothing that was learned holds.

The span is that of 98 in 100 titles, because a single slip of a source would otherwise let everything pass; the margin
is a factor, so that it is the same in minutes, in dollars and in millions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.works import Work, WorkKind

MARGIN = 2.0
"""So many times beyond the span, on either side, the forecaster abstains."""
FEWEST = 20
"""Of fewer titles no span is taken."""
AHEAD_YEARS = 5
"""A release so long after the latest one that was learned from is beyond what is forecast."""
_NAMES: dict[WorkKind | None, str] = {"film": "films", "series": "series", None: "titles"}


@dataclass(frozen=True)
class Span:
    """Where a number of titles lies.

    Attributes:
        low, high: the ends within which 98 in 100 of them lie.
        least, most: the smallest and the largest.
        of: what titles they are, in a word.
    """

    low: float
    high: float
    least: float
    most: float
    of: str

    def far(self, value: float) -> bool:
        """Whether a value lies further out than the margin."""
        return not self.low / MARGIN <= value <= self.high * MARGIN

    def outside(self, value: float) -> bool:
        """Whether no title had so little, or none so much."""
        return not self.least <= value <= self.most


def span_of(
    works: Sequence[Work], fact: Literal["budget", "runtime_minutes"], kind: WorkKind | None, alike: bool
) -> Span | None:
    """The span of a fact of works of a kind; None where too few tell it.

    Args:
        works: that were learned from.
        fact: which number.
        kind: of the pitch; of an unknown kind, all works count.
        alike: whether works of other kinds may stand in where there are too few of the kind.

    Example:
        >>> works = [Work(str(one), "A", "film", runtime_minutes=80 + one) for one in range(40)]
        >>> found = span_of(works, "runtime_minutes", "film", False)
        >>> found.far(100), found.far(5000), span_of(works, "runtime_minutes", "series", False)
        (False, True, None)
    """
    for of in (kind, None) if alike else (kind,):
        told = [getattr(one, fact) for one in works if of is None or one.kind == of]
        values = [float(one) for one in told if one]
        if len(values) >= FEWEST:
            low, high = np.quantile(values, [0.01, 0.99]).tolist()
            return Span(low, high, min(values), max(values), _NAMES[of])
    return None


def out_of_range(learned: Sequence[Work], works: Sequence[Work]) -> NDArray[np.bool_]:
    """Whether the budget or the length of each of some works is far from those that were learned from.

    Args:
        learned: works that were learned from, their budgets in one currency.
        works: to look at, their budgets in the same.

    Returns:
        bool [works].
    """
    kinds = {work.kind for work in works}
    budgets = {kind: span_of(learned, "budget", kind, True) for kind in kinds}
    lengths = {kind: span_of(learned, "runtime_minutes", kind, False) for kind in kinds}

    def far(span: Span | None, value: float | None) -> bool:
        return span is not None and bool(value) and span.far(float(value or 0.0))

    return np.array(
        [far(budgets[one.kind], one.budget) or far(lengths[one.kind], one.runtime_minutes) for one in works],
        dtype=np.bool_,
    )


def latest_release(works: Sequence[Work]) -> date | None:
    """The day on which the latest of some works came out."""
    return max((one.released for one in works if one.released is not None), default=None)
