"""Headlines put to stories as they come, in a window of five days that holds 100,000.

`python -m benchmarks.press_stream [--replay]`. Invented headlines and, strewn among them, the shared ones. The window
is filled with five days whose stories are given as they truly are, or, with `--replay`, in minutes, as the engine
finds them; then another day is timed, an hour at a time, as `press stories` would put it to stories.
"""

import resource
import sys
import time
from collections import Counter

from benchmarks.invented_headlines import Stream, stream
from benchmarks.machine import describe, real_data
from benchmarks.press_stories import headlines
from openslate.apps.press.stories.copies import Copies
from openslate.apps.press.stories.engine import HOURS, StoryState, arrive, hour_of
from openslate.apps.press.stories.held import Held
from openslate.apps.press.stories.things import Named, Place
from openslate.apps.press.stories.window import Window
from openslate.clock import to_microseconds
from openslate.evaluation.grouping import b_cubed

SEED = 0
TIMED = 24
AN_HOUR = 100_000 // HOURS


def filled(given: Stream) -> StoryState:
    """The state after five days, had every story been found."""
    items = [one for batch in given.hours[:HOURS] for one in batch]
    places, stories = {}, {}
    for one in items:
        story, hour = given.true[one.id], hour_of(one)
        stories.setdefault(story, Named(hour, to_microseconds(one.published), one.id, "", hour))
        places[one.id] = Place(story, "", False, hour)
    window = Window().with_more([one.id for one in items], [one.title for one in items])
    held = Held(places, stories, window, Copies().with_more(items))
    return StoryState(hour_of(items[-1]), {one.id: one for one in items}, held, (), held)


def main() -> None:
    """Print headlines a second, and how well the stories of those that were timed agree with the true ones."""
    print(describe())
    path = real_data() / "press" / "stories" / "headlines_business_technology.csv"
    shared = [pair for category in "bt" for pair in zip(*headlines(path, category), strict=True)]
    given = stream(HOURS + TIMED, AN_HOUR, SEED, shared)
    state, first = StoryState(), HOURS
    if sys.argv[1:] == ["--replay"]:
        for batch in given.hours[:HOURS]:
            state, _ = arrive(state, batch)
    else:
        state = filled(given)
    took: list[float] = []
    worked: list[float] = []
    kinds: Counter[str] = Counter()
    for batch in given.hours[first:]:
        began, before = time.perf_counter(), time.process_time()
        state, changes = arrive(state, batch)
        took.append(time.perf_counter() - began)
        worked.append(time.process_time() - before)
        kinds.update(change.kind for change in changes)
    items = [one for batch in given.hours[first:] for one in batch]
    # The first hour compiles.
    many = len(items) - len(given.hours[first])
    print(f"seed {SEED}: {len(state.headlines):,} headlines in the window; {many:,} more in {sum(took[1:]):.1f} s")
    print(f"  {many / sum(took[1:]):,.0f} a second; {many / sum(worked[1:]):,.0f} for each second of one processor")
    print(f"  slowest hour {max(took[1:]):.1f} s; changes {dict(sorted(kinds.items()))}")
    print(f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.1f} GB at most")
    for name, own in (("invented", True), ("shared", False)):
        held = [one.id for one in items if given.true[one.id].startswith("invented") == own]
        found = b_cubed([given.true[one] for one in held], [state.now.story_of[one] for one in held])
        print(f"  {name} of that day: {len(held):,}, F1 {found.f1:.3f} (P {found.precision:.3f}, R {found.recall:.3f})")


if __name__ == "__main__":
    main()
