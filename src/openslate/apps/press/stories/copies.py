"""Copies: one article in several places, by address, by title, or by most of its words. Grouped, never left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from openslate.apps.press.stories.terms import number
from openslate.apps.press.stories.things import Headline
from openslate.models.kernels.copying import first_alike, least_hashes

HASHES, BANDS = 64, 16
SHINGLE = 3
"""Words that stand beside one another."""
SHORTEST = 20
"""Words of excerpt and text from which their shingles say something."""
TITLE_WORDS = 4
"""Words of a title from which two articles do not have the same by accident."""
AGREE = 0.5
"""Share of shingles that copies have in common."""
DIFFER = 0.1
"""Share below which two articles of one title are two, where the words of both are known."""
WORD = re.compile(r"\w+")
TAIL = re.compile(r"\s+[|–—-]\s+[^|–—-]{1,40}$")
TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|cmpid|ref|src|source|mc_cid|mc_eid)$")


@dataclass(frozen=True)
class Copies:
    """What copies are known by, of the items of a window.

    Attributes:
        ids: of the items.
        roots: int64, row of the item that each is a copy of; its own for none.
        keys: uint64 (items, 2 + bands).
        marks: uint32 (items, hashes).
    """

    ids: tuple[str, ...] = ()
    roots: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    keys: NDArray[np.uint64] = field(default_factory=lambda: np.empty((0, 2 + BANDS), np.uint64))
    marks: NDArray[np.uint32] = field(default_factory=lambda: np.empty((0, HASHES), np.uint32))

    def with_more(self, headlines: Sequence[Headline]) -> "Copies":
        """The same with items after the last.

        Args:
            headlines: in an order that does not depend on when they came within an hour.
        """
        if not headlines:
            return self
        signs = [signs_of(one) for one in headlines]
        keys = np.concatenate([self.keys, np.stack([one for one, _ in signs])])
        marks = np.concatenate([self.marks, np.stack([one for _, one in signs])])
        first = len(self.ids)
        roots = np.concatenate([self.roots, np.arange(first, first + len(headlines))])
        for at, row in enumerate(first_alike(keys, marks, first, AGREE, DIFFER).tolist(), first):
            if row >= 0:
                roots[at] = roots[row]
        return Copies((*self.ids, *(one.id for one in headlines)), roots, keys, marks)

    def of_last(self, many: int) -> dict[str, str]:
        """Of the last items those that are copies, and what of.

        Args:
            many: how many of the last.
        """
        first = len(self.ids) - many
        return {
            self.ids[at]: self.ids[root] for at, root in enumerate(self.roots[first:].tolist(), first) if root != at
        }  # fmt: skip

    def without_first(self, many: int) -> "Copies":
        """The same without the oldest items: a copy of one of them stands for itself from then on.

        Args:
            many: how many.
        """
        kept = self.roots[many:] - many
        # The first copy that is left takes the place of what the others were copies of.
        heads: dict[int, int] = {}
        for at in np.flatnonzero(kept < 0).tolist():
            kept[at] = heads.setdefault(int(kept[at]), at)
        return Copies(self.ids[many:], kept, self.keys[many:], self.marks[many:])


def signs_of(headline: Headline) -> tuple[NDArray[np.uint64], NDArray[np.uint32]]:
    """What copies of an item are known by: keys, and marks of its shingles.

    Args:
        headline: of the item.
    """
    keys, marks = np.zeros(2 + BANDS, np.uint64), np.zeros(HASHES, np.uint32)
    if headline.address:
        keys[0] = number(address_key(headline.address)) | 1
    title = title_key(headline.title)
    if title.count(" ") + 1 >= TITLE_WORDS:
        keys[1] = number(title) | 1
    said = WORD.findall(f"{headline.title} {headline.text or headline.excerpt}".lower())
    if len(WORD.findall(headline.text or headline.excerpt)) >= SHORTEST:
        marks = least_hashes(_shingles(said), *_random_hashes())
        keys[2:] = [number(marks[band * 4 : band * 4 + 4].tobytes().hex()) | 1 for band in range(BANDS)]
    return keys, marks


def title_key(title: str) -> str:
    """A title without case, marks and the name of its publisher.

    Example:
        >>> title_key("Night Ferry wins the Golden Gull | The Slate")
        'night ferry wins the golden gull'
    """
    short = TAIL.sub("", title.strip())
    words = WORD.findall(short.lower())
    return " ".join(words if len(words) >= TITLE_WORDS else WORD.findall(title.lower()))


def address_key(address: str) -> str:
    """An address without what does not say which article it is of.

    Example:
        >>> address_key("https://www.slate.example/harbour/?utm_source=feed#top")
        'slate.example/harbour'
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    asked = sorted(one for one in parts.query.split("&") if one and not TRACKING.match(one.split("=")[0].lower()))
    host = parts.netloc.lower().removeprefix("www.")
    path = parts.path.rstrip("/").removesuffix("/amp")
    return host + path + ("?" + "&".join(asked) if asked else "")


def _shingles(words: Sequence[str]) -> NDArray[np.uint64]:
    single = np.array([number(word) for word in words], dtype=np.uint64)
    many = max(len(single) - SHINGLE + 1, 1)
    found = np.zeros(many, np.uint64)
    for at in range(min(SHINGLE, len(single))):
        found = found * np.uint64(0x100000001B3) ^ single[at : at + many]
    return found


@lru_cache(maxsize=1)
def _random_hashes() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    drawn = np.random.default_rng(7)
    factors, turned = (drawn.integers(0, 2**63, HASHES, dtype=np.uint64) for _ in range(2))
    return factors * np.uint64(2) + np.uint64(1), turned
