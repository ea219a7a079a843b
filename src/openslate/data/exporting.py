"""The one way out for people's events: files for another engine, through the gate, with the copy on record.

What leaves is beyond Openslate's reach. So the ledger says for which purposes and to whom it left, the folder says what
its reader owes, and an erasure lists every copy that holds the person.
"""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from openslate.data.datasets import TABLES, moment_as_text, nothing_allowed
from openslate.data.schema import PLAYS, RATINGS, Table
from openslate.errors import UsageError
from openslate.progress import Progress, silent
from openslate.project import Project
from openslate.rights.gate import Decision, as_record, pass_through
from openslate.storage.files import OWNER_ONLY, content_hash, make_folder, sync_file, sync_folder, temporary_path
from openslate.storage.lake import copy_to, quoted
from openslate.storage.manifest import Snapshot

MANIFEST = "export.json"
DUTY = (
    "Use these files for the purposes named and for nothing else. When a member withdraws or is erased, the sender "
    "will say so, and these files must be replaced."
)


@dataclass(frozen=True)
class Export:
    """What left the project.

    Attributes:
        folder: where it went.
        decision: what the gate let through.
        files: SHA-256 of each file by its name.
    """

    folder: Path
    decision: Decision
    files: dict[str, str]


def export_events(
    project: Project,
    folder: Path,
    purposes: Sequence[str],
    recipient: str,
    as_of: datetime | None = None,
    progress: Progress = silent,
) -> Export:
    """Write the plays and ratings that may be used for the purposes as Parquet files, in a folder of their own.

    Args:
        project: where.
        folder: absent, and outside the project.
        purposes: some of `PURPOSES`; members must have a basis for all of them.
        recipient: who gets the files, for the ledger.
        as_of: events later than this are left out; None for all.
        progress: told what is done.

    Raises:
        UsageError: the folder exists or lies inside the project, or nobody is named.
        RightsError: nothing may be used for the purposes, or the ledger cannot be written.
    """
    if not recipient.strip():
        raise UsageError("Nobody is named who gets the files.", "Say who: a team, a company, an engine.")
    target = folder.resolve()
    if target.exists() or target.is_relative_to(project.folder):
        raise UsageError(
            f"The folder {folder} {'exists already' if target.exists() else 'lies inside the project'}.",
            "Name a new folder outside the project.",
        )
    files = project.lake.snapshot(*TABLES)
    project.lake.verify(files)
    making = temporary_path(target.parent, "")
    try:
        make_folder(making, OWNER_ONLY)
        with project.lake.reading() as connection:
            progress("Asking what may leave", 0.05)
            rows = _everything(project, files, moment_as_text(as_of))
            decision = pass_through(project, connection, rows, "leaving", purposes, f"export to {recipient}", files)
            if decision.rows_allowed == 0:
                raise nothing_allowed(project, decision)
            progress("Writing the files", 0.3)
            hashes = {f"{table.name}.parquet": _write(connection, table, making) for table in (PLAYS, RATINGS)}
        manifest = {**as_record(decision), "recipient": recipient, "files": hashes, "duty": DUTY}
        (making / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
        sync_file(making / MANIFEST)
        sync_folder(making)
        making.rename(target)
        sync_folder(target.parent)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return Export(target, decision, hashes)


def _everything(project: Project, files: Snapshot, as_of: str | None) -> str:
    """SQL of plays and ratings side by side, each row with the name of its table and all columns of both."""
    parts = []
    for table, other in ((PLAYS, RATINGS), (RATINGS, PLAYS)):
        own = [column.name for column in table.columns]
        foreign = [f"NULL::{column.sql} AS {column.name}" for column in other.columns if column.name not in own]
        relation = project.lake.relation(files, table.name, table.types())
        until = "" if as_of is None else f" WHERE {table.time} <= {quoted(as_of)}::TIMESTAMP"
        columns = ", ".join([*own, *foreign])
        parts.append(f"SELECT '{table.name}' AS table_name, {columns}, source, shard, line FROM {relation}{until}")
    return f"({' UNION ALL BY NAME '.join(parts)})"


def _write(connection: duckdb.DuckDBPyConnection, table: Table, folder: Path) -> str:
    """Write one table's permitted rows in the order of their arrival, and return the file's hash."""
    path = folder / f"{table.name}.parquet"
    columns = ", ".join(column.name for column in table.columns)
    query = f"SELECT {columns}, source FROM leaving WHERE table_name = '{table.name}' ORDER BY shard, line"
    copy_to(connection, query, path)
    path.chmod(0o600)
    sync_file(path)
    return content_hash(path)
