"""Titles as weighted bags of words: what is known of a title before anybody has watched it.

Source: K. Sparck Jones, "A statistical interpretation of term specificity and its application in retrieval", 1972.
"""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array


def token_features(tokens: Sequence[Sequence[str]]) -> csr_array:
    """TF-IDF rows of unit length from what describes each title.

    Tokens that describe a single title are left out: they say nothing about any other.

    Args:
        tokens: for each title its tokens, such as 'genre:Drama', 'person:Ada Vale', 'word:lighthouse'; a repeated
            token counts with the logarithm of its repeats.

    Returns:
        Sparse float32 [n_titles, features], features in alphabetical order of their tokens; a title without known
        tokens has an empty row.

    Example:
        >>> features = token_features([["genre:Drama"], ["genre:Drama", "word:sea"], ["word:sea"]])
        >>> (features @ features.T).toarray().astype(float).round(3).tolist()
        [[1.0, 0.707, 0.0], [0.707, 1.0, 0.707], [0.0, 0.707, 1.0]]
    """
    vocabulary = {token: place for place, token in enumerate(sorted({t for title in tokens for t in title}))}
    titles = np.repeat(np.arange(len(tokens)), [len(title) for title in tokens])
    columns = np.array([vocabulary[token] for title in tokens for token in title], dtype=np.int64)
    counts = csr_array((np.ones(len(columns)), (titles, columns)), shape=(len(tokens), len(vocabulary)))
    counts.sum_duplicates()
    described = np.bincount(counts.indices, minlength=len(vocabulary))
    shared = described > 1
    rarity = np.log((1 + len(tokens)) / (1 + described)) + 1
    weights = csr_array(
        ((1 + np.log(counts.data)) * rarity[counts.indices], counts.indices, counts.indptr), shape=counts.shape
    )[:, np.flatnonzero(shared)]
    length = np.sqrt(weights.multiply(weights).sum(axis=1))
    weights.data /= np.repeat(length, np.diff(weights.indptr))
    return weights.astype(np.float32)
