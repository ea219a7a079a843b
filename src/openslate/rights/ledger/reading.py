"""Finding entries again, by place, by what they are about, and by time; and the proofs that they are in the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights.ledger import index
from openslate.rights.ledger.index import FIND, PART, Head, damaged, name_key, names, subtree
from openslate.rights.ledger.lines import read_line, walk
from openslate.rights.ledger.writing import exclusive
from openslate.rights.merkle import (
    consistency_path,
    inclusion_path,
    is_consistent,
    root_at,
    root_by_inclusion,
)


@dataclass(frozen=True)
class Recorded:
    """An entry in its place.

    Attributes:
        index: its place in the tree, from 0.
        hash: its leaf hash, in hexadecimal.
        entry: what it says.
    """

    index: int
    hash: str
    entry: dict[str, Any]


@dataclass(frozen=True)
class Inclusion:
    """The proof that an entry is in the ledger, all hashes in hexadecimal.

    Attributes:
        index: the entry's place.
        size: of the ledger that it is in.
        hash: the entry's leaf hash.
        root: of that ledger.
        path: from the leaf upwards.
    """

    index: int
    size: int
    hash: str
    root: str
    path: tuple[str, ...]


@dataclass(frozen=True)
class Consistency:
    """The proof that a smaller ledger is the beginning of a larger one, all hashes in hexadecimal.

    Attributes:
        old: size of the smaller.
        new: size of the larger.
        old_root: root of the smaller.
        new_root: root of the larger.
        path: of RFC 9162.
    """

    old: int
    new: int
    old_root: str
    new_root: str
    path: tuple[str, ...]


def entries(path: Path) -> Iterator[dict[str, Any]]:
    """Every entry from first to last, checking the chain on the way; the first one names the ledger itself.

    Args:
        path: the ledger file.

    Raises:
        RightsError: an entry was changed, dropped or reordered, or the file cannot be read.
    """
    return (line.value for line in walk(path))


def entry(project: Project, number: int) -> Recorded:
    """The entry at a place.

    Raises:
        UsageError: there is none.
        RightsError: it is not what it was.
    """
    head = _current(project)
    if not 0 <= number < head.entries:
        raise UsageError(f"The ledger has no entry {number}.", f"It has {head.entries}; the first is number 0.")
    return next(_recorded(project, "SELECT number, start, hash FROM ledger_entries WHERE number = ?", (number,)))


def last_moment(project: Project) -> datetime | None:
    """When the last entry was written; None for a ledger without any.

    Raises:
        RightsError: the ledger is not what it was.
    """
    at = _current(project).at
    return datetime.fromisoformat(at) if at else None


def find(project: Project, leaf: str) -> Recorded | None:
    """The entry of a hash, or None where there is none.

    Args:
        project: whose ledger.
        leaf: leaf hash of the entry, in hexadecimal.

    Raises:
        RightsError: the entry is not what it was.
    """
    _current(project)
    sql = "SELECT number, start, hash FROM ledger_entries WHERE hash = ?"
    return next(_recorded(project, sql, (bytes.fromhex(leaf),)), None)


def search(
    project: Project,
    decision: str | None = None,
    subject: str | None = None,
    record: str | None = None,
    payee: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    start: int = 0,
) -> Iterator[Recorded]:
    """The entries that agree with all that is named, in order.

    Args:
        project: whose ledger.
        decision: the kind, such as 'use'.
        subject: a commitment, as entries have it under `subject` or in `subjects`.
        record: the id of a consent record, as under `record` or in `records`.
        payee: the commitment to whoever is paid, as entries have it under `payee`.
        since: not before this moment.
        until: before this moment.
        start: the place of the first entry to be looked at.

    Raises:
        RightsError: an entry is not what it was.
    """
    head = _current(project)
    first = start if since is None else max(start, _first_not_before(project, since, head.entries))
    last = head.entries if until is None else _first_not_before(project, until, head.entries)
    sql = "SELECT number, start, hash FROM ledger_entries WHERE number >= ? AND number < ?"
    values: list[str | int] = [first, last]
    asked = {("decision", decision), ("subject", subject), ("record", record), ("payee", payee)}
    wanted = {(kind, name) for kind, name in asked if name is not None}
    for kind, name in sorted(wanted):
        sql += f" AND number IN ({FIND})"
        values += [last >> PART, name_key(kind, name)]
    return (one for one in _recorded(project, f"{sql} ORDER BY number", values) if wanted <= names(one.entry))


def inclusion(project: Project, number: int, size: int | None = None) -> Inclusion:
    """The proof that an entry is in the ledger as it was at a size, or as it is.

    Raises:
        UsageError: the ledger of that size has no such entry.
        RightsError: the entry is not what it was, or the index is damaged.
    """
    size = _size(project, size)
    path = inclusion_path(number, size, lambda level, position: subtree(project, level, position))
    found = entry(project, number)
    root = _root(project, size)
    if root_by_inclusion(bytes.fromhex(found.hash), number, size, path) != root:
        raise damaged(project)
    return Inclusion(number, size, found.hash, root.hex(), tuple(one.hex() for one in path))


def consistency(project: Project, old: int, new: int | None = None) -> Consistency:
    """The proof that the ledger of one size is the beginning of the ledger of another, or of what it is now.

    Raises:
        UsageError: the ledger has not that many entries, or the sizes are in the wrong order.
        RightsError: the index is damaged.
    """
    new = _size(project, new)
    path = consistency_path(old, new, lambda level, position: subtree(project, level, position))
    old_root, new_root = _root(project, old), _root(project, new)
    if not is_consistent(old, new, old_root, new_root, path):
        raise damaged(project)
    return Consistency(old, new, old_root.hex(), new_root.hex(), tuple(one.hex() for one in path))


def _current(project: Project) -> Head:
    """The head of the index, caught up with the file where a crash left it behind."""
    head, path = index.read_head(project.state), project.ledger_path
    size = path.stat().st_size if path.exists() else 0
    if head.end == size:
        return head
    with exclusive(project) as held:
        return held.head


def _recorded(project: Project, sql: str, values: list[str | int] | tuple[int | bytes]) -> Iterator[Recorded]:
    for number, start, leaf in project.state.rows(sql, values):
        assert isinstance(number, int) and isinstance(start, int) and isinstance(leaf, bytes)
        line = read_line(project.ledger_path, number, start, leaf)
        yield Recorded(number, leaf.hex(), line.value)


def _first_not_before(project: Project, moment: datetime, size: int) -> int:
    """The first entry that is not before a moment; entries are in the order of time."""
    if moment.tzinfo is None:
        raise UsageError(f"The moment {moment} has no time zone.", "Give one, such as UTC.")
    wanted = moment.astimezone(UTC).isoformat(timespec="microseconds")
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        at = project.state.rows("SELECT at FROM ledger_entries WHERE number = ?", (middle,))
        if not at:
            raise damaged(project)
        low, high = (middle + 1, high) if str(at[0][0]) < wanted else (low, middle)
    return low


def _size(project: Project, size: int | None) -> int:
    head = _current(project)
    if size is None:
        return head.entries
    if not 0 <= size <= head.entries:
        raise UsageError(f"The ledger never had {size} entries.", f"Name a size up to {head.entries}.")
    return size


def _root(project: Project, size: int) -> bytes:
    head = index.read_head(project.state)
    if size == head.entries:
        return head.frontier.root
    return root_at(size, lambda level, position: subtree(project, level, position))
