from datetime import datetime
from pathlib import Path

import pytest

from openslate.data.admission.report import TableCounts
from openslate.data.sources.jsonl import import_jsonl
from openslate.errors import AdmitError
from openslate.project import Project
from tests.data.imported import quarantined, stored, with_titles


def write(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "plays.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_objects_become_rows_and_what_is_none_goes_to_quarantine(project: Project, tmp_path: Path) -> None:
    with_titles(project)
    path = write(
        tmp_path,
        '{"who": "m1", "title": "t1", "started": "2024-01-01T10:00:00+01:00", "seconds": 60, "device": "tv"}',
        "",
        '{"who": 17, "title": "t2", "started": "2024-01-01", "completion": null}',
        "nothing",
        "[1, 2]",
        '{"who": "m1", "title": "t1", "started": "2024-01-01T09:00:00Z"}',
        '{"who": "m\\u0000", "title": "t1", "started": "2024-01-01T09:00:00Z"}',
        '{"title": "t1", "started": "2024-01-01T09:00:00Z"}',
        '{"who": "m1", "title": "t1", "started": "2024-01-01", "seconds": "long"}',
    )
    report = import_jsonl(project, path, "plays", columns={"who": "member"})
    assert report.tables["plays"] == TableCounts(8, 2, 0, 6)
    assert report.ignored == {"plays": ("device",)}
    assert stored(project, "plays") == [
        ("m1", "t1", datetime(2024, 1, 1, 9), 60.0, None),
        ("17", "t2", datetime(2024, 1, 1), None, None),
    ]
    assert [(found["line"], found["column"], found["reason"]) for found in quarantined(project, report)] == [
        (4, "", "the line is no JSON object"),
        (5, "", "the line is no JSON object"),
        (6, "", "the row has the same member and title and started as line 1"),
        (7, "member", "holds the character NUL"),
        (8, "member", "is missing"),
        (9, "seconds", "is no number"),
    ]


def test_nested_lists_and_odd_names_are_read(project: Project, tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '{"a/b~\\"\'": "t1", "name": "One", "genres": ["Drama", "War"], "credits": [{"role": "cast", "name": "Bo"}]}',
        '{"a/b~\\"\'": "t2", "name": "Two", "genres": "Drama|War"}',
    )
    import_jsonl(project, path, "titles", columns={"a/b~\"'": "title"})
    assert [(row[0], row[4], row[9]) for row in stored(project, "titles")] == [
        ("t1", ["Drama", "War"], [{"name": "Bo", "role": "cast"}]),
        ("t2", ["Drama", "War"], None),
    ]


def test_a_missing_name_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(AdmitError, match=r"plays\.jsonl has no column 'title'\. It has: name, id\."):
        import_jsonl(project, write(tmp_path, '{"name": "One", "id": "t1"}'), "titles")


def test_a_file_without_objects_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(AdmitError, match=r"holds no JSON objects"):
        import_jsonl(project, write(tmp_path, "title,name", "t1,One"), "titles")
