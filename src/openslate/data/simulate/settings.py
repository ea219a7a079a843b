"""How large and how lively a simulated service is: the first thing on the data's route when no real data is there."""

import math
from dataclasses import dataclass
from datetime import date

from openslate.data.simulate.countries import COUNTRIES
from openslate.errors import UsageError


@dataclass(frozen=True)
class SimulatorSettings:
    """Everything that decides a simulated service; equal settings give equal bytes.

    Stability: provisional.

    Attributes:
        members: how many members, 1,000 to 1,000,000.
        titles: how many films and series, 100 to 50,000.
        days: how many days are simulated, 14 to 1,095.
        start: the first simulated day, from 00:00 UTC.
        countries: where the service is open (ISO 3166 alpha-2); the sizes of the countries are fixed.
        seed: the one number all randomness grows from, 0 or more.
        plays_per_member: plays (a film, or one episode) per member on average; the real mean is near it, and lower
            where the catalogue is too small to hold so much interest.
        releases: share of the catalogue that is released during the simulated days, 0 to 0.6.
        refusing_all: share of members who refuse every purpose.
        refusing_training: share of members who refuse training only.
        withdrawing: share of members who grant everything at first and withdraw it all later.
        exploration: share of the page's places that are filled evenly from all released titles, 0.01 to 1.
        row_attention: chance that a member who looks at a row also looks at the next one, up to 1.
        slot_attention: chance that a member who looks at a place in a row also looks at the next one, up to 1.
        rows: rows on a page, 1 to 10.
        slots: places in a row, 1 to 12.
        impression_pages_per_member: how many of a member's pages are written down as impressions, at most.
        rating_share: share of the titles a member has played that the member rates, roughly.
        members_per_shard: members that are simulated together, 100 to 50,000.

    Raises:
        UsageError: a value lies outside its range, or a country is unknown.

    Example:
        >>> SimulatorSettings(members=2_500, members_per_shard=1_000).n_shards
        3
    """

    members: int = 5_000
    titles: int = 1_000
    days: int = 180
    start: date = date(2026, 1, 1)
    countries: tuple[str, ...] = ("US", "GB", "DE", "FR", "ES", "BR", "IN", "JP", "KR", "SE", "MX", "NG")
    seed: int = 0
    plays_per_member: float = 60.0
    releases: float = 0.1
    refusing_all: float = 0.04
    refusing_training: float = 0.06
    withdrawing: float = 0.01
    exploration: float = 0.2
    row_attention: float = 0.7
    slot_attention: float = 0.82
    rows: int = 4
    slots: int = 6
    impression_pages_per_member: int = 2
    rating_share: float = 0.1
    members_per_shard: int = 5_000

    def __post_init__(self) -> None:
        for name, low, high in _RANGES:
            _require_between(name, getattr(self, name), low, high)
        refusals = self.refusing_all + self.refusing_training + self.withdrawing
        if refusals > 1:
            raise UsageError(
                f"refusing_all, refusing_training and withdrawing add up to {refusals:g}, more than everybody.",
                "Lower them until they add up to 1 or less.",
            )
        _require_countries(self.countries)

    @property
    def n_shards(self) -> int:
        """How many shards the members are divided into."""
        return math.ceil(self.members / self.members_per_shard)

    @property
    def places(self) -> int:
        """How many titles one page shows."""
        return self.rows * self.slots


_RANGES: tuple[tuple[str, float, float], ...] = (
    ("members", 1_000, 1_000_000),
    ("titles", 100, 50_000),
    ("days", 14, 1_095),
    ("seed", 0, math.inf),
    ("plays_per_member", 1, 2_000),
    ("releases", 0, 0.6),
    ("refusing_all", 0, 1),
    ("refusing_training", 0, 1),
    ("withdrawing", 0, 1),
    ("exploration", 0.01, 1),
    ("row_attention", 0.05, 1),
    ("slot_attention", 0.05, 1),
    ("rows", 1, 10),
    ("slots", 1, 12),
    ("impression_pages_per_member", 0, 1_000),
    ("rating_share", 0, 0.5),
    ("members_per_shard", 100, 50_000),
)


def _require_between(name: str, value: float, low: float, high: float) -> None:
    if low <= value <= high:
        return
    if math.isinf(high):
        raise UsageError(f"{name} is {value:,}, below {low:,}.", f"Choose {name} of {low:,} or more.")
    raise UsageError(
        f"{name} is {value:,}, outside {low:,} to {high:,}.",
        f"Choose {name} between {low:,} and {high:,}.",
    )


def _require_countries(countries: tuple[str, ...]) -> None:
    known = ", ".join(COUNTRIES)
    if not countries:
        raise UsageError("countries is empty.", f"Name at least one of: {known}.")
    for country in countries:
        if country not in COUNTRIES:
            raise UsageError(f"countries names '{country}', which the simulator does not know.", f"Use: {known}.")
    if len(set(countries)) < len(countries):
        raise UsageError("countries names a country twice.", "Name each country once.")
