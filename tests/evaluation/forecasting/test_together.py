import numpy as np
import pytest
from scipy.special import ndtr

from openslate.errors import FitError
from openslate.evaluation.forecasting.together import moved_together


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


@pytest.mark.parametrize("blocks", [[0, 0, 0], [0, 1, 2]])
def test_too_little_to_tell(blocks: list[int]) -> None:
    with pytest.raises(FitError):
        moved_together(np.array([0.1, 0.5, 0.9]), np.array(blocks))
