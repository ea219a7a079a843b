import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from openslate.models.kernels.grouping import by_title


@given(st.lists(st.integers(0, 6), max_size=40))
def test_counting_sorts_as_a_stable_sort_does(watched: list[int]) -> None:
    titles = np.array(watched, dtype=np.int32)
    offsets, places = by_title(titles, 7)
    assert places.tolist() == np.argsort(titles, kind="stable").tolist()
    assert offsets.tolist() == [0, *np.cumsum(np.bincount(titles, minlength=7)).tolist()]
