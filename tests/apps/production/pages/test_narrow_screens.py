"""Pages on a telephone, in a real browser: words of charts can be read, and what goes on beyond the screen is told."""

import re
from html import escape
from pathlib import Path
from typing import Any

from openslate.apps.production.pages.call_sheet_page import call_sheet_page
from openslate.apps.production.pages.costs_page import costs_page
from openslate.apps.production.pages.stripboard_page import stripboard_page
from tests.apps.greenlight.browsers import in_chromium
from tests.apps.production.pages.invented import invented_board
from tests.apps.production.shoots import day

MEASURED = """
    const told = {};
    for (const frame of document.querySelectorAll("iframe")) {
        await new Promise((done) => { frame.onload = done; frame.srcdoc = frame.dataset.page; });
        const inside = frame.contentDocument, style = frame.contentWindow;
        const shown = (one) => style.getComputedStyle(one).display !== "none";
        told[frame.title] = {
            wide: inside.documentElement.scrollWidth,
            charts: [...inside.querySelectorAll("figure > svg.chart")].map((one) => one.getBoundingClientRect().width),
            hints: [...inside.querySelectorAll("figure, .wide")].map((one) => shown(one.querySelector(".hint"))),
            first: [...inside.querySelectorAll(".scroll tbody th")].map((one) => one.getBoundingClientRect().width),
        };
    }
    return told;
"""
WIDTH = 390
UNITS = 720
"""Of a chart's own, across; its smallest words are 12 of them high."""
SMALLEST = 10
"""Pixels."""


def test_a_telephone_shows_words_that_can_be_read_and_says_where_to_scroll(tmp_path: Path) -> None:
    board = invented_board()
    pages = {
        "costs": costs_page(board),
        "sheet": call_sheet_page(board, day(1)),
        "stripboard": stripboard_page(board),
    }
    frames = "".join(
        f'<iframe title="{name}" width="{WIDTH}" height="800" data-page="{escape(_open(page))}"></iframe>'
        for name, page in pages.items()
    )
    told: dict[str, dict[str, Any]] = in_chromium(f"<html><body>{frames}</body></html>", MEASURED, tmp_path)
    assert all(one["wide"] <= WIDTH for one in told.values())
    charts = told["costs"]["charts"]
    assert len(charts) == 2 and all(width / UNITS * 12 >= SMALLEST for width in charts)
    assert all(told["costs"]["hints"]) and told["stripboard"]["hints"] == [True]
    numbers = told["sheet"]["first"]
    assert numbers and max(numbers) < 60


def _open(page: str) -> str:
    return re.sub(r"<meta http-equiv=[^>]*>", "", page)
