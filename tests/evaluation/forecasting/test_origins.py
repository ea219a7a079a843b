from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.errors import FitError, UsageError
from openslate.evaluation.forecasting.origins import RollingOrigins

YEARS = tuple(date(year, 1, 1) for year in range(2001, 2008))


def _days(many: int, seed: int = 0) -> np.ndarray:
    offsets = np.sort(np.random.default_rng(seed).integers(0, 6 * 365, many))
    return np.datetime64("2001-01-01") + offsets


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), window=st.integers(0, 400), gap=st.integers(0, 60))
def test_nothing_is_learned_before_it_was_known(seed: int, window: int, gap: int) -> None:
    """Leakage list, items 3 and 5: no random split, and no open window to learn from."""
    released = _days(600, seed)
    origins = RollingOrigins(released, released + window, np.arange(600), YEARS[2:], gap)
    origin = origins.at(date(2005, 1, 1), date(2006, 1, 1), YEARS[:4])
    day = np.datetime64(origin.day)
    assert (origins.closes[origin.known] + gap < day).all()
    assert (origins.closes[origin.fit] + gap < np.datetime64(origin.calibrated_from)).all()
    assert (released[origin.calibration] >= np.datetime64(origin.calibrated_from)).all()
    assert ((released[origin.test] >= day) & (released[origin.test] < np.datetime64(origin.until))).all()
    assert not set(origin.fit) & set(origin.calibration)
    assert not set(origin.known) & set(origin.test)


def test_every_origin_tests_the_block_up_to_the_next() -> None:
    released = _days(600)
    origins = list(RollingOrigins(released, released + 28, np.arange(600), YEARS))
    assert [one.day.year for one in origins] == [2003, 2004, 2005, 2006]
    assert [one.until.year for one in origins] == [2004, 2005, 2006, 2007]
    tested = np.concatenate([one.test for one in origins])
    assert (np.sort(tested) == np.flatnonzero(released >= np.datetime64("2003-01-01"))).all()


def test_calibration_ends_where_the_first_window_is_still_open() -> None:
    released = _days(600)
    origin = RollingOrigins(released, released + 180, np.arange(600), YEARS).at(
        date(2004, 1, 1), date(2005, 1, 1), YEARS[:3]
    )
    latest = released[origin.calibration].max()
    assert np.datetime64("2003-06-25") < latest < np.datetime64("2003-07-06")
    assert origin.calibrated_from == date(2003, 1, 1)


def test_a_block_with_too_few_outcomes_hands_over_to_the_one_before() -> None:
    released = _days(600)
    origin = RollingOrigins(released, released + 364, np.arange(600), YEARS).at(
        date(2004, 1, 1), date(2005, 1, 1), YEARS[:3]
    )
    assert origin.calibrated_from == date(2002, 1, 1)
    assert released[origin.fit].max() <= np.datetime64("2001-01-02")


def test_one_title_in_two_regions_is_never_on_both_sides() -> None:
    """Leakage list, item 9."""
    released = _days(600)
    titles = np.arange(600)
    learned = int(np.flatnonzero(released < np.datetime64("2002-01-01"))[0])
    tested = int(np.flatnonzero(released >= np.datetime64("2004-01-01"))[0])
    titles[tested] = titles[learned]
    origins = RollingOrigins(released, released + 28, titles, YEARS)
    origin = origins.at(date(2004, 1, 1), date(2005, 1, 1), YEARS[:3])
    assert learned in origin.fit and tested not in origin.test and origin.left_out == 1


def test_the_order_of_rows_changes_nothing() -> None:
    released, titles = _days(300), np.arange(300)
    order = np.random.default_rng(3).permutation(300)
    for one, other in zip(
        RollingOrigins(released, released + 91, titles, YEARS),
        RollingOrigins(released[order], released[order] + 91, titles[order], YEARS),
        strict=True,
    ):
        for part in ("fit", "calibration", "test"):
            assert set(getattr(one, part)) == set(order[getattr(other, part)])


def test_what_makes_no_origins_is_refused() -> None:
    released, titles = _days(100), np.arange(100)
    with pytest.raises(UsageError, match="from which no origin follows"):
        RollingOrigins(released, released, titles, YEARS[:3])
    with pytest.raises(UsageError, match="from which no origin follows"):
        RollingOrigins(released, released, titles, YEARS[::-1])
    with pytest.raises(UsageError, match="gap is -1"):
        RollingOrigins(released, released, titles, YEARS, -1)
    with pytest.raises(UsageError, match="99 closing days"):
        RollingOrigins(released, released[1:], titles, YEARS)
    with pytest.raises(UsageError, match="before its release"):
        RollingOrigins(released, released - 1, titles, YEARS)
    with pytest.raises(UsageError, match="NaT, before its release"):
        RollingOrigins(released, np.full(100, np.datetime64("NaT")), titles, YEARS)
    with pytest.raises(FitError, match="no block has 20"):
        list(RollingOrigins(released, released + 2000, titles, YEARS))
    with pytest.raises(FitError, match="no rows to test"):
        RollingOrigins(released, released, titles, YEARS).at(date(2009, 1, 1), date(2010, 1, 1), YEARS)


def test_what_is_published_late_is_learned_from_last_and_calibrates_only_when_it_is_there() -> None:
    released = np.datetime64("2008-01-01") + np.arange(1461)
    halves = np.array(["2008-01-01", "2009-01-01", "2010-01-01", "2011-01-01", "2012-01-01"], "datetime64[D]")
    closes = halves[np.searchsorted(halves, released, side="right")] - 1
    origins = RollingOrigins(released, closes, np.arange(1461), tuple(halves.tolist()), unknown_until=closes + 90)
    waiting = origins.on(date(2011, 1, 1), halves[:3].tolist())
    assert (released[waiting.calibration].astype("datetime64[Y]") == np.datetime64("2009")).all()
    assert (released[waiting.fit].astype("datetime64[Y]") == np.datetime64("2008")).all()
    later = origins.on(date(2011, 6, 1), halves[:4].tolist())
    assert (released[later.calibration].astype("datetime64[Y]") == np.datetime64("2010")).all()
    assert len(later.fit) == 731 and len(later.known) == 731 + 365


def test_windows_that_were_open_when_calibration_began_are_learned_from_last() -> None:
    released = np.datetime64("2008-01-01") + np.arange(1461)
    origins = RollingOrigins(released, released + 180, np.arange(1461), YEARS)
    origin = origins.at(date(2011, 1, 1), date(2012, 1, 1), (date(2008, 1, 1), date(2009, 1, 1), date(2010, 1, 1)))
    begins = np.datetime64(origin.calibrated_from)
    assert (released[origin.last] < begins).all() and (origins.closes[origin.last] >= begins).all()
    assert len(origin.last) > 150
    parts = (origin.fit, origin.calibration, origin.last)
    assert len(origin.known) == sum(map(len, parts)) == np.flatnonzero(origins.known_by(origin.day)).size
