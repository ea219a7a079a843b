"""How fast the best order of a shoot is proved: published instances, and random ones as the literature draws them.

`python -m benchmarks.talent_scheduling [SCENES ...]`. Times are from scratch, in process, warm; of published instances
the median of five, beside the best published seconds (on the machines of their day). Random ones are drawn
anew, since the published files are not at hand: 20 of each size by default (OPENSLATE_TALENT_EACH) and number of
actors (OPENSLATE_TALENT_ACTORS, such as 8,10,12), each stopped after 60 seconds (OPENSLATE_TALENT_SECONDS).
"""

import csv
import os
import statistics
import sys
import time

from benchmarks.machine import describe, real_data
from openslate.apps.production.talent_file import read_talent
from openslate.models.talent.instance import Instance
from openslate.models.talent.invented import invented
from openslate.models.talent.solving import Solution, solve

SIZES = (28, 32)
ACTORS = tuple(range(8, 23, 2))
ROUNDS = 5


def timed(instance: Instance, seconds: float = 600.0) -> tuple[Solution, float]:
    """A search from scratch, stopped after some seconds."""
    began = time.perf_counter()
    found = solve(instance, stop=lambda: time.perf_counter() - began > seconds)
    return found, time.perf_counter() - began


def published() -> None:
    """Every shared instance, beside the best published time."""
    folder = real_data() / "talent"
    print(f"{'instance':10} {'optimum':>8} {'proved':>8} {'ms':>8} {'published ms':>13} {'states':>8}")
    for row in csv.DictReader((folder / "optima.csv").read_text(encoding="utf-8").splitlines()):
        path = next(one for one in (folder / "stuckey_format").iterdir() if one.stem == row["instance"])
        instance = read_talent(path)
        rounds = [timed(instance) for _ in range(ROUNDS)]
        found = rounds[0][0]
        right = found.proved and found.cost == int(row["optimum"])
        best = [1000 * float(row[name]) for name in row if name.endswith("_s") and row[name]]
        taken = 1000 * statistics.median(seconds for _, seconds in rounds)
        print(
            f"{row['instance']:10} {row['optimum']:>8} {'yes' if right else 'NO':>8} {taken:8.2f} "
            f"{min(best) if best else float('nan'):13.0f} {found.states:8,}"
        )


def random_ones(scenes: int, each: int, seconds: float) -> None:
    """Twenty of each number of actors."""
    asked = os.environ.get("OPENSLATE_TALENT_ACTORS")
    for actors in ACTORS if not asked else tuple(map(int, asked.split(","))):
        found = [timed(invented(scenes, actors, seed), seconds) for seed in range(each)]
        proved = [taken for one, taken in found if one.proved]
        gaps = [1 - one.bound / one.cost for one, _ in found]
        print(
            f"{scenes} scenes, {actors:2} actors: {len(proved)} of {each} proved, "
            f"mean {statistics.mean(proved) if proved else float('nan'):.3f} s, "
            f"most {max(taken for _, taken in found):.2f} s, largest gap {max(gaps):.2%}",
            flush=True,
        )


def main() -> None:
    """Print both."""
    print(describe())
    each, seconds = (
        int(os.environ.get("OPENSLATE_TALENT_EACH", "20")),
        float(os.environ.get("OPENSLATE_TALENT_SECONDS", "60")),
    )
    solve(invented(6, 4, seed=0))
    published()
    print(f"\nRandom instances, seeds 0 to {each - 1}, stopped after {seconds:g} s")
    for scenes in [int(word) for word in sys.argv[1:]] or SIZES:
        random_ones(scenes, each, seconds)


if __name__ == "__main__":
    main()
