import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from openslate.models.histories import Histories
from openslate.models.kernels import gram, plain
from openslate.models.packed import half_size, packed
from openslate.models.weights import WEIGHT_STEPS, WeightSettings, title_weights
from tests.models.drawn import histories, many

DECAYED = WeightSettings(engagement_share=0.5, half_life=3.0)


@given(histories(), st.sampled_from([1, -1]), st.sampled_from([1, 2, 5]))
def test_the_loop_and_the_plain_product_add_the_same_integers(drawn: Histories, sign: int, threads: int) -> None:
    weights = title_weights(drawn, DECAYED)
    dense = weights.toarray().astype(np.int64)
    before = np.arange(half_size(drawn.n_titles))
    by_loop, plainly = before.copy(), before.copy()
    gram.add_gram(by_loop, weights, sign, threads)
    plain.add_gram(plainly, weights, sign)
    assert (by_loop == before + sign * packed(dense.T @ dense)).all()
    assert (plainly == by_loop).all()


def test_sums_of_32_bits_are_emptied_before_they_overflow() -> None:
    assert gram.VISITS_PER_SUM * WEIGHT_STEPS**2 < 2**31
    assert WEIGHT_STEPS < 2**gram.WEIGHT_BITS
    # Three times as many members as 32 bits could add up, all of whom watched both titles.
    members = 3 * 2**31 // WEIGHT_STEPS**2
    few = Histories.from_lists([[0, 1]], n_titles=2)
    one = title_weights(few, WeightSettings())
    half = np.zeros(3, dtype=np.int64)
    places = np.zeros(members, dtype=np.int64)
    entries = (one.indices.astype(np.uint32) << np.uint32(gram.WEIGHT_BITS)) | one.data.astype(np.uint32)
    # One member's row read again and again, which is what that many members' equal rows would give.
    gram._add_rows(half, entries, np.array([0, members, members]), places, places, 1, 0, 1)
    assert half.tolist() == [members * WEIGHT_STEPS**2, 0, 0]


def test_any_number_of_threads_gives_the_same_bytes() -> None:
    weights = title_weights(many(members=3000, n_titles=200), DECAYED)
    sums = np.zeros((3, half_size(200)), dtype=np.int64)
    for half, threads in zip(sums, (1, 2, 7), strict=True):
        gram.add_gram(half, weights, 1, threads)
    assert sums[0].any()
    assert (sums == sums[0]).all()
