import re
from itertools import pairwise

import pytest

from openslate.drawing.spreads import Spread, figure, spreads


def test_intervals_lie_within_one_another_and_the_wide_one_comes_first() -> None:
    chart = spreads([Spread("a", (1, 2, 4, 8, 16, 32, 64)), Spread("b", (3.0,), at_most=True)], title="t", axis="x")
    boxes = [(float(x), float(w)) for x, w in re.findall(r'<rect x="([\d.]+)"[^>]* width="([\d.]+)"', chart)]
    assert len(boxes) == 3
    for (outer, wide), (inner, narrow) in pairwise(boxes):
        assert outer < inner
        assert inner + narrow < outer + wide
    assert "at most 3" in chart


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e6, 1e10])
def test_axes_have_ticks_at_any_size_and_nothing_leaves_the_drawing(scale: float) -> None:
    for top in (2, 50, 5000, 1e6):
        rows = [Spread("x" * 80, tuple(scale * top ** (step / 6) for step in range(7))), Spread("<b>", (scale,))]
        chart = spreads(rows, title="<t>", axis="a & b")
        assert "<b>" not in chart
        assert all(0 <= float(x) <= 720 for x in re.findall(r'\bx1?="([-\d.]+)"', chart))
        assert chart.count('text-anchor="middle"') >= 2


def test_figures_round_up_to_the_next_letter() -> None:
    assert [figure(one) for one in (999_950, 999_400, 9_960_000, 0.041, 1)] == ["1M", "999k", "10M", "0.041", "1"]
