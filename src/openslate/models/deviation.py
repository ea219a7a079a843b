"""How far a solution found in single precision is from the exact one: bounds that are computed, not hoped for.

For A symmetric with no eigenvalue below the ridge, A Y = R exactly and X what was found instead, X - Y = A^-1 (A X -
R). A few random vectors g see all of that matrix: every row of (X - Y) g is normal with the row's length as its
deviation. Whole matrices of 20,000 titles are bounded so in some products with a handful of vectors, all in double
precision, where the sums that A is made of are whole numbers and so exact. Nothing is assumed of how X was found.

The bound on the chance is Chernoff's: the mean of t squares of normals is below a share s of their variance with a
probability of at most (s e^(1 - s))^(t/2). So 32 probes held to show a tenth of it are wrong of a row with 1.8e-10, and
8 held to show a thousandth with 5.4e-11: a quarter of the products, for a bound ten times as wide.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from openslate.models.packed import row_starts, titles_of_half

PROBES = 32
SEEN = 0.1
"""The share of a row's mean square that its probes show at least."""
FEW_PROBES = 8
FEW_SEEN = 0.001
"""The same share where the probes are few."""
ROUNDING = 1.001
"""What double precision may have taken from a bound, and far more."""
ROWS_AT_ONCE = 256
"""So many rows of 20,000 titles stay in a processor's cache between being written out and being multiplied twice."""

Vectors: TypeAlias = NDArray[np.float64]
"""float64 [titles, vectors]."""


def chance_of_error(rows: int, count: int = PROBES, shown: float = SEEN) -> float:
    """The probability, over the probes, that any of so many rows is farther off than its bound says.

    Example:
        >>> chance_of_error(20_000) < 1e-5, chance_of_error(20_000, FEW_PROBES, FEW_SEEN) < 2e-6
        (True, True)
    """
    return float(rows * (shown * np.exp(1 - shown)) ** (count / 2))


def probes(size: int, count: int = PROBES) -> Vectors:
    """The random vectors, the same at every call."""
    return np.random.default_rng(1).standard_normal((size, count))


def rows_off(
    seen: Vectors,
    wanted: Vectors,
    times: Callable[[Vectors], Vectors],
    about: Callable[[Vectors], Vectors],
    ridge: float,
    shown: float = SEEN,
) -> NDArray[np.float64]:
    """A bound on the length of each row of X - Y.

    Args:
        seen: X times the probes, in double precision.
        wanted: R times the probes, in double precision.
        times: A times some vectors, in double precision.
        about: about A^-1 times some vectors; how good it is decides how tight the bound is, and nothing else.
        ridge: what no eigenvalue of A is below.
        shown: the share of a row's mean square that its probes are held to show.

    Returns:
        float64 [rows].
    """
    residual = times(seen) - wanted
    found = about(residual)
    # What `about` leaves over is answered for in full, by the least that A does to any vector.
    left = np.linalg.norm(residual - times(found), axis=0) / ridge
    squares = np.square(np.abs(found) + left)
    return np.asarray(ROUNDING * np.sqrt(squares.mean(axis=1) / shown))


def times_packed(half: NDArray[np.int64], step: float, diagonal: Vectors, vectors: Vectors) -> Vectors:
    """(G step + diag) times some vectors, for a packed half of whole numbers.

    Args:
        half: int64 [n (n + 1) / 2].
        step: what an entry of one stands for.
        diagonal: float64 [n], added to the diagonal.
        vectors: float64 [n, vectors].

    Example:
        >>> times_packed(np.array([1, 2, 3]), 1.0, np.array([10.0, 0.0]), np.eye(2)).tolist()
        [[11.0, 2.0], [2.0, 3.0]]
    """
    n_titles = titles_of_half(len(half))
    starts, result = row_starts(n_titles), np.zeros(vectors.shape)
    for top in range(0, n_titles, ROWS_AT_ONCE):
        bottom = min(top + ROWS_AT_ONCE, n_titles)
        block = np.zeros((bottom - top, bottom))
        for row in range(top, bottom):
            block[row - top, : row + 1] = half[starts[row] : starts[row] + row + 1]
        corner = block[:, top:]
        result[top:bottom] += block[:, :top] @ vectors[:top] + (corner + np.tril(corner, -1).T) @ vectors[top:bottom]
        result[:top] += block[:, :top].T @ vectors[top:bottom]
    return np.asarray(result * step + diagonal[:, None] * vectors)


def times_rows(matrix: NDArray[np.number], vectors: Vectors) -> Vectors:
    """A matrix of any numbers times some vectors, in double precision, some rows at a time."""
    result = np.empty((len(matrix), vectors.shape[1]))
    for top in range(0, len(matrix), ROWS_AT_ONCE):
        result[top : top + ROWS_AT_ONCE] = matrix[top : top + ROWS_AT_ONCE].astype(np.float64) @ vectors
    return result
