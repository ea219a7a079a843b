"""Outcomes by series are those of the series, in order, and only what closed before the day."""

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.greenlight.features.told import Told, told_by_series
from openslate.data.outcomes import Outcomes

KEYS = ("sea", "", "road", "sea")
PLACE = {"a": 0, "b": 1, "c": 2, "d": 3}
ROWS = st.lists(st.tuples(st.sampled_from("abcdx"), st.integers(0, 30), st.sampled_from([-1.0, 0.0, 2.0, 5.0])))


@given(ROWS, st.sampled_from(["sea", "road", "", "sky"]), st.integers(0, 32))
def test_what_is_told_before_a_day_is_what_a_plain_search_finds(
    rows: list[tuple[str, int, float]], series: str, day: int
) -> None:
    first = np.datetime64("2024-01-01")
    ends = np.array([first + np.timedelta64(at, "D") for _, at, _ in rows], dtype="datetime64[D]")
    titles = np.array([title for title, _, _ in rows], dtype=object)
    values = np.array([value for _, _, value in rows], dtype=np.float64)
    outcomes = Outcomes("views", "*", titles, ends - np.timedelta64(6, "D"), ends, values, values, ends)
    asked = (first + np.timedelta64(day, "D")).item()
    found = told_by_series(outcomes, ends, PLACE, KEYS, logs=True).before(series, asked)
    plain = [
        Told(end.item(), (end - np.timedelta64(6, "D")).item(), PLACE[title], float(np.log(value)))
        for title, end, value in zip(titles, ends, values, strict=True)
        if series and title in PLACE and KEYS[PLACE[title]] == series and value > 0 and end.item() < asked
    ]
    assert found == sorted(plain, key=lambda one: (one.ends, one.work))


def test_of_nothing_nothing_is_told() -> None:
    none = np.empty(0, dtype="datetime64[D]")
    assert told_by_series(None, none, PLACE, KEYS, logs=False).before("sea", date(2030, 1, 1)) == []
