"""How well groups agree with true ones: B-cubed precision, recall and F1."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class BCubed:
    """Agreement of groups.

    Attributes:
        precision: the share of a thing's group that is of its true one, on average over things.
        recall: the share of a thing's true group that is in its group.
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.precision + self.recall
        return 2.0 * self.precision * self.recall / both if both else 0.0


def b_cubed(true: Sequence[Hashable], found: Sequence[Hashable]) -> BCubed:
    """B-cubed of groups.

    Args:
        true: the true group of each thing.
        found: the group that was found, in the same order; at least one.

    Source: A. Bagga, B. Baldwin, "Entity-based cross-document coreferencing using the vector space model", COLING 1998.

    Example:
        >>> one = b_cubed(["a", "a", "b"], [1, 1, 1])
        >>> round(one.precision, 3), one.recall
        (0.556, 1.0)
    """
    both = Counter(zip(true, found, strict=True))
    of_true, of_found = Counter(true), Counter(found)
    n = len(true)
    return BCubed(
        precision=sum(many * many / of_found[group] for (_, group), many in both.items()) / n,
        recall=sum(many * many / of_true[story] for (story, _), many in both.items()) / n,
    )
