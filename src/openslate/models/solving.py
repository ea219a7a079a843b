"""Large symmetric systems in float32: between the exact integer sums and the fitted closed forms.

A Cholesky factor and its inverse take n^3 operations where a general inverse takes 2 n^3, single precision halves the
bytes, and everything happens in the memory that is handed in; the exact integers that go in, and a check of what comes
out, keep that safe.
"""

from contextlib import AbstractContextManager, nullcontext
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import ssymm, strsm
from scipy.linalg.lapack import spotrf, spotri
from threadpoolctl import ThreadpoolController

from openslate.errors import FitError

MIRROR_BLOCK = 512
SMALL = 2048
"""Titles up to which one thread solves: two hardly help there, and on a busy machine they wait for each other."""
PROBES = 8
WORST_RESIDUAL = 0.01

Matrix = NDArray[np.float32]


def mirror_lower(matrix: NDArray[np.generic]) -> None:
    """Copy the lower triangle of a square matrix over its upper one, in place, block by block.

    Example:
        >>> matrix = np.array([[1, 9], [2, 3]])
        >>> mirror_lower(matrix)
        >>> matrix.tolist()
        [[1, 2], [2, 3]]
    """
    size = len(matrix)
    for start in range(0, size, MIRROR_BLOCK):
        stop = min(start + MIRROR_BLOCK, size)
        corner = matrix[start:stop, start:stop]
        corner[...] = np.where(np.tri(stop - start, dtype=bool), corner, corner.T)
        matrix[start:stop, stop:] = matrix[stop:, start:stop].T


def inverse(system: Matrix) -> Matrix:
    """The inverse of a symmetric positive definite matrix, in the memory of the matrix.

    Args:
        system: float32 [n, n], in C order; its lower half is read, and all of it is overwritten.

    Returns:
        float32 [n, n], exactly symmetric: the same array.

    Raises:
        FitError: the matrix is not positive definite, or too close to singular for single precision.

    Example:
        >>> inverse(np.array([[2, 0], [1, 1]], dtype=np.float32)).round(5).tolist()
        [[1.0, -1.0], [-1.0, 2.0]]
    """
    inverted = lower_inverse(system)
    mirror_lower(inverted)
    return inverted


def lower_inverse(system: Matrix) -> Matrix:
    """The lower half of `inverse`, for callers who turn it over as they go on: what is above the diagonal is undefined.

    Args:
        system: as for `inverse`.

    Raises:
        FitError: as for `inverse`.
    """
    if not len(system):
        return system
    probes = _probes(len(system))
    with _threads_for(system):
        images = _times(system, probes)
        inverted, _ = spotri(_factor(system), lower=0, overwrite_c=1)
        result: Matrix = inverted.T
        _check(_times(result, images), probes, len(system))
    return result


def solve(system: Matrix, right: Matrix) -> Matrix:
    """The solution W of `system @ W = right`, in the memory of `right`.

    Args:
        system: float32 [n, n], symmetric positive definite, in C order; its lower half is read, and overwritten.
        right: float32 [n, m], in C order; overwritten.

    Returns:
        float32 [n, m]: the same array.

    Raises:
        FitError: the matrix is not positive definite, or too close to singular for single precision.

    Example:
        >>> system = np.array([[2, 0], [1, 2]], dtype=np.float32)
        >>> solve(system, np.array([[3], [3]], dtype=np.float32)).round(6).tolist()
        [[1.0], [1.0]]
    """
    if not len(system):
        return right
    probes = _probes(len(system))
    with _threads_for(system):
        images, wanted = _times(system, probes), right.T @ probes
        factor = _factor(system)
        # The system is symmetric, so W' system = right' too, and right' is what LAPACK sees in right's memory.
        halfway = strsm(1.0, factor, right.T, side=1, lower=0, overwrite_b=1)
        solution: Matrix = strsm(1.0, factor, halfway, side=1, lower=0, trans_a=1, overwrite_b=1).T
    _check(solution.T @ images, wanted, len(system))
    return solution


def one_thread() -> AbstractContextManager[object]:
    """While it lasts, BLAS uses one thread."""
    limited: AbstractContextManager[object] = _libraries().limit(limits=1, user_api="blas")
    return limited


@cache
def _libraries() -> ThreadpoolController:
    # Finding them takes milliseconds, which a single answer does not have.
    return ThreadpoolController()


def _threads_for(system: Matrix) -> AbstractContextManager[object]:
    return one_thread() if len(system) <= SMALL else nullcontext()


def _factor(system: Matrix) -> Matrix:
    # LAPACK counts columns first: to it the upper triangle of system.T is the lower one of system.
    factor: Matrix
    factor, failed_at = spotrf(system.T, lower=0, clean=0, overwrite_a=1)
    if failed_at:
        raise FitError(
            f"The system of {len(system)} titles is not positive definite (at title {failed_at - 1}).",
            "Raise l2, the ridge that keeps it so.",
        )
    return factor


def _probes(size: int) -> Matrix:
    signs = np.random.default_rng(0).integers(0, 2, size=(size, PROBES))
    return (2 * signs - 1).astype(np.float32)


def _times(system: Matrix, probes: Matrix) -> Matrix:
    """The system, of which only the lower half is known, times the probes."""
    images: Matrix = ssymm(1.0, system.T, probes, lower=0)
    return images


def _check(found: Matrix, wanted: Matrix, size: int) -> None:
    """Refuse a solution that does not give back what was asked for, seen through a few random sign vectors."""
    scale = float(np.sqrt(np.mean(np.square(wanted), dtype=np.float64)))
    residual = float(np.sqrt(np.mean(np.square(found - wanted), dtype=np.float64)))
    if not residual <= WORST_RESIDUAL * scale:
        relative = residual / (scale or 1.0)
        raise FitError(
            f"The system of {size} titles is too close to singular (relative residual {relative:.2g}).",
            "Raise l2, the ridge that keeps it away from that.",
        )
