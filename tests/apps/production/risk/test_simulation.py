"""Every run costs what the board costs that it comes to; nothing happening changes nothing; more is never cheaper."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import impossible, penalties
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.risk.chances import NO_RISK, Chances
from openslate.apps.production.risk.plain import cost_of, realised
from openslate.apps.production.risk.simulation import simulation
from openslate.errors import UsageError
from tests.apps.production.risk.boards import planned

risks = st.builds(
    Chances,
    overrun=st.sampled_from([0.8, 1.0, 1.3, 1.8]),
    scene_spread=st.sampled_from([0.0, 0.3, 0.8]),
    day_spread=st.sampled_from([0.0, 0.3]),
    weather=st.sampled_from([0.0, 0.2, 0.9]),
    absence=st.sampled_from([0.0, 0.02, 0.2]),
    cover=st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 5), risks, st.integers(0, 3))
def test_every_run_costs_what_its_board_costs(which: int, chances: Chances, seed: int) -> None:
    board, rules = planned(which)
    played = simulation(board, rules, runs=100, seed=seed)
    events, outcomes = played.events(chances), played.outcomes(chances)
    for run in range(0, 100, 12):
        shot = realised(played.plan, events, run, chances.cover)
        assert outcomes.cost[run] == cost_of(played.plan, shot)
        assert date.fromordinal(int(outcomes.wrap[run])) == shot.days[-1].date
        assert outcomes.added_days[run] == len(shot.days) - len(board.days)
        minutes = sum(shot.shoot.minutes_of(scene) for scene in shot.shoot.scenes)
        assert minutes == events.minutes[:, run].sum()


@pytest.mark.parametrize("which", range(4))
def test_nothing_happening_is_the_board_itself(which: int) -> None:
    board, rules = planned(which)
    outcomes = simulation(board, rules, runs=100).outcomes(NO_RISK)
    assert set(outcomes.cost.tolist()) == {costs_of(board).total + penalties(clashes_of(board, rules))}
    assert set(outcomes.wrap.tolist()) == {board.days[-1].date.toordinal()}
    assert not outcomes.added_days.any() and not outcomes.wanting.any()


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([2, 3, 4, 5, 6, 7]), risks, st.floats(1.0, 1.6), st.integers(0, 3))
def test_larger_overruns_are_never_cheaper(which: int, chances: Chances, factor: float, seed: int) -> None:
    board, rules = planned(which)
    # A rest that a hard rule forbids has no price, so a board that breaks one can become cheaper by breaking more.
    assume(not impossible(clashes_of(board, rules)))
    # Scenes that come after others, people who may be dropped, and cover are left out: the page on risk says why.
    chances = replace(chances, cover=False)
    cast = tuple(replace(one, contract=replace(one.contract, drops=0)) for one in board.shoot.cast)
    scenes = tuple(replace(one, after=()) for one in board.shoot.scenes)
    played = simulation(replace(board, shoot=replace(board.shoot, cast=cast, scenes=scenes)), rules, 100, seed)
    before = played.outcomes(chances)
    after = played.outcomes(replace(chances, overrun=chances.overrun * factor))
    assert (after.cost >= before.cost).all() and (after.wrap >= before.wrap).all()


def test_the_same_seed_gives_the_same_runs_and_another_does_not() -> None:
    board, rules = planned(0)
    one, same, other = (simulation(board, rules, 100, seed).outcomes(Chances()) for seed in (1, 1, 2))
    assert np.array_equal(one.cost, same.cost) and not np.array_equal(one.cost, other.cost)


def test_numbers_out_of_range_are_refused() -> None:
    board, rules = planned(0)
    with pytest.raises(UsageError, match="runs are asked for"):
        simulation(board, rules, runs=5)
    with pytest.raises(UsageError, match="weather is 2"):
        Chances(weather=2.0)
    with pytest.raises(UsageError, match="no day with a scene"):
        simulation(Board(board.shoot, (), tuple(one.number for one in board.shoot.scenes)), rules)
