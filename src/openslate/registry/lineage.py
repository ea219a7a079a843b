"""What came from what: edges between content hashes, walked from any page or model back to the imports."""

from dataclasses import dataclass

from openslate.errors import RegistryError
from openslate.project import Project
from openslate.storage.manifest import Snapshot

LET_THROUGH = "let through by"
"""Between a model and the ledger's entry that decided whose data it learned from."""


@dataclass(frozen=True)
class Ancestor:
    """One step on the way back.

    Attributes:
        id: what it is, by hash or name.
        relation: how the one after it came from it, such as 'trained on'.
        depth: steps from where the walk began.
    """

    id: str
    relation: str
    depth: int


def link(project: Project, child: str, parent: str, relation: str) -> None:
    """Record that `child` came from `parent`; saying it twice changes nothing."""
    project.state.execute("INSERT OR IGNORE INTO lineage VALUES (?, ?, ?)", (child, parent, relation))


def link_snapshot(project: Project, child: str, snapshot: Snapshot, relation: str = "read") -> None:
    """Record that `child` came from a snapshot, the snapshot from its files, and each file from its import.

    Args:
        project: where.
        child: what read the snapshot, such as a run.
        snapshot: the files.
        relation: how the child came from the snapshot.
    """
    brought = {
        (str(table), str(digest)): (str(identity), f"imported from {location!s} on {str(recorded)[:10]}")
        for table, digest, identity, location, recorded in project.state.rows(
            "SELECT table_name, hash, imports.id, location, recorded "
            "FROM shards JOIN imports ON imports.id = shards.import_id"
        )
    }
    with project.state.transaction():
        link(project, child, snapshot.id, relation)
        for shard in snapshot.shards:
            link(project, snapshot.id, shard.hash, f"holds {shard.table} from {shard.source}")
            link(project, shard.hash, *brought[shard.table, shard.hash])


def ancestors(project: Project, name: str) -> list[Ancestor]:
    """Everything that `name` came from, nearest first.

    Args:
        project: where.
        name: an id, such as a page's or a model's.
    """
    rows = project.state.rows(
        """
        WITH RECURSIVE walk (id, relation, depth) AS (
            SELECT parent, relation, 1 FROM lineage WHERE child = ?
            UNION
            SELECT lineage.parent, lineage.relation, walk.depth + 1 FROM lineage JOIN walk ON lineage.child = walk.id
        )
        SELECT id, relation, min(depth) FROM walk GROUP BY id, relation ORDER BY min(depth), relation, id
        """,
        (name,),
    )
    return [Ancestor(str(row[0]), str(row[1]), int(str(row[2]))) for row in rows]


def children(project: Project, name: str, relation: str) -> list[str]:
    """Ids of what came from `name` in one way, sorted.

    Args:
        project: where.
        name: an id, such as a model's.
        relation: such as 'in place of'.
    """
    rows = project.state.rows(
        "SELECT child FROM lineage WHERE parent = ? AND relation = ? ORDER BY child", (name, relation)
    )
    return [str(row[0]) for row in rows]


def full_name(project: Project, beginning: str) -> str:
    """The one id that begins so.

    Raises:
        RegistryError: none does, or several do.
    """
    rows = project.state.rows(
        "SELECT DISTINCT child FROM lineage WHERE substr(child, 1, length(?)) = ? LIMIT 2", (beginning, beginning)
    )
    if len(rows) != 1 or not beginning:
        raise RegistryError(
            f"{'Several ids begin with' if rows and beginning else 'Nothing is known of'} {beginning!r}.",
            "Take an id from `openslate models`, `openslate runs` or a page.",
        )
    return str(rows[0][0])
