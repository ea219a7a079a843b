"""EASE and its kin: each title's score as a weighted sum of the other titles a member watched, in closed form.

Sources: H. Steck, "Embarrassingly shallow autoencoders for sparse data", WWW 2019, arXiv 1905.03375 (EASE);
H. Steck, "Autoencoders that don't overfit towards the identity", NeurIPS 2020 (EDLAE); J. Moon et al., "It's enough:
relaxing diagonal constraints in linear autoencoders for recommendation", SIGIR 2023, arXiv 2305.12922 (RLAE, RDLAE).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.models import one_member
from openslate.models.gram import GRAM_STEPS, gram_of_part
from openslate.models.histories import Histories
from openslate.models.kernels import plain
from openslate.models.packed import WORTH_COMPILING, diagonal, titles_of_half, unpacked
from openslate.models.solving import lower_inverse
from openslate.models.weights import WeightSettings, event_shares, taste_rows


@dataclass(frozen=True)
class EaseSettings:
    """What EASE is fitted with.

    Stability: provisional.

    Attributes:
        l2: ridge, in members: about how many must watch a pair of titles before it is believed.
        dropout: 0 for EASE, between 0 and 1 for EDLAE: the share of a member's events that training hides, which
            acts as a ridge that grows with a title's popularity.
        training: weights of events in the Gram matrix.
        fold_in: weights of events when a member is scored.
        diagonal_bound: how much a title may speak for itself: 0 for EASE and EDLAE, up to 1 for RLAE and RDLAE. Its own
            word is never needed, but it leaves less for the titles like it to explain.
    """

    l2: float = 300.0
    dropout: float = 0.0
    training: WeightSettings = WeightSettings(engagement_share=0.5)
    fold_in: WeightSettings = WeightSettings(engagement_share=0.5, half_life=20.0)
    diagonal_bound: float = 0.0


@dataclass(frozen=True)
class Ease:
    """A fitted EASE or EDLAE.

    Stability: provisional.

    Attributes:
        item_weights: float32 [n_titles, n_titles], from watched title (row) to scored title; the diagonal is zero
            unless `settings.diagonal_bound` allows more.
        settings: what it was fitted with.
    """

    item_weights: NDArray[np.float32]
    settings: EaseSettings

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for every member, float32 [members, n_titles]; any member, seen in training or not."""
        if histories.n_members == 1:
            return one_member.scores(*one_member.taste_row(histories, self.settings.fold_in), self.item_weights)
        scores: NDArray[np.float32] = taste_rows(histories, self.settings.fold_in) @ self.item_weights
        return scores

    def contributions(self, histories: Histories, title: int) -> NDArray[np.float32]:
        """What each event adds to the score of `title`, float32 [events]; for each member they sum to the score."""
        added: NDArray[np.float32] = (
            event_shares(histories, self.settings.fold_in) * self.item_weights[histories.titles, title]
        )
        return added


def fit_ease(histories: Histories, settings: EaseSettings = EaseSettings()) -> Ease:
    """Count the Gram matrix of all members in this process, then solve.

    Args:
        histories: training members.
        settings: ridge, dropout and weights.

    Raises:
        FitError: the system cannot be solved in single precision.

    Example:
        >>> watched = Histories.from_lists([[0, 1], [0, 1], [2]], n_titles=3)
        >>> model = fit_ease(watched, EaseSettings(l2=1.0, dropout=0.0))
        >>> scores = model.score(Histories.from_lists([[0]], n_titles=3))
        >>> int(scores.argmax())
        1
    """
    return ease_from_gram(gram_of_part(histories, settings.training), settings)


def ease_from_gram(gram: NDArray[np.int64], settings: EaseSettings = EaseSettings()) -> Ease:
    """Solve for the item weights.

    Only titles somebody watched are in the system; the others' weights are zero. Beside the Gram matrix it takes two
    float32 matrices of n_titles * n_titles (3.2 GB at 20,000).

    Args:
        gram: int64 [n_titles (n_titles + 1) / 2], the sum of `gram_of_part` over all shards, counted with
            `settings.training`; left as it is.
        settings: ridge, dropout and weights.

    Raises:
        FitError: dropout or bound are no such share, or the system cannot be solved in single precision.
    """
    if not 0.0 <= settings.dropout < 1.0:
        raise FitError(f"A dropout of {settings.dropout} is no share of events.", "Choose it from 0 up to below 1.")
    if not 0.0 <= settings.diagonal_bound <= 1.0:
        raise FitError(f"A diagonal bound of {settings.diagonal_bound} is no share.", "Choose it from 0 to 1.")
    watched = np.flatnonzero(diagonal(gram))
    system = unpacked(gram, watched, 1 / GRAM_STEPS)
    ridged = np.einsum("ii->i", system)
    ridge = np.float32(settings.l2) + np.float32(settings.dropout / (1.0 - settings.dropout)) * ridged
    ridged += ridge
    inverted, n_titles = lower_inverse(system), titles_of_half(len(gram))
    multipliers = np.float32(1) / inverted.diagonal()
    if settings.diagonal_bound > 0:
        multipliers = np.maximum(ridge, np.float32(1 - settings.diagonal_bound) * multipliers)
    weights = spread(inverted, multipliers, watched, n_titles)
    if settings.diagonal_bound > 0:
        weights[watched, watched] = 1 - inverted.diagonal() * multipliers
    return Ease(weights, settings)


def spread(
    inverted: NDArray[np.float32], multipliers: NDArray[np.float32], watched: NDArray[np.int64], n_titles: int
) -> NDArray[np.float32]:
    """-P_ij mu_j off the diagonal and zero on it, float32 [n_titles, n_titles], in whichever way is quicker."""
    if len(watched) < WORTH_COMPILING:
        return plain.ease_weights(inverted, multipliers, watched, n_titles)
    from openslate.models.kernels import squares

    return squares.ease_weights(inverted, multipliers, watched, n_titles)
