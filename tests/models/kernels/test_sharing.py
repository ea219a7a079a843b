import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.models.kernels.sharing import share_rows, threads
from openslate.storage.engine import processes


@given(st.lists(st.integers(0, 9), max_size=300), st.integers(1, 5))
def test_every_row_is_worked_on_once(work: list[int], most_threads: int) -> None:
    visits = np.zeros(len(work), dtype=int)

    def visit(first: int, last: int) -> None:
        visits[first:last] += 1

    share_rows(np.array(work, dtype=np.int64), visit, most_threads)
    assert (visits == 1).all()


def test_one_long_row_does_not_drag_its_neighbours_along() -> None:
    pieces = []
    share_rows(np.array([1] * 50 + [1000] + [1] * 50), lambda first, last: pieces.append(last - first), 2)
    assert sum(pieces) == 101 and len(pieces) > 2


def test_what_goes_wrong_in_a_thread_is_told() -> None:
    def fail(first: int, last: int) -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        share_rows(np.ones(10, dtype=np.int64), fail, 2)


def test_a_worker_process_uses_one_thread() -> None:
    assert threads() >= 1
    with processes(1) as engine:
        assert list(engine.map(_threads_there, [0])) == [1]


def _threads_there(_: int) -> int:
    return threads()
