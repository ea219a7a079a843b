"""What was written about titles and people, as a stored forecaster keeps it: arrays, and the names as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.data.buzz import COUNTS, Buzz, Coverage

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class KeptBuzz:
    """Buzz.

    Attributes:
        titles, people: uint8, JSON of the subjects in order.
        starts: int64 [titles + people + 1], where the days of each subject begin, titles first.
        days, known: int64 [days], since 1970.
        counts: float64 [days, 4].
        begins: as in `Buzz`.
    """

    titles: NDArray[np.uint8]
    people: NDArray[np.uint8]
    starts: Numbers
    days: Numbers
    known: Numbers
    counts: NDArray[np.float64]
    begins: int


def keep_buzz(buzz: Buzz) -> KeptBuzz:
    """Buzz as arrays.

    Args:
        buzz: of one title or person at least.
    """
    covered = [*buzz.titles.values(), *buzz.people.values()]
    lengths = [len(one.days) for one in covered]
    return KeptBuzz(
        _names(buzz.titles),
        _names(buzz.people),
        np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        np.concatenate([one.days for one in covered]),
        np.concatenate([one.known for one in covered]),
        np.concatenate([np.diff(one.sums, axis=0) for one in covered]).reshape(-1, len(COUNTS)),
        buzz.begins,
    )


def kept_buzz(kept: KeptBuzz) -> Buzz:
    """Buzz of arrays."""
    titles, people = (json.loads(names.tobytes()) for names in (kept.titles, kept.people))
    covered = []
    for low, high in zip(kept.starts[:-1], kept.starts[1:], strict=True):
        sums = np.concatenate([np.zeros((1, len(COUNTS))), np.cumsum(kept.counts[low:high], axis=0)])
        covered.append(Coverage(kept.days[low:high], kept.known[low:high], sums))
    return Buzz(
        dict(zip(titles, covered, strict=False)),
        dict(zip(people, covered[len(titles) :], strict=True)),
        kept.begins,
    )


def _names(covered: Mapping[str, Coverage]) -> NDArray[np.uint8]:
    return np.frombuffer(json.dumps(list(covered)).encode(), dtype=np.uint8)
