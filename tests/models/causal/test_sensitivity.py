import numpy as np
import pytest

from openslate.models.causal.effect import STRENGTHS, Parted, effect
from openslate.models.causal.nuisances import Learning
from openslate.models.causal.overlap import overlap, separation
from openslate.models.causal.sensitivity import bounds, equal_share, middle, robustness, strength
from tests.models.causal.drawn import drawn_rows

QUICK = Learning(folds=3, repeats=2)


def test_at_the_robustness_value_the_nearer_end_is_none() -> None:
    rows = drawn_rows(0)
    partings = Parted(rows, QUICK).scores("average")
    found = robustness(partings, rows.series)
    assert 0 < found.surely < found.value < 1
    assert bounds(partings, rows.series, found.value, found.value).low == pytest.approx(0, abs=1e-9)
    assert bounds(partings, rows.series, found.surely, found.surely).surely_low == pytest.approx(0, abs=1e-9)


def test_it_is_the_same_for_an_effect_the_other_way_round() -> None:
    rows = drawn_rows(0)
    one = Parted(rows, QUICK)
    other = Parted(type(rows)(-rows.outcomes, rows.treated, rows.confounders, rows.series), QUICK)
    found, turned = (robustness(parts.scores("average"), rows.series) for parts in (one, other))
    assert turned.value == pytest.approx(found.value, rel=0.02)
    assert turned.surely == pytest.approx(found.surely, rel=0.05)


def test_bounds_widen_and_an_interval_with_none_in_it_is_not_robust() -> None:
    rows = drawn_rows(1, effect=0.0)
    found = effect(Parted(rows, QUICK))
    assert found.interval[0] < 0 < found.interval[1]
    assert found.robustness.surely == 0
    widths = [one.surely_high - one.surely_low for _, one in found.bounds]
    assert [level for level, _ in found.bounds] == list(STRENGTHS)
    assert widths == sorted(widths) and widths[0] < widths[-1]
    first = found.bounds[0][1]
    assert (first.surely_low, first.surely_high) == pytest.approx(found.interval)


def test_a_confounder_left_out_biases_within_the_bounds_of_its_strength() -> None:
    rows = drawn_rows(2, titles=1500)
    parted = Parted(rows, QUICK)
    short = parted.without(np.array([0]), 2)
    found = effect(parted, "average", {"first": short, "fourth": parted.without(np.array([3]), 2)})
    first, fourth = found.gains["first"], found.gains["fourth"]
    assert first.of_outcome > 0.3 and first.of_choice > 0.05
    assert first.change > 0.3 and abs(fourth.change) < 0.05
    assert equal_share(fourth.of_outcome, fourth.of_choice) < 0.25 * equal_share(first.of_outcome, first.of_choice)
    # Seen from the short side, with its own residuals: the truth lies within the bounds of the family's strength.
    blind = Parted(rows.without(np.array([0])), QUICK).scores("average")
    of_outcome = first.of_outcome / (1 + first.of_outcome)
    of_choice = first.of_choice / (1 + first.of_choice)
    within = bounds(blind, rows.series, of_outcome, of_choice)
    assert within.low - 0.05 <= found.value <= within.high


def test_shares_and_medians() -> None:
    assert strength(0.0, 0.5) == 0
    assert equal_share(0.2, 0.2) == pytest.approx(0.2)
    assert middle(np.array([1.0, 1.0, 9.0]), np.array([0.1, 0.1, 0.1]))[0] == 1.0


def test_overlap_counts_what_its_estimand_needs() -> None:
    treated = np.arange(400) < 200
    near_one = np.where(np.arange(400) % 2 == 0, 0.97, 0.5)
    assert overlap(near_one, treated, "average").outside == 0.5
    assert overlap(near_one, treated, "on the treated").outside == 0.5
    near_none = np.where(np.arange(400) % 2 == 0, 0.03, 0.5)
    assert overlap(near_none, treated, "average").poor
    assert not overlap(near_none, treated, "on the treated").poor
    even = overlap(np.full(400, 0.5), treated, "average")
    assert even.effective == pytest.approx((200, 200)) and not even.poor


def test_one_title_that_carries_all_the_weight_is_poor_overlap() -> None:
    propensity = np.full(400, 0.5)
    propensity[0] = 0.001
    found = overlap(propensity, np.arange(400) < 200, "average")
    assert found.outside < 0.01 and found.effective[0] < 3 and found.poor


@pytest.mark.parametrize("shape", ["threshold", "unknown", "middle"])
def test_what_decides_a_choice_alone_is_seen_whatever_the_rule(shape: str) -> None:
    drawn = np.random.default_rng(0)
    x = drawn.normal(size=600)
    treated = {"threshold": x > 0, "unknown": np.arange(600) % 3 == 0, "middle": np.abs(x) < 0.67}[shape]
    values = np.where(treated, np.nan, x) if shape == "unknown" else x
    assert separation(values, treated) > 0.95
    assert separation(drawn.normal(size=600), treated) < 0.68
