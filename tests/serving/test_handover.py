import json
import stat
from pathlib import Path

import duckdb
import numpy as np
import pytest

from openslate.errors import ProjectError
from openslate.serving.handover import Handover, handover
from openslate.storage.files import content_hash

PLAN = {"model": "m1", "made": "2026-01-02"}
COLUMNS = {
    "member": np.array(["ann", "b'o\"b", "日本\n"], dtype=object),
    "score": np.array([1.5, 0, -2], dtype=np.float32),
}


def fill(folder: Path, plan: dict[str, str] = PLAN, names: tuple[str, ...] = ("a.parquet", "b.parquet")) -> str:
    with handover(folder, plan, ("made",)) as into:
        for name in names:
            if not into.has(name):
                into.write(name, COLUMNS, {"model": "m'1"})
        return into.finish()


def begin(folder: Path) -> None:
    """One part of two, and the process is gone."""
    with pytest.raises(KeyboardInterrupt), handover(folder, PLAN) as into:
        into.write("a.parquet", COLUMNS, {})
        raise KeyboardInterrupt


def test_what_is_written_can_be_read(tmp_path: Path) -> None:
    identity = fill(tmp_path / "out")
    path = tmp_path / "out" / "a.parquet"
    assert duckdb.sql(f"SELECT * FROM '{path}'").fetchall() == [("ann", 1.5), ("b'o\"b", 0.0), ("日本\n", -2.0)]
    assert duckdb.sql(f"SELECT value FROM parquet_kv_metadata('{path}') WHERE key = 'model'").fetchall() == [(b"m'1",)]
    told = json.loads((tmp_path / "out" / "manifest.json").read_bytes())
    assert told["plan"] == PLAN
    assert told["parts"]["b.parquet"] == {"rows": 3, "sha256": content_hash(path)}
    assert identity == content_hash(tmp_path / "out" / "manifest.json")
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    assert {one.name for one in (tmp_path / "out").iterdir()} - {".write-lock"} == {
        "a.parquet",
        "b.parquet",
        "manifest.json",
    }


def test_a_column_without_any_text_is_text(tmp_path: Path) -> None:
    with handover(tmp_path / "out", PLAN) as into:
        into.write("a.parquet", {"title": np.array([], dtype=object)}, {})
        into.write("b.parquet", {"title": np.array([None, None], dtype=object)}, {})
    for name in ("a", "b"):
        assert duckdb.sql(f"DESCRIBE FROM '{tmp_path}/out/{name}.parquet'").fetchall()[0][1] == "VARCHAR"


def test_equal_plans_give_equal_bytes(tmp_path: Path) -> None:
    assert fill(tmp_path / "one") == fill(tmp_path / "two")


def test_what_is_done_stays_and_keeps_its_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(tmp_path / "out")
    written: list[str] = []
    write = Handover.write
    monkeypatch.setattr(Handover, "write", lambda self, name, *more: written.append(name) or write(self, name, *more))
    fill(tmp_path / "out", {**PLAN, "made": "2026-01-03"})
    assert written == ["b.parquet"]
    assert json.loads((tmp_path / "out" / "manifest.json").read_bytes())["plan"] == PLAN


def test_a_damaged_part_is_written_again(tmp_path: Path) -> None:
    identity = fill(tmp_path / "out")
    (tmp_path / "out" / "a.parquet").write_bytes(b"no Parquet")
    (tmp_path / "out" / "b.parquet").unlink()
    assert fill(tmp_path / "out") == identity
    assert duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/out/*.parquet'").fetchall() == [(6,)]


def test_a_part_that_was_not_noted_before_a_kill_is_taken(tmp_path: Path) -> None:
    begin(tmp_path / "out")
    told = json.loads((tmp_path / "out" / "unfinished.json").read_bytes())
    (tmp_path / "out" / "unfinished.json").write_text(json.dumps({**told, "parts": {}}))
    (tmp_path / "out" / ".tmp-999999999-2.parquet").touch()
    with handover(tmp_path / "out", PLAN) as into:
        into.write("a.parquet", COLUMNS, {})
    assert not (tmp_path / "out" / ".tmp-999999999-2.parquet").exists()


def test_a_file_from_elsewhere_is_not_overwritten(tmp_path: Path) -> None:
    begin(tmp_path / "out")
    (tmp_path / "out" / "b.parquet").write_bytes(b"precious")
    with pytest.raises(ProjectError, match=r"b\.parquet is there already and comes from elsewhere"):
        fill(tmp_path / "out")
    assert (tmp_path / "out" / "b.parquet").read_bytes() == b"precious"


@pytest.mark.parametrize("found", ["file", "folder", "list", "finished", "garbage"])
def test_what_is_not_ours_is_refused_and_left_alone(tmp_path: Path, found: str) -> None:
    out = tmp_path / "out"
    if found == "file":
        out.write_text("precious")
    elif found == "folder":
        out.mkdir()
        (out / "precious").touch()
    elif found == "garbage":
        out.mkdir()
        (out / "manifest.json").write_text("[]")
    else:
        begin(out) if found == "list" else fill(out)
    before = {path.name: path.read_bytes() for path in out.iterdir()} if out.is_dir() else out.read_bytes()
    with pytest.raises(ProjectError, match=r"Name a new folder"):
        fill(out, {"model": "m2", "made": "2026-01-02"})
    after = {path.name: path.read_bytes() for path in out.iterdir()} if out.is_dir() else out.read_bytes()
    if isinstance(after, dict):
        after.pop(".write-lock", None)
        assert isinstance(before, dict)
        before.pop(".write-lock", None)
    assert after == before


def test_a_finished_folder_of_another_day_says_so(tmp_path: Path) -> None:
    fill(tmp_path / "out")
    with pytest.raises(ProjectError, match="made from another day"):
        fill(tmp_path / "out", {**PLAN, "made": "2026-01-03"})


@pytest.mark.parametrize("begun", [True, False], ids=["begun", "finished"])
def test_a_stray_file_that_would_be_read_with_the_parts_is_named(tmp_path: Path, begun: bool) -> None:
    begin(tmp_path / "out") if begun else fill(tmp_path / "out")
    stray = tmp_path / "out" / "part-00099.parquet"
    stray.write_bytes(b"of another service")
    with pytest.raises(ProjectError, match=r"holds part-00099\.parquet, which was not written .* Move it away"):
        fill(tmp_path / "out")
    assert stray.read_bytes() == b"of another service"
    stray.rename(tmp_path / "elsewhere")
    fill(tmp_path / "out")
    assert (tmp_path / "out" / "manifest.json").exists()


@pytest.mark.parametrize("part", [3, {}, {"rows": "3", "sha256": ""}], ids=str)
def test_a_list_of_what_are_no_parts_is_refused(tmp_path: Path, part: object) -> None:
    begin(tmp_path / "out")
    told = json.loads((tmp_path / "out" / "unfinished.json").read_bytes())
    (tmp_path / "out" / "unfinished.json").write_text(json.dumps({**told, "parts": {"a.parquet": part}}))
    with pytest.raises(ProjectError, match="is no list of parts of ours"):
        fill(tmp_path / "out")


@pytest.mark.parametrize("name", ["../a.parquet", "/tmp/a.parquet"])
def test_no_part_leaves_the_folder(tmp_path: Path, name: str) -> None:
    with handover(tmp_path / "out", PLAN) as into, pytest.raises(ProjectError, match="leads out"):
        into.write(name, COLUMNS, {})


def test_two_writers_do_not_meet(tmp_path: Path) -> None:
    with handover(tmp_path / "out", PLAN), pytest.raises(ProjectError, match="Another process"):
        fill(tmp_path / "out")
