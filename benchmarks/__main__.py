"""Runs every benchmark, or those named: `python -m benchmarks [NAME ...]`."""

import runpy
import sys

from benchmarks.machine import describe

ALL = (
    "help_time",
    "decide_speed",
    "import_speed",
    "closed_form_speed",
    "scoring_speed",
    "new_event",
    "gate_overhead",
    "ledger_speed",
    "strong_generalisation",
    "leave_last_out",
    "time_split",
    "truncation",
    "title_matching",
    "comparable_titles",
    "greenlight_audience",
    "greenlight_views",
    "greenlight_gaps",
    "greenlight_takings",
    "greenlight_texts",
    "greenlight_rows",
    "causal_effects",
    "talent_scheduling",
    "press_stories",
    "press_copies",
    "press_stream",
    "press_windows",
)
LARGE = ("hundred_million", "transformer", "family", "forgetting", "perceptual_hash")
"""Run only when named: they take an hour and many gigabytes of disk, or the torch extra and a quarter of an hour, or
answer a question that is asked when defaults are chosen, or take a quarter of an hour and 16 GB of memory, or need the
c2pa extra."""


def main() -> None:
    """Run the named benchmarks, or all, one after the other."""
    names = sys.argv[1:] or list(ALL)
    unknown = set(names) - set(ALL + LARGE)
    if unknown:
        sys.exit(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(ALL + LARGE)}.")
    print(describe())
    sys.argv = sys.argv[:1]
    for name in names:
        print(f"\n== {name}", flush=True)
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")


if __name__ == "__main__":
    main()
