import subprocess
import sys
from datetime import datetime
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
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


@pytest.mark.parametrize(
    "frame",
    [pl.DataFrame(COLUMNS), pd.DataFrame(COLUMNS), pa.table(COLUMNS)],
    ids=["polars", "pandas", "pyarrow"],
)
def test_any_dataframe_comes_in(project: Project, frame: Frame) -> None:
    with_titles(project)
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
    frame = pl.DataFrame(COLUMNS).with_columns(rating=pl.Series([4.5, 3.0, np.nan])).rename({"who": "member"})
    report = import_frame(project, frame, "ratings")
    assert [found["column"] for found in quarantined(project, report)] == ["title", "rating"]
    with pytest.raises(AdmitError, match="pandas makes decimals of whole numbers with gaps"):
        import_frame(project, pd.DataFrame(COLUMNS).assign(member=[1.0, 2.0, np.nan]), "ratings")


def test_what_gives_no_stream_is_refused(project: Project) -> None:
    with pytest.raises(AdmitError, match="An object of type list gives no Arrow stream"):
        import_frame(project, [("t1", "One")], "titles")  # type: ignore[arg-type]  # the mistake under test


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (pd.DataFrame([["t1", "One", "Uno"]], columns=["title", "name", "name"]), "Duplicate column names"),
        (pd.DataFrame({"title": [], "name": []}), "brought no rows"),
        (pl.LazyFrame({"title": ["t1"], "name": ["One"]}), r"Call \.collect\(\) on it first"),
    ],
    ids=["two names", "empty", "lazy"],
)
def test_a_frame_that_cannot_come_in_is_refused_in_two_sentences(project: Project, frame: Frame, said: str) -> None:
    with pytest.raises(AdmitError, match=said):
        import_frame(project, frame, "titles")


def test_frames_have_rows_and_no_lines(project: Project) -> None:
    frame = pl.DataFrame({"title": ["t1", None, "t1"], "name": ["One", "Two", "Uno"]})
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
