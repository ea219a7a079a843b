import json
import re
from html import unescape
from html.parser import HTMLParser

import numpy as np
import pytest

from openslate.apps.greenlight.backtest_figures import share, shown
from openslate.apps.greenlight.forecast_card import (
    FOR,
    NOT_FOR,
    RULES,
    SELECTION,
    card_plain,
    card_verdict,
    fairness_told,
)
from openslate.apps.greenlight.forecast_card_page import card_document
from openslate.apps.greenlight.forecast_card_types import Family, TextUse
from openslate.apps.greenlight.forecast_groups import REST, group_errors
from openslate.errors import FitError
from tests.apps.greenlight.backtests import backtest
from tests.apps.greenlight.forecast_cards import card_of

FOUND = backtest((90, 110))
CARD = card_of(FOUND)
UNTESTED = card_of(FOUND, tested=(), languages=(), countries=(), standings=(), abstention="", made="", run="", texts=())
NASTY = "<script>alert('x')</script>\u202e"


def _visible(document: str) -> str:
    bare = re.sub(r"<style>.*?</style>", "", document, flags=re.S)
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare)))


def test_the_card_tells_what_it_is_for_and_how_it_is_to_be_used() -> None:
    text = _visible(card_document(CARD))
    assert all(sentence in text for sentence in (*FOR, *NOT_FOR, *RULES, SELECTION))
    assert "plan 9 at the pitch kind, length, month, budget" in text
    assert "company's titles so far 4 from outcomes closed by then" in text
    assert "1 March 1989 to 18 December 2009" in text
    assert "vote_count known only after release" in text


def test_texts_are_counted_by_reason_also_where_there_were_none() -> None:
    text = _visible(card_document(CARD))
    assert "synopsis 2,610 12 reserved by its source (R18): 12" in text
    assert "script 0 33 no permission on record: 31; permission withdrawn: 2" in text
    assert "treatment 0 0 –" in text
    assert "logline 80 0 –" in text
    kinds = [one["kind"] for one in card_plain(UNTESTED)["texts"]]
    assert kinds == ["synopsis", "script", "treatment", "outline"]


def test_every_origin_is_told_with_its_size_coverage_and_simple_forecasts() -> None:
    text = _visible(card_document(CARD))
    for origin in (*FOUND.origins, FOUND.pooled):
        eighty = origin.card.coverages[1]
        assert f"released before {origin.until} {origin.card.titles} {shown(origin.card.r_squared)}" in text
        assert f"{share(eighty.share)} {'inside' if eighty.holds else 'outside'}" in text
        assert " ".join(share(one.wis_skill) for one in origin.simple) in text
    said = card_verdict(CARD)
    assert "On 200 titles (all origins, released 2008-01-01 to before 2012-01-01) its 80% interval held" in said
    assert f"{share(FOUND.pooled.simple[0].wis_skill)} over the line on the budget" in said


def test_a_forecaster_that_was_never_tested_says_so() -> None:
    text = _visible(card_document(UNTESTED))
    assert "it was never tested" in card_verdict(UNTESTED)
    assert "Run `openslate greenlight evaluate`" in text
    assert text.count("were not measured; equal errors must not be assumed") == 3
    assert "When it was made is not on record" in text


def test_groups_that_are_forecast_worse_are_told_and_others_not() -> None:
    worse, level = backtest((300,), seed=3), CARD
    standings = card_of(worse).standings
    assert "Forecast clearly worse than the others by group: new talent" in fairness_told(standings, "group")
    assert "No language is clearly forecast worse" in fairness_told(level.languages, "language")
    text = _visible(card_document(card_of(worse)))
    assert re.search(r"new talent fewer than 80 \d+ .* worse", text)


@pytest.mark.parametrize("card", [CARD, UNTESTED, card_of(FOUND, alarms=("Too good.",))])
def test_the_page_is_accessible_and_the_json_finite(card: object) -> None:
    class Parsed(HTMLParser):
        tables = captions = bare = 0

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tables += tag == "table"
            self.captions += tag == "caption"
            self.bare += tag == "th" and dict(attrs).get("scope") not in ("col", "row")

    document, parsed = card_document(card), Parsed()  # type: ignore[arg-type]
    parsed.feed(document)
    assert parsed.tables == parsed.captions > 1
    assert parsed.bare == 0
    assert not re.findall(r"\b(nan|NaN|inf|None)\b", _visible(document))
    told = json.dumps(card_plain(card), allow_nan=False)  # type: ignore[arg-type]
    assert json.loads(told)["selection"] == SELECTION
    assert ("Alarm." in _visible(document)) is bool(json.loads(told)["alarms"])


def test_words_from_elsewhere_are_escaped() -> None:
    document = card_document(card_of(FOUND, service=NASTY, population=NASTY, left_out={NASTY: 2}))
    assert "<script" not in document
    assert "\u202e" not in document


def test_a_family_known_only_after_release_is_refused() -> None:
    with pytest.raises(FitError, match="is known at 'release'"):
        Family("votes", "release", 1)  # type: ignore[arg-type]
    assert TextUse("script", 0).left_out == {}


def test_small_groups_are_told_together_and_a_title_counts_in_each_of_its_groups() -> None:
    random = np.random.default_rng(0)
    actual = random.lognormal(size=60)
    said = np.exp(np.linspace(-2, 2, 7))[None, :].repeat(60, axis=0)
    groups = [("US", "GB") if row < 20 else ("US",) if row < 50 else (f"C{row}",) for row in range(60)]
    found = {one.name: one for one in group_errors(groups, actual, said, seed=0)}
    assert [(name, one.titles) for name, one in found.items()] == [("US", 50), ("GB", 20), (REST, 10)]
    errors = np.log(actual[:20])
    assert found["GB"].rmsle == pytest.approx(float(np.sqrt((errors**2).mean())))
    assert found["GB"].off_by == pytest.approx(float(np.exp(np.median(-errors))))


def test_outcomes_without_a_logarithm_are_refused() -> None:
    with pytest.raises(FitError, match="not above 0"):
        group_errors([("US",)], np.zeros(1), np.ones((1, 7)), seed=0)
    with pytest.raises(FitError, match="Give each title one of each"):
        group_errors([("US",)], np.ones(2), np.ones((2, 7)), seed=0)
