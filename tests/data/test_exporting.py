"""The one way out: permitted rows alone, on record, whole or not at all."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from openslate.data import exporting
from openslate.data.exporting import export_events
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.consent import PURPOSES, Basis, grant_source, record_member
from openslate.rights.read_root import let_through
from openslate.storage.files import content_hash
from tests.lake_rows import add_rows


@pytest.fixture
def service(project: Project) -> Project:
    add_rows(project, "titles", [("t1", "One"), ("t2", "Two")])
    add_rows(project, "plays", [("bob", "t2", "2024-01-02", 60, 0.5), ("ann", "t1", "2024-01-01", 30, 1.0)])
    add_rows(project, "ratings", [("ann", "t2", "2024-03-01", 4.5), ("bob", "t1", "2024-03-02", 2.0)])
    grant_source(project, "test", Basis("Terms.", PURPOSES))
    return project


def rows(path: Path) -> list[tuple[object, ...]]:
    with duckdb.connect() as connection:
        return connection.execute("FROM read_parquet(?)", (str(path),)).fetchall()


def test_what_leaves_is_what_was_permitted_in_order_of_arrival(service: Project, tmp_path: Path) -> None:
    record_member(service, "bob", ["train"], granted=False)
    export = export_events(service, tmp_path / "out", ("train",), "ranking team")
    assert rows(export.folder / "plays.parquet") == [("ann", "t1", datetime(2024, 1, 1), 30.0, 1.0, "test")]
    assert rows(export.folder / "ratings.parquet") == [("ann", "t2", datetime(2024, 3, 1), 4.5, "test")]
    assert {name: content_hash(export.folder / name) for name in export.files} == export.files
    manifest = json.loads((export.folder / "export.json").read_text())
    assert (manifest["recipient"], manifest["members_denied"]) == ("ranking team", 1)
    assert stat.S_IMODE(export.folder.stat().st_mode) == 0o700


def test_an_export_keeps_the_order_of_files_and_all_rows(service: Project, tmp_path: Path) -> None:
    export = export_events(service, tmp_path / "out", PURPOSES, "us")
    assert [row[0] for row in rows(export.folder / "plays.parquet")] == ["bob", "ann"]
    until = export_events(service, tmp_path / "earlier", PURPOSES, "us", as_of=datetime(2024, 1, 1, 12, tzinfo=UTC))
    assert [row[0] for row in rows(until.folder / "plays.parquet")] == ["ann"]
    assert rows(until.folder / "ratings.parquet") == []


def test_it_stands_on_the_ledger_and_can_be_asked_whether_it_holds_somebody(service: Project, tmp_path: Path) -> None:
    export = export_events(service, tmp_path / "out", ("train",), "ranking team")
    entry = list(ledger.entries(service.ledger_path))[-1]
    assert entry["reader"] == "export to ranking team"
    assert let_through(service, export.decision.root, "ann", ("test",)) is True
    assert let_through(service, export.decision.root, "zoe", ("test",)) is None


def test_nothing_permitted_is_nothing_written(service: Project, tmp_path: Path) -> None:
    for member in ("ann", "bob"):
        record_member(service, member, ["train"], granted=False)
    with pytest.raises(RightsError, match="None of the 2 members has a basis to train"):
        export_events(service, tmp_path / "out", ("train",), "us")
    assert not (tmp_path / "out").exists()


def test_a_place_that_is_taken_or_inside_is_refused(service: Project, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    for folder in (tmp_path / "taken", service.folder / "people" / "out", service.people / ".." / "out"):
        with pytest.raises(UsageError, match="Name a new folder outside"):
            export_events(service, folder, ("train",), "us")
    with pytest.raises(UsageError, match="Nobody is named"):
        export_events(service, tmp_path / "out", ("train",), " ")


def test_a_failure_half_way_leaves_nothing(service: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting, "copy_to", full)
    before = sorted(tmp_path.iterdir())
    with pytest.raises(OSError, match="No space"):
        export_events(service, tmp_path / "out", ("train",), "us")
    assert sorted(tmp_path.iterdir()) == before
