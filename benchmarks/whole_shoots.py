"""Invented whole shoots: what the schedule costs after a limit, what is proved, and how far the two are apart.

`python -m benchmarks.whole_shoots [SECONDS] [SCENES]`; 60 seconds a shoot unless another limit is given, search and
bound side by side on two cores. Sizes are 40, 80 and 170 scenes, seeds 0 to 2 each. The gap is of the whole cost; the
reducible one of what the board costs beyond the pay for days worked. `worked` is that pay as a share of all pay of the
cast. Below each shoot stands CP-SAT with the same limit, both cores, the model of `models.shooting.constraint_model`,
and the first board of our search that keeps every rule as its hint; building the model counts. It needs the `ortools`
extra, and is left out without it.
"""

import sys
from importlib.util import find_spec

from benchmarks.machine import describe
from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.scheduling.arrays import arranged
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort, Schedule
from openslate.apps.production.shoot.shoot import Shoot
from openslate.clock import stopwatch
from openslate.models.kernels.shoot_search import BROKEN, COST, assess, tally
from openslate.models.shooting.annealing import annealed, weight_of
from openslate.models.shooting.constraint_model import Constrained, ConstraintModel
from openslate.models.shooting.problem import Numbers, Problem

SIZES = (40, 80, 170)
SEEDS = (0, 1, 2)
SECONDS = 60.0
FOREVER = 10**12


def main(seconds: float = SECONDS, only: float | None = None) -> None:
    """Schedule each shoot, and print what came of it."""
    print(describe())
    schedule(invented_shoot(ShootSettings(12)), effort=Effort(turns=1_000))  # compiled before anything is timed
    print(f"{f'{seconds:g} s each':<19}  days       cost      bound    gap reducible  worked broken")
    for scenes in SIZES if only is None else (int(only),):
        for seed in SEEDS:
            shoot = invented_shoot(ShootSettings(scenes, seed=seed))
            print(_row(scenes, seed, schedule(shoot, effort=Effort(FOREVER, seconds, seed))), flush=True)
            if find_spec("ortools") is not None:
                print(_peer(shoot, seed, seconds), flush=True)


def _row(scenes: int, seed: int, found: Schedule) -> str:
    return (
        f"{scenes:>4} scenes, seed {seed}: {len(found.board.days):>3} {found.cost:>10,} {found.bound:>10,}"
        f" {found.gap:>6.1%} {found.reducible_gap:>9.1%} {found.worked / found.costs.pay:>7.1%} {len(found.broken)}"
    )


def _peer(shoot: Shoot, seed: int, seconds: float) -> str:
    problem = arranged(shoot).problem
    hint = first_kept(problem, seed)
    began = stopwatch()
    model = ConstraintModel(problem)
    found = model.solved(seconds - (stopwatch() - began), hint, seed=seed)
    name = f"{'CP-SAT':>19}:"
    if found.slot is None:
        return f"{name} no board, bound {found.bound:,}"
    cost = counted(problem, found)
    days = len(set(found.slot.tolist()))
    return f"{name} {days:>3} {cost:>10,} {found.bound:>10,} {max(cost - found.bound, 0) / cost:>6.1%}"


def first_kept(problem: Problem, seed: int) -> Numbers:
    """The first board of our search that breaks no rule."""
    return next(one.slot for one in annealed(problem, seed, FOREVER, lambda: False) if not one.broken)


def counted(problem: Problem, found: Constrained) -> int:
    """What a board of CP-SAT costs in our own words."""
    assert found.slot is not None
    terms = problem.terms()
    ours = assess(terms, tally(terms, found.slot), weight_of(problem))
    assert ours[BROKEN] == 0, "CP-SAT broke a rule"
    return int(ours[COST])


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
