import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from openslate.models.top import top_titles

# Few distinct values make many ties; minus infinity marks what must not appear.
SCORES = arrays(
    np.float32,
    st.tuples(st.integers(0, 4), st.integers(1, 12)),
    elements=st.sampled_from([-np.inf, -1.0, 0.0, 0.5, 2.0]),
)


@given(SCORES, st.integers(1, 15))
def test_it_equals_a_stable_sort_of_everything(scores: np.ndarray, count: int) -> None:
    best = top_titles(scores, count)
    assert best.shape == (len(scores), count) and best.dtype == np.int32
    for row, found in zip(scores, best, strict=True):
        order = [title for title in np.argsort(-row, kind="stable") if row[title] > -np.inf][:count]
        assert found.tolist() == order + [-1] * (count - len(order))
