import numpy as np
import pytest

from openslate.errors import FitError
from openslate.models.forecasting.prior import fit_line, fit_median

ONE_KIND = np.zeros(200, dtype=np.int64)


def test_it_finds_the_line_that_a_few_wild_titles_hide_from_least_squares() -> None:
    random = np.random.default_rng(1)
    x = random.normal(size=200)
    y = 3 + 0.8 * x + random.normal(scale=0.1, size=200)
    wild = x > np.quantile(x, 0.95)
    y[wild] -= 8
    line = fit_line(y, x, ONE_KIND, 1)
    assert line.slope == pytest.approx(0.8, abs=0.05) and line.levels[0] == pytest.approx(3, abs=0.05)
    assert abs(np.polyfit(x, y, 1)[0] - 0.8) > 0.5
    assert line.spread == pytest.approx(0.1, abs=0.03)


def test_without_wild_titles_it_is_close_to_least_squares() -> None:
    random = np.random.default_rng(2)
    x = random.normal(size=200)
    y = 1 - 2 * x + random.normal(size=200)
    line = fit_line(y, x, ONE_KIND, 1)
    slope, level = np.polyfit(x, y, 1)
    assert line.slope == pytest.approx(slope, abs=0.05) and line.levels[0] == pytest.approx(level, abs=0.05)


def test_each_kind_has_its_level_and_an_unseen_one_that_of_all() -> None:
    kinds = np.arange(200) % 2
    x = np.linspace(-1, 1, 200)
    line = fit_line(x + np.where(kinds == 0, 5.0, 1.0), x, kinds, 3)
    assert line.levels[:2] == pytest.approx([5, 1]) and line.levels[2] == pytest.approx(3)
    np.testing.assert_allclose(line.center(np.array([0.5, 0.5]), np.array([0, 1])), [5.5, 1.5])


def test_an_unknown_covariate_gets_the_median_of_its_kind() -> None:
    x = np.where(np.arange(200) < 20, np.nan, np.linspace(0, 1, 200))
    y = np.arange(200.0)
    line = fit_line(y, x, ONE_KIND, 1)
    assert line.rows == 180
    assert line.center(np.array([np.nan]), np.array([0]))[0] == np.median(y)


def test_the_median_knows_nothing_else() -> None:
    kinds = np.array([0, 0, 0, 1])
    prior = fit_median(np.array([1.0, 2.0, 9.0, 5.0]), kinds, 3)
    np.testing.assert_array_equal(prior.center(np.array([7.0, np.nan, 7.0]), np.array([0, 1, 2])), [2.0, 5.0, 3.5])


def test_too_little_to_draw_through_is_refused() -> None:
    with pytest.raises(FitError, match="through 2 titles"):
        fit_line(np.ones(2), np.arange(2.0), np.zeros(2, dtype=np.int64), 1)
    with pytest.raises(FitError, match="A line cannot"):
        fit_line(np.ones(5), np.ones(5), np.zeros(5, dtype=np.int64), 1)
    with pytest.raises(FitError, match="no outcome"):
        fit_median(np.zeros(0), np.zeros(0, dtype=np.int64), 1)
