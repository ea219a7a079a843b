import re

from hypothesis import given
from hypothesis import strategies as st

from openslate.drawing.columns import columns


def drawn(heights: list[float], band: tuple[float, float] | None = None, reference: float = 0.1) -> str:
    return columns(
        heights,
        [f"part {place}" for place in range(len(heights))],
        title="a <b>",
        x_axis="part",
        written="{:.3f}".format,
        reference=reference,
        reference_label="alike",
        band=band,
    )


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=12), st.floats(0.001, 1e6))
def test_nothing_leaves_the_drawing_and_every_height_is_written(heights: list[float], reference: float) -> None:
    chart = drawn(heights, reference=reference)
    assert all(-1 <= float(y) <= 300 for y in re.findall(r'\by[12]?="([-\d.]+)"', chart))
    assert all(chart.count(f">{height:.3f}<") for height in heights)
    assert "nan" not in chart
    assert "<b>" not in chart


def test_only_columns_outside_the_band_are_marked_and_told() -> None:
    chart = drawn([0.05, 0.1, 0.2], band=(0.08, 0.12))
    assert chart.count("(outside the band)") == 2
    assert "part 1 0.100 (outside" not in chart
    assert "what chance explains" in chart
    assert "outside it" not in drawn([0.1, 0.1], band=(0.08, 0.12))
    assert "what chance explains" not in drawn([0.1, 0.5])


def test_higher_columns_are_taller() -> None:
    tall = [float(one) for one in re.findall(r'<rect [^>]*height="([\d.]+)"', drawn([0.1, 0.2, 0.4]))]
    assert tall == sorted(tall)
    assert abs(tall[2] / tall[0] - 4) < 0.05
