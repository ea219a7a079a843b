import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.errors import UsageError
from openslate.serving.exploration import Exploration, draw

GAINS = np.array([0.1, 0.9, 0.4, 0.9, 0.2])


def test_every_candidate_is_drawn_as_often_as_its_propensity_says() -> None:
    exploration = Exploration(epsilon=0.4, reach=3)
    rng = np.random.default_rng(5)
    draws = [draw(GAINS, exploration, rng) for _ in range(6000)]
    counts = np.bincount([choice for choice, _ in draws], minlength=5) / len(draws)
    odds = dict(draws)
    assert odds == pytest.approx({1: 0.6 + 0.4 / 3, 3: 0.4 / 3, 2: 0.4 / 3})
    assert sum(odds.values()) == pytest.approx(1.0)
    assert counts == pytest.approx([0.0, odds[1], odds[2], odds[3], 0.0], abs=0.025)


def test_inverse_propensity_weights_recover_the_reward_of_another_policy() -> None:
    exploration = Exploration(epsilon=0.5, reach=4)
    reward = np.array([0.0, 0.2, 1.0, 0.4, 0.7])
    rng = np.random.default_rng(6)
    draws = [draw(GAINS, exploration, rng) for _ in range(8000)]
    always_third_best = [reward[choice] * (choice == 2) / propensity for choice, propensity in draws]
    assert np.mean([1 / propensity * (choice == 2) for choice, propensity in draws]) == pytest.approx(1.0, abs=0.1)
    assert np.mean(always_third_best) == pytest.approx(reward[2], abs=0.1)


@given(
    gains=st.lists(st.floats(-5, 5), min_size=1, max_size=8),
    epsilon=st.floats(0, 1),
    reach=st.integers(1, 10),
    seed=st.integers(0, 99),
)
def test_a_draw_is_among_the_best_and_its_propensity_is_one_of_two(
    gains: list[float], epsilon: float, reach: int, seed: int
) -> None:
    choice, propensity = draw(np.array(gains), Exploration(epsilon, reach), np.random.default_rng(seed))
    best = int(np.argmax(gains))
    share = epsilon / min(reach, len(gains))
    assert sum(gain > gains[choice] for gain in gains) < reach
    assert propensity == pytest.approx(1 - epsilon + share if choice == best else share)
    assert 0.0 < propensity <= 1.0 + 1e-12


def test_without_epsilon_or_chance_the_first_of_the_best_is_certain() -> None:
    assert draw(GAINS, Exploration(epsilon=0.0), np.random.default_rng(0)) == (1, 1.0)
    assert draw(GAINS, Exploration(epsilon=1.0), None) == (1, 1.0)


@pytest.mark.parametrize(("epsilon", "reach"), [(-0.1, 3), (1.1, 3), (float("nan"), 3), (0.1, 0)])
def test_impossible_odds_are_refused(epsilon: float, reach: int) -> None:
    with pytest.raises(UsageError):
        Exploration(epsilon, reach)
