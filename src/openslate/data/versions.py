"""Which version of a row stands: of each key, the one that was imported last."""

from openslate.data.schema import Table
from openslate.errors import UsageError
from openslate.project import Project
from openslate.storage.lake import PEOPLE_TABLES
from openslate.storage.manifest import Snapshot


def newest(project: Project, snapshot: Snapshot, table: Table) -> str:
    """SQL for the rows of a versioned table, each in the version imported last.

    Args:
        project: where.
        snapshot: which files.
        table: the schema; about titles, for what is about people is read through the gate.

    Raises:
        UsageError: the table is about people.
    """
    if table.name in PEOPLE_TABLES:
        raise UsageError(f"The table {table.name} is about people.", "Read it through the gate.")
    relation = project.lake.relation(snapshot, table.name, table.types())
    key = ", ".join(f'"{name}"' for name in table.key)
    return (
        f"(SELECT * FROM {relation} QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY shard DESC, line DESC) = 1)"
    )
