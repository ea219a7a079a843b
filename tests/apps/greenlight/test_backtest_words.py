from dataclasses import replace

import pytest

from openslate.apps.greenlight.backtest_figures import FIGURES, key_of, outcome
from openslate.apps.greenlight.backtest_types import Ahead, Backtest
from openslate.apps.greenlight.backtest_words import abstention_told, alarms, findings, verdict
from openslate.errors import FitError
from openslate.evaluation.forecasting.differences import Difference
from openslate.evaluation.forecasting.holding import Abstention
from openslate.evaluation.forecasting.scorecard import Scorecard
from tests.apps.greenlight.backtests import backtest

FOUND = backtest((90, 110))
UP, DOWN, LEVEL = Difference(0.1, 0.05, 0.2, 200), Difference(-0.1, -0.2, -0.05, 200), Difference(0.1, -0.1, 0.2, 200)


def compared(*ahead: tuple[str, str, Difference]) -> Backtest:
    return replace(FOUND, pooled=replace(FOUND.pooled, ahead=tuple(Ahead(*one) for one in ahead)))


def test_less_is_better_where_the_figure_is_an_error() -> None:
    assert [outcome(Ahead("l", "rmsle", one)) for one in (UP, DOWN, LEVEL)] == ["worse", "better", "unclear"]
    assert [outcome(Ahead("l", "R2", one)) for one in (UP, DOWN, LEVEL)] == ["better", "worse", "unclear"]
    assert outcome(Ahead("l", "r_squared", replace(UP, titles=20))) == "unclear"
    with pytest.raises(FitError, match="Neither more nor less"):
        outcome(Ahead("l", "total_bias", UP))
    assert all(key_of(key) == key for key in FIGURES)


def test_the_verdict_says_over_whom_the_model_is_ahead() -> None:
    assert "clearly ahead of the line on every figure compared" in verdict(
        compared(("line", "r_squared", UP), ("line", "rmsle", DOWN))
    )
    assert "on some figures ahead of the line" in verdict(compared(("line", "r_squared", UP), ("line", "rmsle", LEVEL)))
    assert "not to be told apart from the line" in verdict(compared(("line", "rmsle", LEVEL)))
    mixed = verdict(compared(("line", "rmsle", UP), ("line", "r_squared", UP), ("kind", "rmsle", DOWN)))
    assert "is behind the line and clearly ahead of the kind;" in mixed
    assert "compared with no simple forecast" in verdict(compared())


def held(card: Scorecard, share: float) -> Scorecard:
    coverages = tuple(replace(one, share=share) if one.nominal == 0.8 else one for one in card.coverages)
    return replace(card, coverages=coverages)


def test_the_verdict_says_which_interval_does_not_hold() -> None:
    good = verdict(FOUND)
    assert "its intervals hold (the 50% one" in good
    assert good.startswith("On 200 titles of 2 origins the model is ")
    bad = verdict(replace(FOUND, pooled=replace(FOUND.pooled, card=held(FOUND.pooled.card, 0.61))))
    assert "its intervals do not all hold: the 80% one held 61% of outcomes (chance explains" in bad
    assert "90% one" not in bad


def test_segments_and_totals_that_are_off_are_told() -> None:
    card = replace(held(FOUND.pooled.card, 0.6), total_bias=0.5)
    pooled = replace(FOUND.pooled, card=card, segments={"films": card, "few": replace(card, titles=79)})
    said = " ".join(findings(replace(FOUND, pooled=pooled)))
    assert "off by more than 8 points for films (60% of 200)." in said
    assert "0.50 times what came: do not trust a slate's total" in said
    assert "do not trust" not in " ".join(
        findings(replace(FOUND, pooled=replace(pooled, card=replace(card, total_bias=1.05))))
    )


def test_one_origin_is_said_to_be_one() -> None:
    assert any("One origin says nothing" in one for one in findings(replace(FOUND, origins=FOUND.origins[:1])))


def test_alarms_of_many_origins_stand_in_one_line() -> None:
    assert alarms(FOUND) == []
    first, second = FOUND.origins
    one = replace(FOUND, origins=(replace(first, drift="It drifted."), second))
    assert alarms(one) == ["Origin 2008-01-01: It drifted."]
    both = replace(
        FOUND,
        origins=tuple(replace(each, drift="It drifted.", alarm="Too good.") for each in FOUND.origins),
        pooled=replace(FOUND.pooled, alarm="Too good."),
    )
    said = alarms(both)
    assert said[0] == "All origins: Too good."
    assert said[1].startswith("Too good to be true at 2 of 2 origins: 2008-01-01 R² ")
    assert said[2].startswith("Calibration drifted at 2 of 2 origins (2008-01-01, 2010-01-01)")
    assert len(said) == 3
    assert verdict(both).startswith("Not to be believed before the alarm is looked into: on 200 titles of 2 origins")
    assert verdict(one).startswith("On 200 titles")


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Abstention(5, 95, 0.7, 0.002), "errs more there: mean absolute error on ln 0.70 higher"),
        (Abstention(5, 95, 0.1, 0.4), "without showing that it errs more there"),
        (Abstention(5, 95, -0.1, 0.8), "0.10 lower"),
        (Abstention(0, 95, float("nan"), 1.0), "from none of 95 titles"),
        (Abstention(95, 0, float("nan"), 1.0), "from all 95 titles"),
    ],
)
def test_abstentions_are_told_as_they_are(found: Abstention, said: str) -> None:
    assert said in abstention_told(found)
