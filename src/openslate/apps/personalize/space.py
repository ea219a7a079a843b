"""The search space beside the recipe: which of its settings a search may change, between which bounds, on which scale.

A setting is named by its dotted path through the recipe's dataclasses, such as 'sequential.l2'. To let a search change
another, add a line; nothing else knows the names.
"""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from openslate.apps.personalize.recipe import Recipe

Scale = Literal["linear", "log"]
CHANGED = 0.5
"""Chance that a setting is changed at all: what is left at its default shows what the rest did."""


@dataclass(frozen=True)
class Dimension:
    """One setting that may be changed.

    Attributes:
        name: dotted path.
        low: least value.
        high: greatest value.
        scale: 'log' where a factor matters rather than a difference.
        whole: whether it is a whole number.
    """

    name: str
    low: float
    high: float
    scale: Scale = "linear"
    whole: bool = False

    def draw(self, random: np.random.Generator) -> float | int:
        """A value between the bounds, evenly on the scale, in three digits."""
        low, high = np.log([self.low, self.high]) if self.scale == "log" else (self.low, self.high)
        value = float(random.uniform(low, high))
        value = float(np.exp(value)) if self.scale == "log" else value
        return round(value) if self.whole else min(max(float(f"{value:.3g}"), self.low), self.high)


SPACE: tuple[Dimension, ...] = (
    Dimension("recent.l2", 30.0, 3000.0, "log"),
    Dimension("recent.dropout", 0.0, 0.7),
    Dimension("recent.training.engagement_share", 0.0, 1.0),
    Dimension("recent.fold_in.engagement_share", 0.0, 1.0),
    Dimension("recent.fold_in.half_life", 2.0, 200.0, "log"),
    Dimension("sequential.past", 5, 100, "log", whole=True),
    Dimension("sequential.past_power", 0.0, 2.0),
    Dimension("sequential.future", 1, 10, whole=True),
    Dimension("sequential.future_power", 0.0, 4.0),
    Dimension("sequential.member_power", 0.0, 1.0),
    Dimension("sequential.engagement_share", 0.0, 1.0),
    Dimension("sequential.l2", 2.0, 500.0, "log"),
    Dimension("sequential_wide.l2", 2.0, 500.0, "log"),
    Dimension("sequential_next.l2", 1.0, 200.0, "log"),
    Dimension("latest.half_life", 0.5, 20.0, "log"),
    Dimension("following.latest", 1, 20, "log", whole=True),
    Dimension("following.latest_power", 0.0, 2.0),
    Dimension("following.shrinkage", 2.0, 200.0, "log"),
    Dimension("similar.shrinkage", 2.0, 200.0, "log"),
    Dimension("transitions.lags", 1, 20, "log", whole=True),
    Dimension("transitions.lag_power", 0.0, 2.0),
    Dimension("transitions.shrinkage", 5.0, 500.0, "log"),
    Dimension("neighbours.shared_power", 0.0, 2.0),
    Dimension("neighbours.latest_power", 0.0, 2.0),
    Dimension("neighbours.ahead_power", 0.0, 2.0),
    Dimension("neighbours.similarity_power", 0.5, 4.0),
    Dimension("neighbours.nearby_power", 0.0, 3.0),
    Dimension("neighbours.popularity_power", 0.0, 1.0),
    Dimension("next_neighbours.similarity_power", 0.5, 4.0),
    Dimension("next_neighbours.popularity_power", 0.0, 1.0),
    Dimension("between.around_power", 0.0, 2.0),
    Dimension("between.l2", 1.0, 200.0, "log"),
    Dimension("between.sharpness", 1, 5, whole=True),
    Dimension("factors.unwatched", 0.05, 0.5, "log"),
    Dimension("factors.l2", 0.002, 0.05, "log"),
    Dimension("popularity.window_days", 1.0, 30.0, "log"),
)
"""What a search changes. `taste.l2` and `taste.dropout` are missing: every training chooses them on its validation.
The settings of `ranker` are, because the bench tries first stages alone."""


def space_of(recipe: Recipe) -> tuple[Dimension, ...]:
    """The dimensions of the parts that a recipe has.

    Example:
        >>> [one.name for one in space_of(Recipe(similar=None)) if one.name.startswith("similar.")]
        []
    """
    return tuple(one for one in SPACE if getattr(recipe, one.name.partition(".")[0]) is not None)


def draw_settings(space: Sequence[Dimension], random: np.random.Generator) -> dict[str, float | int]:
    """A random setting: some dimensions, at least one, with a value each.

    Args:
        space: what may be changed.
        random: where chance comes from; the same state gives the same setting.
    """
    changed = random.random(len(space)) < CHANGED
    changed[random.integers(len(space))] = True
    values = [dimension.draw(random) for dimension in space]
    return {one.name: value for one, value, taken in zip(space, values, changed, strict=True) if taken}


def with_settings(recipe: Recipe, settings: Mapping[str, float | int]) -> Recipe:
    """The recipe with some of its settings changed.

    Args:
        recipe: what to begin with.
        settings: values by dotted path.

    Raises:
        AttributeError: the recipe has no such setting.

    Example:
        >>> with_settings(Recipe(), {"sequential.l2": 30.0}).sequential.l2
        30.0
    """
    for name, value in settings.items():
        recipe = _changed(recipe, name.split("."), value)
    return recipe


def setting_of(recipe: Recipe, name: str) -> Any:
    """The value of a setting by its dotted path.

    Example:
        >>> setting_of(Recipe(), "sequential.future")
        5
    """
    part: Any = recipe
    for step in name.split("."):
        part = getattr(part, step)
    return part


def _changed(part: Any, path: Sequence[str], value: float | int) -> Any:
    first, *rest = path
    before = getattr(part, first)
    return dataclasses.replace(part, **{first: _changed(before, rest, value) if rest else value})
