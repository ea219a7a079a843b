"""The Merkle tree over the ledger's entries: its root, and short proofs that an entry or an earlier tree is in it.

Pure functions over hashes. Whoever builds a proof says where the hashes of complete subtrees lie (`Subtree`): in a
list, or in an index on disk. The standalone verifier checks these proofs with code of its own.

Source: RFC 6962, section 2.1; RFC 9162, section 2.1.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from openslate.errors import UsageError

EMPTY = hashlib.sha256().digest()
"""The root of a tree without entries."""

Subtree: TypeAlias = Callable[[int, int], bytes]
"""From level and position to the hash of the complete subtree over leaves position * 2**level and on."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry, which no inner node can have.

    Example:
        >>> leaf_hash(b"").hex()[:16]
        '6e340b9cffb37a98'
    """
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True)
class Frontier:
    """All of a tree that a new entry needs: the roots of the complete subtrees, largest first.

    Attributes:
        size: how many entries the tree holds.
        hashes: one for each bit that is set in `size`.
    """

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        """The root of the tree."""
        return _joined(self.hashes)


class Growing:
    """A frontier that entries are added to, and what becomes complete on the way.

    Args:
        frontier: where to begin.
    """

    def __init__(self, frontier: Frontier) -> None:
        self.size = frontier.size
        self._hashes = list(frontier.hashes)

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Take one leaf in, and return level, position and hash of every inner node that it completes."""
        made, level, current = [], 0, leaf
        position = self.size
        while position & 1:
            current = node_hash(self._hashes.pop(), current)
            position >>= 1
            level += 1
            made.append((level, position, current))
        self._hashes.append(current)
        self.size += 1
        return made

    @property
    def frontier(self) -> Frontier:
        """The frontier as it stands."""
        return Frontier(self.size, tuple(self._hashes))


def root(leaves: Sequence[bytes]) -> bytes:
    """The root of the tree over leaf hashes.

    Args:
        leaves: what `leaf_hash` gave for each entry, in order.

    Example:
        >>> root([]) == EMPTY
        True
    """
    growing = Growing(Frontier())
    for leaf in leaves:
        growing.add(leaf)
    return growing.frontier.root


def root_at(size: int, subtree: Subtree) -> bytes:
    """The root of the tree over the first `size` entries."""
    return _range_root(0, size, subtree)


def inclusion_path(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The proof that the entry at `index` is in the tree of `size` entries, from the leaf upwards.

    Raises:
        UsageError: there is no such entry.

    Source: RFC 9162, section 2.1.3.1.
    """
    if not 0 <= index < size:
        raise UsageError(f"A tree of {size} entries has no entry {index}.", "Name one from 0 to the size less one.")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_range_root(middle, end, subtree))
            end = middle
        else:
            path.append(_range_root(start, middle, subtree))
            start = middle
    return path[::-1]


def consistency_path(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """The proof that the tree of `old` entries is the beginning of the one of `new` entries.

    Raises:
        UsageError: the old tree is the larger one, or a size is negative.

    Source: RFC 9162, section 2.1.4.1.
    """
    if not 0 <= old <= new:
        raise UsageError(f"A tree of {new} entries does not begin with {old}.", "Name the smaller size first.")
    if old in (0, new):
        return []
    path, start, end = [], 0, new
    # True as long as the verifier knows the hash of the part that is left: it is the old root itself.
    known = True
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(_range_root(middle, end, subtree))
            end = middle
        else:
            path.append(_range_root(start, middle, subtree))
            start, known = middle, False
    if not known:
        path.append(_range_root(start, end, subtree))
    return path[::-1]


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that an inclusion proof leads to, or None where the proof has not the form it must have."""
    if not 0 <= index < size:
        return None
    sides, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        sides.append(index < middle)
        start, end = (start, middle) if index < middle else (middle, end)
    if len(sides) != len(path):
        return None
    current = leaf
    for is_left, other in zip(reversed(sides), path, strict=True):
        current = node_hash(current, other) if is_left else node_hash(other, current)
    return current


def is_consistent(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether a proof shows that the old tree is the beginning of the new one."""
    if not 0 <= old <= new:
        return False
    if old == 0:
        return not path and old_root == EMPTY
    if old == new:
        return not path and old_root == new_root
    rest = list(path)
    found = _both_roots(old, new, old_root, True, rest)
    return not rest and found == (old_root, new_root)


def subtrees_of(leaves: Sequence[bytes]) -> Subtree:
    """Subtree hashes over a list of leaf hashes; each is computed when it is asked for."""

    def subtree(level: int, position: int) -> bytes:
        return folded(leaves[position << level : (position + 1) << level])

    return subtree


def folded(hashes: Sequence[bytes]) -> bytes:
    """The root over neighbouring hashes of one level, whose number is a power of two."""
    while len(hashes) > 1:
        hashes = [node_hash(hashes[i], hashes[i + 1]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def complete_parts(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Level and position of the complete subtrees, largest first, that a range of the tree is made of."""
    while start < end:
        level = (end - start).bit_length() - 1
        yield level, start >> level
        start += 1 << level


def _both_roots(old: int, new: int, old_root: bytes, known: bool, path: list[bytes]) -> tuple[bytes, bytes] | None:
    """Old and new root of one part of the tree, taking what they need from the end of the path."""
    if old == new:
        if known:
            return old_root, old_root
        return (path[0], path.pop(0)) if path else None
    middle = _split(new)
    if old <= middle:
        inner = _both_roots(old, middle, old_root, known, path)
        if inner is None or not path:
            return None
        return inner[0], node_hash(inner[1], path.pop(0))
    inner = _both_roots(old - middle, new - middle, old_root, False, path)
    if inner is None or not path:
        return None
    left = path.pop(0)
    return node_hash(left, inner[0]), node_hash(left, inner[1])


def _range_root(start: int, end: int, subtree: Subtree) -> bytes:
    return _joined([subtree(level, position) for level, position in complete_parts(start, end)])


def _joined(hashes: Sequence[bytes]) -> bytes:
    """The root over complete subtrees that lie side by side, largest first."""
    if not hashes:
        return EMPTY
    current = hashes[-1]
    for left in reversed(hashes[:-1]):
        current = node_hash(left, current)
    return current


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << ((size - 1).bit_length() - 1)
