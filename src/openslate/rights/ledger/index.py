"""The index of the ledger in the state: where each entry begins, whom it is about, and the hashes that proofs need.

All of it can be made again from the file (`rebuild`). It is behind the file when a crash came between the two, and is
caught up; it is never ahead of the file, unless somebody cut the file.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from typing import Any, TypeAlias

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.alarm import alarm
from openslate.rights.ledger.lines import Line, Place, read_line
from openslate.rights.merkle import Frontier, Growing, complete_parts, folded
from openslate.storage.state import SqlValue, State

TILE = 8
"""Inner nodes are kept at every eighth level; those between are made from the 256 below, as in C2SP tlog-tiles."""
ROWS = 500
PART = 14
"""Names are kept apart for every 2**14 entries: keys are in no order, and a small part of them is written in one go."""
IN_PARTS = "WITH RECURSIVE parts (part) AS (SELECT 0 UNION ALL SELECT part + 1 FROM parts WHERE part < ?) "
FIND = f"{IN_PARTS}SELECT number FROM ledger_names WHERE part IN (SELECT part FROM parts) AND key = ?"
"""The numbers of entries of a name, from the last part and the name's key."""
TABLES = ("ledger_entries", "ledger_nodes", "ledger_names", "ledger_head")
Row: TypeAlias = tuple[SqlValue, ...]
NAMED = {
    "decision": "decision",
    "subject": "subject",
    "subjects": "subject",
    "record": "record",
    "records": "record",
    "payee": "payee",
}
"""From the keys of entries under which a text, or a list of texts, is searched for to the kind of what they name."""


@dataclass(frozen=True)
class Head:
    """The last entry that the index knows.

    Attributes:
        origin: the ledger's name; empty before the first entry.
        hash: leaf hash of the last entry.
        at: when it was written.
        start: the byte at which its line begins.
        end: the byte after its newline.
        frontier: the tree up to it.
    """

    origin: str = ""
    hash: bytes = bytes(32)
    at: str = ""
    start: int = 0
    end: int = 0
    frontier: Frontier = Frontier()

    @property
    def entries(self) -> int:
        """How many entries there are up to it."""
        return self.frontier.size

    @property
    def next(self) -> Place:
        """Where the entry after it begins."""
        return Place(self.entries, self.end, self.hash, self.at)


def read_head(state: State) -> Head:
    """The last entry that the index knows; the empty head when it knows none."""
    rows = state.rows("SELECT origin, entries, hash, at, start, end, frontier FROM ledger_head")
    if not rows:
        return Head()
    origin, entries, last, at, start, end, packed = rows[0]
    assert isinstance(entries, int) and isinstance(start, int) and isinstance(end, int)
    assert isinstance(last, bytes) and isinstance(packed, bytes)
    hashes = tuple(packed[i : i + 32] for i in range(0, len(packed), 32))
    return Head(str(origin), last, str(at), start, end, Frontier(entries, hashes))


def add(state: State, head: Head, lines: Sequence[Line]) -> Head:
    """Take lines in that follow the head, inside a transaction of the caller's, and return the new head."""
    if not lines:
        return head
    growing = Growing(head.frontier)
    made: list[Row] = []
    named: list[Row] = []
    for line in lines:
        made += [node for node in growing.add(line.hash) if node[0] % TILE == 0]
        named += [(line.number >> PART, key, line.number) for key in keys(line.value)]
    _insert(state, "ledger_entries", [(line.number, line.start, line.hash, line.value["at"]) for line in lines])
    _insert(state, "ledger_nodes", made)
    # Sorted, because neighbours in the table are then written together.
    _insert(state, "ledger_names", sorted(named))
    last = lines[-1]
    origin = head.origin or str(lines[0].value["origin"])
    new = Head(origin, last.hash, last.at, last.start, last.end, growing.frontier)
    state.execute(
        "INSERT OR REPLACE INTO ledger_head VALUES (1, ?, ?, ?, ?, ?, ?, ?)",
        (origin, new.entries, new.hash, new.at, new.start, new.end, b"".join(new.frontier.hashes)),
    )
    return new


def in_parts(lines: Iterable[Line], part: int = 10_000) -> Iterator[list[Line]]:
    """Any number of lines, some thousands at a time."""
    rest = iter(lines)
    while waiting := list(islice(rest, part)):
        yield waiting


def forget(state: State) -> None:
    """Empty the index, inside a transaction of the caller's."""
    for table in TABLES:
        state.execute(f"DELETE FROM {table}")


def names(entry: dict[str, Any]) -> set[tuple[str, str]]:
    """Kind and name of everything that an entry can be searched by.

    Example:
        >>> sorted(names({"decision": "use", "subject": "ab", "records": ["r1", "r2"]}))
        [('decision', 'use'), ('record', 'r1'), ('record', 'r2'), ('subject', 'ab')]
    """
    found = set()
    for key, kind in NAMED.items():
        said = entry.get(key)
        if isinstance(said, str):
            found.add((kind, said))
        elif isinstance(said, list | tuple):
            found.update((kind, one) for one in said if isinstance(one, str))
    return found


def keys(entry: dict[str, Any]) -> set[int]:
    """The numbers under which an entry is found."""
    found = set()
    for key, kind in NAMED.items():
        said = entry.get(key)
        if type(said) is str:
            found.add(name_key(kind, said))
        elif said is not None:
            found.update(name_key(kind, one) for one in said if type(one) is str)
    return found


def subtree(project: Project, level: int, position: int) -> bytes:
    """The hash of a complete subtree, from the kept nodes.

    Raises:
        RightsError: the index does not hold what it should.
    """
    base = level - level % TILE
    first, number = position << (level - base), 1 << (level - base)
    if base:
        sql = "SELECT hash FROM ledger_nodes WHERE level = ? AND position >= ? AND position < ? ORDER BY position"
        rows = project.state.rows(sql, (base, first, first + number))
    else:
        sql = "SELECT hash FROM ledger_entries WHERE number >= ? AND number < ? ORDER BY number"
        rows = project.state.rows(sql, (first, first + number))
    hashes = [row[0] for row in rows if isinstance(row[0], bytes)]
    if len(hashes) != number:
        raise damaged(project)
    return folded(hashes)


def frontier_at(project: Project, size: int) -> Frontier:
    """The tree as it was when it had `size` entries."""
    return Frontier(size, tuple(subtree(project, level, place) for level, place in complete_parts(0, size)))


def place_at(project: Project, number: int) -> Place:
    """Where the entry of a number begins, once the one before it was found unchanged in the file.

    Raises:
        RightsError: the entry before is not in its place.
    """
    if number == 0:
        return Place()
    row = project.state.rows("SELECT start, hash FROM ledger_entries WHERE number = ?", (number - 1,))
    if not row or not isinstance(row[0][0], int) or not isinstance(row[0][1], bytes):
        raise damaged(project)
    before = read_line(project.ledger_path, number - 1, row[0][0], row[0][1])
    return Place(number, before.end, before.hash, before.at)


def damaged(project: Project) -> RightsError:
    """The error for an index that does not hold what it should."""
    return alarm(
        f"The index of the ledger in {project.state.path} is damaged.",
        "Make it again from the ledger with `openslate.rights.ledger.rebuild`.",
    )


def rows_in_parts(state: State, end: int, part: int = 10_000) -> Iterator[tuple[int, int, bytes, str]]:
    """Number, start, leaf hash and moment of every entry that the index knows, in order."""
    for first in range(0, end, part):
        sql = "SELECT number, start, hash, at FROM ledger_entries WHERE number >= ? AND number < ? ORDER BY number"
        for number, start, leaf, at in state.rows(sql, (first, min(first + part, end))):
            assert isinstance(number, int) and isinstance(start, int) and isinstance(leaf, bytes)
            yield number, start, leaf, str(at)


@lru_cache(maxsize=1 << 16)
def name_key(kind: str, name: str) -> int:
    """The number under which a name is kept; two names may share one, so whoever searches looks at what was found."""
    return int.from_bytes(sha256(f"{kind}\n{name}".encode("utf-8", "surrogatepass")).digest()[:8], "big", signed=True)


class Bag:
    """A number for any collection of names, whatever their order: equal for equal collections."""

    def __init__(self) -> None:
        self._sum, self._count = 0, 0

    def add(self, key: int, number: int) -> None:
        """Take one in."""
        # Python's hash of numbers keeps them apart, and the key is drawn from SHA-256.
        self._sum += hash((key, number))
        self._count += 1

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bag) and (self._sum, self._count) == (other._sum, other._count)


def names_before(state: State, end: int) -> Bag:
    """All that the index knows entries before a number by."""
    found = Bag()
    for part in range((end >> PART) + 1):
        sql = "SELECT key, number FROM ledger_names WHERE part = ? AND number < ?"
        for key, number in state.rows(sql, (part, end)):
            assert isinstance(key, int) and isinstance(number, int)
            found.add(key, number)
    return found


def nodes(state: State) -> dict[tuple[int, int], bytes]:
    """All inner nodes that the index keeps."""
    rows = state.rows("SELECT level, position, hash FROM ledger_nodes")
    return {(int(str(level)), int(str(place))): bytes(node) for level, place, node in rows if isinstance(node, bytes)}


def _insert(state: State, table: str, rows: Sequence[Row]) -> None:
    """Rows by the hundred, because each statement costs more than the rows in it."""
    for first in range(0, len(rows), ROWS):
        part = rows[first : first + ROWS]
        places = ", ".join([f"({', '.join('?' * len(part[0]))})"] * len(part))
        state.execute(f"INSERT INTO {table} VALUES {places}", [value for row in part for value in row])
