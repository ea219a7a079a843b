import re

from hypothesis import given
from hypothesis import strategies as st

from openslate.drawing.agreement import Forecast, agreement

SIZES = st.floats(1e-3, 1e11)


@given(st.lists(st.tuples(SIZES, SIZES, SIZES, SIZES, st.booleans()), min_size=1, max_size=20))
def test_every_forecast_is_drawn_within_the_axes(drawn: list[tuple[float, float, float, float, bool]]) -> None:
    forecasts = [
        Forecast(f"t{place}", outcome, *sorted(ends), doubted) for place, (outcome, *ends, doubted) in enumerate(drawn)
    ]
    chart = agreement(forecasts, title="t", unit="views", doubted="abstained from")
    assert all(0 <= float(x) <= 720 for x in re.findall(r'\bcx="([-\d.]+)"', chart))
    assert all(0 <= float(y) <= 560 for y in re.findall(r'\bcy="([-\d.]+)"', chart))
    assert chart.count("<g>") == len(forecasts)
    assert f"{sum(one.held for one in forecasts)} of {len(forecasts)} intervals hold" in chart
    assert ("abstained from" in chart) is any(one.doubted for one in forecasts)


def test_names_are_escaped_and_figures_told() -> None:
    chart = agreement([Forecast("<i> & co", 2e6, 1e6, 3e6, 9e6)], title="t", unit="views", doubted="abstained")
    assert "&lt;i&gt; &amp; co: forecast 3M (1M to 9M), outcome 2M" in chart
    assert "<i>" not in chart
