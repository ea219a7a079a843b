"""A lost day in the middle of an invented shoot: how soon there are plans, what they cost, and what they change.

`python -m benchmarks.replanning [SECONDS]`. A shoot of 80 scenes is scheduled for so many seconds, 60 unless told
otherwise; the day in its middle is lost; the rest is planned anew, warm and in process, five times, of which the median
is told: until the plans are found with the bound of counting alone, and with the bound proved. Beside it stands what a
search from nothing makes of the same facts in as many seconds as the first board took, shot days frozen as well.
"""

import statistics
import sys
from dataclasses import replace

from benchmarks.machine import describe
from openslate.apps.production.board.board import Board
from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.replanning.boards import planned_board
from openslate.apps.production.replanning.changes import changes_between
from openslate.apps.production.replanning.facts import Lost, shoot_with
from openslate.apps.production.replanning.plans import Effort, Replanned
from openslate.apps.production.replanning.remaining import remaining
from openslate.apps.production.replanning.remaining_arrays import arrays_of
from openslate.apps.production.replanning.replan import replan
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.schedule import schedule, searched
from openslate.apps.production.scheduling.schedules import Effort as Searched
from openslate.clock import stopwatch

SCENES = 80
SEEDS = (0, 1, 2)
SECONDS = 60.0
RUNS = 5
FOREVER = 10**12


def main(seconds: float = SECONDS) -> None:
    """Lose a day of each shoot, and print what comes of it."""
    print(describe())
    warm = schedule(invented_shoot(ShootSettings(12)), effort=Searched(turns=1_000)).board
    replan(warm, [Lost(warm.days[1].date)], effort=Effort(rounds=1))  # compiled before anything is timed
    for seed in SEEDS:
        shoot = invented_shoot(ShootSettings(SCENES, seed=seed))
        board = schedule(shoot, effort=Searched(FOREVER, seconds, seed)).board
        _tell(board, seed, seconds)


def _tell(board: Board, seed: int, seconds: float) -> None:
    fact = Lost(board.days[len(board.days) // 2].date)
    counted, took = _timed(board, fact, rounds=0)
    proved, with_proof = _timed(board, fact, rounds=Effort().rounds)
    print(
        f"{SCENES} scenes, seed {seed}: {len(board.days)} days, before {counted.cost_before:,};"
        f" plans in {took:.2f} s, bound {counted.bound:,}; in {with_proof:.2f} s, bound {proved.bound:,}"
    )
    for plan in counted.plans:
        scenes, people = len(plan.changes.scenes), len(plan.changes.cast)
        print(f"  {', '.join(plan.names):<26} {plan.cost:>10,} {scenes:>3} scenes, {people:>2} people")
    cost, scenes, people, broken = _anew(board, fact, seed, seconds)
    told = " breaks rules" if broken else ""
    print(
        f"  {f'from nothing, {seconds:g} s':<26} {cost:>10,} {scenes:>3} scenes, {people:>2} people{told}", flush=True
    )


def _timed(board: Board, fact: Lost, rounds: int) -> tuple[Replanned, float]:
    """The plans, and the median of how long they took."""
    took = []
    for _ in range(RUNS):
        begun = stopwatch()
        found = replan(board, [fact], effort=Effort(rounds=rounds))
        took.append(stopwatch() - begun)
    return found, statistics.median(took)


def _anew(board: Board, fact: Lost, seed: int, seconds: float) -> tuple[int, int, int, bool]:
    """Cost, changed scenes, people to call of the same facts scheduled from nothing, and whether it breaks rules."""
    rest = remaining(board, shoot_with(board.shoot, [fact]), {fact.day}, fact.day, ())
    arrays = arrays_of(rest, Rules())
    found = searched(replace(arrays, shoot=rest.searched), Searched(FOREVER, seconds, seed))
    days = {number: day.date for day in found.board for number in day.scenes}
    changes = changes_between(board, planned_board(rest, days, Rules()))
    return changes.cost_after, len(changes.scenes), len(changes.cast), bool(found.broken)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
