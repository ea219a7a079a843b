import numpy as np
import pytest

from openslate.errors import FitError
from openslate.models.causal.effect import Parted, difference, effect
from openslate.models.causal.nuisances import Learning, nuisances, parted
from openslate.models.causal.rows import Rows, standard_error
from openslate.models.causal.sensitivity import NORMAL
from tests.models.causal.drawn import drawn_rows

QUICK = Learning(folds=3, repeats=1)


def test_intervals_hold_the_truth_and_the_plain_difference_does_not() -> None:
    held = plainly = 0
    for seed in range(12):
        rows = drawn_rows(seed, titles=400)
        found, (plain, error) = effect(Parted(rows, QUICK)), difference(rows)
        held += found.interval[0] <= 0.5 <= found.interval[1]
        plainly += abs(plain - 0.5) <= NORMAL * error
    assert held >= 10
    assert plainly == 0


def test_a_placebo_finds_nothing() -> None:
    found = 0
    for seed in range(8):
        rows = drawn_rows(seed, titles=400)
        placebo = np.random.default_rng(seed).permutation(rows.treated)
        low, high = effect(Parted(Rows(rows.outcomes, placebo, rows.confounders, rows.series), QUICK)).interval
        found += not low <= 0 <= high
    assert found <= 1


def test_the_effect_on_the_treated_is_theirs() -> None:
    drawn = np.random.default_rng(3)
    x = drawn.normal(size=(1500, 2))
    treated = drawn.random(1500) < 1 / (1 + np.exp(-x[:, 0]))
    outcomes = x[:, 1] + (1 + x[:, 0]) * treated + 0.3 * drawn.normal(size=1500)
    parted_rows = Parted(Rows(outcomes, treated, x, np.arange(1500)), QUICK)
    truth = {"average": float((1 + x[:, 0]).mean()), "on the treated": float((1 + x[treated, 0]).mean())}
    assert truth["on the treated"] - truth["average"] > 0.3
    for estimand in ("average", "on the treated"):
        assert effect(parted_rows, estimand).value == pytest.approx(truth[estimand], abs=0.1)


def test_the_same_rows_give_the_same_figures() -> None:
    rows = drawn_rows(1, titles=300)
    assert effect(Parted(rows, QUICK)) == effect(Parted(rows, QUICK))


def test_series_stay_together_and_both_sides_are_in_every_fold() -> None:
    rows = drawn_rows(2, titles=300)
    series = np.arange(300) // 4
    folds = parted(Rows(rows.outcomes, rows.treated, rows.confounders, series), 5, 7)
    for one in range(75):
        assert len(set(folds[series == one])) == 1
    shares = [rows.treated[folds == fold].mean() for fold in range(5)]
    assert max(shares) - min(shares) < 0.12
    assert (folds != parted(rows, 5, 8)).any()


def test_no_title_is_forecast_from_its_own_outcome_or_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    # The shares of the blend, a few numbers, come from all folds; here they are held still.
    monkeypatch.setattr("openslate.models.causal.nuisances.shares", lambda said, actual: np.full(len(said), 0.25))
    rows = drawn_rows(4, titles=300)
    folds = parted(rows, 3, 0)
    mine = folds == 0
    other = Rows(np.where(mine, rows.outcomes + 9, rows.outcomes), rows.treated ^ mine, rows.confounders, rows.series)
    first, again = nuisances(rows, folds, QUICK), nuisances(other, folds, QUICK)
    for name in ("if_treated", "if_not", "propensity"):
        np.testing.assert_array_equal(getattr(first, name)[mine], getattr(again, name)[mine])
        assert (getattr(first, name)[~mine] != getattr(again, name)[~mine]).any()


def test_series_that_hang_together_widen_the_error() -> None:
    influences = np.repeat(np.random.default_rng(0).normal(size=100), 4)
    influences -= influences.mean()
    alone = standard_error(influences, np.arange(400))
    together = standard_error(influences, np.arange(400) // 4)
    assert together == pytest.approx(2 * alone, rel=0.02)


def test_sides_with_too_few_titles_or_series_are_refused() -> None:
    rows = drawn_rows(5, titles=200)
    few = np.arange(200) < 39
    with pytest.raises(FitError, match="only 39 titles of 39 series of the first alternative"):
        Parted(Rows(rows.outcomes, few, rows.confounders, rows.series), QUICK)
    with pytest.raises(FitError, match="of 5 series"):
        Parted(Rows(rows.outcomes, np.arange(200) < 50, rows.confounders, np.arange(200) // 10), QUICK)


def test_rows_that_are_not_right_are_refused() -> None:
    rows = drawn_rows(6, titles=100)
    missing = rows.outcomes.copy()
    missing[7] = np.nan
    with pytest.raises(FitError, match="outcome of row 7 is missing"):
        Rows(missing, rows.treated, rows.confounders, rows.series)
    with pytest.raises(FitError, match="differ in length"):
        Rows(rows.outcomes[1:], rows.treated, rows.confounders, rows.series)
    with pytest.raises(FitError, match="infinite"):
        Rows(rows.outcomes, rows.treated, np.where(np.isnan(rows.confounders), np.inf, rows.confounders), rows.series)
