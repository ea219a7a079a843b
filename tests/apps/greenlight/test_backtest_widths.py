"""The report's tables on screens of several widths, in a real browser: what is cut is told in words."""

import re
from html import escape
from pathlib import Path
from typing import Any

from openslate.apps.greenlight.backtest_report import backtest_document
from tests.apps.greenlight.backtests import backtest
from tests.apps.greenlight.browsers import in_chromium

WIDE_FONT = "* { font-family: 'DejaVu Sans', Verdana, sans-serif !important; }"
"""About the widest that a system without our fonts has."""
MEASURED = """
    const told = {};
    for (const frame of document.querySelectorAll("iframe")) {
        await new Promise((done) => { frame.onload = done; frame.srcdoc = frame.dataset.page; });
        const style = frame.contentWindow;
        told[frame.width] = [...frame.contentDocument.querySelectorAll(".scroll")].map((table) => ({
            cut: table.scrollWidth > table.clientWidth,
            hint: style.getComputedStyle(table.querySelector(".hint")).display !== "none",
            columns: table.querySelectorAll("thead th").length,
        }));
    }
    return told;
"""


def test_the_first_table_fits_a_narrow_window_and_a_telephone_is_told_to_scroll(tmp_path: Path) -> None:
    page = re.sub(r"<meta http-equiv=[^>]*>", "", backtest_document(backtest((90, 110))))
    page = page.replace("</style>", f"{WIDE_FONT}</style>", 1)
    frames = "".join(
        f'<iframe width="{width}" height="900" data-page="{escape(page)}"></iframe>' for width in (1000, 390)
    )
    told: dict[str, list[dict[str, Any]]] = in_chromium(f"<html><body>{frames}</body></html>", MEASURED, tmp_path)
    assert told["1000"][0]["columns"] == 10 and not told["1000"][0]["cut"]
    assert not any(one["hint"] for one in told["1000"] if not one["cut"])
    many = [one for one in told["390"] if one["columns"] >= 5]
    assert many and many[0]["cut"] and all(one["hint"] for one in many)
