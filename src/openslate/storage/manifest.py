"""What the manifest says: which files are the tables, what brought them in, and in which order."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Shard:
    """One Parquet file of a table.

    Attributes:
        table: the table it is part of.
        hash: SHA-256 of its bytes, which names it.
        rows: how many rows it holds.
        source: where the rows came from, which decides the basis they may be used on.
        ordinal: its place in the order of commits; 0 before it is committed.
    """

    table: str
    hash: str
    rows: int
    source: str
    ordinal: int = 0


@dataclass(frozen=True)
class Import:
    """One committed act of bringing data in.

    Attributes:
        id: its name.
        source: the source, such as `movielens` or `csv:plays.csv`.
        location: what was read, as the caller named it.
        content: hash of what was read and how; the same content is never imported twice.
        counts: rows read, added, repeated and quarantined, per table.
        quarantine: the file of refused rows, relative to the project, or None.
        recorded: when, UTC.
    """

    id: str
    source: str
    location: str
    content: str
    counts: Mapping[str, Mapping[str, int]]
    quarantine: str | None
    recorded: datetime


@dataclass(frozen=True)
class Snapshot:
    """Which files were the tables at one moment, and in which order they came; its id says so in one word.

    The order belongs to it, because events at one and the same moment keep the order of their arrival.

    Example:
        >>> a, b = Shard("plays", "1" * 64, 5, "csv"), Shard("plays", "2" * 64, 7, "csv")
        >>> Snapshot((a, b)).id == Snapshot((b, a)).id, Snapshot((a, b)).rows("plays")
        (False, 12)
    """

    shards: tuple[Shard, ...]
    id: str = field(init=False)

    def __post_init__(self) -> None:
        names = [f"{shard.table}:{shard.hash}" for shard in self.shards]
        object.__setattr__(self, "id", hashlib.sha256("\n".join(names).encode()).hexdigest())

    def of(self, table: str) -> tuple[Shard, ...]:
        """The shards of one table, in order of commit."""
        return tuple(shard for shard in self.shards if shard.table == table)

    def rows(self, table: str) -> int:
        """How many rows a table holds."""
        return sum(shard.rows for shard in self.of(table))
