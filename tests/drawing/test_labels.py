"""Labels of charts stay inside the drawing and off one another, whatever they are called and in a wide font."""

from pathlib import Path

import pytest

from openslate.drawing.bands import Row, Share, banded_shares
from openslate.drawing.charts import Estimate, forest, grouped_bars, popularity_tenths
from openslate.drawing.labels import cut_to, label_width, room_for
from openslate.drawing.spreads import Spread, spreads
from openslate.drawing.supply import Supplied, against_supply
from tests.apps.greenlight.browsers import in_chromium

LABELS = (
    "over the line and nearest comparable titles",
    "The Summit and the Lagoon: Season 2",
    "MMMMMMMM WWWWWWWW MMMMMMMM WWWWWWWW",
    "The Makanai: Cooking for the Maiko House // 舞妓さんちのまかないさん",
    "Документальный фильм о море и о горах",
    "all origins",
)
MEASURED = (
    ("The Summit and the Lagoon: Se...", 17.05, 19.15),
    ("available everywhere at once", 14.79, 16.58),
    ("Platform Nine and a Very Long...", 16.17, 18.35),
    ("Документальный", 9.14, 10.02),
    ("10-25", 2.90, 3.23),
    ("illicit till", 3.86, 4.63),
)
"""Labels, and how wide they are in DejaVu Sans, regular and bold, as multiples of the type size."""
LOOK = """
    const out = [];
    for (const svg of document.querySelectorAll("svg")) {
        const wide = svg.viewBox.baseVal.width, held = [];
        for (const text of svg.querySelectorAll("text")) {
            const box = text.getBBox();
            if (text.hasAttribute("transform")) continue;
            if (box.x < -0.5 || box.x + box.width > wide + 0.5) out.push(["outside", text.textContent]);
            for (const [other, words] of held) {
                const apart = box.x >= other.x + other.width - 1 || other.x >= box.x + box.width - 1
                    || box.y >= other.y + other.height - 4 || other.y >= box.y + box.height - 4;
                if (!apart) out.push(["over", words, text.textContent]);
            }
            held.push([box, text.textContent]);
        }
    }
    return out;
"""


def charts() -> list[str]:
    """Each chart that has labels, with those above."""
    shares = [Share(0.8, 0.7, 0.75, 0.85)]
    points = [Supplied(one, 3 + place, 1.1 + place / 5, 1.05, 3.0, True) for place, one in enumerate(LABELS)]
    points += [Supplied(f"n{place}", 2 + place, 1.0, 0.7, 1.4) for place in range(30)]
    return [
        spreads([Spread(one, (1, 2, 4, 8, 16, 32, 64)) for one in LABELS], title="Spreads", axis="views"),
        banded_shares([Row(one, shares) for one in LABELS], title="Bands", axis="share"),
        forest([Estimate(one, 0.2, 0.18, 0.22) for one in LABELS], title="Forest", axis="figure", reference=0.0,
               reference_label="no difference"),
        grouped_bars(LABELS, [("plays", [0.1] * 6), ("places", [0.2] * 6)], title="Bars"),
        popularity_tenths([(one, [0.1] * 10) for one in LABELS], title="Tenths"),
        against_supply(points, title="Gaps", x_axis="titles", y_axis="demand", reference_label="of the catalogue"),
    ]  # fmt: skip


def test_no_label_leaves_the_drawing_or_lies_on_another(tmp_path: Path) -> None:
    style = "<style>:root { --text-font: 'DejaVu Sans', sans-serif }</style>"
    page = f"<!doctype html><meta charset='utf-8'>{style}<body>{''.join(charts())}</body>"
    assert in_chromium(page, LOOK, tmp_path) == []


@pytest.mark.parametrize(("label", "regular", "bold"), MEASURED)
def test_room_is_kept_for_a_wide_font(label: str, regular: float, bold: float) -> None:
    for size in (12, 13):
        assert label_width(label, size) >= regular * size * 0.995
        assert label_width(label, size, bold=True) >= bold * size * 0.995


def test_a_label_is_cut_only_where_it_must_be() -> None:
    whole = label_width("The Long Night", 12)
    assert cut_to("The Long Night", whole, 12) == "The Long Night"
    short = cut_to("The Long Night", whole - 1, 12)
    assert short.endswith("…") and "The Long Night".startswith(short[:-1])
    assert label_width(short, 12) <= whole - 1
    assert room_for([], 100, 12) == 0
    assert room_for(["The Long Night"], 1000, 12) == whole
    assert room_for(["The Long Night"], 20, 12) == 20
