"""What a page is worth to a member, and what one more title would add: the objective of `openslate.serving.pages`.

A place is worth the chance that somebody looks at it, `row_decay ** k * column_decay ** c`. A title is shown at most
once on a page, so the chance that it is seen is the chance of its one place.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from openslate.errors import UsageError
from openslate.serving.candidates import CandidateRow, Candidates
from openslate.serving.exploration import Exploration


@dataclass(frozen=True)
class PageSettings:
    """The shape of a page and what counts on it.

    Attributes:
        rows: how many rows at most, pinned ones included.
        titles_per_row: how many titles a row shows at most.
        minimum_titles: a row with fewer titles left is not shown; pinned rows need one.
        pool: how many of its best remaining titles a row may choose from; the row's own ranking decides which.
        row_decay: how much less a row is looked at than the one above it; estimate it from exposure logs.
        column_decay: how much less a title is looked at than the one to its left.
        calibration: 0 (enjoyment alone) to 1 (only a page whose genres mirror the member's history).
        diversity: cost of a title that is like one already in its row.
        kind_bonus: worth of a row of a kind the page does not have yet; half of it for the second of a kind, a
            third for the third.
        stability: worth of a row where it stood on the member's last page, less with each place it moves.
        smoothing: share of the tastes mixed into the page's genres, which keeps the divergence finite.
        exploration: how often a place is left to chance.
    """

    rows: int = 8
    titles_per_row: int = 12
    minimum_titles: int = 4
    pool: int = 40
    row_decay: float = 0.85
    column_decay: float = 0.9
    calibration: float = 0.3
    diversity: float = 0.1
    kind_bonus: float = 0.3
    stability: float = 0.1
    smoothing: float = 0.01
    exploration: Exploration = field(default_factory=Exploration)

    def __post_init__(self) -> None:
        if min(self.rows, self.titles_per_row, self.minimum_titles, self.pool) < 1:
            raise UsageError("A page needs rows, and rows need titles.", "Give every size as 1 or more.")
        if min(self.diversity, self.kind_bonus, self.stability) < 0.0:
            raise UsageError("A weight of the page is below 0.", "Give 0 to switch it off.")
        shares = (self.row_decay, self.column_decay, self.calibration, self.smoothing)
        if not all(0.0 <= share <= 1.0 for share in shares) or self.smoothing == 0.0:
            raise UsageError(
                f"One of row_decay, column_decay, calibration, smoothing is not in 0 to 1: {shares}.",
                "Give each as a share; smoothing must be above 0.",
            )

    def examination(self, row: int) -> NDArray[np.float64]:
        """The chance that each place of a row is looked at, float64 [titles_per_row]; the page's first is 1.

        Args:
            row: the row's place on the page, from 0.
        """
        return self.row_decay**row * self.column_decay ** np.arange(self.titles_per_row, dtype=np.float64)


@dataclass(frozen=True)
class GenreMix:
    """The genres a page shows so far, each title weighted by the chance that it is looked at.

    Attributes:
        mass: float64 [genres], the weights by genre.
        weight: the weights of all titles, those without genres included.
    """

    mass: NDArray[np.float64]
    weight: float

    @classmethod
    def none(cls, n_genres: int) -> "GenreMix":
        """The mix of an empty page."""
        return cls(np.zeros(n_genres), 0.0)


def divergence(
    tastes: NDArray[np.float64], mass: NDArray[np.float64], weight: float, smoothing: float
) -> NDArray[np.float64]:
    """How far a page's genres are from a member's tastes: KL(p || q~) in nats, at least 0.

    `q~ = (1 - e) q + e p`, with q the page's genre shares (none on an empty page) and e the smoothing.
    Source: Steck, Calibrated recommendations, doi:10.1145/3240323.3240372.

    Args:
        tastes: float64 [genres], p, summing to 1; all zero gives 0.
        mass: float64 [..., genres], genre weights of one page or of many that might be.
        weight: the sum of all weights on such a page.
        smoothing: e, above 0.

    Returns:
        float64 [...].

    Example:
        >>> p = np.array([0.5, 0.5])
        >>> [round(float(divergence(p, np.array(mass), 2.0, 0.01)), 3) for mass in ([1.0, 1.0], [2.0, 0.0])]
        [0.0, 1.959]
    """
    liked = tastes > 0.0
    p = tastes[liked]
    q = mass[..., liked] * ((1.0 - smoothing) / weight if weight > 0.0 else 0.0) + smoothing * p
    return np.asarray((np.log(p) - np.log(q)) @ p)


def calibration_weight(candidates: Candidates, settings: PageSettings) -> float:
    """How much calibration counts for this member: not at all without a history to mirror."""
    return settings.calibration if candidates.tastes.any() else 0.0


def gap_to_tastes(candidates: Candidates, mix: GenreMix, settings: PageSettings) -> float:
    """The divergence of a page's genres from the member's tastes."""
    return float(divergence(candidates.tastes, mix.mass, mix.weight, settings.smoothing))


def row_bonus(
    row: CandidateRow, place: int, kinds: tuple[str, ...], candidates: Candidates, settings: PageSettings
) -> float:
    """What a row adds beyond its titles: a kind not seen above, and a place the member knows it at.

    Args:
        row: the row that might come next.
        place: its place on the page, from 0.
        kinds: the kinds of the rows above it.
        candidates: where the rows of the last page are.
        settings: the weights.
    """
    bonus = settings.kind_bonus / (1 + kinds.count(row.kind))
    known = (row.kind, row.heading)
    if known in candidates.last_rows:
        bonus += settings.stability / (1 + abs(candidates.last_rows.index(known) - place))
    return settings.row_decay**place * bonus
