"""Frames of three libraries; each is loaded where a test begins, or every process would load all when it collects."""

import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from openslate.data.admission.report import TableCounts
from openslate.data.sources.frames import Frame, import_frame
from openslate.errors import AdmitError
from openslate.project import Project
from tests.data.imported import quarantined, stored, with_titles

COLUMNS = {
    "who": ["m1", "m2", "m3"],
    "title": ["t1", "t9", "t2"],
    "rated": [datetime(2024, 1, 1), datetime(2024, 1, 2), datetime(2024, 1, 3)],
    "rating": [4.5, 3.0, 0.5],
}


def of_polars(columns: dict[str, Any]) -> Frame:
    import polars

    return polars.DataFrame(columns)


def of_pandas(columns: dict[str, Any]) -> Frame:
    import pandas

    return pandas.DataFrame(columns)


def of_pyarrow(columns: dict[str, Any]) -> Frame:
    import pyarrow

    return pyarrow.table(columns)


def with_one_name_twice() -> Frame:
    import pandas

    return pandas.DataFrame([["t1", "One", "Uno"]], columns=["title", "name", "name"])


def lazy() -> Frame:
    import polars

    return polars.LazyFrame({"title": ["t1"], "name": ["One"]})


@pytest.mark.parametrize("frame_of", [of_polars, of_pandas, of_pyarrow], ids=["polars", "pandas", "pyarrow"])
def test_any_dataframe_comes_in(project: Project, frame_of: Callable[[dict[str, Any]], Frame]) -> None:
    with_titles(project)
    frame = frame_of(COLUMNS)
    report = import_frame(project, frame, "ratings", columns={"who": "member"}, source="warehouse")
    assert report.source == "warehouse" and report.tables["ratings"] == TableCounts(3, 2, 0, 1)
    assert [row[:2] for row in stored(project, "ratings")] == [("m1", "t1"), ("m3", "t2")]
    (found,) = quarantined(project, report)
    assert found["line"] == 2 and found["value"] == "t9"
    assert import_frame(project, frame, "ratings", columns={"who": "member"}, source="warehouse").already_imported


def test_a_duckdb_relation_comes_in(project: Project) -> None:
    with_titles(project)
    with duckdb.connect() as connection:
        relation = connection.sql(
            "SELECT 'm' || i AS member, 't1' AS title, 978300760 + i AS rated, 4 AS rating FROM range(5000) numbers(i)"
        )
        report = import_frame(project, relation, "ratings")
    assert report.tables["ratings"].added == 5000
    assert [row[0] for row in stored(project, "ratings")] == [f"m{number}" for number in range(5000)]


def test_nan_is_no_number_and_decimal_ids_are_refused(project: Project) -> None:
    with_titles(project)
    named = {("member" if name == "who" else name): column for name, column in COLUMNS.items()}
    frame = of_polars({**named, "rating": [4.5, 3.0, np.nan]})
    report = import_frame(project, frame, "ratings")
    assert [found["column"] for found in quarantined(project, report)] == ["title", "rating"]
    with pytest.raises(AdmitError, match="pandas makes decimals of whole numbers with gaps"):
        import_frame(project, of_pandas({**COLUMNS, "member": [1.0, 2.0, np.nan]}), "ratings")


def test_what_gives_no_stream_is_refused(project: Project) -> None:
    with pytest.raises(AdmitError, match="An object of type list gives no Arrow stream"):
        import_frame(project, [("t1", "One")], "titles")  # type: ignore[arg-type]  # the mistake under test


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (with_one_name_twice, "Duplicate column names"),
        (lambda: of_pandas({"title": [], "name": []}), "brought no rows"),
        (lazy, r"Call \.collect\(\) on it first"),
    ],
    ids=["two names", "empty", "lazy"],
)
def test_a_frame_that_cannot_come_in_is_refused_in_two_sentences(
    project: Project, make: Callable[[], Frame], said: str
) -> None:
    frame = make()
    with pytest.raises(AdmitError, match=said):
        import_frame(project, frame, "titles")


def test_frames_have_rows_and_no_lines(project: Project) -> None:
    frame = of_polars({"title": ["t1", None, "t1"], "name": ["One", "Two", "Uno"]})
    first, second = import_frame(project, frame, "titles").problems
    assert first.startswith("DataFrame of titles, row 2: title is missing")
    assert "the same title as row 1" in second


def test_frames_need_no_pyarrow(tmp_path: Path) -> None:
    code = f"""
import sys
class Absent:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name.split(".")[0] in ("pyarrow", "pandas"):
            raise ModuleNotFoundError("No module named " + repr(name), name=name)
sys.meta_path.insert(0, Absent)
import polars
from openslate.data.sources.frames import import_frame
from openslate.project import Project
frame = polars.DataFrame({{"title": ["t1"], "name": ["One"], "genres": [["Drama"]]}})
print(import_frame(Project.init({str(tmp_path / "svc")!r}), frame, "titles").tables["titles"].added)
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert found.stdout == "1\n", found.stderr
