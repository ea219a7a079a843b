from dataclasses import replace

import numpy as np
import pytest

from openslate.errors import FitError
from openslate.models.forecasting.abstention import reach
from openslate.models.forecasting.forecaster import Forecaster, fit_forecaster
from openslate.models.forecasting.rows import Outcomes, Pitches
from tests.models.forecasting.drawn import QUICK, titles

FAMILIES = np.array([0, 1, 1, 1, 1, 1, 2])


@pytest.fixture(scope="module")
def fitted() -> Forecaster:
    return fit_forecaster(titles(500, 1), titles(200, 2), 1, 2, QUICK)


@pytest.fixture(scope="module")
def tested() -> Outcomes:
    return titles(600, 3)


def test_it_is_ahead_of_the_simple_forecast(fitted: Forecaster, tested: Outcomes) -> None:
    ours = tested.logs - fitted.point(tested)
    simple = tested.logs - fitted.prior.center(tested.covariate, tested.kinds)
    assert (ours**2).mean() < 0.85 * (simple**2).mean()


def test_intervals_hold_and_are_wide_where_outcomes_spread(fitted: Forecaster, tested: Outcomes) -> None:
    found = fitted.distributions(tested)
    for step, nominal in ((1, 0.5), (2, 0.8), (3, 0.9)):
        low, high = found.interval(step).T
        assert ((low <= tested.logs) & (tested.logs <= high)).mean() == pytest.approx(nominal, abs=0.07)
    width = np.diff(found.interval(2))[:, 0]
    loud = tested.features[:, 1] > 0
    assert np.median(width[loud]) > 1.3 * np.median(width[tested.features[:, 1] < 0])
    assert found.mean().sum() == pytest.approx(np.exp(tested.logs).sum(), rel=0.25)


def test_titles_with_intervals_beyond_the_limit_are_forecast_worse(fitted: Forecaster, tested: Outcomes) -> None:
    limit = reach(fitted.widths, within=0.8)
    beyond = limit.beyond(np.diff(fitted.distributions(tested).interval(2))[:, 0])
    errors = np.abs(tested.logs - fitted.point(tested))
    assert 0.05 < beyond.mean() < 0.4 and errors[beyond].mean() > 1.3 * errors[~beyond].mean()


def test_widths_are_those_of_before_calibration_titles_were_learned_from(fitted: Forecaster) -> None:
    first = fit_forecaster(titles(500, 1), titles(200, 2), 1, 2, replace(QUICK, refit=False))
    assert (first.widths == first.distributions(titles(200, 2)).widths(2)).all()
    assert (fitted.widths == first.widths).all()
    assert (fitted.widths != fitted.distributions(titles(200, 2)).widths(2)).any()


def test_drivers_add_up_to_the_forecast(fitted: Forecaster, tested: Outcomes) -> None:
    drivers = fitted.drivers(tested, FAMILIES, 3)
    np.testing.assert_allclose(drivers.total(), fitted.point(tested), rtol=0, atol=1e-9)
    assert np.ptp(drivers.common) < 1e-9
    assert np.abs(drivers.families).mean(axis=0).argmax() == 0
    assert (drivers.prior == fitted.prior.center(tested.covariate, tested.kinds)).all()


def test_the_same_titles_give_the_same_forecaster(fitted: Forecaster) -> None:
    again = fit_forecaster(titles(500, 1), titles(200, 2), 1, 2, QUICK)
    assert (again.members.text == fitted.members.text).all() and (again.residual.text == fitted.residual.text).all()
    assert (again.shares == fitted.shares).all() and (again.margins.by_group == fitted.margins.by_group).all()


def test_shares_and_margins_come_from_the_calibration_block_alone() -> None:
    """Leakage list, item 10: nothing is tuned on what is tested, and the fit block does not calibrate itself."""
    fit, calm, wild = titles(500, 1), titles(200, 2), titles(200, 2, spread=2.0)
    settings = replace(QUICK, refit=False, narrower=1.0, wider=1.0)
    one, other = (fit_forecaster(fit, block, 1, 2, settings) for block in (calm, wild))
    assert (one.members.text == other.members.text).all()
    assert (other.margins.pooled > one.margins.pooled + 0.5).all()


def test_refitting_learns_from_both_blocks_and_keeps_shares_and_margins() -> None:
    fit, calibration = titles(500, 1), titles(200, 2)
    before, after = (fit_forecaster(fit, calibration, 1, 2, replace(QUICK, refit=refit)) for refit in (False, True))
    assert (before.shares == after.shares).all() and (before.margins.pooled == after.margins.pooled).all()
    assert before.prior.rows == 500 and after.prior.rows == 700
    assert after.members.text.tobytes() != before.members.text.tobytes()


def test_at_most_is_learned_from_as_less_than_the_step() -> None:
    fit, calibration, tested = titles(500, 1), titles(200, 2), titles(300, 3)
    step = np.quantile(fit.logs, 0.3)
    floored = replace(fit, logs=np.maximum(fit.logs, step))
    censored = replace(floored, at_most=fit.logs <= step)
    settings = replace(QUICK, refit=False, line=False)
    as_exact, as_censored = (fit_forecaster(one, calibration, 1, 2, settings) for one in (floored, censored))
    low = tested.logs < step
    assert as_censored.point(tested.rows(low)).mean() < as_exact.point(tested.rows(low)).mean() - 0.02


def test_titles_of_one_series_are_held_out_together() -> None:
    from openslate.models.forecasting.forecaster import _folds

    series = np.random.default_rng(1).integers(0, 60, 500)
    folds = _folds(series, 5)
    assert all(len(set(folds[series == one])) == 1 for one in np.unique(series))
    assert set(folds) == set(range(5))


def test_rows_in_another_order_or_with_other_features_are_told_apart(fitted: Forecaster, tested: Outcomes) -> None:
    some = tested.rows(np.arange(600) % 3 == 0)
    assert isinstance(some, Outcomes) and (fitted.point(some) == fitted.point(tested)[::3]).all()
    fewer = Pitches(tested.features[:, :-1], tested.covariate, tested.kinds, tested.groups)
    with pytest.raises(FitError, match=r"shape \(600, 6\), and the model learned from 7"):
        fitted.distributions(fewer)


def test_too_little_or_broken_rows_are_refused() -> None:
    with pytest.raises(FitError, match="49 titles with outcomes are too few"):
        fit_forecaster(titles(49, 1), titles(200, 2), 1, 2, QUICK)
    with pytest.raises(FitError, match="differ in length"):
        replace(titles(10, 1), logs=np.zeros(9))
    with pytest.raises(FitError, match="row 0 has no logarithm"):
        replace(titles(10, 1), logs=np.full(10, -np.inf))
    with pytest.raises(FitError, match="no number above zero"):
        replace(titles(10, 1), weights=np.zeros(10))


def test_what_is_known_besides_is_learned_from_last_and_moves_neither_shares_nor_margins() -> None:
    fit, calibration, more = titles(500, 1), titles(200, 2), titles(400, 5)
    higher = replace(more, logs=more.logs + 2.0)
    without, with_more = (fit_forecaster(fit, calibration, 1, 2, QUICK, last=last) for last in (None, higher))
    assert np.array_equal(without.shares, with_more.shares)
    assert np.array_equal(without.margins.by_group, with_more.margins.by_group)
    tested = titles(300, 6)
    assert (with_more.point(tested) - without.point(tested)).mean() > 0.4
