from collections.abc import Iterator
from datetime import datetime

import numpy as np
import pytest

from openslate.data.admission.report import TableCounts
from openslate.data.sources.arrays import Columns, import_arrays
from openslate.errors import AdmitError
from openslate.project import Project
from tests.data.imported import quarantined, stored

NOON = np.datetime64("2024-01-01T12:00:00", "us")


def chunks(n: int = 3) -> Iterator[dict[str, Columns]]:
    for number in range(n):
        yield {
            "plays": {
                "member": np.array([f"m{number}a", f"m{number}b"]),
                "title": np.array(["t1", "t2"], dtype=object),
                "started": np.array([NOON, NOON + np.timedelta64(1, "s")]),
                "seconds": np.array([60, 90], dtype=np.int32),
                "completion": np.array([0.5, np.nan]),
            }
        }
    yield {
        "titles": {
            "title": np.array(["t1", "t2"]),
            "name": np.array(["One", "Two"]),
            "genres": np.array(["Drama|War", ""]),
            "credits": np.array(['[{"name": "Bo", "role": "cast"}]', None], dtype=object),
            "released": np.array(["2020-01-01", "NaT"], dtype="datetime64[D]"),
        },
        "consents": {
            "member": np.array(["m0a"]),
            "purpose": np.array(["train"]),
            "granted": np.array([True]),
            "recorded": np.array([NOON]),
        },
    }


def test_chunks_of_several_tables_come_in_by_one_commit(project: Project) -> None:
    report = import_arrays(project, chunks(), source="simulator")
    assert {name: counts.added for name, counts in report.tables.items()} == {"titles": 2, "plays": 6, "consents": 1}
    assert len(project.lake.imports()) == 1 and len(project.lake.snapshot("plays").shards) == 3
    assert [row[0] for row in stored(project, "plays")] == ["m0a", "m0b", "m1a", "m1b", "m2a", "m2b"]
    assert stored(project, "plays")[1] == ("m0b", "t2", datetime(2024, 1, 1, 12, 0, 1), 90.0, None)
    assert [(row[4], row[9]) for row in stored(project, "titles")] == [
        (["Drama", "War"], [{"name": "Bo", "role": "cast"}]),
        ([], None),
    ]
    assert import_arrays(project, chunks(), source="simulator").already_imported
    assert list((project.people / "spill").iterdir()) == []


def test_duplicates_are_found_across_chunks(project: Project) -> None:
    def twice() -> Iterator[dict[str, Columns]]:
        yield from chunks(1)
        yield from chunks(2)

    report = import_arrays(project, twice(), source="s")
    assert report.tables["plays"] == TableCounts(6, 4, 0, 2)
    assert report.tables["titles"] == TableCounts(4, 2, 0, 2)
    found = [row for row in quarantined(project, report) if row["table"] == "plays"]
    assert [(row["line"], row["reason"]) for row in found] == [
        (3, "the row has the same member and title and started as row 1"),
        (4, "the row has the same member and title and started as row 2"),
    ]


def test_columns_of_different_lengths_are_refused(project: Project) -> None:
    uneven = {"titles": {"title": np.array(["t1", "t2"]), "name": np.array(["One"])}}
    with pytest.raises(AdmitError, match="The columns of titles differ in length: title 2, name 1"):
        import_arrays(project, [uneven], source="s")


def test_no_rows_are_refused(project: Project) -> None:
    with pytest.raises(AdmitError, match="arrays brought no rows"):
        import_arrays(project, [], source="s")


def test_a_chunk_that_fails_leaves_nothing(project: Project) -> None:
    def failing() -> Iterator[dict[str, Columns]]:
        yield from chunks(1)
        raise RuntimeError("the program that makes the rows has stopped")

    with pytest.raises(RuntimeError, match="has stopped"):
        import_arrays(project, failing(), source="s")
    assert project.lake.imports() == [] and list((project.people / "spill").iterdir()) == []
