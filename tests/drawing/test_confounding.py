import re
from xml.etree import ElementTree

import pytest

from openslate.drawing.confounding import Band, Yardstick, confounding


def _bands(effect: float, wide: float) -> list[Band]:
    return [
        Band(share, effect / (1 + share * wide), effect * (1 + share * wide), effect / 2 / (1 + share), effect * 2)
        for share in (0.0, 0.05, 0.1, 0.2)
    ]


@pytest.mark.parametrize("effect", [1e-4, 0.3, 1.0, 1.02, 40.0, 1e5])
@pytest.mark.parametrize("share", [0.0, 0.07, 0.9])
def test_nothing_leaves_the_drawing_and_names_are_escaped(effect: float, share: float) -> None:
    yardstick = Yardstick("<genres> & " + "x" * 60, share)
    chart = confounding(_bands(effect, 4.0), effect, title="<t>", axis="a & b", yardstick=yardstick)
    ElementTree.fromstring(chart)
    assert all(0 <= float(x) <= 720 for x in re.findall(r'\b(?:x|x1|x2|cx)="([-\d.]+)"', chart))
    assert all(0 <= float(y) <= 300 for y in re.findall(r'\b(?:y|y1|y2|cy)="([-\d.]+)"', chart))
    assert re.search(r">x[\d.]+[kM]?</text>", chart)
    assert ("or more" in chart) is (share > 0.2)


def test_the_inner_band_lies_within_the_outer_one_and_widens() -> None:
    chart = confounding(_bands(1.5, 2.0), 1.5, title="t", axis="x")
    outer, inner = (
        [tuple(map(float, point.split(","))) for point in points.split()]
        for points in re.findall(r'<polygon points="([^"]+)"', chart)
    )
    heights = []
    for place in range(4):
        assert outer[place][1] <= inner[place][1] <= inner[7 - place][1] <= outer[7 - place][1]
        heights.append(inner[7 - place][1] - inner[place][1])
    assert heights == sorted(heights) and heights[0] == 0 < heights[-1]
