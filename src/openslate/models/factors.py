"""Factors: members and titles as points, close where one watched the other, by alternating least squares (iALS).

The second opinion beside the item-item models: it sees the taste that two titles share though nobody watched both.
Only titles' factors are kept. A member's are solved anew from the history whenever the member is scored, so a member
seen in training and one never seen are treated alike, and an event changes the next answer.

Sources: Y. Hu, Y. Koren and C. Volinsky, "Collaborative filtering for implicit feedback datasets", ICDM 2008; S. Rendle
et al., "Revisiting the performance of iALS on item recommendation benchmarks", RecSys 2022, arXiv 2110.14037 (a ridge
that grows with how much there is to explain, which is what makes it strong); G. Takacs, I. Pilaszy and D. Tikk,
"Applications of the conjugate gradient method for implicit feedback collaborative filtering", RecSys 2011.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import sposv
from scipy.sparse import csr_array

from openslate.errors import FitError
from openslate.models.histories import Histories
from openslate.models.solving import one_thread
from openslate.models.weights import WeightSettings, event_shares, taste_rows

FEWEST_NUMBERS = 8
"""Numbers per title in the smallest catalogues, unless fewer are asked for."""


@dataclass(frozen=True)
class FactorSettings:
    """What factors are fitted with.

    Stability: provisional.

    Attributes:
        width: numbers per title; fewer where the catalogue is small, see `width_for`.
        epochs: how often members and titles take turns.
        steps: of conjugate gradients that each takes from where its last turn left it, in place of solving its system.
        unwatched: what a title that a member has not watched weighs, beside one for a watched title.
        l2: ridge, times what there is to explain: |watched| + unwatched * |all|.
        deviation: of the random start, times width^-1/2.
        most_members: the titles' factors are fitted on so many members at most, spread evenly over all.
        seed: of the random start.
    """

    width: int = 192
    epochs: int = 8
    steps: int = 3
    unwatched: float = 0.15
    l2: float = 0.01
    deviation: float = 0.1
    most_members: int = 100_000
    seed: int = 0


@dataclass(frozen=True)
class Factors:
    """Fitted factors.

    Stability: provisional.

    Attributes:
        title_factors: float32 [n_titles, width].
        settings: what they were fitted with.
    """

    title_factors: NDArray[np.float32]
    settings: FactorSettings

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for every member, float32 [members, n_titles]; any member, seen in training or not."""
        members = np.zeros((histories.n_members, self.title_factors.shape[1]), dtype=np.float32)
        if histories.n_members != 1:
            watched = taste_rows(histories, WeightSettings())
            members = _half_step(watched, self.title_factors, self._common, self.settings)
        elif histories.n_events:
            own = self.title_factors[np.unique(histories.titles)]
            with one_thread():
                members[0] = _solved(own, own.sum(axis=0), self._common, len(self.title_factors), self.settings)
        scores: NDArray[np.float32] = members @ self.title_factors.T
        return scores

    def contributions(self, histories: Histories, title: int) -> NDArray[np.float32]:
        """What each event adds to the score of `title`, float32 [events]; for each member they sum to the score."""
        watched = taste_rows(histories, WeightSettings())
        added = np.zeros(histories.n_events, dtype=np.float32)
        for member in range(histories.n_members):
            events = slice(histories.offsets[member], histories.offsets[member + 1])
            own = self.title_factors[watched.indices[watched.indptr[member] : watched.indptr[member + 1]]]
            if len(own):
                pull = _solved(own, self.title_factors[title], self._common, len(self.title_factors), self.settings)
                added[events] = self.title_factors[histories.titles[events]] @ pull
        return added * event_shares(histories, WeightSettings())

    @cached_property
    def _common(self) -> NDArray[np.float32]:
        return _common_of(self.title_factors, self.settings)


def fit_factors(histories: Histories, settings: FactorSettings = FactorSettings()) -> Factors:
    """Take turns: members from titles, titles from members.

    Args:
        histories: training members; titles count as watched or not.
        settings: width, ridge and epochs.

    Raises:
        FitError: the ridge is not above zero, so that somebody's factors cannot be told.

    Example:
        >>> watched = Histories.from_lists([[0, 1], [0, 1], [2, 3], [2, 3], [0]], n_titles=4)
        >>> model = fit_factors(watched, FactorSettings(width=2))
        >>> int(model.score(Histories.from_lists([[0]], n_titles=4))[0, 1:].argmax()) + 1
        1
    """
    if not settings.l2 > 0:
        raise FitError(f"A ridge of {settings.l2} leaves factors undetermined.", "Choose an l2 above 0.")
    watched = taste_rows(_spread_evenly(histories, settings.most_members), WeightSettings())
    watched_by = csr_array(watched.T.tocsr())
    width = width_for(histories.n_titles, settings)
    start = np.random.default_rng(settings.seed).standard_normal((histories.n_titles, width))
    titles = (start * settings.deviation / np.sqrt(width)).astype(np.float32)
    members = np.zeros((watched.shape[0], width), dtype=np.float32)
    for _ in range(settings.epochs):
        _improve(members, watched, titles, settings)
        _improve(titles, watched_by, members, settings)
    return Factors(titles, settings)


def width_for(n_titles: int, settings: FactorSettings) -> int:
    """At most a quarter of the titles: with as many numbers as titles there is nothing they would have to share.

    Example:
        >>> width_for(150, FactorSettings()), width_for(3_706, FactorSettings()), width_for(4, FactorSettings(width=2))
        (37, 192, 2)
    """
    return min(settings.width, max(FEWEST_NUMBERS, n_titles // 4))


def _improve(
    rows: NDArray[np.float32], watched: csr_array, columns: NDArray[np.float32], settings: FactorSettings
) -> None:
    """Bring each row's factors nearer to their best, given those of the columns, in place.

    Between turns little changes, so few steps do what a solved system would; they read what was watched, instead of
    squaring it.
    """
    common = _common_of(columns, settings)
    with one_thread():
        for row in range(len(rows)):
            own = columns[watched.indices[watched.indptr[row] : watched.indptr[row + 1]]]
            ridge = np.float32(settings.l2 * (len(own) + settings.unwatched * len(columns)))
            rows[row] = _stepped(rows[row], own, common, ridge, settings.steps) if len(own) else 0


def _stepped(
    factors: NDArray[np.float32], own: NDArray[np.float32], common: NDArray[np.float32], ridge: np.float32, steps: int
) -> NDArray[np.float32]:
    """Steps of conjugate gradients towards (own' own + common + ridge)^-1 own' 1, from where the factors are."""
    left = own.sum(axis=0) - _applied(factors, own, common, ridge)
    direction, length = left, left @ left
    for _ in range(steps):
        if not length > 0:  # there already
            break
        along = _applied(direction, own, common, ridge)
        step = length / (direction @ along)
        factors = factors + step * direction
        left = left - step * along
        before, length = length, left @ left
        direction = left + (length / before) * direction
    return factors


def _applied(
    to: NDArray[np.float32], own: NDArray[np.float32], common: NDArray[np.float32], ridge: np.float32
) -> NDArray[np.float32]:
    whole: NDArray[np.float32] = own.T @ (own @ to) + common @ to + ridge * to
    return whole


def _half_step(
    watched: csr_array, factors: NDArray[np.float32], common: NDArray[np.float32], settings: FactorSettings
) -> NDArray[np.float32]:
    """The best factors of each row, given those of the columns, float32 [rows, width]."""
    found = np.zeros((watched.shape[0], factors.shape[1]), dtype=np.float32)
    # Systems this small are solved faster by one thread, and to the same bits on every machine size.
    with one_thread():
        for row in range(len(found)):
            own = factors[watched.indices[watched.indptr[row] : watched.indptr[row + 1]]]
            if len(own):
                found[row] = _solved(own, own.sum(axis=0), common, len(factors), settings)
    return found


def _solved(
    own: NDArray[np.float32],
    right: NDArray[np.float32],
    common: NDArray[np.float32],
    others: int,
    settings: FactorSettings,
) -> NDArray[np.float32]:
    """(own' own + unwatched * all' all + ridge)^-1 right."""
    system = own.T @ own
    system += common
    np.einsum("ii->i", system)[:] += np.float32(settings.l2 * (len(own) + settings.unwatched * others))
    solution: NDArray[np.float32] = sposv(system, right, overwrite_a=1)[1]
    return solution


def _common_of(factors: NDArray[np.float32], settings: FactorSettings) -> NDArray[np.float32]:
    with one_thread():
        common: NDArray[np.float32] = np.float32(settings.unwatched) * (factors.T @ factors)
    return common


def _spread_evenly(histories: Histories, most_members: int) -> Histories:
    if histories.n_members <= most_members:
        return histories
    return histories.take(np.linspace(0, histories.n_members - 1, most_members).astype(np.int64))
