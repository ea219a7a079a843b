"""Blocks of members over a large catalogue: each small enough for the processor's cache, one on every core.

A row of scores over 20,000 titles takes 80 kB, and a blend holds a dozen for each member. Scored a thousand members
at a time they would go to memory and back at every step; a few dozen stay near. What comes out does not depend on how
many cores there are: blocks are always the same, and within one everything runs on one thread.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from openslate.models.histories import Histories
from openslate.models.kernels.sharing import on_one_thread, threads
from openslate.models.solving import one_thread

FROM_TITLES = 8_000
"""Titles below which a thousand members' scores are near enough, and the work is done in one piece as it is given."""
SCORES_AT_ONCE = 2**20
"""Scores of one model in a block: 4 MB."""

Result = TypeVar("Result")


def in_blocks(
    histories: Histories, work: Callable[[int, int, Histories], Result], members_at_once: int | None = None
) -> Iterator[Result]:
    """What some work says of every block of members, in their order; on a large catalogue as many at once as cores.

    Args:
        histories: the members.
        work: given the first member, the one after the last, and the members themselves; called by several threads.
        members_at_once: where the catalogue is not large; None for all in one block.

    Example:
        >>> list(in_blocks(Histories.from_lists([[0], [1], [0]], 2), lambda first, last, block: last - first, 2))
        [2, 1]
    """
    large = histories.n_titles >= FROM_TITLES
    step = max(1, SCORES_AT_ONCE // histories.n_titles) if large else max(1, members_at_once or histories.n_members)
    starts = range(0, histories.n_members, step)

    def one(first: int) -> Result:
        last = min(first + step, histories.n_members)
        return work(first, last, histories.part(first, last))

    workers = min(threads(), len(starts))
    if not large or workers < 2:
        yield from map(one, starts)
        return

    def alone(first: int) -> Result:
        with on_one_thread():
            return one(first)

    with one_thread(), ThreadPoolExecutor(workers) as pool:
        yield from pool.map(alone, starts)
