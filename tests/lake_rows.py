"""Puts rows into a project's tables directly, for tests that are not about importing."""

import uuid

from openslate import clock
from openslate.data.schema import TABLES
from openslate.project import Project
from openslate.storage.manifest import Import, Shard

AT_ONCE = 100
"""Rows in a statement: DuckDB takes a millisecond for each statement, of one row or of many."""


def add_rows(project: Project, table: str, rows: list[tuple[object, ...]], source: str = "test") -> Shard:
    """Commit rows given in the order of the table's columns; missing columns at the end are null."""
    columns = TABLES[table].columns
    types = ", ".join(f'"{column.name}" {column.sql}' for column in columns)
    marks = f"({', '.join(f'?::{column.sql}' for column in columns)})"
    with project.lake.writing(), project.lake.reading() as connection:
        connection.execute(f"CREATE TEMP TABLE given ({types})")
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            padded = [value for row in some for value in (*row, *[None] * (len(columns) - len(row)))]
            connection.execute(f"INSERT INTO given VALUES {', '.join([marks] * len(some))}", padded)
        shard = project.lake.write(connection, table, "SELECT * FROM given", source)
        name = uuid.uuid4().hex
        project.lake.commit(Import(name, source, "test", name, {}, None, clock.now()), [shard])
    return shard
