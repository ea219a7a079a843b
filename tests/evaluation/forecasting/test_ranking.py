import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.errors import FitError
from openslate.evaluation.forecasting import ranking

SORTED = np.arange(200.0)[::-1]


def test_a_constant_forecast_of_a_sorted_table_gets_what_chance_gets() -> None:
    """Leakage list, item 7: published tables are sorted by outcome."""
    constant = np.zeros(200)
    stable = np.argsort(-constant, kind="stable")[:20]
    assert (SORTED[stable] >= 180).all()  # what a stable sort would have found
    assert ranking.precision_top(SORTED, constant) == pytest.approx(0.1, abs=0.03)
    assert ranking.auc_top(SORTED, constant) == 0.5
    assert ranking.slate_lift(SORTED, constant) == pytest.approx(1, abs=0.05)


def test_the_order_of_rows_changes_nothing_but_the_ties() -> None:
    random = np.random.default_rng(1)
    actual, forecast = random.normal(size=100), random.normal(size=100)
    order = random.permutation(100)
    for figure in (ranking.auc_top, ranking.precision_top):
        assert figure(actual[order], forecast[order]) == pytest.approx(figure(actual, forecast))


def test_figures_worked_out_by_hand() -> None:
    actual = np.arange(20.0)
    forecast = actual.copy()
    forecast[[19, 0]] = forecast[[0, 19]]  # one of the two best is forecast last
    assert ranking.precision_top(actual, forecast) == 0.5
    # Of 2 x 18 pairs the title forecast last loses all of its 18, and the other hit one.
    assert ranking.auc_top(actual, forecast) == pytest.approx(17 / 36)
    assert ranking.slate_lift(actual, forecast) == pytest.approx((18 + 0) / 2 / 9.5)


def test_outcomes_that_tie_at_the_mark_take_turns() -> None:
    actual = np.array([1.0] * 10 + [0.0] * 10)
    forecast = np.array([1.0] + [0.0] * 19)
    # Two of the ten equals are the top: the one forecast highest is among them one time in five.
    assert ranking.precision_top(actual, forecast, share=0.05, seeds=2000) == pytest.approx(0.1, abs=0.02)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), min_size=2, max_size=25))
def test_auc_is_the_share_of_pairs_in_the_right_order(rows: list[tuple[bool, int]]) -> None:
    hit = np.array([one for one, _ in rows])
    forecast = np.array([float(value) for _, value in rows])
    if hit.all() or not hit.any():
        with pytest.raises(FitError, match="are hits"):
            ranking.auc(hit, forecast)
        return
    above = forecast[hit][:, None] - forecast[~hit]
    assert ranking.auc(hit, forecast) == pytest.approx(((above > 0) + (above == 0) / 2).mean())


def test_a_lift_over_nothing_is_refused() -> None:
    with pytest.raises(FitError, match="sum to nothing"):
        ranking.slate_lift(np.zeros(4), np.ones(4))
