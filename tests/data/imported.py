"""What tests of imports need: titles to refer to, rows as they were stored, and what went to quarantine."""

import json
from pathlib import Path

from openslate.data.admission.report import ImportReport
from openslate.data.schema import TABLES
from openslate.data.sources.csv import import_csv
from openslate.project import Project
from tests.lake_rows import add_rows

HEADER = "member,title,started,seconds,completion\n"


def with_titles(project: Project, *titles: str) -> None:
    add_rows(project, "titles", [(title, f"Film {title}") for title in titles or ("t1", "t2", "t3")])


def stored(project: Project, table: str) -> list[tuple[object, ...]]:
    """A table's rows in their order."""
    schema = TABLES[table]
    names = ", ".join(f'"{column.name}"' for column in schema.columns)
    relation = project.lake.relation(project.lake.snapshot(), table, schema.types())
    with project.lake.connect() as connection:
        return connection.execute(f"SELECT {names} FROM {relation} ORDER BY shard, line").fetchall()


def quarantined(project: Project, report: ImportReport) -> list[dict[str, object]]:
    if report.quarantine is None:
        return []
    return [json.loads(line) for line in (project.folder / report.quarantine).read_text("utf-8").splitlines()]


def import_text(project: Project, text: str | bytes, table: str = "plays", **options: object) -> ImportReport:
    """Import a CSV file with this text."""
    path = project.folder.parent / "given.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return import_csv(project, path, table, **options)  # type: ignore[arg-type]  # options are those of import_csv


def write_plays(path: Path, rows: int, title: str = "t1") -> Path:
    lines = (f"m{row},{title},2024-01-01 00:00:{row % 60:02d},60,0.5" for row in range(rows))
    path.write_text(HEADER + "\n".join(lines) + "\n")
    return path
