"""Taking members out of a solved EASE: exactly out of its whole numbers, and by a few rows out of a kept inverse.

With V the rows of the members who leave, the Gram matrix of the others is G - V'V, in whole numbers and so exact. A
model solved from it anew is, bit for bit, the one trained without them. Until that is done there is a quicker way to a
model without them: for P = (G + l2 I)^-1, kept from training,

    (G - V'V + l2 I)^-1 = P + F F'      with U = P V', S = I - V P V' = L L', F = U L'^-1

(M. Woodbury, "Inverting modified matrices", 1950), and EASE's weights are read from it as they always are. That is of
low rank, and it is not the solved model: it differs from it in the last digits, within a bound that is computed beside
it and travels with it. Where nothing useful can be promised, because the members who leave were nearly all who carried
some title, or the ridge is small, it refuses, and the system has to be solved.

The bound. With E the error of P, |E_ij| <= o_i d_j (`kept_inverse`), and W = F L^-1, the error of P + F F' is
(I + W V) E (I + V'W'), whose entries are bounded in `downdate_bounds`. Rounding of the update comes on top.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solve_triangular
from scipy.sparse import csr_array, diags_array, vstack

from openslate.errors import FitError
from openslate.models.downdate_bounds import EntryErrors, carried_errors, factor_of, require_useful
from openslate.models.histories import Histories
from openslate.models.kept_inverse import KeptInverse
from openslate.models.packed import diagonal
from openslate.models.sparse_rows import SparseRows
from openslate.models.truncation import CutEase
from openslate.models.weights import WEIGHT_STEPS, title_weights

COLUMNS_AT_ONCE = 2048
JUST_BELOW = np.float32(0.98)
"""Of a row's old border: where the new one is looked for first."""


@dataclass(frozen=True)
class Downdated:
    """A model without some members that was not solved anew.

    Attributes:
        model: its weights.
        kept: the inverse without them, in the memory of the one before.
        bound: no weight is farther from that of the exactly solved model. Which weights of a row are kept may differ
            only where two are within twice the bound of one another.
        condition: of S, the larger the less of some title is left.
        rank: rows that were taken out.
    """

    model: CutEase
    kept: KeptInverse
    bound: float
    condition: float
    rank: int


def cut_from(kept: KeptInverse, per_row: int, borders: NDArray[np.float32] | None = None) -> CutEase:
    """The EASE of a kept inverse, with the largest `per_row` weights of each row alone."""
    nothing = np.zeros((0, len(kept.titles)), dtype=np.float32)
    return _chosen(kept, nothing, kept.inverse.diagonal(), per_row, borders)


def downdated(
    kept: KeptInverse,
    gram: NDArray[np.int64],
    leaving: Histories,
    per_row: int,
    before: CutEase | None = None,
) -> Downdated:
    """Take members out of a kept inverse, in its memory, and choose every row's weights again.

    Args:
        kept: the inverse with them; its memory is written to, so that nothing of them is left in it.
        gram: the Gram matrix without them, int64 [n_titles (n_titles + 1) / 2].
        leaving: the members, over the same titles.
        per_row: how many weights of each row are kept.
        before: the model with them, whose borders say where to look first; None where it is gone.

    Raises:
        FitError: no useful bound can be stated, and the system must be solved; then the memory is as it was.
    """
    rows = rows_taken_out(leaving, kept)
    images = _images(kept.inverse, rows)
    small = np.eye(rows.shape[0]) - rows @ images.T
    factor, condition = factor_of(small)
    carried = solve_triangular(factor, images, lower=True)
    spread = solve_triangular(factor.T, carried, lower=False)
    off, columns = carried_errors(kept.inverse.diagonal().astype(np.float64), kept.off, rows, spread)
    gone = diagonal(gram)[kept.titles] == 0
    carried[:, gone] = 0
    factors = carried.astype(np.float32)
    own = _diagonal_after(kept, factors, gone)
    errors = EntryErrors.of(own.astype(np.float64), off, columns, carried, ~gone)
    bound = require_useful(errors.of_weights())
    _let_go(kept, gone)
    borders = None if before is None else JUST_BELOW * borders_of(before.weights)[kept.titles]
    model = _chosen(kept, factors, own, per_row, borders)
    return Downdated(model, replace(kept, off=errors.of_rows()), bound, condition, len(factors))


def rows_taken_out(leaving: Histories, kept: KeptInverse) -> csr_array:
    """V: what must be taken from the system, as rows whose products it is the sum of, float64 [rank, m].

    Dropout adds to the ridge of every title that a member watched, so that each such title leaves a row of its own.

    Raises:
        FitError: they watched a title that nobody did.
    """
    weights = title_weights(leaving, kept.settings.training)
    own = csr_array(weights[np.diff(weights.indptr) > 0]).astype(np.float64) / WEIGHT_STEPS
    share = kept.settings.dropout / (1.0 - kept.settings.dropout)
    squares = np.asarray(own.multiply(own).sum(axis=0)).ravel()
    if squares[np.setdiff1d(np.arange(kept.n_titles), kept.titles)].any():
        raise FitError("The members who leave are not among those that were counted.", "Solve the system anew.")
    ridges = csr_array(diags_array(np.sqrt(share * squares)))
    whole = csr_array(vstack([own, ridges[squares > 0]])) if share else own
    return csr_array(csr_array(whole.tocsc()[:, kept.titles]))


def borders_of(weights: SparseRows) -> NDArray[np.float32]:
    """The least magnitude kept in each row, float32 [rows]; 0 for a row without any."""
    filled = np.flatnonzero(np.diff(weights.row_offsets))
    borders = np.zeros(len(weights.row_offsets) - 1, dtype=np.float32)
    if len(filled):
        borders[filled] = np.minimum.reduceat(np.abs(weights.values), weights.row_offsets[filled])
    return borders


def _images(inverse: NDArray[np.float32], rows: csr_array) -> NDArray[np.float64]:
    """V P in double precision, float64 [rank, m]: of P only the rows of titles that somebody leaving had watched."""
    touched = np.unique(rows.indices)
    narrow = csr_array(rows.tocsc()[:, touched])
    read, images = inverse[touched], np.empty((rows.shape[0], len(inverse)))
    for start in range(0, len(inverse), COLUMNS_AT_ONCE):
        block = slice(start, start + COLUMNS_AT_ONCE)
        images[:, block] = narrow @ read[:, block].astype(np.float64)
    return images


def _diagonal_after(kept: KeptInverse, factors: NDArray[np.float32], gone: NDArray[np.bool_]) -> NDArray[np.float32]:
    """What the diagonal of P + F F' will be, in the order of operations that will make it so."""
    sums = np.zeros(len(kept.titles), dtype=np.float32)
    for row in factors:
        sums += row * row
    own: NDArray[np.float32] = kept.inverse.diagonal() + sums
    own[gone] = np.float32(1) / np.float32(kept.settings.l2)
    return own


def _let_go(kept: KeptInverse, gone: NDArray[np.bool_]) -> None:
    """Titles that nobody else had watched stand alone: their rows are those of the ridge."""
    places = np.flatnonzero(gone)
    kept.inverse[places] = 0
    kept.inverse[:, places] = 0
    kept.inverse[places, places] = np.float32(1) / np.float32(kept.settings.l2)


def _chosen(
    kept: KeptInverse,
    factors: NDArray[np.float32],
    own: NDArray[np.float32],
    per_row: int,
    borders: NDArray[np.float32] | None,
) -> CutEase:
    # Imported here, because it loads numba.
    from openslate.models.kernels.reselecting import reselected

    size = len(kept.titles)
    values, columns, counts = reselected(
        kept.inverse,
        factors.T,
        factors,
        -(np.float32(1) / own),
        np.zeros(size, dtype=np.float32) if borders is None else borders,
        min(per_row, max(size, 1)),
        without_diagonal=True,
    )
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    rows = SparseRows(values[columns >= 0], columns[columns >= 0], offsets, size)
    return CutEase(rows.placed(kept.titles, kept.n_titles), kept.settings)
