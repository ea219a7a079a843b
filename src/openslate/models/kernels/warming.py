"""Compiling every loop ahead of time: called where a process starts, never inside a request."""

import time

import numpy as np
from scipy.sparse import csr_array

from openslate.models.histories import Histories
from openslate.models.kernels import adding, between, gaps, gram, pairs, reselecting, scoring, squares, standardising
from openslate.models.kernels.events import LagWeights, TimedEvents, WeighedEvents
from openslate.models.member_neighbours import fit_member_neighbours
from openslate.models.sparse_rows import SparseRows


def warm_up() -> float:
    """Run every loop on next to nothing, so that it is compiled, or loaded from where it is kept.

    Returns:
        The seconds it took: some twenty the first time on a machine, well under one after that.

    Example:
        >>> seconds = warm_up()
        >>> warm_up() < max(seconds, 1.0)
        True
    """
    started = time.perf_counter()
    half, full, one = np.zeros(1, np.int64), np.zeros((1, 1), np.int64), np.ones(1, np.int64)
    gram.add_gram(half, csr_array(np.ones((1, 1), np.int32)), 1)
    squares.unpacked(half, np.zeros(1, np.int64), 1.0)
    squares.ease_weights(np.ones((1, 1), np.float32), np.ones(1, np.float32), np.zeros(1, np.int64), 1)
    events = WeighedEvents(np.zeros(1, np.int32), np.array([0, 1]), one, one, n_titles=1)
    pairs.add_pairs(half, full, events, LagWeights(one, np.ones((1, 2), np.int64)), 1)
    gaps.add_gaps(half, full, TimedEvents(events.titles, 0 * one, one, one, np.zeros((1, 1), np.int32), n_titles=1), 1)
    member = Histories.from_lists([[0]], n_titles=1)
    fit_member_neighbours(member).score(member)
    rows, weights = csr_array(np.ones((1, 1), np.float32)), SparseRows.of(csr_array(np.ones((1, 1), np.float32)))
    weight, dense = np.ones(1, np.float32), np.ones((1, 1), np.float32)
    reselecting.reselected(dense.copy(), dense, dense, weight, weight, per_row=1, without_diagonal=True)
    adding.sum_of_rows(0 * one, weight, dense)
    adding.sum_of_sparse_rows(0 * one, weight, weights)
    scoring.scores_of_rows(rows, weights)
    wide = SparseRows(weights.values, weights.columns, weights.row_offsets, n_titles=2**17)
    scoring.best_of_rows(rows, wide, Histories.from_lists([[0]], n_titles=2**17), count=1)
    scoring.best_of_rows(rows, weights, member, count=1)
    scoring.values_at(np.zeros((1, 1), np.int64), np.zeros((1, 1), np.int32), weights)
    between.votes_of_gaps(member.offsets, member.titles, dense, weight, 1, 1)
    scoring.best_of_scores(np.ones((1, 1), np.float32), count=1)
    standardising.standardised(np.ones((1, 1), np.float32), np.zeros((1, 1), np.bool_))
    standardising.lowest(np.ones((1, 1), np.float32), np.zeros((1, 1), np.bool_))
    return time.perf_counter() - started
