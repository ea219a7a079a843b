"""When the sun rises and sets, from latitude and longitude."""

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

ZENITH = 90.833
"""Degrees from overhead at which the sun's upper edge meets the horizon: half its width, and what the air bends."""
_EPOCH = datetime(2000, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class SunTimes:
    """The sun over a day.

    Attributes:
        rise, sets: moments in UTC; None where the sun does neither on that day.
        all_day: 'up' or 'down' where it does neither; empty otherwise.
    """

    rise: datetime | None
    sets: datetime | None
    all_day: Literal["", "up", "down"] = ""


def sun_times(day: date, latitude: float, longitude: float, utc_offset: timedelta | None = None) -> SunTimes:
    """When the sun rises and sets around its noon of a day.

    Right to about a minute between the polar circles, for a flat horizon at sea level; the nearer to a pole, the less,
    up to some ten minutes. Hills, and weather that bends light unusually, are not in it.

    Args:
        day: by the clocks of the place.
        latitude: degrees, north of the equator above 0.
        longitude: degrees, east of Greenwich above 0.
        utc_offset: by which clocks at the place are ahead of UTC; where left out, as the longitude has it. Near the
            date line it decides of which day the noon is.

    Source: NOAA Global Monitoring Laboratory, "Solar Calculation Details", after Meeus, "Astronomical Algorithms".

    Example:
        >>> london = sun_times(date(2024, 6, 20), 51.5074, -0.1278)
        >>> f"{london.rise:%H:%M} {london.sets:%H:%M}"
        '03:42 20:21'
    """
    noon = _noon(day, longitude, utc_offset)
    rise, sets = _crossing(noon, latitude, longitude, -1), _crossing(noon, latitude, longitude, 1)
    if rise is None or sets is None:
        return SunTimes(None, None, "up" if _height_at_noon(noon, latitude) > 0 else "down")
    return SunTimes(rise, sets)


def _noon(day: date, longitude: float, utc_offset: timedelta | None) -> datetime:
    """When a sundial is near noon, on the day that clocks have then."""
    midday = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    noon = midday - timedelta(minutes=4 * longitude)
    if utc_offset is None:
        return noon
    return noon + timedelta(days=round((midday - utc_offset - noon) / timedelta(days=1)))


def _crossing(noon: datetime, latitude: float, longitude: float, side: int) -> datetime | None:
    """The moment before (-1) or after (1) noon at which the sun is at the horizon, reckoned again as it moves."""
    moment = noon
    for _ in range(3):
        declination, equation = _sun(moment)
        angle = _hour_angle(latitude, declination)
        if angle is None:
            return None
        moment = noon + timedelta(minutes=side * 4 * angle - equation)
    return moment


def _hour_angle(latitude: float, declination: float) -> float | None:
    """Degrees that the earth turns between noon and the horizon; None where the sun does not reach it."""
    north = math.radians(latitude)
    cosine = math.cos(math.radians(ZENITH)) / (math.cos(north) * math.cos(declination))
    cosine -= math.tan(north) * math.tan(declination)
    return math.degrees(math.acos(cosine)) if -1 <= cosine <= 1 else None


def _height_at_noon(noon: datetime, latitude: float) -> float:
    """Degrees above the horizon that counts as rise and set."""
    declination, _ = _sun(noon)
    return ZENITH - abs(latitude - math.degrees(declination))


def _sun(moment: datetime) -> tuple[float, float]:
    """The sun's declination in radians, and how many minutes sundials are ahead of clocks."""
    century = (moment - _EPOCH).total_seconds() / 86_400 / 36_525
    mean_longitude = math.radians((280.46646 + century * (36_000.76983 + century * 0.0003032)) % 360)
    anomaly = math.radians(357.52911 + century * (35_999.05029 - 0.0001537 * century))
    eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century)
    centre = (
        math.sin(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century))
        + math.sin(2 * anomaly) * (0.019993 - 0.000101 * century)
        + math.sin(3 * anomaly) * 0.000289
    )
    node = math.radians(125.04 - 1934.136 * century)
    apparent = mean_longitude + math.radians(centre - 0.00569 - 0.00478 * math.sin(node))
    arc_seconds = 21.448 - century * (46.815 + century * (0.00059 - century * 0.001813))
    tilt = math.radians(23 + (26 + arc_seconds / 60) / 60 + 0.00256 * math.cos(node))
    declination = math.asin(math.sin(tilt) * math.sin(apparent))
    squared = math.tan(tilt / 2) ** 2
    equation = (
        squared * math.sin(2 * mean_longitude)
        - 2 * eccentricity * math.sin(anomaly)
        + 4 * eccentricity * squared * math.sin(anomaly) * math.cos(2 * mean_longitude)
        - squared**2 / 2 * math.sin(4 * mean_longitude)
        - 1.25 * eccentricity**2 * math.sin(2 * anomaly)
    )
    return declination, 4 * math.degrees(equation)
