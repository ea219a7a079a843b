"""A recipe once it is fitted: the blend, what everybody watches, first choices, and the titles they are about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.apps.personalize.components import COMPONENTS
from openslate.apps.personalize.counting import EVENTS_AT_ONCE
from openslate.apps.personalize.newcomers import Starters
from openslate.models.blend import Blend
from openslate.models.coldstart import ColdStart
from openslate.models.histories import Histories
from openslate.models.popularity import (
    GroupPopularity,
    PopularitySettings,
    group_popularity_from_plays,
    plays_of_part,
    popularity_7_days,
)

BLEND = "blend"
RANKER = "ranker"


@dataclass(frozen=True)
class Order:
    """What the places in a model's arrays stand for.

    Attributes:
        titles: ids, by title index.
        countries: ISO 3166 alpha-2, by group index.
        as_of: microseconds since 1970-01-01 UTC of the last event learned from.
    """

    titles: tuple[str, ...]
    countries: tuple[str, ...]
    as_of: int


@dataclass(frozen=True)
class Plays:
    """How often each title was watched in training.

    Attributes:
        counts: int64 [n_titles].
    """

    counts: NDArray[np.int64]


@dataclass(frozen=True)
class Fitted:
    """Everything a page needs that does not depend on the member.

    Attributes:
        blend: scores by history.
        trending: the last seven days, by country.
        popular: a longer while, by country.
        starters: first choices for new members.
        cold: carries scores over to titles nobody has watched.
        plays: how often each title was watched.
        order: what the indices stand for.
    """

    blend: Blend
    trending: GroupPopularity
    popular: GroupPopularity
    starters: Starters
    cold: ColdStart
    plays: Plays
    order: Order

    def parts(self) -> dict[str, object]:
        """The dataclasses it is stored as, by name."""
        return {
            BLEND: self.blend.fitted,
            "trending": self.trending,
            "popular": self.popular,
            "starters": self.starters,
            "cold": self.cold,
            "plays": self.plays,
            "order": self.order,
            **({} if self.blend.ranker is None else {RANKER: self.blend.ranker}),
            **{f"{BLEND}.{name}": model for name, model in self.blend.models.items()},
        }

    @classmethod
    def of(cls, parts: Mapping[str, Any]) -> "Fitted":
        """Put the stored dataclasses together again."""
        prefix = f"{BLEND}."
        models = {name.removeprefix(prefix): part for name, part in parts.items() if name.startswith(prefix)}
        named = {name: part for name, part in parts.items() if not name.startswith(prefix)}
        blend = Blend(named.pop(BLEND), models, named.pop(RANKER, None))
        return cls(blend=blend, **named)

    def watched_by_others(self, popularity: GroupPopularity, country: str) -> NDArray[np.float64]:
        """Shares of plays in a country, float64 [n_titles]; everyone's where the country is unknown."""
        group = self.order.countries.index(country) if country in self.order.countries else -1
        scores = popularity.score_groups(np.array([group], dtype=np.int32))[0]
        return np.asarray(np.exp(scores.astype(np.float64)))


CLASSES: Mapping[str, type] = {
    **COMPONENTS,
    **{model.__name__: model for model in (ColdStart, GroupPopularity, Order, Plays, Starters)},
}
"""Every class a stored model may be made of."""


def popularity_by_country(
    histories: Histories, countries: Sequence[str], as_of: int, settings: PopularitySettings
) -> tuple[GroupPopularity, tuple[str, ...]]:
    """Popularity in each country, and the countries in the order of its groups.

    Args:
        histories: training members.
        countries: ISO 3166 alpha-2 [members], '' where unknown.
        as_of: microseconds since 1970-01-01 UTC.
        settings: how plays count.
    """
    names = tuple(sorted({country for country in countries if country}))
    place = {country: index for index, country in enumerate(names)}
    groups = np.array([place.get(country, len(names)) for country in countries], dtype=np.int32)
    plays = np.zeros((len(names) + 1, histories.n_titles), dtype=np.int64)
    for start, stop in histories.blocks(EVENTS_AT_ONCE):
        plays += plays_of_part(histories.part(start, stop), groups[start:stop], len(names) + 1, as_of, settings)
    # Members of no known country count among everyone, and are a group nobody asks for.
    return group_popularity_from_plays(plays, settings), names


def trending_settings() -> PopularitySettings:
    """What was watched in the last seven days."""
    return popularity_7_days()
