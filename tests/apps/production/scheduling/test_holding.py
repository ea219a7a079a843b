"""What a person has fixed stays: locked days, locked cast and pinned orders, whatever else is changed."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.production.board.board import Board, Locks
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.holding import locked, pinned
from openslate.apps.production.board.lock_clashes import held_clashes
from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.scheduling.impossible import why_impossible
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort
from openslate.errors import UsageError
from tests.apps.production.shoots import board_of, day, plain_shoot, scene

SHOOT = invented_shoot(ShootSettings(14, cast=5, places=3, seed=3))
SHORT = Effort(turns=120_000, seed=1)
START = schedule(SHOOT, effort=Effort(turns=2_000, seed=9)).board
DAYS = [day.date for day in START]
NUMBERS = [one.number for one in SHOOT.scenes]


def again(start: Board, turns: int = 120_000) -> Board:
    days = {number: day.date for day in start for number in day.scenes}
    found = schedule(SHOOT, effort=Effort(turns=turns, seed=5), locks=start.locks, start=days, held=start)
    assert not found.broken, found.broken
    assert found.bound <= found.cost
    return found.board


@settings(max_examples=8, deadline=None)
@given(st.sets(st.sampled_from(DAYS), max_size=2), st.sets(st.sampled_from([one.id for one in SHOOT.cast]), max_size=2))
def test_locked_days_and_cast_stay_as_they_are(days: set[date], cast: set[str]) -> None:
    start = locked(START, Locks(cast=tuple(sorted(cast))), days)
    found = again(start)
    assert [day for day in found if day.date in days] == [day for day in start if day.date in days]
    assert all(found.work_days(one) == start.work_days(one) for one in cast)
    assert list(held_clashes(start, found)) == []
    assert found.locks == start.locks


@settings(max_examples=8, deadline=None)
@given(st.lists(st.permutations(NUMBERS).map(lambda order: tuple(order[:4])), min_size=1, max_size=1))
def test_pinned_orders_are_kept_within_days_and_between_them(orders: list[tuple[str, ...]]) -> None:
    found = schedule(SHOOT, effort=SHORT, locks=Locks(orders=tuple(orders)))
    shot = [number for day in found.board for number in day.scenes]
    if not found.broken:
        assert all(shot.index(one) < shot.index(other) for order in orders for one, other in pairwise(order))
    else:
        assert all(clash.kind in ("after", "order", "shift", "day-length") for clash in found.broken)


def test_scenes_of_one_day_may_keep_an_order() -> None:
    shoot = plain_shoot(scenes=[scene("1"), scene("2", set_name="QUAY"), scene("3", set_name="QUAY")])
    found = schedule(shoot, effort=SHORT, locks=Locks(orders=(("3", "2", "1"),)))
    assert [one.scenes for one in found.board] == [("3", "2", "1")] and not found.broken


def test_no_day_goes_back_to_a_place_for_an_order() -> None:
    shoot = plain_shoot(scenes=[scene("1"), scene("2", set_name="QUAY"), scene("3")])
    found = schedule(shoot, effort=SHORT, locks=Locks(orders=(("1", "2", "3"),)))
    assert [one.scenes for one in found.board] == [("1", "2"), ("3",)] and not found.broken
    assert found.bound <= found.cost


def test_orders_that_contradict_one_another_are_refused() -> None:
    assert pinned([("1", "2"), ("2", "3"), ("1", "3")], "123") == (("1", "2"), ("2", "3"), ("1", "3"))
    for orders in ([("1", "2"), ("2", "1")], [("1", "1")], [("1", "2", "3"), ("3", "1")]):
        with pytest.raises(UsageError, match="contradict one another"):
            pinned(orders, "123")


def test_what_is_not_kept_is_told_in_sentences() -> None:
    shoot = plain_shoot()
    start = locked(board_of(shoot, (0, "1 2"), (1, "3")), Locks(cast=("2",)), [day(0)])
    assert [clash.words for clash in held_clashes(start, board_of(shoot, (0, "1 3"), (2, "2")))] == [
        "Monday 1 March 2027 is locked, and scene 2 left it and scene 3 joined it.",
        "The work days of OSK (2) are locked, and they work now on Wednesday 3 March 2027 and no longer on "
        "Tuesday 2 March 2027.",
    ]
    (turned,) = held_clashes(start, board_of(shoot, (0, "2 1"), (1, "3")))
    assert turned.words == "Monday 1 March 2027 is locked, and its scenes are in another order."
    assert turned in clashes_of(board_of(shoot, (0, "2 1"), (1, "3")), before=start)


def test_what_nobody_can_keep_is_refused_or_explained() -> None:
    shoot = plain_shoot()
    board = board_of(shoot, (0, "1 2"), (1, "3"))
    with pytest.raises(UsageError, match="Nothing is shot on Friday 5 March 2027"):
        locked(board, days=[day(4)])
    with pytest.raises(UsageError, match="on which the crew does not work"):
        schedule(shoot, effort=SHORT, locks=Locks(scenes=(("1", day(5)),)))
    held = locked(board, Locks(scenes=(("1", day(1)),)), [day(0)])
    why = why_impossible(shoot, fixed=dict(held.locks.scenes), held=held)
    assert why[:2] == (
        "Scene 1 is locked to Tuesday 2 March 2027.",
        "Monday 1 March 2027 is locked, with scenes 1 and 2 and no other.",
    )
    early = replace(shoot, scenes=(replace(shoot.scenes[0], after=("2",)), *shoot.scenes[1:]))
    assert "Scene 1 is pinned before scene 2." in why_impossible(early, orders=[("1", "2")])
