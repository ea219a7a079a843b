import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.evaluation.drift import jensen_shannon, resampled_ratio, shift, stability_index

counts = st.lists(st.integers(0, 1000), min_size=4, max_size=4).filter(any).map(lambda one: np.array(one, dtype=float))


def drawn(seed: int, shares: list[float], members: int = 300, plays: int = 10) -> np.ndarray:
    return np.random.default_rng(seed).multinomial(plays, shares, size=members).astype(np.float64)


@given(counts, counts)
def test_divergences_are_symmetric_and_zero_for_equal_shares(one: np.ndarray, other: np.ndarray) -> None:
    assert stability_index(one, other) == pytest.approx(stability_index(other, one))
    assert stability_index(one, one) == 0
    assert stability_index(one, other) >= 0
    assert jensen_shannon(one, other) == pytest.approx(jensen_shannon(other, one))
    assert -1e-12 <= jensen_shannon(one, other) <= 1 + 1e-12
    assert jensen_shannon(one, 3 * one) == pytest.approx(0, abs=1e-12)


def test_a_real_shift_exceeds_chance_and_an_absent_one_does_not() -> None:
    past = [drawn(1, [0.5, 0.3, 0.2]), drawn(2, [0.5, 0.3, 0.2])]
    same, other = shift(past, drawn(3, [0.5, 0.3, 0.2]), seed=0), shift(past, drawn(3, [0.3, 0.3, 0.4]), seed=0)
    assert same.stability < same.chance
    assert other.stability > 10 * other.chance
    assert other.usual is not None
    assert other.stability > 10 * other.usual
    assert sum(other.now) == pytest.approx(1)
    assert shift(past, drawn(3, [0.3, 0.3, 0.4]), seed=0) == other


def test_events_of_one_member_hang_together_so_that_few_heavy_members_are_chance() -> None:
    """A hundred plays of one kind by each of a few members look like a shift where events are taken to be single."""
    random = np.random.default_rng(5)
    before, now = (100.0 * np.eye(3)[random.integers(3, size=12)] for _ in range(2))
    found = shift([before], now, seed=0)
    assert found.stability < found.chance
    assert found.usual is None


def test_false_alarms_are_as_rare_as_they_are_said_to_be() -> None:
    alarms = 0
    for seed in range(60):
        before, now = drawn(2 * seed, [0.6, 0.4], members=60), drawn(2 * seed + 1, [0.6, 0.4], members=60)
        found = shift([before], now, seed=seed)
        alarms += found.stability > found.chance
    assert alarms <= 4


def test_the_interval_of_a_ratio_holds_it() -> None:
    random = np.random.default_rng(1)
    wholes = random.integers(1, 20, size=500).astype(np.float64)
    parts = random.binomial(wholes.astype(np.int64), 0.3).astype(np.float64)
    low, high = resampled_ratio(parts, wholes, seed=0)
    assert low < parts.sum() / wholes.sum() < high
    assert high - low < 0.05
