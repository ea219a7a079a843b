"""What members like, hidden from every model: several moods each, that follow the clock and wander over the weeks."""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate import seeds
from openslate.data.simulate.countries import COUNTRIES
from openslate.data.simulate.people import THEMES
from openslate.data.simulate.settings import SimulatorSettings

MOODS = 3
"""How many tastes one membership has: the people of one household, or one person's evenings."""

AGE_BANDS = ("18-24", "25-34", "35-44", "45-54", "55-64", "65+")

PARTS_OF_WEEK = 4
"""Weekday by day, weekday evening, weekend by day, weekend evening."""

WEEK_SHARES = np.array([0.20, 0.44, 0.17, 0.19])
"""How much of the watching falls into each part of the week, roughly."""

DAY = 86_400_000_000
"""Microseconds of a day."""


@dataclass(frozen=True)
class Communities:
    """Where in the hidden space tastes gather; every mood belongs to one community.

    Attributes:
        centres: float32 [communities, THEMES].
        weights: float64 [countries, age bands, communities], summing to 1 over the communities.
    """

    centres: NDArray[np.float32]
    weights: NDArray[np.float64]


@dataclass(frozen=True)
class Tastes:
    """The hidden side of some members, one row each.

    Attributes:
        country: int64 [members], index into the service's countries.
        age_band: int64 [members], index into AGE_BANDS.
        joined: int64 [members], microseconds UTC.
        activity: float64 [members], sessions compared with the average member's.
        points: float32 [members, MOODS, THEMES], the ideal points.
        drift: float32 [members, MOODS, THEMES], how far and where the ideal points swing.
        period: float32 [members], days of one full swing.
        phase: float32 [members], where the swing stands on the first day, in radians.
        width: float32 [members, MOODS], how far from its ideal point a mood still enjoys things.
        moods: float32 [members, PARTS_OF_WEEK, MOODS], how likely each mood is, summing to 1.
        own_language: float32 [members], how much being made in the member's language matters.
        variety: float32 [members], above 0 for members who tire of more of the same, below 0 for those who want it.
        favourites: int64 [members, 2], people whose titles the member looks out for.
        generosity: float32 [members], stars above or below what others give.
    """

    country: NDArray[np.int64]
    age_band: NDArray[np.int64]
    joined: NDArray[np.int64]
    activity: NDArray[np.float64]
    points: NDArray[np.float32]
    drift: NDArray[np.float32]
    period: NDArray[np.float32]
    phase: NDArray[np.float32]
    width: NDArray[np.float32]
    moods: NDArray[np.float32]
    own_language: NDArray[np.float32]
    variety: NDArray[np.float32]
    favourites: NDArray[np.int64]
    generosity: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.country)

    @classmethod
    def join(cls, parts: "list[Tastes]") -> "Tastes":
        """The members of all parts, one part after the other."""
        rows: dict[str, Any] = {
            field.name: np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)
        }
        return cls(**rows)

    def take(self, members: NDArray[np.int64]) -> "Tastes":
        """The named members, in the given order."""
        rows: dict[str, Any] = {field.name: getattr(self, field.name)[members] for field in fields(self)}
        return Tastes(**rows)

    def first(self, n: int) -> "Tastes":
        """The first `n` members, as views."""
        rows: dict[str, Any] = {field.name: getattr(self, field.name)[:n] for field in fields(self)}
        return Tastes(**rows)

    def swing(self, days: NDArray[np.float32]) -> NDArray[np.float32]:
        """How far along their drift the ideal points are, -1 to 1.

        Args:
            days: float32 [members], days since the first simulated day.
        """
        swing: NDArray[np.float32] = np.sin(np.float32(2 * np.pi) * days / self.period + self.phase)
        return swing


def invent_tastes(settings: SimulatorSettings, communities: Communities, fame: NDArray[np.float64], k: int) -> Tastes:
    """The members of shard `k`; no other shard needs to exist for it.

    Args:
        settings: the service.
        communities: where tastes gather.
        fame: float64 [people], how likely somebody is to have admirers.
        k: the shard, from 0.
    """
    random = seeds.stream(settings.seed, seeds.MEMBERS, k)
    n = min(settings.members_per_shard, settings.members - k * settings.members_per_shard)
    shares = np.array([COUNTRIES[country].members for country in settings.countries])
    country = random.choice(len(shares), size=n, p=shares / shares.sum())
    age_band = random.choice(len(AGE_BANDS), size=n, p=(0.16, 0.25, 0.21, 0.16, 0.12, 0.10))
    chosen = _communities_of(random, communities, country, age_band)
    scatter = random.normal(scale=0.35, size=(n, MOODS, THEMES))
    return Tastes(
        country=country,
        age_band=age_band,
        joined=_joined(random, settings, n),
        activity=random.gamma(1.3, 1 / 1.3, size=n),
        points=(communities.centres[chosen] + scatter).astype(np.float32),
        drift=random.normal(scale=0.3, size=(n, MOODS, THEMES)).astype(np.float32),
        period=random.uniform(120, 600, size=n).astype(np.float32),
        phase=random.uniform(0, 2 * np.pi, size=n).astype(np.float32),
        width=random.uniform(1.8, 3.0, size=(n, MOODS)).astype(np.float32),
        moods=_moods(random, n),
        own_language=random.gamma(2.0, 0.3, size=n).astype(np.float32),
        variety=random.normal(0.2, 0.5, size=n).astype(np.float32),
        favourites=random.choice(len(fame), size=(n, 2), p=fame / fame.sum()),
        generosity=random.normal(scale=0.35, size=n).astype(np.float32),
    )


def _communities_of(
    random: np.random.Generator,
    communities: Communities,
    country: NDArray[np.int64],
    age_band: NDArray[np.int64],
) -> NDArray[np.int64]:
    """Which community each mood of each member belongs to, int64 [members, MOODS]."""
    edges = np.cumsum(communities.weights, axis=2)[country, age_band]
    draws = random.random((len(country), MOODS))
    last = edges.shape[1] - 1
    chosen: NDArray[np.int64] = np.minimum((draws[:, :, None] >= edges[:, None, :]).sum(axis=2), last)
    return chosen


def _joined(random: np.random.Generator, settings: SimulatorSettings, n: int) -> NDArray[np.int64]:
    """Seven in ten were there before the first day; the others join evenly until shortly before the last."""
    first = int(np.datetime64(settings.start, "us").astype(np.int64))
    before = random.exponential(400 * DAY, size=n).astype(np.int64) + 1
    during = (random.random(n) * (settings.days - 1) * DAY).astype(np.int64)
    return first + np.where(random.random(n) < JOINED_BEFORE, -before, during)


JOINED_BEFORE = 0.7


def _moods(random: np.random.Generator, n: int) -> NDArray[np.float32]:
    usual = random.dirichlet((1.5,) * MOODS, size=n)[:, None, :]
    by_the_clock = random.gamma(1.2, 1.0, size=(n, PARTS_OF_WEEK, MOODS)) + 0.05
    weights = usual * by_the_clock
    moods: NDArray[np.float32] = (weights / weights.sum(axis=2, keepdims=True)).astype(np.float32)
    return moods
