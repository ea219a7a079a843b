"""Charts of memo, side by side and slate on a telephone, in a real browser: they can be read, and scroll."""

import re
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

from openslate.apps.greenlight.decisions import file_forecast
from openslate.apps.greenlight.memo import memo, memo_of_two
from openslate.apps.greenlight.slate_advice import advise_slate
from openslate.apps.greenlight.slate_page import slate_page
from openslate.project import Project
from tests.apps.greenlight.browsers import in_chromium
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import FULL

LEAST_PIXELS = 9.5
MEASURED = """
    const told = [];
    for (const frame of document.querySelectorAll("iframe")) {
        await new Promise((done) => { frame.onload = done; frame.srcdoc = frame.dataset.page; });
        const page = frame.contentWindow, root = frame.contentDocument.documentElement;
        told.push({
            width: Number(frame.width),
            fits: root.scrollWidth <= root.clientWidth,
            charts: [...frame.contentDocument.querySelectorAll("figure")].map((figure) => ({
                words: Math.min(...[...figure.querySelectorAll("svg text")].map((one) =>
                    parseFloat(page.getComputedStyle(one).fontSize) * one.getScreenCTM().a)),
                cut: figure.scrollWidth > figure.clientWidth,
                hint: page.getComputedStyle(figure.querySelector(".hint")).display !== "none",
            })),
        });
    }
    return told;
"""


def test_words_of_charts_can_be_read_on_a_telephone(project: Project, tmp_path: Path) -> None:
    other = replace(FULL, name="Harbour Lights", id="")
    number = file_forecast(project, other, forecast_of(other))
    slate = tmp_path / "slate.toml"
    slate.write_text(f'name = "A"\nbudget = 9\ncurrency = "USD"\n[[candidate]]\nforecast = "{number}"\ncost = 5\n')
    pages = (
        memo(FULL, forecast_of(FULL)),
        memo_of_two((FULL, forecast_of(FULL)), (other, forecast_of(other, 0.5))),
        slate_page(advise_slate(project, slate)),
    )
    let_in = [escape(re.sub("<meta http-equiv=[^>]*>", "", page)) for page in pages]
    frames = "".join(
        f'<iframe width="{width}" height="900" data-page="{page}"></iframe>' for page in let_in for width in (1000, 390)
    )
    told: list[dict[str, Any]] = in_chromium(f"<html><body>{frames}</body></html>", MEASURED, tmp_path)
    assert len(told) == 6
    for one in told:
        assert one["charts"] and one["fits"], one
        assert min(chart["words"] for chart in one["charts"]) >= LEAST_PIXELS, one
        assert all(chart["cut"] is chart["hint"] is (one["width"] == 390) for chart in one["charts"]), one
