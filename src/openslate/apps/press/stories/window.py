"""The headlines of the last days as rows of rare terms, to which each hour adds and from which old ones fall out."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.apps.press.stories.terms import stem_pairs
from openslate.models.gathering.weighing import unit_rows

COLUMNS = 1 << 21
"""Numbers that a term may have: ten of a headline meet one of another by accident once in twenty thousand pairs."""
COMMON = 0.02
"""Share of headlines with a term from which it says nothing."""
RARE = 100
"""Headlines with a term up to which it says something, however few there are."""
FAINT = 0.05
"""Similarity below which two headlines have nothing to do with one another."""


@dataclass(frozen=True)
class Window:
    """Headlines as rows.

    Attributes:
        ids: of the headlines, in the order of their hours, within one by publication.
        starts: int64 (headlines + 1,), where the terms of each begin.
        columns: int32, the terms, each once in a headline.
    """

    ids: tuple[str, ...] = ()
    starts: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))
    columns: NDArray[np.int32] = field(default_factory=lambda: np.empty(0, np.int32))

    def with_more(self, ids: Sequence[str], titles: Sequence[str]) -> "Window":
        """The same with headlines after the last.

        Args:
            ids, titles: of them.
        """
        found = [np.unique(stem_pairs(title) & (COLUMNS - 1)).astype(np.int32) for title in titles]
        ends = self.starts[-1] + np.cumsum([len(one) for one in found], dtype=np.int64)
        return Window(
            (*self.ids, *ids), np.concatenate([self.starts, ends]), np.concatenate([self.columns, *found])
        )  # fmt: skip

    def only(self, kept: NDArray[np.bool_]) -> "Window":
        """The same with some headlines alone.

        Args:
            kept: bool (headlines,), which.
        """
        long = np.diff(self.starts)
        return Window(
            tuple(one for one, is_kept in zip(self.ids, kept.tolist(), strict=True) if is_kept),
            np.concatenate([np.zeros(1, np.int64), np.cumsum(long[kept])]),
            self.columns[np.repeat(kept, long)],
        )


def likenesses(terms: csr_array, rows: NDArray[np.int64]) -> csr_array:
    """How alike some headlines are to all, by rare terms.

    Args:
        terms: of all, by `telling_terms`.
        rows: int64, which.

    Returns:
        float32 (rows, headlines), cosines from `FAINT` on; those of a headline with itself are there.
    """
    return _not_faint(csr_array(terms[rows] @ terms.T))


def story_likenesses(terms: csr_array, story: NDArray[np.int64], touched: NDArray[np.int64]) -> csr_array:
    """How alike what some stories say on the whole is to what all say: cosines of sums of headlines.

    A story that says many things is little like itself, headline by headline, and so are two halves of it: that the
    likeness between them is as high as within them is what this shows.

    Args:
        terms: of all headlines, by `telling_terms`.
        story: int64 (headlines,), of each, numbered from 0.
        touched: int64, stories that are asked about.

    Returns:
        float32 (touched, stories), cosines from `FAINT` on.
    """
    n, many = len(story), int(story.max(initial=-1)) + 1
    holding = csr_array((np.ones(n, np.float32), (story, np.arange(n))), shape=(many, n))
    sums = unit_rows(csr_array(holding @ terms))
    return _not_faint(csr_array(sums[touched] @ sums.T))


def telling_terms(window: Window) -> csr_array:
    """Headlines as rows of weighed terms: those that neither all too many have nor one alone.

    Args:
        window: the headlines.

    Returns:
        float32 (headlines, terms).
    """
    n = len(window.ids)
    columns, width = _short(window.columns)
    having = np.bincount(columns, minlength=width)
    rarity = np.log((1.0 + n) / (1.0 + np.arange(having.max(initial=0) + 1))) + 1.0
    weights = rarity[having[columns]]
    # A term that one headline alone has says how much of it is left unsaid by those that are shared.
    entries = np.repeat(np.arange(n), np.diff(window.starts))
    length = np.sqrt(np.bincount(entries, weights=weights * weights, minlength=n))
    weights = (weights / length[entries]).astype(np.float32)
    asked = (having > 1) & (having <= max(RARE, COMMON * n))
    kept = asked[columns]
    place = np.cumsum(asked, dtype=np.int32) - 1
    starts = np.concatenate([[0], np.cumsum(kept)])[window.starts]
    return csr_array((weights[kept], place[columns[kept]], starts), shape=(n, int(asked.sum())))


def _not_faint(found: csr_array) -> csr_array:
    strong = found.data >= FAINT
    starts = np.concatenate([[0], np.cumsum(strong)])[found.indptr]
    return csr_array((found.data[strong], found.indices[strong], starts), shape=found.shape)


def _short(columns: NDArray[np.int32]) -> tuple[NDArray[np.int32], int]:
    """Terms numbered anew, where there are few, and how many numbers there may be."""
    if len(columns) > COLUMNS // 16:
        return columns, COLUMNS
    names, short = np.unique(columns, return_inverse=True)
    return short.reshape(-1).astype(np.int32), len(names)


def likeness(window: Window, one: int, other: int) -> float:
    """How alike two headlines are by the terms they share; for few pairs.

    Args:
        window: all headlines.
        one, other: rows.
    """
    first, second = (window.columns[window.starts[row] : window.starts[row + 1]] for row in (one, other))
    shared = len(np.intersect1d(first, second, assume_unique=True))
    return float(shared / np.sqrt(len(first) * len(second))) if shared else 0.0
