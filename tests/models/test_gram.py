import hashlib
from functools import partial
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models import gram
from openslate.models.ease import EaseSettings, ease_from_gram
from openslate.models.gram import add_gram, gram_of_part
from openslate.models.histories import Histories
from openslate.models.packed import packed
from openslate.models.weights import WeightSettings, title_weights
from openslate.storage.engine import processes
from tests.models.drawn import histories, many, without

DECAYED = WeightSettings(engagement_share=0.5, half_life=3.0)


@given(histories())
def test_it_is_the_packed_product_with_or_without_the_loop(drawn: Histories) -> None:
    dense = title_weights(drawn, DECAYED).toarray().astype(np.int64)
    expected = packed(dense.T @ dense)
    for worth in (0, gram.WORTH_COMPILING):
        with patch.object(gram, "WORTH_COMPILING", worth):
            found = gram_of_part(drawn, DECAYED)
        assert found.dtype == np.int64
        assert (found == expected).all()


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
    solved, solved_without = (ease_from_gram(counted, EaseSettings(l2=1.0)) for counted in (left, never_there))
    assert _hash(solved.item_weights) == _hash(solved_without.item_weights)


@given(histories(), st.data())
@settings(max_examples=30)
def test_members_are_added_and_taken_out_in_place(drawn: Histories, data: st.DataObject) -> None:
    leaving = data.draw(st.integers(0, drawn.n_members - 1))
    sums = gram_of_part(drawn, DECAYED)
    add_gram(sums, drawn.part(leaving, leaving + 1), DECAYED, sign=-1)
    assert (sums == gram_of_part(without(drawn, leaving), DECAYED)).all()
    add_gram(sums, drawn.part(leaving, leaving + 1), DECAYED)
    assert (sums == gram_of_part(drawn, DECAYED)).all()


def test_processes_count_the_same_bytes() -> None:
    drawn = many(members=400)
    with patch.object(gram, "WORTH_COMPILING", 0):
        alone = gram_of_part(drawn, DECAYED)
    with processes(2) as engine:
        assert _hash(engine.sum(partial(gram_of_part, settings=DECAYED), drawn.parts(150))) == _hash(alone)


def test_no_members_make_a_gram_of_zeros() -> None:
    assert not gram_of_part(many().part(0, 0), WeightSettings()).any()


def _hash(array: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()
