"""What can be promised of an inverse that members were taken out of, entry by entry.

P is off by E from the exact inverse, with |E_ij| <= o_i d_j, d being P's diagonal. Of A - V'V, W = P V'S^-1 and
S = I - V P V', the update P + U S^-1 U' is off by (I + W V) E (I + V'W'), where the first W is the exact one and the
second as it was found. Nothing here assumes that an error is small: where it is not, nothing is promised.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.errors import FitError
from openslate.models.deviation import ROUNDING

WORST_CONDITION = 1e6
"""The condition of S beyond which what is left of a title hangs on rounding."""
LOOSEST = 0.01
"""The largest bound on any weight that is worth stating: weights are below 1, and those that matter above this."""
MOST_AGAIN = 0.5
"""How much of an error may come back through W before it is said to be out of hand."""
UNIT = 2.0**-24
"""Half the distance between 1 and the next float32."""

Lengths = NDArray[np.float64]


@dataclass(frozen=True)
class EntryErrors:
    """Bounds on every entry of an updated inverse, as a sum of products: entry (i, j) is off by sum_t left_ti right_tj.

    They are: the error carried over, the rounding of the sum of P and its update, and those within the update, whose
    rows F have lengths f: r_i c_j + 2 u sqrt(P_ii P_jj) + (rank + 4) u f_i f_j.

    Attributes:
        own: float64 [m], the diagonal as it is now.
        left: float64 [terms, m].
        right: float64 [terms, m].
        there: bool [m], titles that are still watched; the others' rows are exact.
    """

    own: Lengths
    left: Lengths
    right: Lengths
    there: NDArray[np.bool_]

    @classmethod
    def of(
        cls, own: Lengths, off: Lengths, columns: Lengths, factors: Lengths, there: NDArray[np.bool_]
    ) -> "EntryErrors":
        """The bounds from the carried error, the diagonal and the update's factors F', float64 [rank, m]."""
        lengths, rounding = np.linalg.norm(factors, axis=0), (len(factors) + 4) * UNIT
        left = np.stack([off, 2 * UNIT * np.sqrt(own), rounding * lengths])
        return cls(own, left, np.stack([columns, np.sqrt(own), lengths]), there)

    def of_rows(self) -> Lengths:
        """o of the updated inverse, float64 [m]."""
        largest = (self.right / self.own).max(axis=1, initial=0.0, where=self.there)
        return np.asarray(largest @ self.left)

    def of_weights(self) -> float:
        """How far any weight P_ij / P_jj may be off; infinity where a diagonal entry may be half of what it seems.

        With e_ij as above it is at most (e_ij + |B_ij| e_jj) / P_jj, and |B_ij| by Cauchy and Schwarz at most
        sqrt(P_ii / P_jj), twice that for what is not known of either; the division and the product round, too.
        """
        if not self.there.any():
            return 0.0
        own, left, right = self.own[self.there], self.left[:, self.there], self.right[:, self.there]
        itself = (left * right).sum(axis=0)
        least = own - itself
        if not (least > own / 2).all():
            return float("inf")
        entry = float(left.max(axis=1) @ (right / least).max(axis=1))
        largest = np.sqrt(own.max() / own)
        return ROUNDING * (entry + float((2 * largest * (itself / least + 3 * UNIT)).max()))


def carried_errors(own: Lengths, off: Lengths, rows: csr_array, spread: Lengths) -> tuple[Lengths, Lengths]:
    """r and c: before rounding, no entry (i, j) of the update is farther from the exact inverse's than r_i c_j.

    With a = |V| o, b = |V| d and W as found, c = d + |W| b. The exact W is farther from it by no more than the very
    error that is being bounded, times V'; so r = o + |W| a + r (|V| c)'a, which is solved for r.

    Args:
        own: d, float64 [m].
        off: o, float64 [m].
        rows: V, sparse float64 [rank, m].
        spread: W' as found, float64 [rank, m].

    Raises:
        FitError: the error may be as large as the inverse itself.
    """
    heavy, wide = abs(rows), np.abs(spread)
    columns = own + (heavy @ own) @ wide
    errors = heavy @ off
    again = float((heavy @ columns) @ errors)
    if not again < MOST_AGAIN:
        raise FitError(f"The error of the kept inverse comes back {again:.2g} times.", "Solve the system anew.")
    return (off + errors @ wide) / (1 - again), columns


def factor_of(small: NDArray[np.float64]) -> tuple[NDArray[np.float64], float]:
    """The Cholesky factor of S, and its condition.

    Args:
        small: S, float64 [rank, rank].

    Raises:
        FitError: it is too badly conditioned.

    Example:
        >>> factor_of(np.array([[0.25]]))[0].tolist()
        [[0.5]]
    """
    symmetric = (small + small.T) / 2
    values = np.linalg.eigvalsh(symmetric)
    least, most = float(values.min(initial=1.0)), float(values.max(initial=1.0))
    condition = most / least if least > 0 else float("inf")
    if not condition <= WORST_CONDITION:
        raise FitError(
            f"Too little is left without these members (condition {condition:.2g}).", "Solve the system anew."
        )
    return np.asarray(np.linalg.cholesky(symmetric), dtype=np.float64), condition


def require_useful(bound: float) -> float:
    """A bound that is worth stating.

    Raises:
        FitError: it is not.
    """
    if not bound <= LOOSEST:
        raise FitError(f"Without these members the weights are known to {bound:.2g} at best.", "Solve the system anew.")
    return bound
