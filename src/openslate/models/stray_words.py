"""What compiled libraries print of their own accord goes to stderr: stdout belongs to answers, of which JSON is one.

HiGHS has lines of its developers that no option silences, such as `transformNewIntegerFeasibleSolution`.
"""

import ctypes
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

STDOUT, STDERR = 1, 2
_ONE_AT_A_TIME = threading.Lock()


@contextmanager
def to_stderr() -> Iterator[None]:
    """While inside, what is written to the process's stdout goes to its stderr; one thread at a time.

    Python's own stdout is emptied first, and C's buffer before it goes back.
    """
    with _ONE_AT_A_TIME:
        if sys.stdout is not None and not sys.stdout.closed:
            sys.stdout.flush()
        _flush_c()
        kept = os.dup(STDOUT)
        os.dup2(STDERR, STDOUT)
        try:
            yield
        finally:
            _flush_c()
            os.dup2(kept, STDOUT)
            os.close(kept)


def _flush_c() -> None:
    ctypes.CDLL(None).fflush(None)
