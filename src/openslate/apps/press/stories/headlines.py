"""How alike headlines are: by subject, through few dimensions, and by the rare words that they share."""

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

Similarity = NDArray[np.float64]
WORD = re.compile(r"[a-z0-9$](?:[a-z0-9$'.&-]*[a-z0-9$])?")
ENDINGS = ("'s", "ing", "ed", "es", "s")
SHORTEST = 4
"""Letters that are left of a word without its ending."""


@dataclass(frozen=True)
class View:
    """One way of looking at headlines.

    Attributes:
        terms: of a text.
        dimensions: that are kept; 0 for all.
        fewest: headlines that have a term, below which it does not count.
    """

    terms: Callable[[str], list[str]]
    dimensions: int
    fewest: int = 2


def stems(text: str) -> list[str]:
    """The words of a text without common ones and endings.

    Example:
        >>> stems("The regulators' filings: AT&T's")
        ['regulator', 'filing', 'at&t']
    """
    return [_stem(word) for word in WORD.findall(text.lower()) if word not in ENGLISH_STOP_WORDS]


def words(text: str) -> list[str]:
    """The words of a text without common ones."""
    return [word for word in re.findall(r"\w\w+", text.lower()) if word not in ENGLISH_STOP_WORDS]


def pairs_of(terms: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """Words and pairs of neighbouring ones."""

    def found(text: str) -> list[str]:
        single = terms(text)
        return [*single, *(f"{one} {other}" for one, other in itertools.pairwise(single))]

    return found


def letters(text: str) -> list[str]:
    """Runs of three to five letters within words."""
    padded = [f" {word} " for word in text.lower().split()]
    return [word[at : at + n] for word in padded for n in (3, 4, 5) for at in range(max(len(word) - n + 1, 1))]


SMOOTH = (
    View(pairs_of(words), 50),
    View(pairs_of(words), 100),
    View(pairs_of(stems), 50),
    View(letters, 100, 3),
    View(words, 50, 1),
)
"""By subject."""
SHARP = View(pairs_of(stems), 0)
"""By rare words."""


def alike(texts: Sequence[str], view: View, seed: int = 0) -> Similarity:
    """How alike texts are.

    Args:
        texts: to compare.
        view: how they are looked at.
        seed: of the reduction.

    Returns:
        float64 (texts, texts), cosines; 0 beside a text of which no term counts.
    """
    counts = TfidfVectorizer(sublinear_tf=True, analyzer=view.terms, min_df=min(view.fewest, max(len(texts) // 2, 1)))
    try:
        vectors = counts.fit_transform(texts)
    except ValueError:
        # No term is in enough texts.
        return np.eye(len(texts))
    if 0 < view.dimensions < min(vectors.shape):
        reduced = TruncatedSVD(view.dimensions, random_state=seed).fit_transform(vectors)
        length = np.linalg.norm(reduced, axis=1, keepdims=True)
        unit = np.divide(reduced, length, out=np.zeros_like(reduced), where=length > 0)
        return np.asarray(unit @ unit.T, dtype=np.float64)
    return np.asarray((vectors @ vectors.T).toarray(), dtype=np.float64)


def _stem(word: str) -> str:
    ending = next((one for one in ENDINGS if word.endswith(one) and len(word) - len(one) >= SHORTEST), "")
    return word[: len(word) - len(ending)] if ending else word
