"""The fewest changes are the fewest, against every board of tiny shoots; and what is called so is proved."""

from dataclasses import replace
from random import Random

import pytest

from openslate.apps.production.board.board import Board, Locks
from openslate.apps.production.board.clash import impossible
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.replanning.facts import Lost
from openslate.apps.production.replanning.plans import Replanned, moved_scenes
from openslate.apps.production.replanning.replan import replan
from openslate.apps.production.replanning.words import none_words
from openslate.apps.production.rules.loading import rules_of
from openslate.apps.production.shoot.days import DayTerms
from tests.apps.production.replanning.begun import QUICK
from tests.apps.production.replanning.tiny import nearer_board, tiny_board
from tests.apps.production.shoots import board_of, day, plain_shoot, scene


@pytest.mark.parametrize("seed", range(24))
def test_no_board_of_a_tiny_shoot_has_fewer_changes(seed: int) -> None:
    board = tiny_board(seed)
    if board is None:
        return
    drawn = Random(seed + 1000)
    lost = drawn.choice(board.days).date
    found = replan(board, [Lost(lost)], effort=replace(QUICK, boards=40_000, rounds=1))
    every = len(board.shoot.scenes) + 1
    changes = every if found.fewest.broken else len(found.fewest.changes.scenes)
    assert nearer_board(board, found.shoot, found.begins, lost, changes) is None
    assert found.fewest.broken or found.fewest.names[0] == "fewest changes"
    assert not found.fewest.broken or found.none_keeps or found.why
    for plan in found.plans:
        assert bool(plan.broken) == bool(impossible(clashes_of(plan.board, rules_of(found.shoot))))


def full_days() -> Board:
    """Three days of two scenes each, of which no day has room for a third, and a calendar of four days."""
    scenes = [scene(str(number), ["1"], minutes=250) for number in range(1, 7)]
    shoot = plain_shoot(days=4, scenes=scenes, day=DayTerms(minutes=500, overtime_minutes=0, cost=20_000))
    return board_of(shoot, (0, "1 2"), (1, "3 4"), (2, "5 6"))


def lose_the_second(board: Board) -> Replanned:
    return replan(board, [Lost(day(1))], effort=QUICK)


def test_what_must_move_is_all_that_moves() -> None:
    found = lose_the_second(full_days())
    assert [one.number for one in found.fewest.changes.scenes] == ["3", "4"]
    assert found.fewest.names[0] == "fewest changes" and moved_scenes(found.fewest) == 2


def test_a_locked_day_that_leaves_no_room_is_let_go_and_told() -> None:
    board = full_days()
    late = replace(board.shoot.scenes[3], latest=day(2))
    shoot = replace(board.shoot, scenes=(*board.shoot.scenes[:3], late, *board.shoot.scenes[4:]))
    locked = replace(board, shoot=shoot, days=(*board.days[:2], replace(board.days[2], locked=True)))
    found = lose_the_second(locked)
    assert not found.fewest.broken and not found.why
    said = next(one for one in found.notices if "let go" in one)
    assert "Wednesday 3 March 2027 is locked, with scenes 5 and 6 and no other." in said
    assert "Scene 4 may be shot until Wednesday 3 March 2027." in said


def test_a_lock_of_a_scene_that_leaves_room_stays() -> None:
    board = replace(full_days(), locks=Locks(scenes=(("5", day(2)), ("6", day(2)))))
    found = lose_the_second(board)
    assert found.fewest.board.locks == board.locks and not found.fewest.broken
    assert found.fewest.board.days[-1].date == day(3)


def test_where_no_plan_keeps_every_rule_it_is_said_how_it_is_known() -> None:
    board = full_days()
    short = replace(board, shoot=replace(board.shoot, calendar=replace(board.shoot.calendar, ends=day(2))))
    found = lose_the_second(short)
    assert found.fewest.broken and any("250" in one or "500" in one for one in found.why)
    assert found.fewest.names[0] == "fewest changes found" and none_words(found) == ""
    assert "was looked at" in none_words(replace(found, why=(), none_keeps=True))
    assert f"In {found.seconds:.1f} s no plan" in none_words(replace(found, why=(), none_keeps=False))


def test_a_pinned_order_that_what_is_shot_has_broken_is_told() -> None:
    board = full_days()
    pinned = replace(board, locks=Locks(orders=(("3", "5", "6"),)))
    found = replan(pinned, [Lost(day(1))], begins=day(3), effort=QUICK)
    assert not found.fewest.broken
    assert any("pinned order" in one and "scenes 5 and 6" in one for one in found.notices)
