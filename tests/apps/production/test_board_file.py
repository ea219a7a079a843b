"""A board is written as JSON, read back beside its shoot, and told when that has changed."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from openslate.apps.production.board.board import Board, Locks
from openslate.apps.production.board.board_file import read_board, write_board
from openslate.errors import AdmitError, UsageError
from tests.apps.production.shoots import board_of, day, plain_shoot, scene

FACTS: Mapping[str, Any] = {"cost": 62_345, "bound": 60_500, "seed": 4, "turns": 90_000, "closed": False, "share": 0.5}


@pytest.fixture
def board() -> Board:
    """One with a night, a locked day, a scene that waits, and a lock of each kind."""
    shoot = plain_shoot()
    locks = Locks((("1", day(0)),), ("2",), (("1", "2"), ("2", "3")))
    made = board_of(shoot, (0, "1"), (2, "2"), nights=(2,), locks=locks)
    return replace(made, days=(replace(made.days[0], locked=True), made.days[1]))


@pytest.fixture
def file(board: Board, tmp_path: Path) -> Path:
    """Of that board."""
    path = tmp_path / "board.json"
    write_board(path, board, FACTS)
    return path


def test_a_board_is_read_back_as_the_same(board: Board, file: Path) -> None:
    kept = read_board(file, board.shoot)
    assert kept.board == board
    assert kept.solver == FACTS and not kept.changed and kept.notices == ()
    assert [type(value) for value in kept.solver.values()] == [type(value) for value in FACTS.values()]
    held = json.loads(file.read_text(encoding="utf-8"))
    assert held["openslate_board"] == 1 and held["boneyard"] == ["3"]
    assert held["days"][1] == {"date": "2027-03-03", "night": True, "locked": False, "scenes": ["2"]}


def test_nobody_s_name_or_pay_is_in_the_file(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert "Ada Berg" not in text and "MIRA" not in text and "5000" not in text and "1000" not in text


def test_a_shoot_that_has_changed_is_told_and_read(board: Board, file: Path) -> None:
    shoot = replace(board.shoot, name="Other", scenes=(scene("1", ["1"], minutes=90), *board.shoot.scenes[1:]))
    kept = read_board(file, shoot)
    assert kept.changed and kept.board.shoot == shoot and kept.board.days == board.days
    (notice,) = kept.notices
    assert "'Other' has changed since board.json was written" in notice
    assert "It was written of 'Plain'" in notice and "said of the shoot before" in notice


def test_a_shoot_that_the_board_does_not_fit_is_refused_with_every_scene(board: Board, file: Path) -> None:
    shoot = replace(board.shoot, scenes=(board.shoot.scenes[0], scene("7"), scene("8")))
    with pytest.raises(AdmitError) as caught:
        read_board(file, shoot)
    assert "'Plain' has changed since" in caught.value.what
    assert "it has scenes 2, 3, which the shoot does not have" in caught.value.what
    assert "scenes 7, 8 of the shoot are not on it" in caught.value.what
    assert "boneyard" in caught.value.way_out


def test_a_lock_on_somebody_who_is_gone_is_refused(board: Board, file: Path) -> None:
    scenes = (scene("1", ["1"]), scene("2"), scene("3", ["1"]))
    with pytest.raises(AdmitError, match=r"board\.json: .* cast member '2'"):
        read_board(file, replace(board.shoot, scenes=scenes, cast=board.shoot.cast[:1]))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"openslate_board": 2}, "openslate_board = 2 is of a later version"),
        ({"openslate_board": None}, "is no board"),
        ({"openslate_board": "1"}, "openslate_board = '1' is refused"),
        ({"days": [{"date": "2027-02-30", "scenes": ["1"]}]}, "days[0].date = '2027-02-30' is refused: it is no day"),
        ({"days": [{"date": "20270301", "scenes": ["1"]}]}, "days[0].date = '20270301' is refused"),
        ({"days": [{"date": "2027-03-01", "scenes": []}]}, "days[0].scenes = [] is refused"),
        ({"days": [{"date": "2027-03-01", "scenes": [1]}]}, "days[0].scenes[0] = 1 is refused: it is no text"),
        ({"days": [{"date": "2027-03-01", "scenes": ["1"], "nite": True}]}, "days[0].nite = True is refused"),
        ({"days": [{"date": "2027-03-01", "scenes": ["1"], "night": 1}]}, "days[0].night = 1 is refused"),
        ({"solver": {"cost": [1]}}, "solver.cost = [1] is refused: it is no number"),
        ({"locks": {"scenes": {"1": "2027-03-01"}}}, "locks.scenes"),
        ({"shoot": {"name": "Plain", "sha256": "none"}}, "shoot.sha256 = 'none' is refused"),
        ({"boneyard": ["3", "1"]}, "Scene 1 is on the board twice"),
        ({"boneyard": []}, "The board does not fit the shoot: scene 3 of the shoot is not on it"),
        (
            {"days": [{"date": "2027-03-02", "scenes": ["1"]}, {"date": "2027-03-01", "scenes": ["2"]}]},
            "The days of the board are not in order",
        ),
    ],
)
def test_each_flaw_has_its_sentence(board: Board, file: Path, change: dict[str, Any], said: str) -> None:
    held = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(held | change), encoding="utf-8")
    with pytest.raises(AdmitError) as caught:
        read_board(file, board.shoot)
    assert said in caught.value.what and "board.json" in caught.value.what


@pytest.mark.parametrize("text", ["", "[]", "{", '{"openslate_board": 1, "openslate_board": 1}', '{"solver": NaN}'])
def test_what_is_no_json_object_is_refused(board: Board, file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AdmitError, match=r"board\.json"):
        read_board(file, board.shoot)


@pytest.mark.parametrize("fact", [float("nan"), float("inf"), [1], None])
def test_a_fact_that_json_cannot_hold_is_refused_and_nothing_is_written(
    board: Board, tmp_path: Path, fact: Any
) -> None:
    with pytest.raises(UsageError, match=r"solver\.cost"):
        write_board(tmp_path / "new.json", board, {"cost": fact})
    assert not (tmp_path / "new.json").exists()


def test_a_folder_that_is_not_there_is_told(board: Board, tmp_path: Path) -> None:
    with pytest.raises(AdmitError, match="cannot be written"):
        write_board(tmp_path / "none" / "board.json", board)
