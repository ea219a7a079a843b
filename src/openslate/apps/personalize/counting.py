"""Counting: the whole-number sums over members that item-item models are solved from, block by block of members.

Between the histories and the recipe. Sums are told apart by the settings they are counted with: a Gram matrix by
weights, pairs by those of the sequential model or of the one that looks between, gaps by those of the temporal one.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.models.between import BetweenSettings, add_between_sums
from openslate.models.gram import add_gram
from openslate.models.histories import Histories
from openslate.models.packed import half_size, rearranged
from openslate.models.sequential import SequentialSettings, add_pair_sums, rearranged_sums
from openslate.models.temporal import TemporalSettings, add_temporal_sums
from openslate.models.weights import WeightSettings
from openslate.storage.engine import Engine

Summed: TypeAlias = WeightSettings | SequentialSettings | TemporalSettings | BetweenSettings
Sums: TypeAlias = NDArray[np.int64]
Tell: TypeAlias = Callable[[float], None]
"""Told the share that is counted."""

EVENTS_AT_ONCE = 5_000_000
"""Events counted at a time, of which each takes some 80 bytes on the way."""
OF_SOLVING = ("l2", "trend_days", "trend_power", "sharpness", "latest")
"""Settings that sums do not depend on."""


class Kept(Protocol):
    """Where sums are kept from one training to the next."""

    def sums(self, settings: Summed, histories: Histories, count: Callable[[], Sums], tell: Tell) -> Sums:
        """The sums over the histories, counted only where they have to be."""
        ...


@dataclass(frozen=True)
class Counting:
    """Sums over members, counted or found.

    Attributes:
        histories: the members.
        engine: where shards of them are counted.
        parts: how many shards to count in; the sums do not depend on it.
        kept: where sums are kept between trainings; None to count in any case.
    """

    histories: Histories
    engine: Engine = Engine()
    parts: int = 1
    kept: Kept | None = None

    def sums(self, settings: Summed, tell: Tell = lambda share: None) -> Sums:
        """The sums over all members.

        Args:
            settings: what is summed.
            tell: told how much is counted.

        Raises:
            FitError: there is nobody.
        """
        if not self.histories.n_members:
            raise FitError("There is no member to learn from.", "Import plays or ratings first.")
        count = partial(self._counted, settings, tell)
        return count() if self.kept is None else self.kept.sums(settings, self.histories, count, tell)

    def _counted(self, settings: Summed, tell: Tell) -> Sums:
        if self.engine.executor is None:
            return sums_of(self.histories, settings, tell)
        size = -(-self.histories.n_members // self.parts)
        total = self.engine.sum(partial(sums_of, settings=settings), self.histories.parts(size))
        assert total is not None
        return total


def sums_of(histories: Histories, settings: Summed, tell: Tell = lambda share: None) -> Sums:
    """The sums over some members, counted.

    Args:
        histories: the members.
        settings: what is summed.
        tell: told how much is counted.
    """
    n_titles = histories.n_titles
    square = 0 if isinstance(settings, WeightSettings) else n_titles**2
    sums = np.zeros(half_size(n_titles) + square, dtype=np.int64)
    add(sums, histories, settings, tell=tell)
    return sums


def add(sums: Sums, histories: Histories, settings: Summed, sign: int = 1, tell: Tell = lambda share: None) -> None:
    """Add members to sums in place, or take them out again.

    Args:
        sums: of `sums_of` with the same settings.
        histories: the members.
        settings: what is summed.
        sign: 1 to add them, -1 to take them out.
        tell: told how much is done.
    """
    for start, stop in histories.blocks(EVENTS_AT_ONCE):
        tell(float(histories.offsets[start]) / max(histories.n_events, 1))
        block = histories.part(start, stop)
        if isinstance(settings, WeightSettings):
            add_gram(sums, block, settings, sign)
        elif isinstance(settings, SequentialSettings):
            add_pair_sums(sums, block, settings, sign)
        elif isinstance(settings, BetweenSettings):
            add_between_sums(sums, block, settings, sign)
        else:
            add_temporal_sums(sums, block, settings, sign)


def over_titles(sums: Sums, settings: Summed, places: NDArray[np.int64]) -> Sums:
    """The sums over other titles, or over the same ones in another order.

    Args:
        sums: of `sums_of` with these settings; a view of a file will do.
        settings: what was summed.
        places: int64 [m], where each of the new titles stood before; -1 for one that had no place.
    """
    return rearranged(sums, places) if isinstance(settings, WeightSettings) else rearranged_sums(sums, places)


def described(settings: Summed) -> dict[str, Any]:
    """What sums are known by, as plain values: their kind and the settings that they depend on.

    Example:
        >>> described(WeightSettings())
        {'kind': 'WeightSettings', 'engagement_share': 0.0, 'half_life': None}
    """
    depended_on = {name: value for name, value in asdict(settings).items() if name not in OF_SOLVING}
    return {"kind": type(settings).__name__, **depended_on}


def pairs_counted(histories: Histories, settings: Summed) -> float:
    """About how many pairs of events are looked at to count the sums: what counting takes its time for.

    Example:
        >>> pairs_counted(Histories.from_lists([[0, 1, 2, 0]], n_titles=3), WeightSettings())
        8.0
    """
    if isinstance(settings, WeightSettings):
        return float(np.square(histories.lengths().astype(np.float64)).sum() / 2)
    if isinstance(settings, SequentialSettings):
        return float(histories.n_events * (3 * settings.past + settings.future))
    if isinstance(settings, BetweenSettings):
        return float(histories.n_events * 5 * settings.around)
    return float(histories.n_events * settings.past**2)
