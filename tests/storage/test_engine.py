from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray

from openslate.errors import UsageError
from openslate.models.histories import Histories
from openslate.storage.engine import Engine, processes


def counts(weight: int, part: Histories) -> NDArray[np.int64]:
    return np.bincount(part.titles, minlength=part.n_titles).astype(np.int64) * weight


def blas_threads(_: int) -> list[int]:
    import numpy  # noqa: F401
    import scipy.linalg  # noqa: F401
    from threadpoolctl import threadpool_info

    return [pool["num_threads"] for pool in threadpool_info()]


def some_histories() -> Histories:
    generator = np.random.default_rng(3)
    return Histories.from_lists([generator.integers(0, 50, 20).tolist() for _ in range(40)], 50)


def test_serial_and_processes_give_the_same_bytes() -> None:
    histories = some_histories()
    serial = Engine().sum(partial(counts, 3), histories.parts(7))
    with processes(2) as engine:
        parallel = engine.sum(partial(counts, 3), histories.parts(11))
    assert serial is not None
    assert parallel is not None
    assert serial.tobytes() == parallel.tobytes()


def test_each_worker_has_one_blas_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    # What the tests set for themselves must not answer in the engine's place.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        monkeypatch.delenv(name, raising=False)
    with processes(2) as engine:
        for threads in engine.map(blas_threads, [0, 1, 2]):
            assert threads
            assert set(threads) == {1}


def test_a_failure_in_a_worker_reaches_the_caller() -> None:
    with processes(1) as engine, pytest.raises(TypeError):
        list(engine.map(len, [3]))  # type: ignore[list-item]


def test_sums_that_depend_on_the_order_are_refused() -> None:
    with pytest.raises(UsageError, match="float64"):
        Engine().sum(lambda part: np.array([part], dtype=np.float64), [0.1])  # type: ignore[arg-type, return-value]


def test_no_parts_give_no_sum_and_no_workers_are_refused() -> None:
    assert Engine().sum(partial(counts, 1), []) is None
    with pytest.raises(UsageError), processes(0):
        pass
