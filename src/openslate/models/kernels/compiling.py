"""How a loop is compiled: by numba on its first call, without Python's lock, and kept on disk for the next process."""

from collections.abc import Callable
from typing import TypeVar, cast

from numba import njit

Loop = TypeVar("Loop", bound=Callable[..., object])


def compiled(loop: Loop) -> Loop:
    """Compile a loop when it is first called.

    numba keeps the machine code in `__pycache__` beside the source, where that cannot be written to in the person's
    own cache folder, and elsewhere if NUMBA_CACHE_DIR says so. Where none of them can be written to, each process
    compiles anew. A loop calls no compiled function of another file: the cache sees changes of its own file alone.

    Args:
        loop: a function of arrays and numbers.

    Returns:
        The same function, compiled; other threads run while it does.
    """
    try:
        return cast(Loop, njit(nogil=True, cache=True)(loop))
    except RuntimeError:  # numba found no folder that can be written to
        return cast(Loop, njit(nogil=True)(loop))
