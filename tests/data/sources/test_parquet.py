from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from openslate.data.admission.report import TableCounts
from openslate.data.sources.parquet import import_parquet
from openslate.errors import AdmitError
from openslate.project import Project
from tests.data.imported import quarantined, stored, with_titles


def write(tmp_path: Path, query: str) -> Path:
    path = tmp_path / "given.parquet"
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def test_rows_are_numbered_from_one_and_shown_as_json(project: Project, tmp_path: Path) -> None:
    with_titles(project)
    path = write(
        tmp_path,
        "SELECT * FROM (VALUES (7::BIGINT, 't1', 978300760, 0.5), (8, 't9', 978300761, 0.5), "
        "(NULL, 't1', 978300762, 0.5), (9, 't1', 978300763, 2.0)) rows(member, title, started, completion)",
    )
    report = import_parquet(project, path, "plays")
    assert report.tables["plays"] == TableCounts(4, 1, 0, 3)
    assert stored(project, "plays") == [("7", "t1", datetime(2000, 12, 31, 22, 12, 40), None, 0.5)]
    found = quarantined(project, report)
    assert [(row["line"], row["column"]) for row in found] == [(2, "title"), (3, "member"), (4, "completion")]
    assert found[0]["row"] == '{"member":8,"title":"t9","started":978300761,"completion":0.5}'
    assert import_parquet(project, path, "plays").already_imported


@pytest.mark.parametrize(
    "time",
    ["TIMESTAMP '2024-01-01 12:00:00'", "TIMESTAMPTZ '2024-01-01 14:00:00+02'", "TIMESTAMP_NS '2024-01-01 12:00:00'"],
)
def test_times_of_any_kind_become_utc(project: Project, tmp_path: Path, time: str) -> None:
    with_titles(project)
    import_parquet(project, write(tmp_path, f"SELECT 'm1' AS member, 't1' AS title, {time} AS started"), "plays")
    assert stored(project, "plays")[0][2] == datetime(2024, 1, 1, 12)


def test_nested_columns_are_read(project: Project, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "SELECT 't1' AS title, 'One'::ENUM('One') AS name, ['Drama'] AS genres, "
        "[{'role': 'cast', 'name': 'Bo', 'age': 3}] AS credits, DATE '1999-01-02' AS released",
    )
    import_parquet(project, path, "titles")
    (row,) = stored(project, "titles")
    assert (row[1], str(row[3]), row[4], row[9]) == ("One", "1999-01-02", ["Drama"], [{"name": "Bo", "role": "cast"}])


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("1.5::DOUBLE AS title", "holds decimal numbers"),
        ("'a'::BLOB AS title", "holds bytes in title"),
        ("'a' AS title, TIME '10:00' AS released", None),
        ("'a' AS title, {'a': 1} AS genres", None),
    ],
)
def test_types_that_cannot_be_meant_are_refused(
    project: Project, tmp_path: Path, column: str, said: str | None
) -> None:
    with pytest.raises(AdmitError, match=said or "Nothing was imported"):
        import_parquet(project, write(tmp_path, f"SELECT 'One' AS name, {column}"), "titles")


def test_a_damaged_file_is_refused(project: Project, tmp_path: Path) -> None:
    whole = write(tmp_path, "SELECT 't' || i AS title, 'One' AS name FROM range(5000) numbers(i)").read_bytes()
    cut_off = tmp_path / "cut.parquet"
    cut_off.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(AdmitError, match=r"cut\.parquet is no complete Parquet file"):
        import_parquet(project, cut_off, "titles")
    cut_off.write_bytes(whole[:100] + bytes(200) + whole[300:])
    with pytest.raises(AdmitError, match=r"cut\.parquet"):
        import_parquet(project, cut_off, "titles")
    assert project.lake.imports() == []
