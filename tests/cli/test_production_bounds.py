"""A bound is told with what it was proved with, and is none any more once that is otherwise."""

import json
from pathlib import Path
from typing import Any

import pytest

from openslate.apps.production.board.board import Board, Locks
from openslate.apps.production.board.board_file import read_board, write_board
from openslate.apps.production.board.conditions import Condition, condition_of, condition_words, holds
from openslate.apps.production.reading.shoot_file import read_shoot
from openslate.apps.production.rules.loading import rules_of
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort
from tests.apps.production.shoots import board_of, day, plain_shoot
from tests.cli.conftest import Openslate

LAMP = Path("tests/apps/production/lamp.toml")


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Without any lock, and with its bound."""
    shoot = read_shoot(LAMP)
    found = schedule(shoot, effort=Effort(turns=30_000))
    path = tmp_path_factory.mktemp("board") / "board.json"
    facts = {"cost": found.cost, "bound": found.bound}
    write_board(path, found.board, facts, condition_of(found.board, rules_of(shoot, LAMP.parent)))
    return path


def shown(openslate: Openslate, path: Path, shoot: Path = LAMP) -> Any:
    return openslate("production", "show", shoot, path, "--json").document


def otherwise(board: Path, to: Path, **fields: Any) -> Path:
    to.write_text(json.dumps(json.loads(board.read_text()) | fields))
    return to


def test_a_bound_of_all_boards_is_shown(openslate: Openslate, board: Path) -> None:
    assert shown(openslate, board)["bound"] > 0 and shown(openslate, board)["bound_is_of"] == "board of this shoot"


def test_a_bound_with_locks_says_so_and_is_gone_with_them(openslate: Openslate, board: Path, tmp_path: Path) -> None:
    first, locked, pages = json.loads(board.read_text())["days"][0], tmp_path / "locked.json", tmp_path / "plan"
    lock = ("--lock", f"{first['scenes'][0]}={first['date']}")
    given = ("production", "schedule", LAMP, "--start", board, *lock, "--board", locked)
    said = openslate(*given, "--pages", pages)
    assert said.code == 0, said.err
    assert "no board that keeps these locks costs less" in " ".join(said.out.split())
    among = "o board of this shoot that keeps these locks can"
    for name in ("costs", "stripboard"):
        page = " ".join((pages / f"{name}.html").read_text().split())
        assert among in page or among.replace("can", "costs less") in page
    assert shown(openslate, locked)["bound_is_of"] == "board of this shoot that keeps these locks"
    free = otherwise(locked, tmp_path / "free.json", locks={})
    found = shown(openslate, free)
    assert found["bound"] is None and any("with other locks" in one for one in found["notices"])


def test_a_bound_with_shot_days_says_so(openslate: Openslate, board: Path, tmp_path: Path) -> None:
    lost, new, shoot = json.loads(board.read_text())["days"][1]["date"], tmp_path / "new.json", tmp_path / "new.toml"
    said = openslate("production", "replan", LAMP, board, "--lost", lost, "--board", new, "--changed-shoot", shoot)
    assert said.code == 0 and "these shot days" in said.out and "these locks" not in said.out
    found = shown(openslate, new, shoot)
    assert found["bound"] > 0 and " that keeps the days shot until " in found["bound_is_of"]
    held = json.loads(new.read_text())
    first = held["days"][0]
    first["scenes"].reverse()
    assert len(first["scenes"]) > 1
    moved = shown(openslate, otherwise(new, tmp_path / "moved.json", days=[first, *held["days"][1:]]), shoot)
    assert moved["bound"] is None


def test_a_plan_with_locks_says_so(openslate: Openslate, board: Path, tmp_path: Path) -> None:
    days = json.loads(board.read_text())["days"]
    last = days[-1]
    locks = {"scenes": [{"scene": last["scenes"][0], "date": last["date"]}]}
    locked = otherwise(board, tmp_path / "locked.json", locks=locks)
    said = openslate("production", "replan", LAMP, locked, "--lost", days[1]["date"], "--pages", tmp_path / "plan")
    assert "these shot days and these locks" in " ".join(said.out.split())
    page = " ".join((tmp_path / "plan" / "costs.html").read_text().split())
    assert "keeps these locks and the days shot until" in page or "costs less" not in page


def test_a_file_that_does_not_say_has_no_bound(openslate: Openslate, board: Path, tmp_path: Path) -> None:
    held = json.loads(board.read_text())
    del held["proved_with"]
    (tmp_path / "old.json").write_text(json.dumps(held))
    found = shown(openslate, tmp_path / "old.json")
    assert found["bound"] is None and any("proved with is not in it" in one for one in found["notices"])


def test_every_part_of_a_condition_counts(tmp_path: Path) -> None:
    shoot = plain_shoot()
    plain = board_of(shoot, (0, "1"), (2, "2"), (4, "3"))
    known = condition_of(plain, Rules(), day(2), ("3",))
    write_board(tmp_path / "board.json", plain, {"bound": 1}, known)
    kept = read_board(tmp_path / "board.json", shoot)
    assert kept.condition == known and holds(known, plain, Rules())
    for other in (
        board_of(shoot, (1, "1"), (2, "2"), (4, "3")),
        board_of(shoot, (0, "1"), (2, "2"), (5, "3")),
        board_of(shoot, (0, "1"), (4, "3")),
        board_of(shoot, (0, "1"), (2, "2"), (4, "3"), locks=Locks(cast=("1",))),
        board_of(shoot, (0, "1"), (2, "2"), (4, "3"), locks=Locks(orders=(("1", "2"),))),
    ):
        assert not holds(known, other, Rules())
    assert holds(known, board_of(shoot, (0, "1"), (3, "2"), (4, "3")), Rules())


@pytest.mark.parametrize(
    ("made", "condition", "words"),
    [
        (board_of(plain_shoot(), (2, "1 2 3")), Condition(), ""),
        (
            board_of(plain_shoot(), (2, "1 2 3")),
            Condition(begins=day(1)),
            " that shoots nothing before Tuesday 2 March 2027",
        ),
        (
            board_of(plain_shoot(), (0, "1"), (2, "2"), locks=Locks(cast=("2",))),
            Condition(day(2), ("2",)),
            " that keeps these locks, scene 2 on its day and the days shot until Tuesday 2 March 2027"
            " and leaves scene 3 in the boneyard",
        ),
    ],
)
def test_a_condition_is_told_in_words(made: Board, condition: Condition, words: str) -> None:
    assert condition_words(made, condition) == words
