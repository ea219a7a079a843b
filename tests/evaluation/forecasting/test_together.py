import numpy as np
import pytest
from scipy.special import ndtr

from openslate.errors import FitError
from openslate.evaluation.forecasting.together import moved_together, moved_together_between


@pytest.mark.parametrize("true", [0.0, 0.1, 0.3, 0.6])
def test_a_known_shock_is_found_in_blocks_of_unequal_sizes(true: float) -> None:
    drawn = np.random.default_rng(3)
    blocks = np.repeat(np.arange(400), drawn.integers(2, 40, 400))
    scores = np.sqrt(true) * drawn.normal(size=400)[blocks] + np.sqrt(1 - true) * drawn.normal(size=len(blocks))
    assert moved_together(ndtr(scores), blocks) == pytest.approx(true, abs=0.06)


def test_equal_outcomes_moved_no_way_and_order_is_nothing() -> None:
    assert moved_together(np.full(6, 0.5), np.array([0, 0, 0, 1, 1, 1])) == 0.0
    drawn = np.random.default_rng(0)
    levels, blocks = drawn.random(50), drawn.integers(0, 5, 50)
    order = drawn.permutation(50)
    assert moved_together(levels, blocks) == pytest.approx(moved_together(levels[order], blocks[order] * 7))


@pytest.mark.parametrize(("true", "count"), [(0.0, 4), (0.1, 4), (0.3, 12)])
def test_the_interval_holds_the_truth_as_often_as_it_says(true: float, count: int) -> None:
    drawn = np.random.default_rng(5)
    blocks, held = np.repeat(np.arange(count), 40), []
    for _ in range(400):
        scores = np.sqrt(true) * drawn.normal(size=count)[blocks] + np.sqrt(1 - true) * drawn.normal(size=len(blocks))
        low, high = moved_together_between(ndtr(scores), blocks)
        assert low <= moved_together(ndtr(scores), blocks) <= high
        held.append(low <= true <= high)
    # An end that lies below 0 is drawn to it, which holds a truth of 0 more often.
    assert 0.86 <= np.mean(held) <= (0.99 if true == 0 else 0.94)


def test_ends_of_the_scale() -> None:
    assert moved_together_between(np.array([0.2, 0.2, 0.8, 0.8]), np.array([0, 0, 1, 1])) == (1.0, 1.0)
    assert moved_together_between(np.full(4, 0.5), np.array([0, 0, 1, 1])) == (0.0, 0.0)


@pytest.mark.parametrize("blocks", [[0, 0, 0], [0, 1, 2]])
def test_too_little_to_tell(blocks: list[int]) -> None:
    with pytest.raises(FitError):
        moved_together(np.array([0.1, 0.5, 0.9]), np.array(blocks))
    with pytest.raises(FitError):
        moved_together_between(np.array([0.1, 0.5, 0.9]), np.array(blocks))
