"""CP-SAT solves the same shoots: its costs are those of the search, and its best boards the cheapest of all."""

import sys
from dataclasses import replace
from importlib.util import find_spec

import numpy as np
import pytest

from openslate.errors import MissingExtra
from openslate.models.kernels.shoot_search import BROKEN, COST, assess, tally
from openslate.models.shooting.annealing import weight_of
from openslate.models.shooting.constraint_model import ConstraintModel
from openslate.models.shooting.problem import Problem
from tests.models.shooting.drawn import cheapest, drawn_problem

needs_extra = pytest.mark.skipif(find_spec("ortools") is None, reason="needs the ortools extra")


def test_without_the_extra_its_install_command_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ortools", None)
    monkeypatch.setitem(sys.modules, "ortools.sat.python.cp_model", None)
    with pytest.raises(MissingExtra) as refused:
        ConstraintModel(drawn_problem(0))
    assert "pip install 'openslate[ortools]'" in refused.value.way_out


def counted(problem: Problem, slot: np.ndarray) -> tuple[int, int]:
    terms = problem.terms()
    found = assess(terms, tally(terms, slot), weight_of(problem))
    return int(found[COST]), int(found[BROKEN])


@needs_extra
@pytest.mark.parametrize("seed", range(12))
def test_the_cheapest_board_is_found_and_costs_what_the_search_says(seed: int) -> None:
    problem = drawn_problem(seed, places_a_day=2 + seed % 2)
    least = cheapest(problem)
    found = ConstraintModel(problem).solved(20.0)
    assert found.proved
    if least is None:
        assert found.slot is None
    else:
        assert found.slot is not None
        assert counted(problem, found.slot) == (found.cost, 0)
        assert found.cost == least == found.bound


@needs_extra
@pytest.mark.parametrize("seed", range(4))
def test_stages_and_hours_are_kept(seed: int) -> None:
    problem = drawn_problem(seed, scenes=5, slots=5)
    payees = replace(
        problem.payees,
        stage=np.array([-1, 0, 0, -1]),
        build=np.array([0, 1, 0, 0]),
        strike=np.array([0, 0, 1, 0]),
        work_limit=np.array([200, 10**6, 10**6, 10**6]),
        no_night=np.array([0, 0, 0, 1]),
    )
    problem = replace(problem, payees=payees, allowed=np.ones_like(problem.allowed))
    least = cheapest(problem)
    found = ConstraintModel(problem).solved(20.0)
    assert found.cost == least
    assert found.slot is None or counted(problem, found.slot) == (least, 0)


@needs_extra
def test_a_board_to_begin_with_is_never_lost() -> None:
    problem = drawn_problem(0)
    best = ConstraintModel(problem).solved(20.0).slot
    assert best is not None
    told: list[tuple[int, int]] = []
    model = ConstraintModel(problem)
    found = model.solved(20.0, best, workers=1, told=lambda cost, bound: bool(told.append((cost, bound))))
    assert found.slot is not None and counted(problem, found.slot)[0] == min(cost for cost, _ in told)
