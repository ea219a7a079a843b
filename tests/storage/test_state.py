import os
import sqlite3
from pathlib import Path

import pytest

from openslate.errors import ProjectError
from openslate.storage import state as state_module
from openslate.storage.migrations import MIGRATIONS
from openslate.storage.state import State


def test_the_database_is_in_wal_mode_and_at_the_latest_version(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite", new=True)
    assert state.rows("PRAGMA journal_mode") == [("wal",)]
    assert state.rows("PRAGMA user_version") == [(len(MIGRATIONS),)]
    state.close()


def test_an_older_database_is_led_forward_and_keeps_its_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state.sqlite"
    first = State(path, new=True)
    first.execute("INSERT INTO lineage VALUES ('a', 'b', 'made from')")
    first.close()
    monkeypatch.setattr(state_module, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE later (x TEXT) STRICT"))
    second = State(path)
    assert second.rows("SELECT child FROM lineage") == [("a",)]
    assert second.rows("SELECT count(*) FROM later") == [(0,)]
    second.close()


def test_a_failing_migration_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state.sqlite"
    State(path, new=True).close()
    monkeypatch.setattr(state_module, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE half (x TEXT) STRICT; NONSENSE"))
    with pytest.raises(ProjectError):
        State(path)
    monkeypatch.undo()
    state = State(path)
    assert state.rows("SELECT name FROM sqlite_master WHERE name = 'half'") == []
    state.close()


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    State(path, new=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    with pytest.raises(ProjectError, match="state version 9999"):
        State(path)


def test_a_damaged_database_is_refused_with_a_way_out(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    path.write_bytes(b"not a database, " * 100)
    with pytest.raises(ProjectError, match=r"Restore state\.sqlite from a backup"):
        State(path)


def test_a_transaction_takes_effect_whole_or_not_at_all(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite", new=True)
    with pytest.raises(ValueError, match="stop"), state.transaction():
        state.execute("INSERT INTO lineage VALUES ('a', 'b', 'c')")
        raise ValueError("stop")
    assert state.rows("SELECT * FROM lineage") == []
    state.close()


@pytest.mark.parametrize("content", [None, b"", "no tables"])
def test_a_missing_or_empty_state_is_never_made_anew(tmp_path: Path, content: bytes | str | None) -> None:
    path = tmp_path / "state.sqlite"
    if content == "no tables":
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
    elif isinstance(content, bytes):
        path.write_bytes(content)
    with pytest.raises(ProjectError, match=r"missing or empty\. Restore state\.sqlite"):
        State(path)
    assert path.exists() == (content is not None)


def test_a_full_disk_says_make_room_and_undoes_the_transaction(tmp_path: Path) -> None:
    state = State(tmp_path / "state.sqlite", new=True)
    pages = state.rows("PRAGMA page_count")[0][0]
    state.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(ProjectError, match="Make room on the disk"), state.transaction():
        state.execute("INSERT INTO lineage VALUES ('a', 'b', 'c')")
        state.execute("INSERT INTO lineage VALUES (?, 'b', 'c')", ("x" * 100_000,))
    assert state.rows("SELECT * FROM lineage") == []
    state.close()


def test_a_state_nobody_may_write_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "state.sqlite"
    state = State(path, new=True)
    state.execute("INSERT INTO lineage VALUES ('a', 'b', 'made from')")
    state.close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    state = State(path)
    assert state.rows("SELECT child FROM lineage") == [("a",)]
    with pytest.raises(ProjectError, match="Get write permission"):
        state.execute("DELETE FROM lineage")
    state.close()
    assert list(tmp_path.iterdir()) == [path]
