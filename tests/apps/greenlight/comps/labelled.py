"""Labels for tests, without outcomes tables."""

from collections.abc import Mapping, Sequence

import numpy as np

from openslate.apps.greenlight.labels import Labels
from openslate.apps.greenlight.works import Work

CLOSED = np.timedelta64(180, "D")


def labels_of(works: Sequence[Work], outcomes: Mapping[str, float], at_most: Sequence[str] = ()) -> Labels:
    """Labels of works, in order of release, each known `CLOSED` after it."""
    ordered = sorted(works, key=lambda work: str(work.released))
    released = np.array([work.released for work in ordered], dtype="datetime64[D]")
    return Labels(
        measure="revenue",
        region="*",
        works=tuple(ordered),
        released=released,
        starts=released,
        ends=released + CLOSED,
        days=np.full(len(ordered), 181.0),
        logs=np.log([outcomes[work.id] for work in ordered]),
        at_most=np.array([work.id in at_most for work in ordered]),
        published=released + CLOSED,
        zero=0,
    )
