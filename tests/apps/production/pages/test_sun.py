"""Sunrise and sunset agree with published times to the minute that is promised, and say where there is none."""

from datetime import UTC, date, datetime, timedelta

import pytest

from openslate.apps.production.pages.sun import sun_times

PUBLISHED = [
    ("London", 51.5074, -0.1278, date(2024, 6, 20), 1, "04:43", "21:21"),
    ("London", 51.5074, -0.1278, date(2024, 12, 21), 0, "08:04", "15:53"),
    ("New York", 40.7128, -74.0060, date(2024, 6, 20), -4, "05:25", "20:30"),
    ("Sydney", -33.8688, 151.2093, date(2024, 12, 21), 11, "05:41", "20:05"),
]
"""Almanac times of four cities by their own clocks, to the minute."""


@pytest.mark.parametrize(("place", "latitude", "longitude", "on", "ahead", "rise", "sets"), PUBLISHED)
def test_published_times(
    place: str, latitude: float, longitude: float, on: date, ahead: int, rise: str, sets: str
) -> None:
    found = sun_times(on, latitude, longitude)
    for moment, clock in ((found.rise, rise), (found.sets, sets)):
        assert moment is not None, place
        local = moment + timedelta(hours=ahead)
        hours, minutes = map(int, clock.split(":"))
        published = datetime(on.year, on.month, on.day, hours, minutes, tzinfo=UTC)
        assert abs(local - published) <= timedelta(seconds=90), (place, local)


@pytest.mark.parametrize(("on", "all_day"), [(date(2024, 6, 20), "up"), (date(2024, 12, 21), "down")])
def test_beyond_the_polar_circle(on: date, all_day: str) -> None:
    found = sun_times(on, 69.65, 18.96)
    assert (found.rise, found.sets, found.all_day) == (None, None, all_day)
    south = sun_times(on, -77.85, 166.67)
    assert south.rise is None and south.all_day != all_day


def test_day_and_night_are_near_equal_at_the_equinox_everywhere() -> None:
    for latitude in (-60, -30, 0, 30, 60):
        found = sun_times(date(2024, 3, 20), latitude, 10)
        assert found.rise is not None and found.sets is not None
        # The sun's width and the bending of light add some minutes to twelve hours, more of them far north.
        assert timedelta(hours=12) < found.sets - found.rise < timedelta(hours=12, minutes=18)


def test_the_poles_are_no_fault() -> None:
    assert sun_times(date(2024, 6, 20), 90, 0).all_day == "up"
    assert sun_times(date(2024, 6, 20), -90, 0).all_day == "down"


@pytest.mark.parametrize(("longitude", "ahead"), [(-171.76, 13), (-157.4, 14), (176.0, 13), (-0.1, 0), (-150.0, -10)])
def test_the_sun_is_that_of_the_day_which_clocks_have(longitude: float, ahead: int) -> None:
    """Samoa and Kiritimati have the date of the far side of the date line."""
    day, offset = date(2024, 3, 1), timedelta(hours=ahead)
    found = sun_times(day, -13.8, longitude, offset)
    assert found.rise is not None and found.sets is not None
    assert {(found.rise + offset).date(), (found.sets + offset).date()} == {day}
