"""Map over member shards: the one call behind which work runs serially, in processes, or on a cluster.

Any `concurrent.futures.Executor` fits, so Dask's `Client.get_executor()` does too. Results come back in the
order of the parts whatever finishes first, so that every executor gives the same bytes.
"""

import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from openslate.errors import UsageError

Part = TypeVar("Part")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Engine:
    """Where parts of the work run.

    Stability: provisional.

    Attributes:
        executor: None runs the parts one after the other in this process.

    Example:
        >>> list(Engine().map(len, [[1, 2], [3]]))
        [2, 1]
    """

    executor: Executor | None = None

    def map(self, function: Callable[[Part], Result], parts: Iterable[Part]) -> Iterator[Result]:
        """Apply `function` to every part, in order.

        Args:
            function: for processes it must be importable, such as a module's function or a `partial` of one.
            parts: the shards.
        """
        return map(function, parts) if self.executor is None else self.executor.map(function, parts)

    def sum(self, function: Callable[[Part], NDArray[np.int64]], parts: Iterable[Part]) -> NDArray[np.int64] | None:
        """The sum over parts of integer arrays, exact and so independent of order; None where there is no part.

        Args:
            function: gives an integer array of one shape for every part.
            parts: the shards.

        Raises:
            UsageError: an array is not of integers, whose sum would depend on the order.
        """
        return reduce(_add, self.map(function, parts), None)


def _add(total: NDArray[np.int64] | None, part: NDArray[np.int64]) -> NDArray[np.int64]:
    if not np.issubdtype(part.dtype, np.integer):
        raise UsageError(
            f"A part gave numbers of type {part.dtype}, whose sum depends on the order.",
            "Quantise them to integers first.",
        )
    if total is None:
        return part.copy()
    total += part
    return total


@contextmanager
def processes(workers: int | None = None) -> Iterator[Engine]:
    """An engine over a pool of processes, one BLAS thread each so that they do not fight for the cores.

    Args:
        workers: how many processes; None for one per core.

    Raises:
        UsageError: fewer than one worker.

    Example:
        >>> with processes(2) as engine:
        ...     list(engine.map(abs, [-1, 2]))
        [1, 2]
    """
    count = workers if workers is not None else os.cpu_count() or 1
    if count < 1:
        raise UsageError(f"{count} workers cannot work.", "Ask for one or more.")
    # Spawned, because a fork would copy the locks that BLAS and DuckDB threads hold at that moment.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context, initializer=_one_thread_each) as pool:
        yield Engine(pool)


def _one_thread_each() -> None:
    import scipy.linalg  # noqa: F401  (its BLAS must be loaded before it can be limited)

    threadpool_limits(1)
