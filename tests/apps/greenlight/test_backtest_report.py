import re
import time
from collections import Counter
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import numpy as np
import pytest

from openslate.apps.greenlight.backtest_charts import MOST_DRAWN, thinned
from openslate.apps.greenlight.backtest_figures import outcome, share, shown
from openslate.apps.greenlight.backtest_report import backtest_document
from openslate.apps.greenlight.backtest_types import Ahead, Backtest
from openslate.apps.greenlight.backtest_words import NOT_THIS, verdict
from openslate.errors import FitError
from openslate.evaluation.forecasting.differences import Difference
from openslate.evaluation.forecasting.holding import Abstention
from tests.apps.greenlight.backtests import backtest

GOOD = {"titles": (90, 110)}
NASTY = "<script>alert('x')</script>\u202e & \x1b[31m"


def documents() -> dict[str, Backtest]:
    good = backtest(**GOOD)  # type: ignore[arg-type]
    bare = replace(
        good,
        origins=tuple(replace(one, simple=(), ahead=(), segments={}, shares={}) for one in good.origins[:1]),
        pooled=replace(
            good.pooled,
            simple=(),
            ahead=(),
            segments={},
            shares={},
            auc_double=float("nan"),
            abstention=Abstention(0, 200, float("nan"), 1.0),
        ),
        refused={},
        left_out={},
        families=(),
    )
    return {
        "good": good,
        "behind": backtest((60, 60), lead=0.2, width=0.6, measure="views", budgets=False),
        "leak": backtest((60, 60), noise=0.3),
        "bare": bare,
    }


def _visible(document: str) -> str:
    bare = re.sub(r"<style>.*?</style>", "", document, flags=re.S)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare)))


class _Tables(HTMLParser):
    """Counts what makes tables and drawings readable to those who hear them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.unscoped = 0
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        if tag == "th" and dict(attrs).get("scope") not in ("col", "row"):
            self.unscoped += 1
        if tag == "svg" and not dict(attrs).get("aria-labelledby"):
            self.unscoped += 1


@pytest.mark.parametrize("name", ["good", "behind", "leak", "bare"])
def test_the_page_is_whole_and_loads_nothing(name: str) -> None:
    document = backtest_document(documents()[name])
    parsed = _Tables()
    parsed.feed(document)
    assert parsed.tags["caption"] == parsed.tags["table"] > 3
    assert parsed.unscoped == 0
    assert parsed.tags["svg"] == len(set(re.findall(r'<svg[^>]* aria-labelledby="([^"]+)"', document)))
    assert parsed.tags["script"] == 0
    assert not re.findall(r'(?:src|href)="', document)
    assert not re.findall(r"\b(nan|NaN|inf|None)\b", _visible(document))


def test_every_figure_of_every_origin_is_there() -> None:
    found = documents()["good"]
    text = _visible(backtest_document(found))
    for origin in (*found.origins, found.pooled):
        card = origin.card
        row = (
            f"{card.titles:,} {shown(card.r_squared)} {shown(card.rmsle)} {shown(card.auc_top)} "
            f"{shown(origin.auc_double)} {share(card.wis_skill)} {shown(card.total_bias)}"
        )
        assert row in text
        assert f"{share(card.within_twice)} {shown(card.spearman)} {share(card.precision_top)}" in text
        for one in card.coverages:
            mark = "inside" if one.holds else "outside"
            assert f"{share(one.share)} {mark} {share(one.low)} to {share(one.high)}" in text
        for simple in origin.simple:
            assert f"{shown(simple.r_squared)} {shown(simple.rmsle)} {shown(simple.auc_top)}" in text
    for name, count in found.left_out.items():
        assert (f"{name} {count}" in text) is (count > 0)
    for feature, why in found.refused.items():
        assert f"{feature} {why}" in text
    assert all(sentence in text for sentence in NOT_THIS)
    for origin in found.origins:
        assert f"{origin.fitted:,} {origin.calibrated:,} released from {origin.calibrated_from}" in text


def test_alarms_stand_before_the_verdict() -> None:
    for name, said in (("leak", "look for a leak before you believe it"), ("behind", "calibration has drifted")):
        found = documents()[name]
        text = _visible(backtest_document(found))
        assert text.index("Alarm.") < text.index(said) < text.index(verdict(found))
    assert "Alarm." not in _visible(backtest_document(documents()["good"]))


def test_a_page_without_simple_forecasts_or_segments_says_so() -> None:
    text = _visible(backtest_document(documents()["bare"]))
    assert "No simple forecast was compared" in text
    assert "No segment has enough titles" in text
    assert "abstained from none of 200 titles" in text
    assert "had nothing to refuse" in text


def test_names_are_escaped_everywhere() -> None:
    found = documents()["good"]
    nasty = replace(
        found,
        population=NASTY,
        tested=replace(found.tested, names=(NASTY,) * len(found.tested.names)),
        pooled=replace(found.pooled, segments={NASTY: found.pooled.card}),
        left_out={NASTY: 3},
        refused={NASTY: NASTY},
        families=(NASTY,),
    )
    document = backtest_document(nasty)
    assert "<script" not in document
    assert not set("\u202e\x1b") & set(document)


def test_equal_backtests_give_equal_bytes() -> None:
    again = backtest.__wrapped__((90, 110))
    assert backtest_document(documents()["good"]) == backtest_document(again)


def test_five_thousand_titles_stay_a_small_page_and_say_what_was_thinned() -> None:
    found = documents()["good"]
    times = 25
    tested = found.tested
    many = replace(
        found,
        tested=replace(
            tested,
            titles=tuple(f"{one}-{turn}" for turn in range(times) for one in tested.titles),
            names=tested.names * times,
            released=np.tile(tested.released, times),
            origin=np.tile(tested.origin, times),
            actual=np.tile(tested.actual, times),
            quantiles=np.tile(tested.quantiles, (times, 1)),
            expected=np.tile(tested.expected, times),
            abstained=np.tile(tested.abstained, times),
        ),
    )
    began = time.perf_counter()
    document = backtest_document(many)
    assert time.perf_counter() - began < 3
    assert len(document.encode()) < 1_500_000
    assert re.search(rf"{MOST_DRAWN} of 5,000 titles, evenly chosen", document)
    assert document.count("<g><title>") == MOST_DRAWN


def test_thinning_keeps_the_ends_and_the_share_of_abstained_titles() -> None:
    random = np.random.default_rng(0)
    actual, strange = random.lognormal(size=2000), np.arange(2000) % 20 == 0
    titles = tuple(f"t{place:04}" for place in range(2000))
    rows = thinned(actual, titles, strange, most=200)
    assert len(rows) == len(set(rows)) == 200
    assert strange[rows].sum() == 10
    assert {int(actual.argmin()), int(actual.argmax())} <= set(rows)
    # The same titles, whatever order they came in.
    turn = random.permutation(2000)
    moved = thinned(actual[turn], tuple(titles[one] for one in turn), strange[turn], most=200)
    assert {titles[turn[one]] for one in moved} == {titles[one] for one in rows}


def test_a_comparison_on_an_unknown_figure_is_refused() -> None:
    found = documents()["good"]
    strange = Ahead("line", "popularity", Difference(0.1, 0.0, 0.2, 100))
    with pytest.raises(FitError, match="'popularity', which is no figure of ours"):
        backtest_document(replace(found, pooled=replace(found.pooled, ahead=(strange,))))


def test_a_difference_that_could_not_be_worked_out_is_a_dash() -> None:
    found = documents()["good"]
    unknown = Ahead("line on the budget", "auc_double", Difference(*[float("nan")] * 3, 200))
    text = _visible(backtest_document(replace(found, pooled=replace(found.pooled, ahead=(unknown,)))))
    assert re.search(r"over the line on the budget All origins .*– unclear – to –", text)
    assert "nan" not in text


def test_every_difference_of_every_origin_is_there() -> None:
    found = documents()["good"]
    text = _visible(backtest_document(found))
    for origin in found.origins:
        for one in origin.ahead:
            low, high = shown(one.difference.low), shown(one.difference.high)
            assert f"{outcome(one)} {low} to {high}" in text
