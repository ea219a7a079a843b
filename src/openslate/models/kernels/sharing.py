"""Sharing a loop's rows out over the processor's cores."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

PIECES_PER_THREAD = 32
"""Rows differ a lot in work, and cores in how busy they are: many small pieces, each taken by whoever is free."""

_here = threading.local()


def threads() -> int:
    """How many threads a loop may use: the cores of this process, or one where sibling processes or threads do."""
    if multiprocessing.parent_process() is not None or getattr(_here, "alone", False):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def on_one_thread() -> Iterator[None]:
    """While it lasts, loops that this thread calls share out nothing: its siblings have the other cores.

    Example:
        >>> with on_one_thread():
        ...     threads()
        1
    """
    before, _here.alone = getattr(_here, "alone", False), True
    try:
        yield
    finally:
        _here.alone = before


def share_rows(work: NDArray[np.int64], loop: Callable[[int, int], None], most_threads: int | None = None) -> None:
    """Call `loop(first, last)` on ranges of rows that together are all rows, each of about equal work.

    Args:
        work: int64 [rows], how long each row takes, in any unit.
        loop: works on rows `first` up to, not including, `last`, and touches what no other row touches.
        most_threads: None for as many as `threads` says.

    Example:
        >>> done = np.zeros(5, dtype=int)
        >>> def count(first: int, last: int) -> None:
        ...     done[first:last] += 1
        >>> share_rows(np.array([9, 1, 1, 1, 5]), count, most_threads=2)
        >>> done.tolist()
        [1, 1, 1, 1, 1]
    """
    workers = most_threads or threads()
    if workers == 1:
        loop(0, len(work))
        return
    done = np.cumsum(work)
    shares = np.linspace(0, done[-1] if len(done) else 0, workers * PIECES_PER_THREAD + 1)[1:-1]
    borders = np.unique(np.concatenate([[0], np.searchsorted(done, shares), [len(work)]]))
    with ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(loop, borders[:-1].tolist(), borders[1:].tolist()):
            pass
