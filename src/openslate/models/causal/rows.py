"""What an effect is estimated from: one row for each title, as arrays."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Rows:
    """Titles, what was chosen for each, and what came of it.

    Attributes:
        outcomes: float64 [titles], ln of the outcome.
        treated: bool [titles], whether the first of the two alternatives was chosen.
        confounders: float64 [titles, confounders], known before the choice; NaN where unknown.
        series: int64 [titles], titles of one series stay together and count as one observation where errors are
            worked out. A title of its own has a number of its own.

    Raises:
        FitError: lengths differ, an outcome is missing, or a confounder is infinite.
    """

    outcomes: Floats
    treated: Flags
    confounders: Floats
    series: Codes

    def __post_init__(self) -> None:
        lengths = {len(self.outcomes), len(self.treated), len(self.confounders), len(self.series)}
        if len(lengths) != 1 or self.confounders.ndim != 2:
            raise FitError(f"The arrays differ in length: {sorted(lengths)}.", "Give each title one row of each.")
        if not np.isfinite(self.outcomes).all():
            row = int(np.argmin(np.isfinite(self.outcomes)))
            raise FitError(f"The outcome of row {row} is missing.", "Leave out titles whose outcome is not known.")
        if np.isinf(self.confounders).any():
            raise FitError("A confounder is infinite.", "Write NaN where it is not known.")

    def __len__(self) -> int:
        return len(self.outcomes)

    def without(self, columns: Codes) -> Self:
        """The same titles without some of the confounders.

        Args:
            columns: int64, their numbers.
        """
        return replace(self, confounders=np.delete(self.confounders, columns, axis=1))

    def count(self, treated: bool) -> tuple[int, int]:
        """(titles, series) of one side."""
        side = self.treated == treated
        return int(side.sum()), len(np.unique(self.series[side]))


def standard_error(influences: Floats, series: Codes) -> Floats:
    """Standard errors of means whose observations hang together within series, float64 [...].

    Args:
        influences: float64 [..., titles], each row with a mean of about 0.
        series: int64 [titles].

    Example:
        >>> standard_error(np.array([1.0, 1.0, -1.0, -1.0]), np.array([0, 0, 1, 1])).round(3).item()
        1.0
    """
    _, place = np.unique(series, return_inverse=True)
    many = int(place.max()) + 1
    each = influences.reshape(-1, influences.shape[-1])
    sums = np.array([np.bincount(place, weights=row, minlength=many) for row in each])
    # With few series their sums vary less than the truth, by one of them.
    found = np.sqrt((sums**2).sum(axis=-1) * many / max(many - 1, 1)) / influences.shape[-1]
    return np.asarray(found.reshape(influences.shape[:-1]), dtype=np.float64)
