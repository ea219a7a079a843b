"""Plans of the rest: shot days stay, nothing changes for nothing, and no bound is above the cheapest of all plans."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.production.board.board import Board, Locks
from openslate.apps.production.board.clash import impossible
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.replanning.facts import Fact, Gone, Lost, Out, shoot_with
from openslate.apps.production.replanning.plans import Effort, Replanned
from openslate.apps.production.replanning.remaining import remaining
from openslate.apps.production.replanning.replan import replan
from openslate.apps.production.shoot.people import Span
from openslate.apps.production.shoot.places import Set
from openslate.errors import UsageError
from tests.apps.production.replanning.begun import QUICK, begun, cheapest, days_of
from tests.apps.production.shoots import board_of, day, plain_shoot, scene

SEEDS = st.integers(0, 3)


@st.composite
def facts_of(draw: st.DrawFn, board: Board) -> list[Fact]:
    """One to three facts from the second day of the board on."""
    days = days_of(board)[1:]
    found: list[Fact] = []
    for _ in range(draw(st.integers(1, 3))):
        first = draw(st.sampled_from(days))
        span = Span(first, first + timedelta(days=draw(st.integers(0, 3))))
        lost = Lost(first) if Lost(first) not in found else None
        out = Out(draw(st.sampled_from([one.id for one in board.shoot.cast])), span)
        gone = Gone(draw(st.sampled_from([one.name for one in board.shoot.locations])), span)
        found.append(draw(st.sampled_from([one for one in (lost, out, gone) if one is not None])))
    return found


@settings(max_examples=40, deadline=None)
@given(st.data(), SEEDS)
def test_shot_days_stay_and_plans_are_in_order(data: st.DataObject, seed: int) -> None:
    board = begun(seed)
    found = replan(board, data.draw(facts_of(board)), effort=QUICK)
    shot = [day for day in board if day.date < found.begins]
    for plan in found.plans:
        assert [day for day in plan.board if day.date < found.begins] == shot
        assert plan.changes.cost_after == plan.cost and plan.changes.cost_before == found.cost_before
        assert (not plan.broken) == (not impossible(plan.clashes))
        if not plan.broken:
            assert found.shot <= found.bound <= plan.cost
            assert 0 <= found.gap(plan) <= 1
    if not found.cheapest.broken:
        assert len(found.fewest.changes.scenes) <= len(found.cheapest.changes.scenes)
        assert found.cheapest.cost <= found.fewest.cost


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.integers(0, 2))
def test_without_facts_the_board_stays_as_it_is(seed: int, place: int) -> None:
    board = begun(seed)
    found = replan(board, [], begins=days_of(board)[place], effort=QUICK)
    assert found.fewest.board == board
    assert found.fewest.changes.scenes == () and found.fewest.changes.cast == ()
    assert found.fewest.cost == found.cost_before


@settings(max_examples=8, deadline=None)
@given(st.data(), SEEDS)
def test_small_shoots_against_every_plan_there_is(data: st.DataObject, seed: int) -> None:
    board = begun(seed, 7)
    facts = data.draw(facts_of(board))
    first = days_of(board)[-3]
    facts = [one for one in facts if (one.day if isinstance(one, Lost) else one.span.first) >= first]
    last = replace(board.shoot.calendar, ends=days_of(board)[-1] + timedelta(days=1))
    board = replace(board, shoot=replace(board.shoot, calendar=last))
    found = replan(board, facts, begins=first, effort=replace(QUICK, turns=20_000))
    lost = {one.day for one in facts if isinstance(one, Lost)}
    least = cheapest(remaining(board, shoot_with(board.shoot, facts), lost, first, ()))
    if least is None:
        assert found.cheapest.broken
    else:
        assert not found.cheapest.broken and not found.fewest.broken
        assert found.bound <= least <= found.cheapest.cost <= 1.02 * least


def lost_in_the_middle(board: Board) -> Replanned:
    return replan(board, [Lost(days_of(board)[1])], effort=QUICK)


def test_the_same_seed_gives_the_same_plans() -> None:
    assert lost_in_the_middle(begun(1)) == lost_in_the_middle(begun(1))


def test_a_scene_that_is_left_goes_to_the_boneyard() -> None:
    board = begun(0)
    number = board.days[-1].scenes[0]
    found = replan(board, [Lost(board.days[1].date)], leave=[number], effort=QUICK)
    assert all(number in plan.board.boneyard for plan in found.plans)
    moved = next(one for one in found.fewest.changes.scenes if one.number == number)
    assert (moved.before, moved.after) == (board.days[-1].date, None)


def test_what_cannot_be_kept_is_told_in_words() -> None:
    board = begun(0)
    ahead = {one for day in board.days[1:] for number in day.scenes for one in board.shoot.scene_of[number].cast}
    member = sorted(ahead)[0]
    found = replan(board, [Out(member, Span(board.days[1].date, board.shoot.calendar.ends))], effort=QUICK)
    assert found.cheapest.broken
    assert all(plan.board.days[0] == board.days[0] for plan in found.plans)
    assert any(board.shoot.member_of[member].character in one for one in found.why)


def test_locks_are_kept_and_those_that_facts_break_are_told() -> None:
    board = begun(2)
    one, other = board.days[1], board.days[-1]
    locks = Locks(scenes=((one.scenes[0], one.date), (other.scenes[0], other.date)))
    found = replan(replace(board, locks=locks), [Lost(one.date)], effort=QUICK)
    for plan in found.plans:
        assert plan.board.day_of(other.scenes[0]) == other.date
        assert plan.board.locks.scenes == ((other.scenes[0], other.date),)
    assert any(f"scene {one.scenes[0]}" in notice for notice in found.notices)
    whole = replace(board, days=(*board.days[:-1], replace(other, locked=True)))
    for plan in replan(whole, [Lost(one.date)], effort=QUICK).plans:
        assert plan.board.days[-1] == whole.days[-1] or other.date in days_of(plan.board)
        assert next(day for day in plan.board if day.date == other.date) == whole.days[-1]


def test_a_day_that_was_lost_before_is_planned_again() -> None:
    board = begun(3)
    lost, begins = board.days[0].date, board.days[1].date
    found = replan(board, [Lost(lost)], begins=begins, effort=QUICK)
    for plan in found.plans:
        assert min(days_of(plan.board)) >= begins
        assert {one.number for one in plan.changes.scenes} >= set(board.days[0].scenes)


def wrong(board: Board) -> list[tuple[list[Fact], dict[str, object], str]]:
    """Facts that make no sense, and what is said of them."""
    first, second, last = board.days[0], board.days[1], board.days[-1]
    member = board.shoot.scene_of[first.scenes[0]].cast[0]
    day = Span(first.date, first.date)
    sunday = date(2027, 3, 7)
    return [
        ([], {}, "Nothing has changed"),
        ([Lost(sunday)], {}, "does not work on it"),
        ([Out("99", day)], {}, "no cast member"),
        ([Gone("Moon", day)], {}, "no location"),
        ([Out(member, Span(second.date, first.date))], {}, "ends before it begins"),
        ([Out(member, day)], {"begins": second.date}, "counts as shot"),
        ([], {"begins": last.date + timedelta(days=1)}, "Nothing is left"),
        ([], {"begins": board.shoot.calendar.ends + timedelta(days=1)}, "works on no day"),
        ([Lost(second.date)], {"leave": ["none"]}, "no scene"),
        ([Lost(second.date)], {"leave": [first.scenes[0]]}, "is shot before"),
    ]


@pytest.mark.parametrize("case", range(10))
def test_what_makes_no_sense_is_refused(case: int) -> None:
    board = begun(0)
    facts, more, said = wrong(board)[case]
    with pytest.raises(UsageError, match=said):
        replan(board, facts, effort=QUICK, **more)  # type: ignore[arg-type]


def test_what_is_ahead_may_break_a_rule_on_a_shot_day_and_is_then_told_or_moved() -> None:
    # Both sets stand on one stage; building the second takes two working days, of which one is lost.
    scenes = [scene("1", ["1"], "ROOM"), scene("2", ["1"], "HALL", minutes=600)]
    sets = (Set("ROOM", "House", stage="one"), Set("HALL", "House", build_days=2, stage="one"))
    for last, broken in ((28, False), (4, True)):
        shoot = plain_shoot(days=last, scenes=scenes, sets=sets)
        board = board_of(shoot, (0, "1"), (3, "2"))
        assert not impossible(clashes_of(board))
        found = replan(board, [Lost(day(2))], begins=day(2), effort=Effort(rounds=2))
        assert all(bool(plan.broken) == broken for plan in found.plans)
        assert all(plan.broken == impossible(clashes_of(plan.board)) for plan in found.plans)
