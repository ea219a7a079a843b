"""What texts are about: rare words drawn together into few dimensions, learned from given texts and no others.

Source: S. Deerwester et al., "Indexing by latent semantic analysis", JASIS 41(6), 1990.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.data.matching.spelling import words_of

Floats = NDArray[np.float64]
DIMENSIONS = 30
FEWEST_TEXTS = 50
"""Below so many texts nothing is learned of them."""
LONGEST = 20_000
"""Letters of a text that are read; a synopsis is shorter."""


@dataclass(frozen=True)
class Wording:
    """Words and the dimensions they draw texts to.

    Attributes:
        words: those that count, in alphabetical order.
        rarity: float64 [words], inverse document frequency.
        dimensions: float64 [words, dimensions].
    """

    words: tuple[str, ...]
    rarity: Floats
    dimensions: Floats

    def vectors(self, texts: Sequence[str]) -> Floats:
        """Where texts lie, float64 [texts, dimensions], of length one; NaN where no word of a text is known."""
        if not self.words:
            return np.full((len(texts), 1), np.nan)
        found = np.asarray(self._counter().transform(texts) @ self.dimensions, dtype=np.float64)
        length = np.sqrt((found**2).sum(axis=1, keepdims=True))
        return np.where(length > 0, found / np.where(length > 0, length, 1), np.nan)

    def _counter(self) -> Any:
        from sklearn.feature_extraction.text import TfidfVectorizer

        counter = TfidfVectorizer(
            analyzer=words_in, vocabulary={word: place for place, word in enumerate(self.words)}, sublinear_tf=True
        )
        counter.idf_ = self.rarity
        return counter


def fit_wording(texts: Sequence[str]) -> Wording:
    """Learn what texts are about.

    Args:
        texts: those that may be learned from; empty ones are passed over.
    """
    there = [text for text in texts if text]
    if len(there) < FEWEST_TEXTS:
        return Wording((), np.empty(0), np.empty((0, 1)))
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    counter = TfidfVectorizer(analyzer=words_in, min_df=5, max_df=0.3, max_features=8000, sublinear_tf=True)
    counted = counter.fit_transform(there)
    many = min(DIMENSIONS, counted.shape[1] - 1, counted.shape[0] - 1)
    if many < 1:
        return Wording((), np.empty(0), np.empty((0, 1)))
    # SVD's signs are fixed by the library, so that the same texts give the same dimensions.
    found = TruncatedSVD(many, random_state=0).fit(counted)
    words = tuple(str(word) for word in counter.get_feature_names_out())
    return Wording(words, np.asarray(counter.idf_), np.ascontiguousarray(found.components_.T, dtype=np.float64))


def words_in(text: str) -> list[str]:
    """Words of three letters or more, in one spelling."""
    return [word for word in words_of(text[:LONGEST]) if len(word) > 2]
