"""Headlines put to stories as they come, in a window of five days that holds 100,000.

`python -m benchmarks.press_stream [HOURS AN_HOUR]`. Invented headlines and, strewn among them, the shared ones. The
window fills for five days; then another day is timed, an hour at a time, as `press stories` would put it to stories.
"""

import resource
import sys
import time

from benchmarks.invented_headlines import stream
from benchmarks.machine import describe, real_data
from benchmarks.press_stories import headlines
from openslate.apps.press.stories.engine import HOURS, StoryState, arrive
from openslate.evaluation.grouping import b_cubed

SEED = 0
TIMED = 24


def main() -> None:
    """Print headlines a second, and how well stories agree with the true ones."""
    hours, an_hour = (int(one) for one in sys.argv[1:3]) if len(sys.argv) > 2 else (HOURS, 100_000 // HOURS)
    print(describe())
    path = real_data() / "press" / "stories" / "headlines_business_technology.csv"
    shared = [pair for category in "bt" for pair in zip(*headlines(path, category), strict=True)]
    given = stream(hours + TIMED, an_hour, SEED, shared if an_hour > 100 else None)
    state = StoryState()
    took: list[float] = []
    worked: list[float] = []
    kinds: dict[str, int] = {}
    for hour, batch in enumerate(given.hours):
        began, before = time.perf_counter(), time.process_time()
        state, changes = arrive(state, batch)
        took.append(time.perf_counter() - began)
        worked.append(time.process_time() - before)
        for change in changes:
            kinds[change.kind] = kinds.get(change.kind, 0) + 1
        if hour % 12 == 11:
            now = sum(map(len, given.hours[hour - 11 : hour + 1])) / sum(took[-12:])
            told = f"{sum(worked[-12:]):.1f} s of processors in {sum(took[-12:]):.1f}"
            print(f"  hour {hour + 1}: {len(state.headlines):,} in the window, {now:,.0f} a second; {told}", flush=True)
    many = sum(len(batch) for batch in given.hours[hours:])
    print(f"seed {SEED}: {many:,} headlines in {sum(took[hours:]):.1f} s, {many / sum(took[hours:]):,.0f} a second")
    print(f"  {many / sum(worked[hours:]):,.0f} for each second of one processor")
    print(f"  slowest hour {max(took[hours:]):.1f} s; changes {dict(sorted(kinds.items()))}")
    print(f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GB at most")
    for name, own in (("invented", True), ("shared", False)):
        held = [one for one in state.headlines if given.true[one].startswith("invented") == own]
        if held:
            found = b_cubed([given.true[one] for one in held], [state.now.story_of[one] for one in held])
            print(f"  {name}: {len(held):,}, F1 {found.f1:.3f} (P {found.precision:.3f}, R {found.recall:.3f})")


if __name__ == "__main__":
    main()
