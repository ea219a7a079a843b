"""What the search counts is what the plain words say: costs, penalties, and whether a hard rule is broken."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.production.board.clash import impossible, penalties
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.rules.rules import DaysInARow, Premium, Rest, Rules, Source
from openslate.apps.production.scheduling.arrays import Arranged, arranged
from openslate.apps.production.scheduling.boards import board_of
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort
from openslate.models.kernels.shoot_search import BROKEN, COST, assess, tally
from openslate.models.shooting.annealing import weight_of

OURS = Source("ours", "one", "Terms of a test", date(2026, 1, 1), "read")
RULES = Rules(
    rests=(
        Rest("crew", 600, "hard", OURS),
        Rest("crew", 660, "penalty", OURS, 0.5),
        Rest("cast", 720, "penalty", OURS, 1.0, 1500),
    ),
    days_in_a_row=(DaysInARow(6, "hard", OURS),),
    premiums=(Premium(5, 0.5, OURS),),
)
SHOOT = invented_shoot(ShootSettings(14, cast=6, places=3, seed=4))


@pytest.fixture(scope="module")
def arrays() -> Arranged:
    found = arranged(SHOOT, RULES)
    terms = found.problem.terms()
    assess(terms, tally(terms, np.zeros(14, np.int64)), 1)
    return found


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=14, max_size=14))
def test_what_is_searched_is_what_is_told(arrays: Arranged, slots: list[int]) -> None:
    slot = np.array(slots, dtype=np.int64)
    terms = arrays.problem.terms()
    found = assess(terms, tally(terms, slot), weight_of(arrays.problem))
    days = {scene.number: arrays.dates[at] for scene, at in zip(arrays.scenes, slots, strict=True)}
    board = board_of(SHOOT, days)
    clashes = clashes_of(board, RULES)
    assert (found[BROKEN] == 0) == (not impossible(clashes))
    if found[BROKEN] == 0:
        assert found[COST] == costs_of(board).total + penalties(clashes)


def test_costs_agree_on_a_schedule_that_breaks_nothing() -> None:
    for seed in range(3):
        shoot = invented_shoot(ShootSettings(20, seed=seed))
        found = schedule(shoot, RULES, Effort(turns=300_000, seed=seed))
        arrays = arranged(shoot, RULES)
        slots = [arrays.dates.index(day) for one in arrays.scenes if (day := found.board.day_of(one.number))]
        terms = arrays.problem.terms()
        counted = assess(terms, tally(terms, np.array(slots)), weight_of(arrays.problem))
        assert not found.broken and counted[BROKEN] == 0
        assert counted[COST] == found.cost
        assert 0 < found.bound <= found.cost
        assert found.worked <= found.costs.pay
