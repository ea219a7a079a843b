"""Item weights cut for serving: of each watched title's row the largest are kept, and scoring reads those alone.

Between training and serving. Scoring a history by dense weights reads a row of the whole catalogue for every event;
most of those weights are next to nothing. How many must stay is not guessed: validation is asked, of the whole blend.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from openslate.models.blend import Blend, Scorer
from openslate.models.ease import Ease, EaseSettings
from openslate.models.histories import Histories
from openslate.models.sequential import Sequential, SequentialSettings, source_weights
from openslate.models.sparse_rows import SparseRows
from openslate.models.top import highest
from openslate.models.weights import event_shares, rows_of_events, taste_rows

LADDER = (50, 100, 200, 300, 400, 500, 700, 1000, 1500, 2000)
"""Weights per row to try, the fewest first."""

MOST_LOST = 0.005
"""The share of validation nDCG@10 that cutting may cost, at the upper end of its interval."""

NORMAL_95 = 1.96
"""Standard errors from the mean to either end of a 95% interval: members are many, and their losses alike."""

ROWS_PER_BLOCK = 512


@dataclass(frozen=True)
class CutEase:
    """An `Ease` of which only the largest weights are left.

    Stability: provisional.

    Attributes:
        weights: from watched title (row) to scored title.
        settings: what it was fitted with.
    """

    weights: SparseRows
    settings: EaseSettings

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for every member, float32 [members, n_titles]; any member, seen in training or not."""
        return self.weights.add_up(self.rows(histories))

    def rows(self, histories: Histories) -> csr_array:
        """What each member's titles weigh, sparse float32 [members, n_titles]: what scoring adds up rows by."""
        return taste_rows(histories, self.settings.fold_in)

    def contributions(self, histories: Histories, title: int) -> NDArray[np.float32]:
        """What each event adds to the score of `title`, float32 [events]; for each member they sum to the score."""
        return event_shares(histories, self.settings.fold_in) * self.weights.at(histories.titles, title)


@dataclass(frozen=True)
class CutSequential:
    """A `Sequential` of which only the largest weights are left.

    Stability: provisional.

    Attributes:
        weights: from a past title (row) to the next one.
        settings: what it was fitted with.
    """

    weights: SparseRows
    settings: SequentialSettings

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for every member, float32 [members, n_titles]; any member, seen in training or not."""
        return self.weights.add_up(self.rows(histories))

    def rows(self, histories: Histories) -> csr_array:
        """What each member's events weigh, sparse float32 [members, n_titles]: what scoring adds up rows by."""
        return rows_of_events(histories, source_weights(histories, self.settings))

    def contributions(self, histories: Histories, title: int) -> NDArray[np.float32]:
        """What each event adds to the score of `title`, float32 [events]; for each member they sum to the score."""
        return source_weights(histories, self.settings) * self.weights.at(histories.titles, title)


@dataclass(frozen=True)
class Truncation:
    """How far a blend may be cut.

    Attributes:
        per_row: the weights a row keeps; None where no two steps of the ladder in a row held.
        losses: each step tried.
    """

    per_row: int | None
    losses: tuple["Loss", ...]


@dataclass(frozen=True)
class Loss:
    """What one step of the ladder costs, as shares of the whole blend's mean score; below zero where it won.

    Attributes:
        per_row: weights kept of each row.
        mean: the mean loss.
        at_most: the upper end of its 95% interval, over members in pairs.
    """

    per_row: int
    mean: float
    at_most: float


def cut(matrix: NDArray[np.float32], per_row: int) -> SparseRows:
    """The largest weights of each row by magnitude; of equal ones, those of the lower title index.

    Tried on MovieLens 1M with 200 kept, of the whole blend's nDCG@10: the largest of each row lost 1.1%, those of each
    column 2.4%, and those of each row after a base common to all rows was taken off 1.0%, which is not worth the base.

    Args:
        matrix: float32 [rows, n_titles].
        per_row: how many are kept at most; zeros never are.

    Example:
        >>> cut(np.array([[0.1, -0.5, 0.3]], dtype=np.float32), per_row=2).columns.tolist()
        [1, 2]
    """
    blocks = []
    for start in range(0, len(matrix), ROWS_PER_BLOCK):
        rows = matrix[start : start + ROWS_PER_BLOCK]
        blocks.append(csr_array(np.where(highest(np.abs(rows), per_row), rows, 0)))
    return SparseRows.of(csr_array(vstack(blocks)))


def cut_blend(blend: Blend, per_row: int) -> Blend:
    """The same blend with every dense item-item model cut; models that are sparse already stay as they are.

    Args:
        blend: models and their weights.
        per_row: how many weights of each row are kept.
    """
    return replace(blend, models={name: _cut_model(model, per_row) for name, model in blend.models.items()})


def smallest_per_row(
    blend: Blend,
    judge: Callable[[Blend], NDArray[np.float64]],
    ladder: Sequence[int] = LADDER,
    most_lost: float = MOST_LOST,
) -> Truncation:
    """The second of the first two steps in a row that cost the whole blend no more than they may, whole intervals.

    The mean alone would choose the step whose members happened to lose little, and other members would lose more; so
    would the first step that holds, as it is the luckiest of several. On MovieLens 1M's time split the first was 500
    weights a row, and members who had no say lost twice what they may: this rule was made after that was seen.

    Args:
        blend: fitted without what the judge asks for.
        judge: the validation score of a blend for each member, higher is better; nDCG@10, say.
        ladder: weights per row to try, the fewest first; at least two, or there are no two in a row.
        most_lost: the share of the whole blend's score that may be lost.
    """
    whole = judge(blend)
    losses: list[Loss] = []
    for per_row in ladder:
        losses.append(loss(per_row, whole, judge(cut_blend(blend, per_row))))
        if len(losses) > 1 and all(step.at_most <= most_lost for step in losses[-2:]):
            return Truncation(per_row, tuple(losses))
    return Truncation(None, tuple(losses))


def loss(per_row: int, whole: NDArray[np.float64], cut: NDArray[np.float64]) -> Loss:
    """What a cut costs.

    Args:
        per_row: weights kept of each row.
        whole: float64 [members], the scores of the whole blend.
        cut: float64 [members], those of the cut one.

    Example:
        >>> round(loss(500, np.array([0.5, 0.5]), np.array([0.4, 0.5])).mean, 6)
        0.1
    """
    if not whole.any():
        return Loss(per_row, 0.0, 0.0)
    lost = (whole - cut) / whole.mean()
    mean = float(lost.mean())
    return Loss(per_row, mean, mean + NORMAL_95 * float(lost.std()) / len(lost) ** 0.5)


def cut_ease(model: Ease, per_row: int) -> CutEase:
    """An EASE with the largest `per_row` weights of each row alone."""
    return CutEase(cut(model.item_weights, per_row), model.settings)


def cut_sequential(model: Sequential, per_row: int) -> CutSequential:
    """A sequential model with the largest `per_row` weights of each row alone."""
    return CutSequential(cut(model.transition_weights, per_row), model.settings)


def _cut_model(model: Scorer, per_row: int) -> Scorer:
    if isinstance(model, Ease):
        return cut_ease(model, per_row)
    if isinstance(model, Sequential):
        return cut_sequential(model, per_row)
    return model
