"""Segments by which figures are told: kind, new or returning, reach, language, budget."""

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.table import GROUPS_BY_BUDGET, Table

Mask = NDArray[np.bool_]


def segments_of(past: Past, table: Table, rows: NDArray[np.int64]) -> dict[str, Mask]:
    """Which of some labels are in each segment, bool [rows]; segments that hold all or none are left out.

    Args:
        past: what became of works.
        table: every label.
        rows: int64, labels.
    """
    works = [past.labels.works[row] for row in rows]
    film = np.array([work.kind == "film" for work in works])
    back = table.returning[rows]
    language = np.array([work.language for work in works], dtype=object)
    worldwide = np.array([work.worldwide is True for work in works])
    found: dict[str, Mask] = {
        "films": film,
        "series": ~film,
        "returning titles": back,
        "new titles": ~back,
        "new series": ~film & ~back,
        "new films": film & ~back,
        "everywhere at once": worldwide,
        "not everywhere at once": ~worldwide,
        "in English": language == "en",
        "in other languages": (language != "en") & (language != ""),
    }
    if np.isfinite(table.cuts).all():
        groups = table.outcomes.groups[rows]
        found |= {name: groups == place for place, name in enumerate(GROUPS_BY_BUDGET)}
    return {name: mask for name, mask in found.items() if mask.any() and not mask.all()}
