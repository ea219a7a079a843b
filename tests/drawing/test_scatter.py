import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.drawing.scatter import Cloud, Panel, panels, powers, scatter


@given(st.lists(st.floats(1e-4, 1e6), min_size=1, max_size=20))
def test_round_values_stand_around_what_they_are_for(values: list[float]) -> None:
    steps = powers(values)
    assert len(steps) >= 2
    assert steps == sorted(steps)
    assert steps[0] <= min(values)
    assert steps[-1] >= max(values)


@given(st.lists(st.tuples(st.floats(0.01, 1e4), st.floats(-1, 1)), min_size=1, max_size=30))
def test_every_point_is_drawn_inside(points: list[tuple[float, float]]) -> None:
    drawn = scatter([Cloud("tried", points)], title="T", x_axis="x", y_axis="y", reference=0.0, reference_label="r")
    root = ElementTree.fromstring(drawn)
    _, _, width, height = map(float, root.attrib["viewBox"].split())
    circles = root.findall("{http://www.w3.org/2000/svg}circle")
    assert len(circles) == len(points) + 1
    for circle in circles:
        assert 0 <= float(circle.attrib["cx"]) <= width
        assert 0 <= float(circle.attrib["cy"]) <= height


@pytest.mark.parametrize("log", [False, True])
def test_panels_stand_side_by_side_with_the_highlight_on_top(log: bool) -> None:
    given = [Panel(f"setting {n}", [(1.0, 0.1), (4.0, -0.1), (2.0, 0.0)], highlight=(1,), log=log) for n in range(4)]
    drawn = panels(given, title="What each did", y_axis="difference", reference=0.0)
    root = ElementTree.fromstring(drawn)
    assert drawn.count("<circle") == 8
    assert drawn.count("<rect") == 4
    assert drawn.rindex("<rect") > drawn.rindex("<circle")
    assert root.attrib["role"] == "img"
    assert {f"setting {n}" for n in range(4)} <= set(re.findall(r">(setting \d)<", drawn))


def test_one_value_and_one_height_are_no_trouble() -> None:
    assert "<circle" in panels([Panel("same", [(3.0, 0.0), (3.0, 0.0)])], title="t", y_axis="y", reference=0.0)
