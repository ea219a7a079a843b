"""What is asked with, and what is answered, where a question is causal: frozen values."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.causal_questions import Question
from openslate.errors import UsageError
from openslate.models.causal.effect import Effect

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Confounders:
    """What was known of works before the choice, aligned with their labels.

    Attributes:
        values: float64 [works, columns], NaN where unknown.
        names: of the columns, each once.
        families: of the columns, in words, such as 'genres': what is left out together as a yardstick.

    Raises:
        UsageError: names or families do not fit the columns.
    """

    values: Floats
    names: tuple[str, ...]
    families: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or not self.values.shape[1] == len(self.names) == len(self.families):
            raise UsageError(
                f"{self.values.shape} confounders have {len(self.names)} names and {len(self.families)} families.",
                "Give each column one of each.",
            )
        if len(set(self.names)) != len(self.names):
            raise UsageError("Two confounders have the same name.", "Name each once.")


@dataclass(frozen=True)
class Association:
    """The plain difference of both sides, as a multiple: what it is associated with, not what it causes."""

    multiple: float
    low: float
    high: float


@dataclass(frozen=True)
class Answer:
    """What titles say of a choice, causal under the assumptions that `causal_words` states.

    Attributes:
        question: what was asked.
        measure, region: of the outcome.
        treated, other: titles on each side.
        treated_series, other_series: series on each side.
        average: over all titles; None where it is refused.
        on_treated: over titles of the first alternative; None where it is refused.
        refused: why one of the two is refused, in a sentence; empty where none is.
        association: what is plainly seen.
        confounders: families that were adjusted for.
        dropped: confounders that were left out because they tell the choice itself, by name.
        left_out: titles for which the choice is not known.
        at_most: titles whose outcome is only known to be at most a step, taken to be that step.
    """

    question: Question
    measure: str
    region: str
    treated: int
    other: int
    treated_series: int
    other_series: int
    average: Effect | None
    on_treated: Effect | None
    refused: str
    association: Association
    confounders: tuple[str, ...]
    dropped: tuple[str, ...]
    left_out: int
    at_most: int

    @property
    def told(self) -> Effect:
        """The effect to tell first: over all titles where it can be told, else over the treated."""
        found = self.average or self.on_treated
        assert found is not None
        return found
