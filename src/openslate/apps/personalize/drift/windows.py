"""Spans of time around the moment a model learned up to: one since, and as many of the same length before."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.histories import Histories

DAY = 86_400_000_000
LONGEST = 28 * DAY
MOST_SPANS = 8
MOST_MEMBERS = 50_000


@dataclass(frozen=True)
class Windows:
    """Events of the same members in spans of one length; a span holds what lies after its start, up to its end.

    Attributes:
        members: int64, each member's index in the data they were taken from.
        whole: everything, up to the latest event.
        now: the latest span since the model's last event.
        past: spans before that event, the latest first, at least one.
        learned: microseconds UTC of the model's last event.
        start: microseconds UTC at which `now` starts.
        length: microseconds of each span.
    """

    members: NDArray[np.int64]
    whole: Histories
    now: Histories
    past: tuple[Histories, ...]
    learned: int
    start: int
    length: int

    @property
    def days(self) -> float:
        """Length of a span in days."""
        return self.length / DAY

    @property
    def spans(self) -> tuple[Histories, ...]:
        """The spans from the latest to the earliest."""
        return (self.now, *self.past)

    @property
    def starts(self) -> tuple[int, ...]:
        """When each of `spans` starts."""
        return (self.start, *(self.learned - place * self.length for place in range(1, len(self.past) + 1)))


def cut_windows(histories: Histories, learned: int) -> Windows | None:
    """Cut the histories, or None where nothing was watched since, or nothing before.

    Spans of more than a week are whole weeks, so that weekends weigh alike; none is longer than four weeks.

    Args:
        histories: of all members, evenly thinned out to `MOST_MEMBERS` where there are more.
        learned: microseconds UTC of the model's last event.
    """
    members = np.arange(histories.n_members, dtype=np.int64)
    if len(members) > MOST_MEMBERS:
        members = np.linspace(0, histories.n_members - 1, MOST_MEMBERS).astype(np.int64)
        histories = histories.take(members)
    if not histories.n_events:
        return None
    first, latest = int(histories.times.min()), int(histories.times.max())
    length = min(latest - learned, learned - first, LONGEST)
    if length <= 0:
        return None
    length = length - length % (7 * DAY) if length > 7 * DAY else length
    count = min(MOST_SPANS, (learned - first) // length)

    def span(end: int) -> Histories:
        return histories.keep((histories.times > end - length) & (histories.times <= end))

    past = tuple(span(learned - place * length) for place in range(count))
    return Windows(members, histories, span(latest), past, learned, latest - length, length)
