"""What members carry from one session to the next: titles seen, the last one's flavour, the series they follow."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate.people import THEMES

FAR_AWAY = np.float32(1e3)


@dataclass(frozen=True)
class Memory:
    """The state of some members; its arrays are written to as they watch.

    Attributes:
        seen: uint8 [members, titles / 8], one bit for each title.
        last: float32 [members, THEMES], where the last title watched lies.
        following: int64 [members], the series a member is in the middle of, or -1.
        left: int64 [members], episodes left of it.
        glad: float32 [members], how much they enjoy it.
        free: int64 [members], the microsecond until which they are busy watching.
    """

    seen: NDArray[np.uint8]
    last: NDArray[np.float32]
    following: NDArray[np.int64]
    left: NDArray[np.int64]
    glad: NDArray[np.float32]
    free: NDArray[np.int64]

    @classmethod
    def blank(cls, joined: NDArray[np.int64], n_titles: int) -> "Memory":
        """Members who have just joined.

        Args:
            joined: int64 [members], microseconds UTC.
            n_titles: size of the catalogue.
        """
        n = len(joined)
        return cls(
            seen=np.zeros((n, -(-n_titles // 8)), dtype=np.uint8),
            last=np.full((n, THEMES), FAR_AWAY),
            following=np.full(n, -1, dtype=np.int64),
            left=np.zeros(n, dtype=np.int64),
            glad=np.zeros(n, dtype=np.float32),
            free=joined.copy(),
        )

    def has_seen(self, titles: NDArray[np.int64]) -> NDArray[np.uint8]:
        """1 where a title was seen before, else 0: uint8 [first members, candidates].

        Args:
            titles: int64 [first members, candidates]; row m belongs to member m.
        """
        members = np.arange(len(titles))[:, None]
        bits: NDArray[np.uint8] = (self.seen[members, titles >> 3] >> (titles & 7).astype(np.uint8)) & 1
        return bits

    def note_seen(self, members: NDArray[np.int64], titles: NDArray[np.int64]) -> None:
        """Remember one title for each of the members (all different)."""
        self.seen[members, titles >> 3] |= np.left_shift(1, titles & 7).astype(np.uint8)
