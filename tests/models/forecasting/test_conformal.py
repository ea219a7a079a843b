from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, norm

from openslate.errors import FitError
from openslate.models.forecasting.conformal import FEWEST_PER_GROUP, calibrate, order_statistic
from openslate.models.forecasting.levels import CENTRAL, LEVELS, outwards

NARROW = 0.5 * norm.ppf(LEVELS)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40), st.sampled_from(CENTRAL))
def test_it_is_the_exact_order_statistic(scores: list[int], nominal: float) -> None:
    place = ceil(round((len(scores) + 1) * nominal, 9))
    expected = sorted(scores)[place - 1] if place <= len(scores) else float("inf")
    assert order_statistic(np.array(scores, dtype=np.float64), nominal) == expected


@settings(max_examples=8, deadline=None)
@given(st.integers(20, 120), st.integers(0, 1000))
def test_intervals_hold_within_their_guarantee_where_titles_can_change_places(many: int, seed: int) -> None:
    """Over many calibration blocks the chance of holding a new title lies in [nominal, nominal + 1 / (n + 1)]."""
    random = np.random.default_rng(seed)
    rounds = 250
    held = np.zeros((rounds, 3))
    for place in range(rounds):
        margins = calibrate(np.tile(NARROW, (many, 1)), random.normal(size=many), np.zeros(many, dtype=np.int64), 1)
        moved = margins.applied(NARROW[None], np.zeros(1, dtype=np.int64))[0]
        # The exact chance that a new outcome lies inside.
        held[place] = [norm.cdf(moved[3 + step]) - norm.cdf(moved[3 - step]) for step in (1, 2, 3)]
    for step, nominal in enumerate(CENTRAL):
        place = ceil(round((many + 1) * nominal, 9))
        error = 4 * beta(place, many + 1 - place).std() / np.sqrt(rounds)
        assert nominal - error <= held[:, step].mean() <= nominal + 1 / (many + 1) + error


def test_groups_have_their_own_margins_and_small_ones_those_of_all() -> None:
    random = np.random.default_rng(1)
    groups = np.repeat([0, 1, 2], [300, 300, FEWEST_PER_GROUP - 1])
    logs = random.normal(size=len(groups)) * np.array([0.3, 2.0, 1.0])[groups]
    margins = calibrate(np.tile(NARROW, (len(groups), 1)), logs, groups, 4)
    assert margins.by_group[0, 1] < 0 < margins.by_group[1, 1]
    assert (margins.by_group[2:] == margins.pooled).all() and margins.titles.tolist() == [300, 300, 49, 0]
    tested = random.normal(size=4000) * 2.0
    moved = margins.applied(np.tile(NARROW, (4000, 1)), np.ones(4000, dtype=np.int64))
    assert ((moved[:, 1] <= tested) & (tested <= moved[:, 5])).mean() == pytest.approx(0.8, abs=0.06)


def test_a_group_that_nobody_knew_gets_the_margins_of_all() -> None:
    random = np.random.default_rng(1)
    margins = calibrate(np.tile(NARROW, (200, 1)), random.normal(size=200), np.zeros(200, dtype=np.int64), 1)
    known, unknown = margins.applied(np.tile(NARROW, (2, 1)), np.array([0, 9]))
    assert (known == unknown).all()


@given(st.lists(st.floats(-9, 9), min_size=7, max_size=7), st.lists(st.floats(-9, 9), min_size=3, max_size=3))
def test_nothing_crosses_and_the_median_stays(drawn: list[float], moves: list[float]) -> None:
    from openslate.models.forecasting.conformal import Margins

    quantiles = outwards(np.array([drawn]))
    assert quantiles[0, 3] == drawn[3] and (np.diff(quantiles) >= 0).all()
    margins = Margins(np.array([moves]), np.array(moves), np.array([60]))
    moved = margins.applied(quantiles, np.array([0]))
    assert (np.diff(moved) >= 0).all() and moved[0, 3] == drawn[3]
    # Keeping them apart only ever widens.
    for step, margin in enumerate(moves, start=1):
        assert moved[0, 3 - step] <= quantiles[0, 3 - step] - margin
        assert moved[0, 3 + step] >= quantiles[0, 3 + step] + margin


def test_too_few_titles_are_refused() -> None:
    with pytest.raises(FitError, match="8 titles are too few to calibrate a 90% interval"):
        calibrate(np.tile(NARROW, (8, 1)), np.zeros(8), np.zeros(8, dtype=np.int64), 1)
