from collections.abc import Callable
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.drawing.charts import Estimate, forest, grouped_bars, popularity_tenths
from openslate.drawing.curves import Series, line_chart, reliability
from openslate.drawing.svg import Scale, spread, tick_label, ticks

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = 'A</title><script>alert("x")</script> & \x1b[31m‮'


def drawn_forest(name: str) -> str:
    rows = [Estimate(name, 0.2, 0.18, 0.23), Estimate("pop", -0.1, -0.12, -0.09, "baseline")]
    return forest([*rows, Estimate("truth", 0.3, 0.29, 0.31, "oracle")], title=name, axis=name, reference=0.4)


def drawn_bars(name: str) -> str:
    return grouped_bars([name, "War"], [("seen", [0.5, 0.25]), (name, [0.1, 0]), ("c", [1, 0.001])], title=name)


def drawn_tenths(name: str) -> str:
    return popularity_tenths([(name, [0.6, 0.4] + [0.0] * 8), ("even", [0.1] * 10)], title=name)


def drawn_reliability(name: str) -> str:
    lines = [Series(name, [(0.1, 0.1), (0.3, 0.35)], [9, 1]), Series("other", [(0.2, 0.05)])]
    return reliability(lines, title=name, x_axis=name, y_axis="y", ideal="x = y")


def drawn_lines(name: str) -> str:
    return line_chart(
        [Series(name, [(0, 1), (5, 3)]), Series("b", [(0, 3), (5, 3)])], title=name, x_axis="x", y_axis=name
    )


EVERY_CHART = [drawn_forest, drawn_bars, drawn_tenths, drawn_reliability, drawn_lines]


@pytest.mark.parametrize("draw", EVERY_CHART)
def test_a_chart_is_a_named_and_described_image_and_the_same_every_time(draw: Callable[[str], str]) -> None:
    chart = draw("blend")
    root = ElementTree.fromstring(chart)
    title, description = root[0], root[1]
    assert root.get("role") == "img" and title.tag == f"{SVG}title" and description.tag == f"{SVG}desc"
    assert root.get("aria-labelledby") == title.get("id") and root.get("aria-describedby") == description.get("id")
    assert title.text == "blend" and description.text and description.text.endswith(".")
    assert draw("blend") == chart != draw("other name")


@pytest.mark.parametrize("draw", EVERY_CHART)
def test_names_are_words_never_markup(draw: Callable[[str], str]) -> None:
    chart = draw(HOSTILE)
    assert "<script" not in chart and "\x1b" not in chart and "‮" not in chart
    assert not list(ElementTree.fromstring(chart).iter(f"{SVG}script"))


@pytest.mark.parametrize("draw", EVERY_CHART)
def test_every_colour_is_the_theme_s_with_a_fallback(draw: Callable[[str], str]) -> None:
    for part in ElementTree.fromstring(draw("blend")).iter():
        for attribute in ("fill", "stroke"):
            value = part.get(attribute, "none")
            assert value == "none" or (value.startswith("var(--") and ",#" in value), value


def test_a_forest_puts_every_mark_inside_its_interval_and_the_reference_on_the_axis() -> None:
    root = ElementTree.fromstring(drawn_forest("blend"))
    discs = [float(one.get("cx", "")) for one in root.iter(f"{SVG}circle")][:2]
    intervals = [
        (float(one.get("x1", "")), float(one.get("x2", "")))
        for one in root.iter(f"{SVG}line")
        if one.get("stroke-width") == "2.5"
    ]
    for middle, (low, high) in zip(discs, intervals, strict=False):
        assert low < middle < high
    assert discs[0] > discs[1]
    grid = [float(one.get("x1", "")) for one in root.iter(f"{SVG}line") if not one.get("stroke-dasharray")]
    [reference] = [float(one.get("x1", "")) for one in root.iter(f"{SVG}line") if one.get("stroke-dasharray") == "4 3"]
    assert min(grid) <= reference <= max(grid)
    said = [one.text for one in root.iter(f"{SVG}text")]
    assert {"0.200", "0.180 to 0.230", "−0.100", "simulator's truth"} <= set(said)


def test_bars_are_as_long_as_their_shares() -> None:
    root = ElementTree.fromstring(drawn_bars("Drama"))
    filled = [float(one.get("width", "")) for one in root.iter(f"{SVG}rect") if "series-2" in one.get("fill", "")]
    _, drama, war = filled  # the first is the legend's
    assert war == 1  # a thousandth of a bar is still seen
    outlined = [float(one.get("width", "")) for one in root.iter(f"{SVG}rect") if "sunken" in one.get("fill", "")]
    assert (outlined[1] + 1.5) == pytest.approx(drama / 2, abs=0.05)
    assert (outlined[2] + 1.5) == pytest.approx(drama / 4, abs=0.05)


def test_tenths_fill_the_whole_bar() -> None:
    root = ElementTree.fromstring(drawn_tenths("blend"))
    rows: dict[str, list[ElementTree.Element]] = {}
    for one in root.iter(f"{SVG}rect"):
        rows.setdefault(one.get("y", ""), []).append(one)
    ends = {float(row[-1].get("x", "")) + float(row[-1].get("width", "")) for row in rows.values()}
    assert [len(row) for row in rows.values()] == [10, 10]
    assert max(ends) - min(ends) <= 1.01
    assert {"60%", "40%", "10%"} <= {one.text for one in root.iter(f"{SVG}text")}


def test_a_perfectly_calibrated_point_lies_on_the_diagonal() -> None:
    root = ElementTree.fromstring(drawn_reliability("blend"))
    [diagonal] = [one for one in root.iter(f"{SVG}line") if one.get("stroke-dasharray") == "4 3"]
    ends = Scale(*(float(diagonal.get(name, "")) for name in ("x1", "x2", "y1", "y2")))
    on, off, _ = root.iter(f"{SVG}circle")
    assert ends(float(on.get("cx", ""))) == pytest.approx(float(on.get("cy", "")), abs=0.02)
    assert ends(float(off.get("cx", ""))) > float(off.get("cy", ""))  # above it: the drawing counts downwards
    assert float(on.get("r", "")) > float(off.get("r", ""))


def test_lines_differ_in_more_than_colour_and_end_labels_keep_apart() -> None:
    root = ElementTree.fromstring(drawn_lines("a"))
    lines = list(root.iter(f"{SVG}polyline"))
    assert len({one.get("stroke-dasharray") for one in lines}) == 2
    names = [float(one.get("y", "")) for one in root.iter(f"{SVG}text") if one.get("font-weight") == "600"]
    assert abs(names[0] - names[1]) >= 16


def test_a_figure_without_spread_is_drawn_and_small_steps_keep_their_decimals() -> None:
    chart = forest([Estimate("flat", 0.0, 0.0, 0.0)], title="t", axis="a", reference=0.0)
    assert "nan" not in chart and "inf" not in chart
    assert tick_label(0.00002, ticks(0.00001, 0.00004)) == "0.00002"


@given(st.lists(st.floats(0, 500), min_size=1, max_size=8))
def test_spread_keeps_order_and_distance(places: list[float]) -> None:
    moved = spread(places, 16)
    assert all(after >= before for before, after in zip(places, moved, strict=True))
    ordered = sorted(moved)
    assert all(high - low >= 15.999 for low, high in pairwise(ordered))


@given(st.floats(-1000, 1000), st.floats(1e-4, 1000))
def test_ticks_cover_their_range_in_a_few_equal_steps(low: float, width: float) -> None:
    spots = ticks(low, low + width)
    slack = width * 1e-6 + 1e-9
    assert spots[0] <= low + slack and spots[-1] >= low + width - slack
    assert 2 <= len(spots) <= 8
    steps = [after - before for before, after in pairwise(spots)]
    assert max(steps) - min(steps) < 1e-3 * max(steps) + 1e-9
