"""Of which titles forecasts are made, and over which days their outcome is counted."""

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.known import Known
from openslate.errors import UsageError


def population_of(known: Known, source: str, everywhere: bool | None) -> tuple[NDArray[np.bool_], str]:
    """Which labels calibrate and are tested, bool [labels], and in words.

    Args:
        known: what the project knows.
        source: whose titles alone; empty for all.
        everywhere: whether only titles available everywhere at once; None to take those alone where reach is told.

    Raises:
        UsageError: no title is of that source, or available everywhere.
    """
    labels = known.labels
    of_work = dict(zip((work.id for work in known.works), known.sources, strict=True))
    told = [work.worldwide for work in labels.works]
    only = any(one is not None for one in told) and True in told if everywhere is None else everywhere
    chosen = np.ones(len(labels), dtype=np.bool_)
    words = ["titles"]
    if only:
        chosen &= np.array([one is True for one in told])
        words.append("available everywhere at once")
    if source:
        chosen &= np.array([source in of_work[work.id] for work in labels.works])
        words.append(f"told by {source}")
    if not chosen.any():
        listed = ", ".join(sorted({name for names in known.sources for name in names}))
        raise UsageError(f"There are no {' '.join(words)}.", f"The sources of outcomes are: {listed}.")
    return chosen, " ".join(words)


def window_words(known: Known) -> str:
    """Over which days the outcome is counted, in words."""
    labels = known.labels
    if not labels.from_release:
        return "from release to the end of the report"
    return f"first {int(np.median(labels.days))} days"
