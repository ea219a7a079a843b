"""Our scores, errors, bounds and yardsticks beside those of DoubleML, on the same titles and nuisances."""

import numpy as np
import pytest

from openslate.models.causal.nuisances import Nuisances
from openslate.models.causal.rows import Rows, standard_error
from openslate.models.causal.scores import Estimand, scored
from openslate.models.causal.sensitivity import NORMAL, bounds, gain, robustness
from tests.models.causal.peer import CF_D, CF_Y, SAID, shared_rows


@pytest.mark.parametrize("estimand", ["average", "on the treated"])
def test_figures_are_those_that_doubleml_gave(estimand: Estimand) -> None:
    rows, long, short = shared_rows()
    known, poorer = [scored(rows, long, estimand)], [scored(rows, short, estimand)]
    said, found = SAID[estimand], bounds(known, rows.series, CF_Y, CF_D)
    ours = {
        "effect": known[0].effect,
        # DoubleML divides by the number of titles, and not by one less.
        "error": float(standard_error(known[0].influences, rows.series)) * np.sqrt(399 / 400),
        "low": found.low,
        "high": found.high,
        "value": robustness(known, rows.series).value,
        "of_outcome": gain(known, poorer, rows.outcomes).of_outcome,
        "of_choice": gain(known, poorer, rows.outcomes).of_choice,
    }
    for name, figure in said.items():
        tolerance = 3e-4 if (name, estimand) == ("error", "on the treated") else 2e-6
        assert ours[name] == pytest.approx(figure, abs=tolerance), name


@pytest.mark.parametrize("estimand", ["average", "on the treated"])
def test_ends_of_bounds_vary_as_leaving_out_each_title_says(estimand: Estimand) -> None:
    # DoubleML 0.11.4 subtracts the two influences where it should add them, so a jackknife is the judge here.
    rows, long, _ = shared_rows()
    found = bounds([scored(rows, long, estimand)], rows.series, 0.2, 0.2)
    factor = np.sqrt(0.2 * 0.2 / 0.8)
    each = np.array([_ends(rows, long, estimand, out, factor) for out in range(len(rows))])
    errors = np.sqrt(((each - each.mean(axis=0)) ** 2).sum(axis=0) * (len(rows) - 1) / len(rows))
    low, high = found.low - found.surely_low, found.surely_high - found.high
    np.testing.assert_allclose([low, high], NORMAL * errors, rtol=0.01)
    assert abs(low - high) > 0.02 * low


def _ends(rows: Rows, known: Nuisances, estimand: Estimand, out: int, factor: float) -> tuple[float, float]:
    """Both ends, with one title left out and everything else worked out anew from the same nuisances."""
    kept = np.arange(len(rows)) != out
    fewer = Rows(rows.outcomes[kept], rows.treated[kept], rows.confounders[kept], rows.series[kept])
    rest = Nuisances(known.if_treated[kept], known.if_not[kept], known.propensity[kept])
    one = scored(fewer, rest, estimand)
    bias = factor * np.sqrt(one.variance * one.norm)
    return one.effect - bias, one.effect + bias


def test_doubleml_says_the_same_today() -> None:
    doubleml = pytest.importorskip(
        "doubleml", reason="DoubleML is not installed: only its recorded figures were tested"
    )
    from sklearn.linear_model import LinearRegression, LogisticRegression

    rows, long, _ = shared_rows()
    data = doubleml.DoubleMLData.from_arrays(rows.confounders, rows.outcomes, rows.treated.astype(float))
    for score, estimand in (("ATE", "average"), ("ATTE", "on the treated")):
        model = doubleml.DoubleMLIRM(data, LinearRegression(), LogisticRegression(), score=score, n_rep=1)
        given = {"ml_g0": long.if_not, "ml_g1": long.if_treated, "ml_m": long.propensity}
        model.fit(external_predictions={"d": {name: one[:, None] for name, one in given.items()}})
        model.sensitivity_analysis(cf_y=CF_Y, cf_d=CF_D, rho=1.0)
        said = model.sensitivity_params["theta"]
        found = bounds([scored(rows, long, estimand)], rows.series, CF_Y, CF_D)
        np.testing.assert_allclose([found.low, found.high], [said["lower"][0], said["upper"][0]], atol=1e-9)
