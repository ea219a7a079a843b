"""Titles with facts left out, one pattern of gaps after another.

Those of the calibration block calibrate the intervals of incomplete pitches; those tested say whether they hold.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.money import priced
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.following import Following
from openslate.apps.greenlight.meant import Encoding
from openslate.apps.greenlight.patterns import PATTERNS, Pattern, said
from openslate.models.forecasting.forecaster import FEWEST_WITH_A_GAP, Gap
from openslate.models.forecasting.mixing import Meant

MOST = 200
"""So many titles are calibrated on with each pattern at most, and tested at each origin, evenly taken."""


def gaps_of(
    past: Past, as_of: Sequence[date], calibration: NDArray[np.int64], encoding: Encoding, following: Following
) -> list[Gap | None]:
    """Titles of the calibration block with every pattern of gaps; None where it does not apply, or there are too few
    to calibrate on.

    Args:
        past: what became of works.
        as_of: of each label, the first day of its block.
        calibration: int64, labels of the calibration block that forecasts are made for.
        encoding: whose lenders had closed when the block began.
        following: of comparable titles.
    """
    found: list[Gap | None] = []
    for place, pattern in enumerate(PATTERNS, start=1):
        rows = some_with_gap(past, encoding, calibration, pattern)
        if place not in encoding.lenders.patterns or len(rows) < FEWEST_WITH_A_GAP:
            found.append(None)
            continue
        meant = meant_with_gap(past, as_of, rows, pattern, encoding, following)
        found.append(Gap(meant, past.labels.logs[rows]))
    return found


def some_with_gap(past: Past, encoding: Encoding, rows: NDArray[np.int64], pattern: Pattern) -> NDArray[np.int64]:
    """Those labels from which a pattern takes what is filled in for titles of their kind, `MOST` at most.

    Args:
        past: what became of works.
        encoding: whose lenders say which facts are.
        rows: int64, labels.
        pattern: of gaps.
    """
    works = past.labels.works
    taken = [
        any(said(works[row], fact) for fact in encoding.lenders.used(works[row].kind).intersection(pattern.lacks))
        for row in rows
    ]
    found = rows[np.array(taken, dtype=np.bool_)]
    return found[np.linspace(0, len(found) - 1, min(MOST, len(found))).astype(np.int64)]


def meant_with_gap(
    past: Past,
    as_of: Sequence[date],
    rows: NDArray[np.int64],
    pattern: Pattern,
    encoding: Encoding,
    following: Following,
) -> Meant:
    """Labels as they may be meant where a pattern of facts is left out.

    Args:
        past: what became of works.
        as_of: of each label, the day on which it is looked at.
        rows: int64, labels.
        pattern: of gaps.
        encoding: of works.
        following: of comparable titles.
    """
    works = [pattern.left_out_of(priced(past.labels.works[row], past.currency)) for row in rows]
    on = [as_of[row] for row in rows]
    days = past.labels.days[rows].tolist()
    return encoding.meant(works, lambda place, _: float(days[place]), on, following.comparable(works, on))
