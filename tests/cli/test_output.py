import errno
import json
import sqlite3

import duckdb
import pytest

from openslate.cli import output

DUCKDB_FULL = (
    'IO Error: {"exception_message":"Could not write file \\"/disk/out/.tmp-1.parquet\\": No space left on device"}'
)
FULL, FORBIDDEN = OSError(errno.ENOSPC, "No space left on device", "/disk/out/part"), "Read-only file system"


def test_a_log_gets_a_line_a_step_and_the_time_left_of_a_long_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seconds = iter([0.0, 1.0, 2.0, 40.0, 41.0, 90.0, 91.0])
    monkeypatch.setattr(output, "stopwatch", lambda: next(seconds))
    with output.progress_bar() as progress:
        for step, share in [("Read", 0.0), ("Rank", 0.1), ("Rank", 0.2), ("Rank", 0.21), ("Rank", 0.4), ("Keep", 0.9)]:
            progress(step, share)
    assert capsys.readouterr().err.splitlines() == [
        "  0%  Read",
        " 10%  Rank",
        " 20%  Rank, about 3 min left",
        " 40%  Rank, about 3 min left",
        " 90%  Keep, under a minute left",
    ]


@pytest.mark.parametrize(
    ("error", "what", "way_out"),
    [
        (FULL, "There is no room in /disk/out for what was to be written.", "Make room"),
        (duckdb.IOException(DUCKDB_FULL), "There is no room in /disk/out for what was to be written.", "Make room"),
        (sqlite3.OperationalError("database or disk is full"), "There is no room for what was to be written.", "Make"),
        (OSError(errno.EROFS, FORBIDDEN, "/svc/.lock"), f"/svc/.lock cannot be used: {FORBIDDEN}.", "Mend its perm"),
    ],
    ids=["file", "duckdb", "sqlite", "read-only"],
)
def test_what_the_machine_refuses_is_told_with_its_place(
    error: Exception, what: str, way_out: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop, output.told_to_people(as_json=True):
        raise error
    said = capsys.readouterr()
    assert stop.value.code == 1
    assert json.loads(said.out)["error"] == what == said.err.splitlines()[0]
    assert said.err.splitlines()[1].startswith(way_out)
