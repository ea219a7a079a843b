"""How alike texts are: rare words in common, and themes that go with them though no word is shared.

Source: G. Salton and C. Buckley, "Term-weighting approaches in automatic text retrieval", 1988 (rare words);
S. Deerwester et al., "Indexing by latent semantic analysis", 1990 (themes); N. Halko, P. Martinsson and J. Tropp,
"Finding structure with randomness", SIAM Review 2011 (the decomposition).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from openslate.models.comparing.words import words_of

Floats = NDArray[np.float64]

FEWEST_TEXTS = 2
"""A word that only one text holds makes it like no other."""
LARGEST_SHARE = 0.1
"""Words that more texts hold than that, such as 'the', say nothing of any; no language needs a list."""
THEMES = 100
SPARE_THEMES, ROUNDS = 20, 4
SEED = 20_260_301
DECIMALS = 9
"""Similarities are told to so many decimals, which no order of additions reaches: the same on every machine."""


@dataclass(frozen=True)
class TextRows:
    """Texts, placed.

    Attributes:
        words: csr float64 [texts, words], rows of length 1 or 0.
        themes: float64 [texts, themes], rows of length 1 or 0.
        known: bool [texts], whether there is any word that others hold too.
    """

    words: csr_array
    themes: Floats
    known: NDArray[np.bool_]

    def rows(self, part: slice) -> "TextRows":
        """Some of the texts."""
        return TextRows(self.words[part], self.themes[part], self.known[part])


@dataclass(frozen=True)
class TextSpace:
    """What was learned from texts.

    Attributes:
        vocabulary: words, in the order of their code points.
        rarity: float64 [words], ln of how rarely texts hold each.
        axes: float64 [words, themes].
    """

    vocabulary: tuple[str, ...]
    rarity: Floats
    axes: Floats

    @cached_property
    def _column(self) -> dict[str, int]:
        return {word: place for place, word in enumerate(self.vocabulary)}

    def place(self, texts: Sequence[str]) -> TextRows:
        """Place texts, seen or not; words that were not learned are passed over.

        Args:
            texts: '' for one that is not known.
        """
        words = self._weighed([Counter(words_of(text)) for text in texts])
        themes: Floats = np.asarray(words @ self.axes)
        lengths = np.linalg.norm(themes, axis=1, keepdims=True)
        themes = np.divide(themes, lengths, out=np.zeros_like(themes), where=lengths > 1e-12)
        return TextRows(words, themes, np.diff(words.indptr) > 0)

    def _weighed(self, counts: Sequence[Counter[str]]) -> csr_array:
        column = self._column
        offsets, columns, values = [0], [], []
        for count in counts:
            found = sorted((column[word], times) for word, times in count.items() if word in column)
            row = np.array([(1 + np.log(times)) * self.rarity[place] for place, times in found])
            columns += [place for place, _ in found]
            values += (row / np.linalg.norm(row) if found else row).tolist()
            offsets.append(len(columns))
        shape = (len(counts), len(self.vocabulary))
        return csr_array((np.array(values, dtype=np.float64), np.array(columns, dtype=np.int64), offsets), shape=shape)


def fit_texts(texts: Sequence[str]) -> TextSpace:
    """Learn words, how rare they are, and themes, from texts and nothing else.

    Args:
        texts: '' for ones that are not known.

    Example:
        >>> space = fit_texts(["a heist in Rome", "a heist at sea", "a love in Rome", "a love at sea"])
        >>> rows = space.place(["heist"]), space.place(["the heist", "love"])
        >>> space.vocabulary, text_similarity(*rows).tolist()
        (('at', 'heist', 'in', 'love', 'rome', 'sea'), [[1.0, 0.0]])
    """
    counts = [Counter(words_of(text)) for text in texts]
    holding = Counter(word for count in counts for word in count)
    written = sum(bool(count) for count in counts)
    most = max(LARGEST_SHARE * written, 10)
    vocabulary = tuple(sorted(word for word, times in holding.items() if FEWEST_TEXTS <= times <= most))
    rarity = np.log1p(written / np.array([holding[word] for word in vocabulary], dtype=np.float64))
    bare = TextSpace(vocabulary, rarity, np.zeros((len(vocabulary), 0)))
    return TextSpace(vocabulary, rarity, _axes(bare._weighed(counts)))


def joined(first: TextRows, second: TextRows) -> TextRows:
    """Texts of which each has two, a short one and a long one, both of which count alike.

    Args:
        first, second: row by row of one and the same; a row without words leaves the other as it is.

    Example:
        >>> space = fit_texts(["a heist in Rome", "a heist at sea", "a love in Rome", "a love at sea"])
        >>> both = joined(space.place(["heist", ""]), space.place(["rome rome rome", "love"]))
        >>> both.words.toarray().round(2).tolist()[0], both.known.tolist()
        ([0.0, 0.71, 0.0, 0.0, 0.71, 0.0], [True, True])
    """
    words = csr_array(first.words + second.words)
    lengths = np.sqrt(np.asarray(words.multiply(words).sum(axis=1)).reshape(-1))
    words = csr_array(words.multiply(np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)[:, None]))
    words.sort_indices()
    themes = first.themes + second.themes
    long = np.linalg.norm(themes, axis=1, keepdims=True)
    themes = np.divide(themes, long, out=np.zeros_like(themes), where=long > 1e-12)
    return TextRows(words, themes, first.known | second.known)


def text_similarity(queries: TextRows, seen: TextRows) -> Floats:
    """Mean of the cosines of words and of themes, float64 [queries, seen], 0 to 1; both placed in one space."""
    words: Floats = (seen.words @ queries.words.T).toarray().T
    themes = np.clip(queries.themes @ seen.themes.T, 0, 1)
    found: Floats = np.clip((words + themes) / 2, 0, 1).round(DECIMALS)
    return found


def _axes(words: csr_array) -> Floats:
    """The right singular vectors of the greatest singular values, signs fixed, float64 [words, themes]."""
    themes = min(THEMES, min(words.shape))
    if themes == 0:
        return np.zeros((words.shape[1], 0))
    width = min(themes + SPARE_THEMES, min(words.shape))
    # Sums are split among threads by how many there are, and would differ in their last digits.
    with threadpool_limits(1, user_api="blas"):
        basis = np.random.default_rng(SEED).standard_normal((words.shape[1], width))
        for _ in range(ROUNDS):
            basis, _ = np.linalg.qr(words.T @ (words @ basis))
        _, values, turned = np.linalg.svd(words @ basis, full_matrices=False)
        axes = (basis @ turned.T)[:, :themes]
    axes = axes[:, values[:themes] > values[0] * 1e-9]
    signs = np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    found: Floats = np.round(axes * signs, DECIMALS)
    return found
