"""How likely overruns, wet days and absences are: parameters of the simulation, whose defaults are assumed."""

import math
from dataclasses import dataclass, field, fields, replace

from openslate.errors import UsageError

LARGEST_SPREAD = 2.0
"""Of a logarithm: a factor of seven, up or down, is nothing unusual there."""


@dataclass(frozen=True)
class Chances:
    """How likely things go otherwise than planned.

    Stability: provisional.

    The minutes of a scene are those planned, times `overrun`, times e to the power of three normal numbers: one of the
    scene, one of the day that it is planned on, and one of the whole shoot. The defaults are assumptions, not
    measurements; `openslate.apps.production.risk.fitting` puts the studio's past shoots in their place.

    Attributes:
        overrun: median of actual minutes over planned ones.
        scene_spread: standard deviation of the logarithm, of each scene by itself.
        day_spread: the same of what the scenes of a day share.
        shoot_spread: the same of what all scenes of a shoot share.
        weather: chance that a day is too wet for exteriors at a location.
        weather_at: the same at single locations, by name.
        weather_memory: correlation of the weather of a day with that of the day before; a wet day makes the next more
            likely wet.
        weather_shared: share of the weather that all locations have in common.
        absence: chance that a cast member falls ill on a calendar day.
        absence_days: mean calendar days for which they then cannot work.
        cover: whether interiors are pulled forward where weather takes an exterior.

    Raises:
        UsageError: a number is outside its range.

    Example:
        >>> Chances(weather=0.2).weather_for("Harbour"), NO_RISK.weather
        (0.2, 0.0)
    """

    overrun: float = 1.0
    scene_spread: float = 0.25
    day_spread: float = 0.12
    shoot_spread: float = 0.08
    weather: float = 0.1
    weather_at: dict[str, float] = field(default_factory=dict)
    weather_memory: float = 0.5
    weather_shared: float = 0.7
    absence: float = 0.005
    absence_days: float = 3.0
    cover: bool = False

    def __post_init__(self) -> None:
        _within("overrun", self.overrun, 0.2, 5.0)
        for name in ("scene_spread", "day_spread", "shoot_spread"):
            _within(name, getattr(self, name), 0.0, LARGEST_SPREAD)
        for name, share in (("weather", self.weather), *self.weather_at.items()):
            _within(name, share, 0.0, 0.95)
        _within("weather_memory", self.weather_memory, 0.0, 0.99)
        _within("weather_shared", self.weather_shared, 0.0, 1.0)
        _within("absence", self.absence, 0.0, 0.5)
        _within("absence_days", self.absence_days, 1.0, 60.0)

    def weather_for(self, location: str) -> float:
        """The chance of a wet day at a location."""
        return self.weather_at.get(location, self.weather)

    def with_spread(self, scene_spread: float) -> "Chances":
        """The same with another spread of scenes; those of days and of the shoot grow and shrink with it.

        Example:
            >>> Chances().with_spread(0).day_spread
            0.0
        """
        # By the name that it was given under, and not by one of the three that it becomes.
        _within("spread", scene_spread, 0.0, LARGEST_SPREAD)
        if not self.scene_spread:
            return replace(self, scene_spread=scene_spread)
        share = scene_spread / self.scene_spread
        return replace(
            self,
            scene_spread=scene_spread,
            day_spread=self.day_spread * share,
            shoot_spread=self.shoot_spread * share,
        )

    def told(self) -> dict[str, object]:
        """Every parameter by name, as JSON has them."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def _within(name: str, value: float, least: float, most: float) -> None:
    if not math.isfinite(value) or not least <= value <= most:
        raise UsageError(f"{name} is {value:g}.", f"Give a number from {least:g} to {most:g}.")


NO_RISK = Chances(scene_spread=0.0, day_spread=0.0, shoot_spread=0.0, weather=0.0, absence=0.0)
"""Everything goes as planned."""
