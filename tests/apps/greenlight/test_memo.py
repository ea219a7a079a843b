import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.greenlight.decision_types import Decision
from openslate.apps.greenlight.forecast_types import AlsoWatched, Comparable, Driver
from openslate.apps.greenlight.memo import memo, memo_of_two, write_memo
from openslate.apps.greenlight.memo_words import SCALED, parts, weeks_in_words
from openslate.apps.greenlight.pitch import FACTS, Pitch, Talent
from openslate.errors import ProjectError, UsageError
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import AS_OF, FULL

NASTY = "<script>alert('x')</script>\u202e & \x1b[31m"
OTHER = replace(FULL, name="Harbour Lights", kind="film", season=None, series="", material=())
BARE = Pitch("Unlike Anything", AS_OF)
CROWDED = replace(
    FULL,
    name="A Name That Is as Long as Names of Films and Series Are Allowed to Be on the Memo " * 2,
    logline="word " * 180,
    genres=tuple(f"genre {one}" for one in range(12)),
    countries=("GB", "NO", "SE", "DK", "FI", "DE", "FR"),
    companies=tuple(f"Company Number {one}" for one in range(6)),
    talent=tuple(Talent(f"Somebody Named {one}", "executive producer") for one in range(12)),
)
DECIDED = Decision(
    "Ines Falk", "head of series", "commission", "Members asked for it.", True, "2026-03-03T09:00:00+00:00"
)


def crowded() -> str:
    comparable = Comparable(
        "t", "A Comparable Title With Quite a Long Name: Season 2", 2024, "theme, " * 8, 3e6, AS_OF, 0.1
    )
    full = forecast_of(CROWDED)
    drivers = tuple(Driver(f"a family of features {one}", "what this pitch has of it " * 2, 1.1) for one in range(9))
    watched = AlsoWatched(
        "w",
        comparable.name,
        2024,
        "31 of 783 who watched Osterwick watched this too; by chance 21 would",
        3e6,
        AS_OF,
        0.1,
    )
    forecast = replace(
        full,
        comparables=(replace(comparable, name="A Comparable Title That Is Longer " * 5), *(comparable,) * 11),
        audience=(watched,) * 5,
        drivers=drivers,
        missing=FACTS,
        warnings=("Something else to know, told in a sentence of the usual length here.",) * 2,
        abstains="No title that is known compares with it closely enough.",
    )
    decided = replace(DECIDED, reason="We read the script twice, and members asked for it. " * 12)
    return memo(CROWDED, forecast, "1" * 16, [decided] * 5)


def documents() -> dict[str, str]:
    return {
        "full": memo(FULL, forecast_of(FULL), "ab12cd34ef56ab78"),
        "decided": memo(FULL, forecast_of(FULL), "ab12cd34ef56ab78", [DECIDED, replace(DECIDED, departs=False)]),
        "bare": memo(
            BARE,
            forecast_of(
                BARE,
                comparables=(),
                drivers=(),
                weeks=(),
                record=None,
                missing=BARE.missing,
                abstains="No title compares.",
                warnings=(),
                top_decile=None,
            ),
        ),
        "crowded": crowded(),
        "watched": memo(
            FULL,
            replace(
                forecast_of(FULL),
                comparables=forecast_of(FULL).comparables * 3,
                audience=(AlsoWatched("w", "Osterwick", 2024, "31 of 783 who watched it", 3e6, AS_OF, 0.1),) * 5,
            ),
            "ab12cd34ef56ab78",
        ),
        "two": memo_of_two((FULL, forecast_of(FULL)), (OTHER, forecast_of(OTHER, 0.4))),
    }


def _words(document: str) -> str:
    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>|<desc.*?</desc>", "", document, flags=re.S))
    )


def test_the_interval_comes_before_the_point_and_the_baseline_stands_beside() -> None:
    said = _words(documents()["full"])
    assert said.index("1.9M to 38M") < said.index("median is 9.4M") < said.index("1.2M to 44M")
    assert "median of its kind by days available" in said
    assert "not causes" in said
    assert "chance of the top tenth" in said
    assert "at most 400k" in said
    assert "not known" in said
    assert "put there by a person" in said
    assert "The forecast is advice and decides nothing." in said
    assert "81% of outcomes" in said
    assert "280 titles" in said


def test_an_abstention_is_the_first_thing_said() -> None:
    said = _words(documents()["bare"])
    assert said.index("The model abstains: no title compares.") < said.index("1.9M to 38M")
    assert "should not be relied on" in said
    assert "treat it as untried" in said
    assert "a budget, or a band for one;" in said


def test_a_recorded_decision_stands_with_its_person_and_reason() -> None:
    said = _words(documents()["decided"])
    for part in ("Ines Falk", "head of series", "commission", "departs from the forecast", "Members asked for it."):
        assert part in said
    assert "3 March 2026" in said


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20).filter(lambda shares: sum(shares) > 1e-9))
@settings(deadline=None)
def test_shares_of_a_whole_sum_to_it(shares: list[float]) -> None:
    told = parts(shares)
    assert sum(0 if one == "under 1%" else int(one.removesuffix("%")) for one in told) == 100
    for share, one in zip(shares, told, strict=True):
        assert (one == "0%") == (share == 0)
        if one.endswith("%") and one != "under 1%":
            assert abs(int(one.removesuffix("%")) - 100 * share / sum(shares)) < 1


def test_weeks_that_are_told_sum_to_all_of_the_window() -> None:
    weeks = ((0.34, 0.24, 0.45), (0.21, 0.15, 0.28), (0.12, 0.08, 0.17), *((0.06, 0.03, 0.09),) * 4, (0.001, 0.0, 0.01))
    said = weeks_in_words(weeks)
    told = "Of its 8 weeks, the first has 37% (80%: 24% to 45%); the next 23%, 13%, 7%, 7%, 6%; all others 7%."
    assert said == f"{told} {SCALED}"
    shares = [int(one) for one in re.findall(r"(?:has|next|others|,) (\d+)%", said)]
    assert sum(shares) == 100
    assert weeks_in_words(((0.9, 0.8, 1.0), (0.004, 0.0, 0.02))).endswith(
        "the next under 1%. Medians, scaled to sum to 100%."
    )
    assert "0%" not in re.sub(r"\d0%", "", _words(memo(FULL, forecast_of(FULL, weeks=weeks))))


def test_what_has_no_room_is_counted() -> None:
    said = _words(documents()["crowded"])
    assert "the last one stands; 3 earlier ones are filed" in said
    assert "6 more are filed with the forecast." in said
    assert "9 more are filed" in _words(documents()["watched"])


def test_nothing_that_was_given_becomes_markup_and_material_is_not_shown() -> None:
    pitch = replace(FULL, name=NASTY, logline=NASTY, genres=(NASTY,))
    page = memo(pitch, forecast_of(pitch, abstains=NASTY, warnings=(NASTY,)), NASTY, [replace(DECIDED, reason=NASTY)])
    assert "<script" not in page
    assert "\u202e" not in page
    assert page.count("&lt;script&gt;") >= 6
    assert "INT." not in page
    assert "treatment under rec-9" in page
    assert not re.search(r"(src|href)=", page)


@pytest.mark.parametrize("name", ["full", "decided", "bare", "crowded", "watched", "two"])
def test_equal_input_gives_equal_bytes_and_every_element_is_closed(name: str) -> None:
    class Balance(HTMLParser):
        open: list[str]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in {"meta", "link"}:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    page = documents()[name]
    balance = Balance()
    balance.open = []
    balance.feed(page)
    assert balance.open == []
    assert documents()[name] == page


def test_what_cannot_be_compared_is_not_set_side_by_side() -> None:
    with pytest.raises(UsageError, match="not of"):
        memo(OTHER, forecast_of(FULL))
    one = forecast_of(OTHER)
    with pytest.raises(UsageError, match="two targets"):
        memo_of_two((FULL, forecast_of(FULL)), (OTHER, replace(one, target=replace(one.target, region="US"))))


def test_a_memo_is_written_or_says_why_not(tmp_path: Path) -> None:
    write_memo("text", tmp_path / "memo.html")
    assert (tmp_path / "memo.html").read_text() == "text"
    with pytest.raises(ProjectError):
        write_memo("text", tmp_path / "absent" / "memo.html")


@pytest.mark.parametrize("paper", ["A4", "letter"])
def test_it_prints_on_two_pages(tmp_path: Path, paper: str) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("there is no chromium to print with")
    for name, text in documents().items():
        page = tmp_path / f"{name}.html"
        page.write_text(text.replace("@page { margin", f"@page {{ size: {paper}; margin"), encoding="utf-8")
        pdf = page.with_suffix(".pdf")
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        subprocess.run(
            [*command, f"--user-data-dir={tmp_path}/browser", f"--print-to-pdf={pdf}", page.as_uri()],
            capture_output=True,
            check=True,
            timeout=60,
        )
        assert len(re.findall(rb"/Type\s*/Page[^s]", pdf.read_bytes())) == 2, name
