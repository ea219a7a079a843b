"""How alike headlines are: by subject, through few dimensions, and by the rare words that they share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from openslate.apps.press.stories.terms import Terms, letters, single_stems, stem_pairs, word_pairs, words
from openslate.models.gathering.weighing import Similarity, by_subject, weighed


@dataclass(frozen=True)
class View:
    """One way of looking at headlines.

    Attributes:
        terms: of a text.
        dimensions: that are kept, for each similarity of this view; 0 for all.
        fewest: headlines that have a term, below which it does not count.
        most: share of headlines that have a term, above which it does not count.
    """

    terms: Callable[[str], Terms]
    dimensions: tuple[int, ...]
    fewest: int = 2
    most: float = 1.0


SMOOTH = (
    View(word_pairs, (50, 100)),
    View(stem_pairs, (50,)),
    View(letters, (100,), 3, 0.3),
    View(words, (50,), 1),
)
"""By subject."""
SHARP = View(stem_pairs, (0,))
"""By rare words."""
TYING = View(single_stems, (0,), 1)
"""By what two headlines must share to be told of one event at all."""


def alike(texts: Sequence[str], view: View, seed: int = 0) -> list[Similarity]:
    """How alike texts are.

    Args:
        texts: to compare.
        view: how they are looked at.
        seed: of the reduction.

    Returns:
        float32 (texts, texts), cosines, for each number of dimensions; 0 beside a text of which no term counts.
    """
    fewest = min(view.fewest, max(len(texts) // 2, 1))
    return by_subject(weighed([view.terms(text) for text in texts], fewest, view.most), view.dimensions, seed)
