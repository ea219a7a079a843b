"""Home pages in HTML and in a terminal: what they say, that hostile names stay words, and that bytes repeat."""

import io
import re
from dataclasses import asdict
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from openslate.drawing.page_html import home_document, home_section, home_stylesheet
from openslate.drawing.page_terminal import home_view
from openslate.drawing.page_words import facts_of, further_facts_of, moment_in_words
from openslate.serving.page_types import Page, Slot

HOSTILE = [
    *("<script>alert('x')</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}{% raw %}", "[red]not red[/red]"),
    *("\x1b[31mred\x00", "\u202eknab", "שלום עולם", "🎬🍿", "x" * 300, "'\"`&", ""),
]


def slot_data(name: str = "Salt", **more: Any) -> dict[str, Any]:
    slot = Slot("t1", name, "film", 1994, ("Drama", "Crime"), 102, "12", "You like drama.", 0.51234, 0.96, None)
    return asdict(slot) | more


def page_data(*slots: dict[str, Any], **more: Any) -> dict[str, Any]:
    page = Page("42", "2026-03-07T20:15:00+00:00", "closed-7f3a", True, "", 11, ()).to_dict()
    row = {"kind": "new", "heading": "New this month", "reason": "Out now.", "slots": list(slots)}
    return page | {"rows": [row] if slots else []} | more


class Outline(HTMLParser):
    """Tags, attributes and text of a document; fails on a tag that is closed out of order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[str] = []
        self.text = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def terminal_text(page: dict[str, Any], width: int) -> str:
    screen = io.StringIO()
    Console(file=screen, width=width, color_system=None).print(home_view(page))
    return screen.getvalue()


def test_a_page_says_for_whom_when_by_what_and_why() -> None:
    text = Outline(home_section(page_data(slot_data(progress=0.42)))).text
    for words in (
        *("Home page of member 42", "7 March 2026, 20:15 UTC", "closed-7f3a", "Personalised"),
        *("New this month", "Out now.", "Salt", "1994 · Drama, Crime", "You like drama."),
        *("1 h 42 min · Rated 12 · 42% watched", "0.5123", "0.96", "Seed of the lot: 11"),
    ):
        assert words in text


def test_a_page_without_personalisation_says_why() -> None:
    note = "This member has not agreed to personalisation, so this page is the same for everyone in Norway."
    page = page_data(slot_data(), personalised=False, note=note)
    assert f"Not personalised. {note}" in Outline(home_section(page)).text
    assert note in " ".join(terminal_text(page, 80).split())


def test_an_empty_page_for_nobody_still_stands() -> None:
    page = page_data(member=None, note="There was no row to choose from.")
    assert "Home page for everyone" in Outline(home_document(page)).text
    assert "<details" not in home_document(page)
    assert "There was no row to choose from." in " ".join(terminal_text(page, 80).split())


def test_the_document_is_whole_and_fetches_nothing() -> None:
    html = home_document(page_data(slot_data()))
    outline = Outline(html)
    assert html.startswith("<!DOCTYPE html>")
    assert outline.tags.count("h1") == 1
    assert not {"script", "link", "img", "iframe"} & set(outline.tags)
    assert not {"src", "href", "id", "onclick"} & set(outline.attributes)


def test_sections_take_their_place_under_a_reports_headings() -> None:
    outline = Outline(home_section(page_data(slot_data()), level=3))
    assert [tag for tag in outline.tags if re.fullmatch(r"h\d", tag)] == ["h3", "h4"]
    assert outline.tags[0] == "section"


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_words_stay_words(hostile: str) -> None:
    slot = slot_data(name=hostile, reason=hostile, genres=[hostile], maturity=hostile, kind=hostile)
    page = page_data(slot, slot, member=hostile, model=hostile, note=hostile)
    page["rows"][0] |= {"heading": hostile, "reason": hostile}
    tame = Outline(home_document(page_data(slot_data("a"), slot_data("b"), note="c")))
    outline = Outline(home_document(page))
    assert set(outline.tags) <= set(tame.tags) | {"path", "circle", "g", "text", "span"}
    assert set(outline.attributes) <= set(tame.attributes) | {"transform", "stroke-dasharray", "stroke-linecap"}
    assert not re.search("[\x00\x1b\u202e]", home_document(page))
    assert "49" not in Outline(home_section(page_data(slot_data("{{ 7*7 }}")))).text.replace("1994", "")


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60), st.integers(40, 160))
def test_any_name_prints_without_control_characters_within_the_width(name: str, width: int) -> None:
    text = terminal_text(page_data(*[slot_data(name)] * 5), width)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    assert max(map(cell_len, text.splitlines())) <= width


@pytest.mark.parametrize(("width", "columns"), [(80, 2), (120, 3)])
def test_titles_stand_in_columns_that_fit(width: int, columns: int) -> None:
    text = terminal_text(page_data(*[slot_data(f"Salt {number}") for number in range(6)]), width)
    assert max(line.count("Salt") for line in text.splitlines()) == columns
    assert text.count("1994 · Drama, Crime") == 6


def test_markup_in_a_name_is_printed_not_obeyed() -> None:
    assert "[red]Salt[/red]" in terminal_text(page_data(slot_data("[red]Salt[/red]")), 80)


def test_equal_pages_give_equal_bytes() -> None:
    one, other = (home_document(page_data(slot_data(), slot_data("Tern"))) for _ in range(2))
    assert one == other


def test_the_stylesheet_keeps_to_home_pages_and_minds_print_and_touch() -> None:
    css = re.sub(r"/\*.*?\*/", "", home_stylesheet(), flags=re.DOTALL)
    selectors = re.findall(r"(?:^|[{}])\s*([^{}@]+?)\s*\{", css)
    assert selectors
    assert all(part.strip().startswith(".home") for rule in selectors for part in rule.split(","))
    assert "@media print" in css
    assert "(hover: none)" in css
    assert "scroll-snap-type" in css


def test_a_reason_that_repeats_the_rows_is_marked() -> None:
    html = home_section(page_data(slot_data(reason="Out now."), slot_data()))
    assert html.count("home-same") == 1


def test_the_terminal_gives_a_titles_own_reason_and_does_not_repeat_the_rows() -> None:
    text = terminal_text(page_data(slot_data(reason="Out now."), slot_data(reason="Because you watched Tern.")), 80)
    assert text.count("Out now.") == 1
    assert text.count("Because you watched Tern.") == 1
    long = terminal_text(page_data(slot_data(reason="Because you watched Otters and Other Dragons.")), 80)
    assert "Because you watched Otters and Other Dragons." in " ".join(long.split())


@pytest.mark.parametrize(
    ("maturity", "words"), [("ALL", "All ages"), ("UNRATED", ""), ("NR", ""), ("PG-13", "Rated PG-13"), ("", "")]
)
def test_ratings_are_said_in_words(maturity: str, words: str) -> None:
    assert further_facts_of(slot_data(runtime=None, maturity=maturity)) == words


def test_facts_leave_out_what_is_unknown() -> None:
    unknown = slot_data(year=None, genres=[], kind="series", runtime=None, maturity="")
    assert facts_of(unknown) == "Series"
    assert further_facts_of(unknown) == ""
    assert further_facts_of(slot_data(runtime=60, maturity="")) == "1 h"
    assert moment_in_words("2026-12-24T09:05:00+01:00") == "24 December 2026, 09:05 UTC+01:00"
