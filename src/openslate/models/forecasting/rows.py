"""What a forecaster learns from: one row for each title whose outcome is known, as arrays."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]


@dataclass(frozen=True)
class Pitches:
    """What is known of titles at the pitch.

    Attributes:
        features: float64 [titles, features], NaN where unknown.
        covariate: float64 [titles], what the simple forecast is drawn on: ln of the budget, or ln of the days
            available; NaN where unknown.
        kinds: int64 [titles], kind and reach, for the level of the simple forecast.
        groups: int64 [titles], which titles are calibrated together, such as new and returning ones.
    """

    features: Floats
    covariate: Floats
    kinds: Codes
    groups: Codes

    def rows(self, chosen: NDArray[np.bool_] | Codes) -> Self:
        """The same of some of the titles.

        Args:
            chosen: bool [titles], or which rows.
        """
        return type(self)(*(getattr(self, field.name)[chosen] for field in fields(self)))


@dataclass(frozen=True)
class Outcomes(Pitches):
    """Titles whose outcome is known.

    Attributes:
        logs: float64 [titles], ln of the outcome; of one that is at most a step, ln of the step.
        at_most: bool [titles], whether the outcome is at most what `logs` says.
        series: int64 [titles], the series or franchise of each; those of one never help to forecast one another where
            residuals are taken. A title of its own has a number of its own.
        weights: float64 [titles], how much each counts where trees learn, such as less the older it is; above zero.
        aside: float64 [titles], what of each `logs` is not learned from; the forecaster then says what is expected of a
            title of which it is 0.
    """

    logs: Floats
    at_most: NDArray[np.bool_]
    series: Codes
    weights: Floats
    aside: Floats

    def __post_init__(self) -> None:
        lengths = {field.name: len(getattr(self, field.name)) for field in fields(self)}
        if len(set(lengths.values())) != 1:
            raise FitError(f"The arrays differ in length: {lengths}.", "Give each title one row of each.")
        if not np.isfinite(self.logs).all():
            raise FitError(
                f"The outcome of row {int(np.argmin(np.isfinite(self.logs)))} has no logarithm.",
                "Leave out titles with an outcome of zero, or give the report's smallest step with at_most.",
            )

        if not ((self.weights > 0) & np.isfinite(self.weights)).all():
            raise FitError("A title's weight is no number above zero.", "Leave out titles that are not to count.")

    def joined(self, other: "Outcomes") -> "Outcomes":
        """These rows and then the other ones.

        Args:
            other: alike, with the same features.
        """
        return Outcomes(
            *(np.concatenate([getattr(self, field.name), getattr(other, field.name)]) for field in fields(self))
        )
