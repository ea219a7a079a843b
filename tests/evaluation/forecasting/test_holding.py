import numpy as np
import pytest

from openslate.errors import FitError
from openslate.evaluation.forecasting.holding import drifted, score_abstention
from openslate.evaluation.forecasting.intervals import coverage


def test_abstaining_where_errors_are_large_earns_its_place_and_drawing_lots_does_not() -> None:
    random = np.random.default_rng(1)
    errors = random.normal(size=400) * np.where(np.arange(400) < 40, 3.0, 1.0)
    good = score_abstention(errors, np.arange(400) < 40, seed=0)
    assert good.earns and good.worse_by == pytest.approx(2 * np.sqrt(2 / np.pi), abs=0.5)
    assert (good.abstained, good.kept) == (40, 360)
    lots = [score_abstention(random.normal(size=100), np.arange(100) < 10, seed=k, swaps=200).earns for k in range(60)]
    assert sum(lots) <= 9


def test_the_chance_is_that_of_every_order() -> None:
    # Of the 10 pairs of 5 titles only one has both large errors.
    errors = np.array([1.0, 2.0, 9.0, 8.0, 3.0])
    found = score_abstention(errors, np.array([False, False, True, True, False]), seed=0, swaps=20_000)
    assert found.chance == pytest.approx(0.1, abs=0.01) and not found.earns
    assert found.worse_by == 8.5 - 2.0


def test_without_abstentions_nothing_is_claimed() -> None:
    found = score_abstention(np.ones(5), np.zeros(5, dtype=np.bool_), seed=0)
    assert not found.earns and np.isnan(found.worse_by) and found.kept == 5


def test_drift_is_said_when_coverage_leaves_what_chance_explains() -> None:
    actual = np.zeros(250)

    def held(titles: int) -> str:
        return drifted((coverage(actual, np.where(np.arange(250) < titles, -1.0, 0.5), np.ones(250), 0.8),))

    assert held(200) == held(190) == ""
    assert "held 64% of 250 titles, where chance allows" in held(160)
    assert "held 96% of 250 titles" in held(240)
    with pytest.raises(FitError, match="no coverage"):
        drifted(())
