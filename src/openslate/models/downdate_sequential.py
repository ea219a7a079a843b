"""Taking members out of a solved sequential model: exactly out of its whole numbers, and quickly out of its weights.

The model is W = A^-1 R with A = S'DS + l2 I and R = S'DT. Members who watched the titles T, and no others, give to the
rows and columns of T alone: V'V to A and N to R. With P = A^-1, of which only the columns of T are needed, and
S = I - V P V',

    (A - V'V)^-1 (R - N) = W + P_T (V'S^-1 V (W_T - P_TT N) - N)

(M. Woodbury, "Inverting modified matrices", 1950). The rank is the number of titles watched, where EASE's is the number
of members; so it pays for a few members, and for many the system is solved sooner. The columns of P come from the
Cholesky factor that solving leaves behind. The result differs from the solved model in the last digits; how far it may
be from the exact one is measured on the result itself, see `deviation`.

Measuring took 70% of the time at 3,000 titles and one member, of which 8 probes in the place of 32, R's images carried
on, and blocks that stay in the cache left a third. Tried and not taken: bounding what the factor leaves over by its
backward error in place of a second product with A (by estimate a hundred times too wide at 20,000), and a compiled
product with the packed half (no quicker than filling blocks for BLAS).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import strsm
from scipy.linalg.lapack import dpstrf

from openslate.errors import FitError
from openslate.models.deviation import FEW_PROBES, FEW_SEEN, probes, rows_off, times_packed, times_rows
from openslate.models.downdate import JUST_BELOW, borders_of
from openslate.models.downdate_bounds import UNIT, factor_of, require_useful
from openslate.models.histories import Histories
from openslate.models.packed import diagonal, unpacked
from openslate.models.sequential import SUM_STEPS, Sequential, SequentialSettings, halves_of_sums, pair_sums_of_part
from openslate.models.solving import one_thread, solve
from openslate.models.sparse_rows import SparseRows
from openslate.models.truncation import CutSequential

IN_THE_KERNEL = 48
"""Ranks up to which the update is done row by row in the processor's cache; larger ones are matrix products."""
ROWS_AT_ONCE = 1024

Matrix = NDArray[np.float32]


@dataclass(frozen=True)
class KeptSolution:
    """What solving a sequential model leaves behind.

    Attributes:
        factor: L of A = L L', float32 [m, m], in the lower half; above it is anything.
        weights: W, float32 [m, n_titles].
        sources: int64 [m], ascending: the titles that something was watched after.
        settings: what it was solved with.
        taken: float32 [m, rank], F: the inverse is now A^-1 + F F'.
        wanted: float64 [m, probes], R times the probes: carried on from what members give to R, so that R itself, the
            largest of all, is never read again.
    """

    factor: Matrix
    weights: Matrix
    sources: NDArray[np.int64]
    settings: SequentialSettings
    taken: Matrix
    wanted: NDArray[np.float64]


@dataclass(frozen=True)
class SequentialDowndated:
    """A sequential model without some members that was not solved anew; attributes as those of `Downdated`."""

    model: CutSequential
    kept: KeptSolution
    bound: float
    condition: float
    rank: int


def keep_solution(sums: NDArray[np.int64], settings: SequentialSettings) -> KeptSolution:
    """Solve, as `sequential_from_sums` does, and keep the factor and all weights.

    Args:
        sums: int64 [n (n + 1) / 2 + n * n], counted with `settings`; left as they are.
        settings: lags, weights and ridge.

    Raises:
        FitError: the system cannot be solved in single precision.
    """
    half, full = halves_of_sums(sums)
    sources = np.flatnonzero(diagonal(half))
    system = unpacked(half, sources, 1 / SUM_STEPS)
    np.einsum("ii->i", system)[:] += np.float32(settings.l2)
    right = np.empty((len(sources), len(full)), dtype=np.float32)
    for row, title in enumerate(sources):
        right[row] = full[title]
        right[row] *= np.float32(1 / SUM_STEPS)
    wanted = times_rows(full, probes(len(full), FEW_PROBES))[sources] / SUM_STEPS
    weights = solve(system, right)
    # What `solve` leaves in the system's memory is its factor.
    return KeptSolution(system, weights, sources, settings, np.zeros((len(sources), 0), dtype=np.float32), wanted)


def sequential_of(kept: KeptSolution) -> Sequential:
    """The whole sequential model of a kept solution, bit for bit the one that `sequential_from_sums` solves for."""
    n_titles = kept.weights.shape[1]
    weights = np.zeros((n_titles, n_titles), dtype=np.float32)
    weights[kept.sources] = kept.weights
    return Sequential(weights, kept.settings)


def cut_solution(kept: KeptSolution, per_row: int, borders: NDArray[np.float32] | None = None) -> CutSequential:
    """The sequential model of a kept solution, with the largest `per_row` weights of each row alone."""
    n_titles = kept.weights.shape[1]
    nothing = np.zeros((0, n_titles), dtype=np.float32)
    return _chosen(kept, nothing.T[: len(kept.sources)], nothing, per_row, borders)


def sequential_downdated(
    kept: KeptSolution,
    sums: NDArray[np.int64],
    leaving: Histories,
    per_row: int,
    before: CutSequential | None = None,
) -> SequentialDowndated:
    """Take members out of a kept solution, in its memory, and choose every row's weights again.

    Args:
        kept: the solution with them; its memory is written to, so that nothing of them is left in its weights.
        sums: those without them, int64 [n (n + 1) / 2 + n * n].
        leaving: the members, over the same titles.
        per_row: how many weights of each row are kept.
        before: the model with them, whose borders say where to look first; None where it is gone.

    Raises:
        FitError: no useful bound can be stated, and the system must be solved; the memory may have been written to.
    """
    own, targets, watched, places = _parts_of(leaving, kept)
    columns = _inverse_times(kept, _unit_columns(len(kept.sources), places))
    inner = columns[places].astype(np.float64)
    rows = _rows_of(own)
    factor, condition = factor_of(np.eye(len(rows)) - rows @ ((inner + inner.T) / 2) @ rows.T)
    halfway = np.linalg.solve(factor, rows) if len(rows) else rows
    update = (halfway.T @ halfway) @ kept.weights[places].astype(np.float64)
    update[:, watched] -= targets + (halfway.T @ halfway) @ (inner @ targets)
    gone = diagonal(halves_of_sums(sums)[0])[kept.sources] == 0
    columns[gone] = 0
    kept.weights[gone] = 0
    taken = (columns.astype(np.float64) @ halfway.T).astype(np.float32)
    wanted = kept.wanted.copy()
    wanted[places] -= targets @ probes(kept.weights.shape[1], FEW_PROBES)[watched]
    after = replace(kept, taken=np.hstack([kept.taken, taken]), wanted=wanted)
    borders = None if before is None else JUST_BELOW * borders_of(before.weights)[kept.sources]
    model = _updated(after, columns, update.astype(np.float32), per_row, borders)
    bound = require_useful(float(measured_off(after, sums).max(initial=0.0)) + UNIT)
    return SequentialDowndated(model, after, bound, condition, len(rows))


def measured_off(kept: KeptSolution, sums: NDArray[np.int64]) -> NDArray[np.float64]:
    """How far each row of weights is at most from the exact solution's, float64 [m], and so each weight of it.

    Args:
        kept: the solution.
        sums: those it is of.
    """
    half, n_titles = halves_of_sums(sums)[0], kept.weights.shape[1]
    ridge, seen = np.full(n_titles, kept.settings.l2), probes(n_titles, FEW_PROBES)

    def times(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
        wide = np.zeros((n_titles, vectors.shape[1]))
        wide[kept.sources] = vectors
        return times_packed(half, 1 / SUM_STEPS, ridge, wide)[kept.sources]

    def about(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
        return _inverse_times(kept, np.asfortranarray(vectors, dtype=np.float32)).astype(np.float64)

    # Products with so few vectors wait for memory: a second thread hardly helps, and on a busy machine is waited for.
    with one_thread():
        return rows_off(times_rows(kept.weights, seen), kept.wanted, times, about, kept.settings.l2, FEW_SEEN)


def _parts_of(
    leaving: Histories, kept: KeptSolution
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    """V'V and N over the titles watched, those titles, and where the sources among them stand in the system."""
    watched = np.unique(leaving.titles).astype(np.int64)
    among = replace(leaving, titles=np.searchsorted(watched, leaving.titles).astype(np.int32), n_titles=len(watched))
    half, full = halves_of_sums(pair_sums_of_part(among, kept.settings))
    square = unpacked_exactly(half, len(watched))
    sources = np.flatnonzero(np.diag(square))
    places = np.searchsorted(kept.sources, watched[sources])
    if not np.array_equal(kept.sources[np.minimum(places, len(kept.sources) - 1)], watched[sources]):
        raise FitError("The members who leave are not among those that were counted.", "Solve the system anew.")
    return square[np.ix_(sources, sources)] / SUM_STEPS, full[sources] / SUM_STEPS, watched, places


def unpacked_exactly(half: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """A packed half as a whole symmetric matrix of whole numbers.

    Example:
        >>> unpacked_exactly(np.array([1, 2, 3]), 2).tolist()
        [[1, 2], [2, 3]]
    """
    square = np.zeros((size, size), dtype=np.int64)
    square[np.tril_indices(size)] = half
    return square + np.tril(square, -1).T


def _rows_of(own: NDArray[np.float64]) -> NDArray[np.float64]:
    """V, with V'V what it was given, float64 [rank, titles]: by Cholesky with the largest of what is left first."""
    if not len(own):
        return own
    factor, order, rank, _ = dpstrf(own, lower=1)
    rows = np.zeros((int(rank), len(own)))
    rows[:, order - 1] = np.tril(factor)[:, : int(rank)].T
    return rows


def _unit_columns(size: int, places: NDArray[np.int64]) -> Matrix:
    columns = np.zeros((size, len(places)), dtype=np.float32, order="F")
    columns[places, np.arange(len(places))] = 1
    return columns


def _inverse_times(kept: KeptSolution, vectors: Matrix) -> Matrix:
    """About the inverse times some vectors, float32 [m, vectors] in Fortran's order; the vectors are overwritten."""
    if not vectors.size:
        return vectors
    also = kept.taken @ (kept.taken.T @ vectors)
    # To BLAS, which counts columns first, the lower half of the factor is the upper one.
    halfway = strsm(1.0, kept.factor.T, vectors, side=0, lower=0, trans_a=1, overwrite_b=1)
    found: Matrix = strsm(1.0, kept.factor.T, halfway, side=0, lower=0, overwrite_b=1)
    found += also
    return found


def _updated(
    kept: KeptSolution, left: Matrix, right: Matrix, per_row: int, borders: NDArray[np.float32] | None
) -> CutSequential:
    if len(right) <= IN_THE_KERNEL:
        return _chosen(kept, left, right, per_row, borders)
    for top in range(0, len(left), ROWS_AT_ONCE):
        kept.weights[top : top + ROWS_AT_ONCE] += left[top : top + ROWS_AT_ONCE] @ right
    return cut_solution(kept, per_row, borders)


def _chosen(
    kept: KeptSolution, left: Matrix, right: Matrix, per_row: int, borders: NDArray[np.float32] | None
) -> CutSequential:
    # Imported here, because it loads numba.
    from openslate.models.kernels.reselecting import reselected

    size, n_titles = kept.weights.shape
    hints = np.zeros(size, dtype=np.float32) if borders is None else borders
    ones = np.ones(n_titles, dtype=np.float32)
    values, columns, counts = reselected(
        kept.weights, left, right, ones, hints, min(per_row, n_titles), without_diagonal=False
    )
    lengths = np.zeros(n_titles, dtype=np.int64)
    lengths[kept.sources] = counts
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    rows = SparseRows(values[columns >= 0], columns[columns >= 0], offsets, n_titles)
    return CutSequential(rows, kept.settings)
