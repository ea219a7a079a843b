"""Forecasts for tests, with numbers that are made up."""

from datetime import date

from openslate.apps.greenlight.forecast_types import Comparable, Distribution, Driver, Forecast, Record, Target
from openslate.apps.greenlight.pitch import Pitch


def forecast_of(pitch: Pitch, scale: float = 1.0, **more: object) -> Forecast:
    """A full forecast of a pitch; `scale` makes it larger."""
    values: dict[str, object] = {
        "target": Target("views", "views", "*", "first 91 days"),
        "as_of": pitch.as_of,
        "pitch": pitch.hash,
        "model": "5d0a" * 16,
        "data": "91be" * 16,
        "distribution": Distribution(
            tuple(scale * one for one in (1.1e6, 1.9e6, 4.2e6, 9.4e6, 18.5e6, 38e6, 61e6)), scale * 14.9e6
        ),
        "baseline": Distribution(
            tuple(scale * one for one in (0.6e6, 1.2e6, 3.1e6, 7.2e6, 17e6, 44e6, 82e6)), scale * 16.1e6
        ),
        "baseline_name": "median of its kind by days available",
        "top_decile": 0.14,
        "comparables": (
            Comparable("t1", "Night Train: Season 1", 2024, "the season before", 11_300_000.0, date(2025, 1, 10), 0.31),
            Comparable("t2", "The Long Crossing", 2023, "theme, language", 8_900_000.0, date(2024, 1, 10), 0.24),
            Comparable("t3", "Signal at Red", 2025, "theme, budget", 400_000.0, date(2026, 1, 10), 0.2, True),
            Comparable("t4", "Winter Line", 2025, "company, theme", None, None, 0.15),
            Comparable(
                "t5",
                "Platform Nine and a Very Long Name That Goes On",
                2022,
                "put there",
                21e6,
                date(2023, 1, 1),
                0.1,
                pinned=True,
            ),
        ),
        "drivers": (
            Driver("the season before", "11.3 million views", 1.62),
            Driver("days available", "91", 1.18),
            Driver("company's titles so far", "3 closed, below the median", 0.83),
            Driver("genre and language", "thriller, English", 1.09),
            Driver("length", "8 episodes of 52 minutes", 0.97),
        ),
        "missing": ("budget", "maturity"),
        "weeks": ((0.34, 0.24, 0.45), (0.21, 0.15, 0.28), (0.12, 0.08, 0.17), (0.08, 0.05, 0.12), (0.06, 0.03, 0.09)),
        "warnings": ("Reporting has changed since the last half: the calibration may be off.",),
        "record": Record("trained to 2024 H1, tested on 2024 H2", 280, 0.81, 0.16, 0.05),
    }
    return Forecast(**{**values, **more})  # type: ignore[arg-type]
