import hashlib

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models.ease import EaseSettings, ease_from_gram
from openslate.models.gram import cheapest_head, dense_gram, gram_of_part, sparse_gram
from openslate.models.histories import Histories
from openslate.models.weights import WeightSettings, title_weights
from tests.models.drawn import histories, many, without

DECAYED = WeightSettings(engagement_share=0.5, half_life=3.0)


@given(histories(), st.data())
def test_both_routes_give_the_same_integers_wherever_the_border_lies(drawn: Histories, data: st.DataObject) -> None:
    weights = title_weights(drawn, DECAYED)
    dense = weights.toarray().astype(np.int64)
    head = np.array(data.draw(st.lists(st.booleans(), min_size=drawn.n_titles, max_size=drawn.n_titles)))
    expected = dense.T @ dense
    for gram in (sparse_gram(weights), dense_gram(weights, head), gram_of_part(drawn, DECAYED)):
        assert gram.dtype == np.int64
        assert (gram == expected).all()


def test_the_dense_route_stays_exact_where_float32_alone_would_not() -> None:
    # 16,400 * 32 * 32 + 31 * 31 is odd and above 2^24, so float32 cannot hold it.
    everyone = Histories.from_lists([[0]] * 16_400 + [[0]], n_titles=1)
    engagement = everyone.engagement.copy()
    engagement[-1] = 31
    drawn = Histories(everyone.offsets, everyone.titles, everyone.times, engagement, 1)
    weights = title_weights(drawn, WeightSettings(engagement_share=1.0))
    assert dense_gram(weights, np.array([True]))[0, 0] == 16_400 * 1024 + 961
    assert dense_gram(weights, np.array([False]))[0, 0] == 16_400 * 1024 + 961


@given(histories(), st.integers(1, 3), st.data())
def test_shards_in_any_size_and_order_give_the_same_sum(drawn: Histories, members: int, data: st.DataObject) -> None:
    parts = data.draw(st.permutations(list(drawn.parts(members))))
    total = sum(gram_of_part(part, DECAYED) for part in parts)
    assert (total == gram_of_part(drawn, DECAYED)).all()


@given(histories(), st.data())
@settings(max_examples=30)
def test_a_member_is_subtracted_exactly_and_the_model_cannot_tell(drawn: Histories, data: st.DataObject) -> None:
    leaving = data.draw(st.integers(0, drawn.n_members - 1))
    left = gram_of_part(drawn, DECAYED) - gram_of_part(drawn.part(leaving, leaving + 1), DECAYED)
    never_there = gram_of_part(without(drawn, leaving), DECAYED)
    assert _hash(left) == _hash(never_there)
    solved, solved_without = (ease_from_gram(gram, EaseSettings(l2=1.0)) for gram in (left, never_there))
    assert _hash(solved.item_weights) == _hash(solved_without.item_weights)


def test_much_watched_titles_make_the_head() -> None:
    crowd = Histories.from_lists([[0, 1]] * 500 + [[0, title] for title in range(2, 40)], n_titles=40)
    head, work = cheapest_head(title_weights(crowd, WeightSettings()))
    assert head[[0, 1]].all() and not head[2:].any()
    assert 0 < work < 500 * 40**2


def test_no_members_make_a_gram_of_zeros() -> None:
    assert not gram_of_part(many().part(0, 0), WeightSettings()).any()


def _hash(array: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()
