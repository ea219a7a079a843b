import numpy as np
import pytest

from openslate.errors import FitError
from openslate.models.forecasting.abstention import nearest, reach


def test_ten_in_a_hundred_calibration_titles_lie_beyond() -> None:
    distances = np.random.default_rng(1).random(1000)
    found = reach(distances)
    assert found.beyond(distances).mean() == pytest.approx(0.1, abs=0.002) and found.titles == 1000


def test_a_title_without_comps_is_beyond() -> None:
    found = reach(np.append(np.arange(99.0), np.nan))
    assert found.beyond(np.array([np.nan, np.inf, 0.0])).tolist() == [True, True, False]


def test_so_few_titles_set_no_limit_and_none_are_refused() -> None:
    assert not reach(np.arange(8.0)).beyond(np.array([1e9]))[0]
    with pytest.raises(FitError, match="No calibration title"):
        reach(np.zeros(0))


def test_distances_are_in_spreads_and_over_the_nearest() -> None:
    seen = np.array([[0.0, 0.0], [0.0, 1000.0], [2.0, 0.0], [2.0, 1000.0]])
    # Each feature's spread is half of its range, so that both count alike.
    assert nearest(np.array([[0.0, 0.0]]), seen, comps=1)[0] == 0
    assert nearest(np.array([[0.0, 500.0], [1.0, 0.0]]), seen, comps=2) == pytest.approx([np.sqrt(0.5)] * 2)


def test_unknown_agrees_with_unknown_alone() -> None:
    seen = np.array([[0.0, 1.0], [np.nan, 1.0], [2.0, 3.0]])
    to_all = nearest(np.array([[np.nan, 1.0]]), seen, comps=1)[0]
    assert to_all == 0
    assert nearest(np.array([[np.nan, 1.0]]), seen[:1], comps=1)[0] == pytest.approx(np.sqrt(0.5))
    with pytest.raises(FitError, match="no titles to be near to"):
        nearest(seen, seen[:0])


def test_what_lies_far_away_is_worse_forecast_when_outcomes_follow_the_features() -> None:
    random = np.random.default_rng(1)
    seen = random.normal(size=(400, 2))
    near, far = random.normal(size=(200, 2)), random.normal(size=(200, 2)) + 5
    limit = reach(nearest(random.normal(size=(300, 2)), seen))
    assert limit.beyond(nearest(far, seen)).mean() > 0.9 > 0.2 > limit.beyond(nearest(near, seen)).mean()
