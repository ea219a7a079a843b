"""What the compiled loops do, in NumPy and SciPy: their reference in tests, and the quick way for a little.

Nothing here loads numba.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, tril

from openslate.models.histories import Histories
from openslate.models.kernels.events import LagWeights, TimedEvents, VoteWeights, WeighedEvents, Witnesses
from openslate.models.sparse_rows import SparseRows
from openslate.models.top import top_titles

LANES = 8
"""Sums over a row are this many sums side by side, so that a loop and NumPy add in one order."""
LEVEL = 1e-6
"""A deviation that is no larger a share of the mean is rounding, and must not be blown up to one."""


def add_gram(half: NDArray[np.int64], weights: csr_array, sign: int) -> None:
    """Add sign * X'X to its packed half by one product of sparse integers.

    Args:
        half: int64 [n (n + 1) / 2], added to in place.
        weights: X, sparse int32 [members, titles].
        sign: 1 to add members, -1 to take them out.
    """
    wide = weights.astype(np.int64)
    products = tril(wide.T @ wide).tocoo()
    half[_places(products.row.astype(np.int64), products.col)] += sign * products.data


def add_pairs(
    half: NDArray[np.int64], full: NDArray[np.int64], events: WeighedEvents, lags: LagWeights, sign: int
) -> None:
    """Add what each pair of one member's events gives to S'DS and S'DT, one lag after the other.

    An event a, and b `lag` events after it with e later events of its own, have the product
    p = member weight * engagement of a * engagement of b. They give

        p * source_target[lag - 1]         to S'DT at (title of a, title of b),
        p * shared[lag, min(e, past)]      to S'DS at (title of a, title of b), and the same turned over;

    an event with itself (lag 0) gives to S'DS once.

    Args:
        half: int64 [n (n + 1) / 2], S'DS in its packed half, added to in place.
        full: int64 [n, n], S'DT, in C order, added to in place.
        events: the members' events.
        lags: what lags weigh.
        sign: 1 to add members, -1 to take them out.
    """
    titles, later = events.titles.astype(np.int64), events.later()
    own = sign * events.weights()
    for lag in range(max(lags.past, len(lags.source_target) + 1)):
        first = np.flatnonzero(later >= lag)
        second = first + lag
        products = own[first] * events.engagement[second]
        if 0 < lag <= len(lags.source_target):
            cells = titles[first] * events.n_titles + titles[second]
            np.add.at(full.reshape(-1), cells, products * lags.source_target[lag - 1])
        if lag < lags.past:
            row, column = np.maximum(titles[first], titles[second]), np.minimum(titles[first], titles[second])
            # Two plays of one title meet on the diagonal, where turning over puts them a second time.
            times = 1 + ((row == column) & (lag > 0))
            shared = lags.shared[lag, np.minimum(later[second], lags.past)]
            np.add.at(half, _places(row, column), times * products * shared)


def _places(row: NDArray[np.int64], column: NDArray[np.int64]) -> NDArray[np.int64]:
    return row * (row + 1) // 2 + column


def add_gaps(half: NDArray[np.int64], full: NDArray[np.int64], events: TimedEvents, sign: int) -> None:
    """Add what each step of each history gives to S'DS and S'DT, one distance after the other.

    A target t, and sources s and r before it, give

        member weight * source weight of s * target weight of t        to S'DT at (title of s, title of t),
        member weight * source weight of s * source weight of r        to S'DS at (title of s, title of r).

    Args:
        half: int64 [n (n + 1) / 2], S'DS in its packed half, added to in place.
        full: int64 [n, n], S'DT, in C order, added to in place.
        events: the members' events.
        sign: 1 to add members, -1 to take them out.
    """
    titles, sources = events.titles.astype(np.int64), events.source_weights.astype(np.int64)
    square = np.zeros(full.shape, dtype=np.int64)
    for lag in range(1, sources.shape[1] + 1):
        target = np.flatnonzero(sources[:, lag - 1])
        weight = sign * events.member_weights[target] * sources[target, lag - 1]
        np.add.at(full, (titles[target - lag], titles[target]), weight * events.target_weights[target])
        for back in range(1, sources.shape[1] + 1):
            both = sources[target, back - 1] > 0
            cells = titles[target[both] - lag], titles[target[both] - back]
            np.add.at(square, cells, weight[both] * sources[target[both], back - 1])
    row, column = np.tril_indices(len(square))
    half += square[row, column]


def votes(
    witnesses: Witnesses,
    offsets: NDArray[np.int64],
    titles: NDArray[np.int32],
    engagement: NDArray[np.int32],
    weights: VoteWeights,
) -> NDArray[np.float64]:
    """What members' votes for what comes next come to, one place after the other, in double precision.

    A witness event p agrees with an asking member's event q on the same title, watched `back` events ago, by
    a = 1 - disagreement * |difference in engagement|. Then

        common(witness) = believed(witness) * sum of shared[back] * a over all that both watched
        strength(p)     = sum of latest[back] * a over the asking member's latest events on p's title
        vote(p)         = strength(p) * common(witness)^similarity_power
                          * (sum of strength over the places within `nearby` of p)^nearby_power,

    once for each of the latest events on p's title, and the title watched k places after p gets vote(p) * ahead[k],
    the one k places before it vote(p) * behind[k]. Only the `nearest` witnesses vote, and those who have no less
    in common than the last of them, rounded down to one of eight steps for each doubling.

    Args:
        witnesses: who votes.
        offsets: int64 [members + 1], where each asking member's events begin.
        titles: int32 [events].
        engagement: int32 [events].
        weights: what a vote weighs.

    Returns:
        float64 [members, n_titles].
    """
    found = np.zeros((len(offsets) - 1, len(witnesses.title_offsets) - 1))
    for member, (begin, end) in enumerate(pairwise(offsets)):
        theirs, felt = titles[begin:end][::-1], engagement[begin:end][::-1]
        same = witnesses.titles == theirs[:, None]
        agreement = same * (1 - weights.disagreement * np.abs(witnesses.engagement - felt[:, None]))
        looked, voting = len(weights.shared), len(weights.latest)
        weighed = (weights.shared[: len(theirs), None] * agreement[:looked]).sum(axis=0)
        common = np.bincount(witnesses.members, weighed, len(witnesses.believed)) * witnesses.believed
        border = _border(common, weights.nearest)
        strength = (weights.latest[: len(theirs), None] * agreement[:voting]).sum(axis=0)
        for witness, (start, stop) in enumerate(pairwise(witnesses.offsets)):
            if common[witness] <= 0 or common[witness] < border:
                continue
            for place in range(start, stop):
                around = strength[max(start, place - weights.nearby) : min(stop, place + weights.nearby + 1)].sum()
                vote = strength[place] * common[witness] ** weights.similarity_power * around**weights.nearby_power
                reached = witnesses.titles[place + 1 : min(stop, place + 1 + len(weights.ahead))]
                times = same[:voting, place].sum()
                np.add.at(found[member], reached, times * vote * weights.ahead[: len(reached)])
                before = witnesses.titles[max(start, place - len(weights.behind)) : place][::-1]
                np.add.at(found[member], before, times * vote * weights.behind[: len(before)])
    return found


def _border(common: NDArray[np.floating], nearest: int) -> float:
    """What the last of the nearest has in common, with three bits after the first."""
    last = np.sort(common.astype(np.float32))[::-1][: max(nearest, 1)][-1:]
    return float((last.view(np.uint32) & np.uint32(0xFFF00000)).view(np.float32).sum())


def votes_of_gaps(
    offsets: NDArray[np.int64],
    titles: NDArray[np.int32],
    weights: NDArray[np.float32],
    nearby: NDArray[np.float32],
    sharpness: int,
    latest: int,
) -> NDArray[np.float32]:
    """What may be missing in the gaps of each history, gap by gap.

    A gap lies behind each event. How well a title fits it is the sum of nearby[k] * weights[title k places before it]
    and of the same for those after it, or zero where that is negative or the title is in the history. Raised to
    `sharpness`, the fits of a gap are divided by their sum, and added to the votes.

    Args:
        offsets: int64 [members + 1], where each member's events begin.
        titles: int32 [events].
        weights: float32 [n_titles, n_titles], from a title nearby (row) to the one in between.
        nearby: float32 [around], what the events on either side weigh, nearest first.
        sharpness: a whole power.
        latest: how many gaps are asked, the latest.

    Returns:
        float32 [members, n_titles].
    """
    votes = np.zeros((len(offsets) - 1, len(weights)), dtype=np.float32)
    for member, (begin, end) in enumerate(pairwise(offsets)):
        asked = min(latest, end - begin)
        # What lies further back than this is near none of the gaps that are asked.
        reached = titles[max(begin, end - asked - len(nearby)) : end]
        events, gaps = np.arange(len(reached)), np.arange(len(reached) - asked, len(reached))[:, None]
        between = np.where(events <= gaps, gaps - events, events - gaps - 1)
        near = np.where(between < len(nearby), nearby[np.minimum(between, len(nearby) - 1)], np.float32(0))
        fits = np.maximum(near @ weights[reached], 0)
        fits[:, titles[begin:end]] = 0
        raised = fits**sharpness
        totals = raised.sum(axis=1, keepdims=True)
        votes[member] = (raised / np.where(totals > 0, totals, 1)).sum(axis=0)
    return votes


def scores_of_rows(rows: csr_array, weights: SparseRows) -> NDArray[np.float32]:
    """Every title's score for every member: the sum of the weights' rows that the member's row names.

    Args:
        rows: sparse float32 [members, rows of weights], what each member's titles weigh.
        weights: from watched titles to scored ones.

    Returns:
        float32 [members, n_titles].
    """
    scores: NDArray[np.float32] = (rows @ weights.matrix()).toarray()
    return scores


def sum_of_rows(
    rows: NDArray[np.int64], weights: NDArray[np.float32], matrix: NDArray[np.float32] | SparseRows
) -> NDArray[np.float32]:
    """The weighted sum of some rows of a matrix, float32 [n_titles].

    Args:
        rows: int64 [named]; one may be named twice.
        weights: float32 [named].
        matrix: float32 [rows, n_titles], or a sparse one.
    """
    n_rows = len(matrix.row_offsets) - 1 if isinstance(matrix, SparseRows) else len(matrix)
    named = csr_array((weights, rows, np.array([0, len(rows)])), shape=(1, n_rows))
    found: NDArray[np.float32]
    found = (scores_of_rows(named, matrix) if isinstance(matrix, SparseRows) else named @ matrix)[0]
    return found


def best_of_rows(
    rows: csr_array, weights: SparseRows, seen: Histories, count: int
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Each member's best titles not yet seen, best first; of equal scores, the lower title index first.

    Args:
        rows: sparse float32 [members, rows of weights], what each member's titles weigh.
        weights: from watched titles to scored ones.
        seen: the members' histories.
        count: how many titles.

    Returns:
        int32 [members, count], -1 where a member has fewer, and their scores, float32 [members, count], minus
        infinity there.
    """
    scores = scores_of_rows(rows, weights)
    scores[seen.members_of_events(), seen.titles] = -np.inf
    best = top_titles(scores, count)
    return best, np.where(best < 0, -np.inf, np.take_along_axis(scores, best, axis=1)).astype(np.float32)


def ease_weights(
    inverted: NDArray[np.float32], multipliers: NDArray[np.float32], titles: NDArray[np.int64], n_titles: int
) -> NDArray[np.float32]:
    """-P_ij mu_j off the diagonal, and zero on it, at the places of P's titles; zero elsewhere.

    Args:
        inverted: P, float32 [m, m], symmetric, of which the lower half is read.
        multipliers: mu, float32 [m]; 1 / P_jj makes EASE of it.
        titles: int64 [m], ascending: the titles that P's rows are of.
        n_titles: size of the catalogue.

    Returns:
        float32 [n_titles, n_titles].
    """
    below = np.tril(inverted, -1)
    weights = np.zeros((n_titles, n_titles), dtype=np.float32)
    weights[np.ix_(titles, titles)] = (below + below.T) * -multipliers
    np.fill_diagonal(weights, 0)  # which was minus zero
    return weights


def standardised(scores: NDArray[np.float32], seen: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Scores with mean zero and deviation one over each member's unseen titles; all zero where they are all equal.

    Args:
        scores: float32 [members, n_titles].
        seen: bool [members, n_titles], titles left out of mean and deviation.
    """
    mean, spread = moments(scores, seen)
    return (scores - mean[:, None]) / spread[:, None]


def lowest(scores: NDArray[np.float32], seen: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Each member's lowest score of an unseen title, or 0 where all are above, float32 [members].

    Args:
        scores: float32 [members, n_titles].
        seen: bool [members, n_titles].
    """
    found: NDArray[np.float32] = np.where(seen, np.float32(np.inf), scores).min(axis=1, initial=0)
    return found


def moments(scores: NDArray[np.float32], seen: NDArray[np.bool_]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Mean and deviation over unseen titles, float32 [members] each; a deviation of zero is given as infinite.

    Args:
        scores: float32 [members, n_titles].
        seen: bool [members, n_titles].
    """
    unseen = np.maximum((~seen).sum(axis=1), 1)
    mean = _row_sums(np.where(seen, np.float32(0), scores)) / unseen
    centred = np.where(seen, np.float32(0), scores - mean.astype(np.float32)[:, None])
    deviation = np.sqrt(_row_sums(np.square(centred)) / unseen)
    spread = np.where(deviation > np.abs(mean) * LEVEL, deviation, np.inf)
    return mean.astype(np.float32), spread.astype(np.float32)


def _row_sums(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Each row's sum, float64 [rows]: every eighth value by itself, in order, and then those sums."""
    rows, columns = values.shape
    turns = max(1, -(-columns // LANES))
    padded = np.zeros((rows, turns * LANES), dtype=np.float64)
    padded[:, :columns] = values
    lanes = padded.reshape(rows, turns, LANES).sum(axis=1)
    sums: NDArray[np.float64] = lanes.cumsum(axis=1)[:, -1]
    return sums
