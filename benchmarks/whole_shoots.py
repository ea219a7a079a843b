"""Invented whole shoots: what the schedule costs after a limit, what is proved, and how far the two are apart.

`python -m benchmarks.whole_shoots [SECONDS]`; 60 seconds a shoot unless another limit is given, search and bound side
by side on two cores. Sizes are 40, 80 and 170 scenes, seeds 0 to 2 each. The gap is of the whole cost; the reducible
one of what the board costs beyond the pay for days worked. `worked` is that pay as a share of all pay of the cast.
"""

import sys

from benchmarks.machine import describe
from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.scheduling.schedule import Effort, Schedule, schedule

SIZES = (40, 80, 170)
SEEDS = (0, 1, 2)
SECONDS = 60.0
FOREVER = 10**12


def main(seconds: float = SECONDS) -> None:
    """Schedule each shoot, and print what came of it."""
    print(describe())
    schedule(invented_shoot(ShootSettings(12)), effort=Effort(turns=1_000))  # compiled before anything is timed
    print(f"{f'{seconds:g} s each':<19}  days       cost      bound    gap reducible  worked broken")
    for scenes in SIZES:
        for seed in SEEDS:
            shoot = invented_shoot(ShootSettings(scenes, seed=seed))
            print(_row(scenes, seed, schedule(shoot, effort=Effort(FOREVER, seconds, seed))), flush=True)


def _row(scenes: int, seed: int, found: Schedule) -> str:
    return (
        f"{scenes:>4} scenes, seed {seed}: {len(found.board.days):>3} {found.cost:>10,} {found.bound:>10,}"
        f" {found.gap:>6.1%} {found.reducible_gap:>9.1%} {found.worked / found.costs.pay:>7.1%} {len(found.broken)}"
    )


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
