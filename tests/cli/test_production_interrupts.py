"""Ctrl-C on a search of production: what was found by then is kept, said and written."""

import json
import signal
from pathlib import Path

import pytest

from openslate.apps.production.board.board_file import read_board, write_board
from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort
from openslate.apps.production.writing.shoot_file import write_shoot
from tests.cli.test_processes import start

SHOOT = invented_shoot(ShootSettings(60, seed=2))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("shoot")
    shoot, board = folder / "shoot.toml", folder / "board.json"
    shoot.write_text(write_shoot(SHOOT), encoding="utf-8")
    write_board(board, schedule(SHOOT, effort=Effort(turns=600_000)).board)
    return shoot, board


def stopped(mark: bytes, *words: object) -> tuple[int, bytes, bytes]:
    """What a command says that is told to stop once it has said something."""
    with start(*words) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        for line in process.stderr:
            if mark in line:
                break
        process.send_signal(signal.SIGINT)
        out, err = process.stdout.read(), process.stderr.read()
    return process.returncode, out, err


def test_a_schedule_keeps_the_best_board_so_far(files: tuple[Path, Path], tmp_path: Path) -> None:
    board = tmp_path / "board.json"
    words = ("production", "schedule", files[0], "--seconds", 500, "--board", board, "--json")
    code, out, err = stopped(b"best ", *words)
    assert code == 0, err
    found = json.loads(out)
    assert found["broken"] == [] and found["bound"] <= found["cost"]
    assert read_board(board, SHOOT).solver["cost"] == found["cost"]


def test_replanning_keeps_the_plans_so_far(files: tuple[Path, Path], tmp_path: Path) -> None:
    lost = read_board(files[1], SHOOT).board.days[9].date
    board = tmp_path / "new.json"
    words = ("production", "replan", *files, "--lost", lost, "--board", board, "--json")
    code, out, err = stopped(b"Looking for better plans", *words)
    found = json.loads(out)
    assert code == (1 if any(plan["broken"] for plan in found["plans"]) else 0), err
    assert found["plans"] and lost.isoformat() not in json.dumps(found["plans"][0]["days"])
    assert board.exists()
