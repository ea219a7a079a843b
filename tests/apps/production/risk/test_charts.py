"""Distributions and bars are drawn whatever the values are, and label nothing twice."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.production.risk.charts import Bar, Mark, bars, distribution


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=50), st.integers(0, 10**9))
def test_any_values_are_drawn_within_the_drawing(values: list[int], mark: int) -> None:
    drawn = distribution(
        np.array(values), [Mark(mark, "planned", dashed=True)], title="Cost", axis="EUR", written="{:,.0f}".format
    )
    places = [float(one) for one in re.findall(r' (?:x|x1|x2)="([-0-9.]+)"', drawn)]
    assert all(0 <= one <= 720 for one in places) and "nan" not in drawn
    assert drawn.count("<rect") <= min(len(set(values)), 41)


def test_few_days_are_labelled_once_each() -> None:
    drawn = distribution(
        np.array([5, 5, 6]), [Mark(5, "P50 is 5")], title="Wrap", axis="day", written="day {:.0f}".format
    )
    assert drawn.count(">day 5<") == drawn.count(">day 6<") == 1


def test_bars_go_to_either_side_and_say_nothing_of_nothing() -> None:
    drawn = bars([Bar("scene 1, " + "A" * 60, 100, 5), Bar("scene 2", -20, 15)], title="Drivers", axis="EUR")
    assert drawn.count("<rect") == 2 and "…" in drawn and "scene 2 -20" in drawn
    assert bars([], title="Drivers", axis="EUR") == ""
