"""When files of an earlier snapshot are gone because a member was erased: the error that says so, and nothing else."""

import re

from openslate.errors import ProjectError
from openslate.storage.manifest import Snapshot

_NAMED = re.compile(r"([0-9a-f]{64})\.parquet")


def replaced() -> ProjectError:
    """What a reader of an earlier snapshot is told."""
    return ProjectError(
        "The data was changed while it was being read: a member was erased.",
        "Run the command again; it will read what is there now.",
    )


def names_replaced(message: str, current: Snapshot) -> bool:
    """Whether a message is about a file that is no longer any table's.

    Example:
        >>> names_replaced(f"cannot open people/plays/{'0' * 64}.parquet", Snapshot(()))
        True
    """
    committed = {shard.hash for shard in current.shards}
    return any(digest not in committed for digest in _NAMED.findall(message))


def require_current(earlier: Snapshot, current: Snapshot) -> None:
    """Refuse to go on with a snapshot of which files were replaced since.

    Whatever keeps something made from people's rows asks this at the end, so that nothing of an erased member is kept
    by a step that began before they were erased.

    Args:
        earlier: what was read.
        current: the files that are the tables now.

    Raises:
        ProjectError: a file of it is no longer any table's.
    """
    committed = {(shard.table, shard.hash) for shard in current.shards}
    if not committed.issuperset((shard.table, shard.hash) for shard in earlier.shards):
        raise replaced()
