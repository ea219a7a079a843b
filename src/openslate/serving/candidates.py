"""What a page may be made of: candidate rows, and what is known of the member and the titles in them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import UsageError

Similarity = Callable[[NDArray[np.int32]], NDArray[np.float64]]
"""Titles [n] in, their pairwise likeness [n, n] out, 0 (nothing in common) to 1 (alike)."""


@dataclass(frozen=True)
class CandidateRow:
    """A row that could be shown, with more titles than it has room for.

    Attributes:
        kind: "continue", "top-picks", "because", "new", "trending", "genre", "popular", ...
        heading: the words above the row.
        reason: why the row is offered to this member, one true sentence.
        titles: int32 [n], title indices, best first by this row's own ranking, each once.
        scores: float64 [n], the scores behind that ranking.
        reasons: a reason for each title, or () when the row's reason stands for all.
        progress: float64 [n], the share watched of each title, or None.
        pinned: true for a row that goes first and is shown as given: not re-ranked, no exploration.
    """

    kind: str
    heading: str
    reason: str
    titles: NDArray[np.int32]
    scores: NDArray[np.float64]
    reasons: tuple[str, ...] = ()
    progress: NDArray[np.float64] | None = None
    pinned: bool = False

    def __post_init__(self) -> None:
        aligned = [len(self.scores)]
        aligned += [len(self.reasons)] if self.reasons else []
        aligned += [len(self.progress)] if self.progress is not None else []
        if set(aligned) != {len(self.titles)}:
            raise UsageError(
                f"Row '{self.heading}' has {len(self.titles)} titles, but lists of {aligned} beside them.",
                "Give each title one score, and one reason and progress where there are any.",
            )
        if len(np.unique(self.titles)) != len(self.titles):
            raise UsageError(f"Row '{self.heading}' names a title twice.", "Keep its first mention only.")


@dataclass(frozen=True)
class Candidates:
    """Everything a page is chosen from, for one member.

    Attributes:
        rows: the candidate rows; on equal value the earlier is preferred.
        enjoyment: float64 [n_titles], the probability that this member enjoys each title if they see it.
        genres: float64 [n_titles, genres], each title's shares; rows sum to 1, or to 0 where nothing is known.
        tastes: float64 [genres], the genre shares of the member's history; all zero when there is none, and
            then the page is not calibrated.
        similarity: how alike titles are, for variety within a row; None compares their genres.
        last_rows: (kind, heading) of the rows of the member's last page, from the top.

    Raises:
        UsageError: the shapes do not fit, or an enjoyment is no probability.
    """

    rows: tuple[CandidateRow, ...]
    enjoyment: NDArray[np.float64]
    genres: NDArray[np.float64]
    tastes: NDArray[np.float64]
    similarity: Similarity | None = None
    last_rows: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if self.genres.shape != (len(self.enjoyment), len(self.tastes)):
            raise UsageError(
                f"genres has shape {self.genres.shape}, but there are {len(self.enjoyment)} titles"
                f" and {len(self.tastes)} tastes.",
                "Pass one row per title and one column per genre.",
            )
        if not np.all((self.enjoyment >= 0.0) & (self.enjoyment <= 1.0)):
            raise UsageError(
                "An enjoyment lies outside 0 to 1 or is no number.",
                "Turn scores into probabilities first, with a logistic curve for instance.",
            )
        if not (np.all(self.tastes >= 0.0) and np.isclose(self.tastes.sum(), [0.0, 1.0]).any()):
            raise UsageError(
                f"The tastes sum to {self.tastes.sum():g} or fall below 0.",
                "Give the shares of each genre in the history, or zeros where there is no history.",
            )
        for row in self.rows:
            if len(row.titles) and not 0 <= row.titles.min() <= row.titles.max() < len(self.enjoyment):
                raise UsageError(
                    f"Row '{row.heading}' names a title outside the catalogue of {len(self.enjoyment)}.",
                    "Use indices into the same catalogue everywhere.",
                )

    def likeness(self, titles: NDArray[np.int32]) -> NDArray[np.float64]:
        """How alike each pair of these titles is, float64 [n, n]; by genre where nothing better was given."""
        if self.similarity is not None:
            return self.similarity(titles)
        shares = self.genres[titles]
        lengths = np.sqrt(np.einsum("tg,tg->t", shares, shares))
        unit = shares / np.where(lengths > 0.0, lengths, 1.0)[:, None]
        return np.asarray(unit @ unit.T, dtype=np.float64)
