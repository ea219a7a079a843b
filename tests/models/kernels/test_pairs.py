import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from openslate.models.histories import Histories
from openslate.models.kernels import pairs, plain
from openslate.models.kernels.events import LagWeights, WeighedEvents
from openslate.models.packed import half_size
from tests.models.drawn import histories, many


def _events(drawn: Histories, seed: int) -> WeighedEvents:
    rng = np.random.default_rng(seed)
    engagement, member_weights = rng.integers(0, 33, drawn.n_events), rng.integers(1, 257, drawn.n_members)
    return WeighedEvents(drawn.titles, drawn.offsets, engagement, member_weights, drawn.n_titles)


def _lags(past: int, future: int, seed: int) -> LagWeights:
    rng = np.random.default_rng(seed)
    return LagWeights(rng.integers(0, 99, size=past + future - 1), rng.integers(0, 99, size=(past, past + 1)))


@given(histories(), st.integers(1, 12), st.integers(1, 4), st.sampled_from([1, -1]), st.integers(0, 9))
def test_the_loop_and_the_plain_sum_add_the_same_integers(
    drawn: Histories, past: int, future: int, sign: int, seed: int
) -> None:
    events, lags = _events(drawn, seed), _lags(past, future, seed)
    half = np.arange(half_size(drawn.n_titles))
    full = np.arange(drawn.n_titles**2).reshape(drawn.n_titles, -1)
    plain_half, plain_full = half.copy(), full.copy()
    pairs.add_pairs(half, full, events, lags, sign, most_threads=2)
    plain.add_pairs(plain_half, plain_full, events, lags, sign)
    assert (half == plain_half).all()
    assert (full == plain_full).all()


def test_any_number_of_threads_gives_the_same_bytes() -> None:
    events, lags = _events(many(members=3000, n_titles=200), 0), _lags(40, 5, 0)
    halves = np.zeros((3, half_size(200)), dtype=np.int64)
    fulls = np.zeros((3, 200, 200), dtype=np.int64)
    for half, full, threads in zip(halves, fulls, (1, 2, 7), strict=True):
        pairs.add_pairs(half, full, events, lags, 1, threads)
    assert halves[0].any() and fulls[0].any()
    assert (halves == halves[0]).all() and (fulls == fulls[0]).all()
