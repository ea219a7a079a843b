"""A simulated service: its catalogue and hidden truth made once, its members made shard by shard."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate import seeds
from openslate.data.simulate.attention import invent_attention
from openslate.data.simulate.catalogue import Catalogue, Columns, invent_catalogue
from openslate.data.simulate.settings import SimulatorSettings
from openslate.data.simulate.shards import Shard, simulate_shard
from openslate.data.simulate.tastes import Tastes, invent_tastes
from openslate.data.simulate.truth import invent_truth
from openslate.data.simulate.watching import World
from openslate.errors import UsageError


@dataclass(frozen=True)
class Service:
    """A simulated streaming service.

    Stability: provisional.

    Attributes:
        settings: what it was made from.
        catalogue: its titles, as a page shows them.
        world: what no model may know: the truth about titles, and what is talked about day by day.

    Example:
        >>> service = Service.open(SimulatorSettings(members=1_000, titles=120, days=14, plays_per_member=5))
        >>> sorted(service.shard(0).plays)
        ['completion', 'member', 'seconds', 'started', 'title']
    """

    settings: SimulatorSettings
    catalogue: Catalogue
    world: World

    @classmethod
    def open(cls, settings: SimulatorSettings) -> "Service":
        """Make the catalogue and the truth; members are only made when a shard is asked for."""
        catalogue = invent_catalogue(settings, seeds.stream(settings.seed, seeds.CATALOGUE))
        random = seeds.stream(settings.seed, seeds.WORLD)
        truth = invent_truth(settings, catalogue, random)
        attention = invent_attention(settings, catalogue, truth, random)
        return cls(settings, catalogue, World(settings, truth, attention))

    @property
    def titles(self) -> Columns:
        """The titles' table: title, name, kind, released, genres, language, runtime_minutes, maturity, synopsis,
        credits, countries."""
        return self.catalogue.table

    @property
    def n_shards(self) -> int:
        """How many shards there are."""
        return self.settings.n_shards

    def shard(self, k: int) -> Shard:
        """The members of shard `k` and all they did; the same bytes wherever and in whichever order it is called.

        Args:
            k: the shard, 0 to n_shards - 1.

        Raises:
            UsageError: there is no such shard.
        """
        self._require_shard(k)
        return simulate_shard(self.world, self.titles["title"], self.catalogue.people.fame, k)

    def tastes(self, k: int) -> Tastes:
        """The hidden side of the members of shard `k`, without living through their sessions.

        Args:
            k: the shard, 0 to n_shards - 1.

        Raises:
            UsageError: there is no such shard.
        """
        self._require_shard(k)
        return invent_tastes(self.settings, self.world.truth.communities, self.catalogue.people.fame, k)

    def tastes_of(self, members: NDArray[np.int64]) -> Tastes:
        """The hidden side of the named members, in the given order.

        Args:
            members: int64 [members], numbers in the whole service (member 42 is 'm0000042').

        Raises:
            UsageError: there is no such member.
        """
        for member in members[(members < 0) | (members >= self.settings.members)]:
            raise UsageError(
                f"There is no member number {member}.", f"Members are numbered 0 to {self.settings.members - 1}."
            )
        shards, rows = np.divmod(members, self.settings.members_per_shard)
        parts = [self.tastes(int(k)).take(rows[shards == k]) for k in np.unique(shards)]
        back = np.argsort(np.argsort(shards, kind="stable"), kind="stable")
        return Tastes.join(parts).take(back)

    def _require_shard(self, k: int) -> None:
        if not 0 <= k < self.n_shards:
            raise UsageError(f"There is no shard {k}.", f"Shards are numbered 0 to {self.n_shards - 1}.")
