import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from openslate.models.histories import Histories
from openslate.models.kernels import plain, scoring
from openslate.models.sparse_rows import SparseRows
from openslate.models.weights import WeightSettings, taste_rows
from tests.models.drawn import histories, many


def _weights(n_titles: int, seed: int, values: list[float]) -> SparseRows:
    drawn = np.random.default_rng(seed).choice(values, size=(n_titles, n_titles))
    return SparseRows.of(csr_array(drawn.astype(np.float32)))


@given(histories(most_titles=40, most_members=4), st.integers(1, 45), st.integers(0, 99), st.sampled_from([1, 2, 5]))
@settings(max_examples=200, deadline=None)  # a busy machine keeps five threads waiting
def test_the_loops_give_what_the_plain_product_gives_bit_for_bit(
    drawn: Histories, count: int, seed: int, threads: int
) -> None:
    # Few distinct values make many ties, and zeros of both signs.
    weights = _weights(drawn.n_titles, seed, [0.0, 0.0, -0.0, 0.25, -0.25, 0.1, 1e-3])
    rows = taste_rows(drawn, WeightSettings(half_life=3.0))
    expected, expected_scores = plain.best_of_rows(rows, weights, drawn, count)
    best, scores = scoring.best_of_rows(rows, weights, drawn, count, threads)
    assert best.dtype == np.int32 and scores.dtype == np.float32
    assert (best == expected).all()
    assert (scores == expected_scores).all()
    dense = scoring.scores_of_rows(rows, weights, threads)
    assert (dense == plain.scores_of_rows(rows, weights)).all()


def test_a_wide_catalogue_where_blocks_are_full_and_the_last_one_is_not() -> None:
    drawn = many(members=60, n_titles=1999)
    weights = _weights(1999, 3, [0.0] * 30 + list(np.random.default_rng(4).normal(size=20)))
    rows = taste_rows(drawn, WeightSettings())
    for count in (1, 10, 100, 1999):
        for found, expected in zip(
            scoring.best_of_rows(rows, weights, drawn, count),
            plain.best_of_rows(rows, weights, drawn, count),
            strict=True,
        ):
            assert (found == expected).all()


def test_a_member_without_events_and_one_who_has_seen_everything() -> None:
    drawn = Histories.from_lists([[], [0, 1, 2]], n_titles=3)
    best, scores = scoring.best_of_rows(taste_rows(drawn, WeightSettings()), _weights(3, 0, [1.0]), drawn, 2)
    assert best.tolist() == [[0, 1], [-1, -1]]
    assert scores.tolist() == [[0.0, 0.0], [-np.inf, -np.inf]]


@given(st.integers(1, 12), st.integers(0, 99), st.integers(1, 3))
def test_values_are_looked_up_as_they_stand_in_written_out_rows(n_titles: int, seed: int, threads: int) -> None:
    random = np.random.default_rng(seed)
    weights = _weights(n_titles, seed, [0.0, 0.0, -0.25, 0.1])
    rows = random.integers(-1, n_titles, size=(5, 3))
    columns = random.integers(-1, n_titles, size=(5, 4)).astype(np.int32)
    dense = np.where(rows[:, :, None] < 0, 0, weights.matrix().toarray()[rows])
    expected = np.take_along_axis(dense, np.broadcast_to(columns[:, None], (5, 3, 4)), axis=2)
    assert (weights.values_at(rows, columns) == expected).all()
    assert (scoring.values_at(rows, columns, weights, threads) == expected).all()
