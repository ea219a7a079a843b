"""What speaks against a forecaster as a whole: what its test found, and how long ago it learned."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

OLDEST_DAYS = 400
"""A forecaster that learned longer ago has missed a whole year and the reports on it."""


def doubts_of(manifest: Mapping[str, Any], day: date) -> tuple[str, ...]:
    """What speaks against a forecaster, a sentence each; nothing where it was tested, did well and is recent.

    Args:
        manifest: of its artifact.
        day: on which it is to forecast.

    Example:
        >>> doubts_of({"as_of": "2024-12-31", "validation": {}}, date(2025, 3, 1))
        ('The forecaster was never tested: too little had closed when it was trained.',)
    """
    return (*_of_test(manifest["validation"]), *_of_age(date.fromisoformat(str(manifest["as_of"])), day))


def _of_test(tested: Mapping[str, Any]) -> Iterator[str]:
    if not tested:
        yield "The forecaster was never tested: too little had closed when it was trained."
        return
    titles = f"the {tested['titles']:,} titles that it was tested on"
    if tested["r_squared"] < 0:
        yield (
            f"The forecaster was worse than the mean of {titles}: R2 {tested['r_squared']:.2f} on the logarithm, where"
            " the mean has 0."
        )
    if tested["wis_skill"] <= 0:
        yield (
            f"Its intervals were no better than one interval for all of {titles}: WIS skill {tested['wis_skill']:.2f},"
            " where that has 0."
        )
    if tested["skill_over_line"] <= 0:
        yield (
            f"Its intervals were no better than those of the simple line, on {titles}: WIS skill"
            f" {tested['skill_over_line']:.2f} over it."
        )
    yield from (str(tested[name]) for name in ("alarm", "drift") if tested.get(name))


def _of_age(learned: date, day: date) -> Iterator[str]:
    days = (day - learned).days
    if days > OLDEST_DAYS:
        yield f"The forecaster has learned until {learned}, {days:,} days before {day}: train anew."
