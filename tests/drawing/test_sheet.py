import re
from html.parser import HTMLParser

from openslate.drawing.sheet import Cell, Counts, Facts, Figure, Points, Prose, Section, Sheet, Table, sheet_document

NASTY = "<script>alert('x')</script>\u202e & \x1b[31m"
SHEET = Sheet(
    overline="Test",
    heading=NASTY,
    made="today",
    verdict=NASTY,
    findings=(NASTY,),
    sections=[
        Section(
            NASTY,
            [
                Prose(NASTY),
                Points([NASTY]),
                Facts([(NASTY, NASTY)]),
                Counts([(NASTY, "1")]),
                Figure(NASTY, '<svg role="img"></svg>'),
                Table(NASTY, ("a", "b"), [(NASTY, Cell(NASTY, NASTY, "act"))], numbers=(1,)),
            ],
        )
    ],
)


def test_nothing_that_was_given_becomes_markup() -> None:
    page = sheet_document(SHEET)
    assert "<script" not in page
    assert "\u202e" not in page
    assert "\x1b" not in page
    assert page.count("&lt;script&gt;") >= 11
    assert '<svg role="img"></svg>' in page
    assert sheet_document(SHEET) == page


def test_every_element_is_closed_and_every_section_is_named() -> None:
    class Balance(HTMLParser):
        open: list[str]

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            if tag not in {"meta", "link"}:
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    balance = Balance()
    balance.open = []
    page = sheet_document(SHEET)
    balance.feed(page)
    assert balance.open == []
    for name in re.findall(r'aria-labelledby="([^"]+)"', page):
        assert f'id="{name}"' in page
    assert not re.search(r"(src|href)=", page)


def test_alarms_stand_above_the_verdict_and_only_where_there_are_any() -> None:
    quiet = Sheet("Backtest", "Views", "today", "It is ahead.", (), ())
    loud = Sheet("Backtest", "Views", "today", "It is ahead.", (), (), alarms=("R2 <.9> is too good.",))
    text = sheet_document(loud)
    assert text.index("R2 &lt;.9&gt; is too good.") < text.index("It is ahead.")
    assert 'aria-label="Alarms"' in text
    assert 'class="alarms"' not in sheet_document(quiet)
