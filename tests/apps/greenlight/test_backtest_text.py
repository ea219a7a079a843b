import json
import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from openslate.apps.greenlight.backtest_figures import share, shown
from openslate.apps.greenlight.backtest_plain import backtest_plain, plain
from openslate.apps.greenlight.backtest_tables import has_budgets
from openslate.apps.greenlight.backtest_text import WIDTH, aligned, backtest_text
from openslate.apps.greenlight.backtest_types import Backtest
from openslate.apps.greenlight.backtest_words import verdict
from openslate.errors import FitError
from tests.apps.greenlight.backtests import backtest

FOUND = backtest((90, 110))
BEHIND = backtest((60, 60), lead=0.2, width=0.6, measure="views", budgets=False)


@pytest.mark.parametrize("found", [FOUND, BEHIND, backtest((60, 60), noise=0.3)])
def test_the_text_fits_a_terminal_and_has_every_origin(found: Backtest) -> None:
    text = backtest_text(found)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert not re.findall(r"\b(nan|NaN|inf|None)\b", text)
    for origin in (*found.origins, found.pooled):
        card = origin.card
        assert re.search(rf"\b{card.titles}\s+{shown(card.r_squared)}\s+{shown(card.rmsle)}\s", text)
    assert ("AUC2×" in text.split("Origin")[1].splitlines()[0]) is has_budgets(found)


def test_alarms_come_before_the_verdict_and_misses_are_marked() -> None:
    lines = backtest_text(BEHIND)
    flat = re.sub(r"\s+", " ", lines)
    assert flat.index("ALARM: All origins") < flat.index(verdict(BEHIND))
    eighty = BEHIND.pooled.card.coverages[1]
    assert f"!{share(eighty.share)}" in lines
    assert "ALARM" not in backtest_text(FOUND)


def test_columns_line_up_also_where_letters_are_wide() -> None:
    table = aligned(("Name", "n"), [("東京", "1"), ("Ash\x1b[2J", "1,000")])
    assert table.splitlines() == ["Name        n", "東京        1", "Ash[2J  1,000"]


def test_long_names_do_not_widen_the_tables() -> None:
    card = FOUND.pooled.card
    wide = replace(FOUND, pooled=replace(FOUND.pooled, segments={"a very long name " * 9: card}))
    assert max(map(len, backtest_text(wide).splitlines())) <= WIDTH


def test_json_has_every_figure_and_no_number_that_is_none() -> None:
    told = json.loads(json.dumps(backtest_plain(BEHIND), allow_nan=False))
    assert told["origins"][0]["auc_double"] is None
    assert told["origins"][1]["day"] == "2010-01-01"
    assert told["origins"][0]["card"]["rmsle"] == BEHIND.origins[0].card.rmsle
    assert [one["holds"] for one in told["pooled"]["card"]["coverages"]] == [
        one.holds for one in BEHIND.pooled.card.coverages
    ]
    assert {one["verdict"] for one in told["pooled"]["ahead"]} == {"worse"}
    assert told["alarms"]
    assert told["verdict"] == verdict(BEHIND)
    assert len(told["tested"]) == 120
    title = told["tested"][3]
    assert title["title"] == "t3"
    assert title["released"] == "2008-01-04"
    assert title["quantiles"] == BEHIND.tested.quantiles[3].tolist()
    assert set(told["origins"][0]) == set(told["pooled"])


def test_values_that_json_has_not_are_refused() -> None:
    assert plain({1: (np.float64("inf"), np.bool_(True), date(2024, 1, 2), None)}) == {
        "1": [None, True, "2024-01-02", None]
    }
    with pytest.raises(FitError, match="A set has no form in JSON"):
        plain({1, 2})
