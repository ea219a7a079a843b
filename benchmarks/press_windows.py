"""How well headlines are grouped in windows of several sizes: few, all that are shared, and hidden among invented ones.

`python -m benchmarks.press_windows [HEADLINES]`. The shared headlines of business and technology together, shuffled;
samples of them; and all of them strewn over five days among invented ones, as many as make HEADLINES (20,000 when left
out), replayed by the hour. Scores are of shared headlines alone, and of invented ones alone.
"""

import random
import sys
import time

from benchmarks.invented_headlines import stream
from benchmarks.machine import describe, real_data
from benchmarks.press_stories import CUT, come, headlines, linkages
from openslate.apps.press.stories.engine import HOURS, StoryState, arrive
from openslate.evaluation.grouping import BCubed, b_cubed

SAMPLES, SEEDS = (300, 1_000), 4
SEED = 0
Pairs = list[tuple[str, str]]


def shared() -> Pairs:
    """Titles with their true stories, shuffled."""
    path = real_data() / "press" / "stories" / "headlines_business_technology.csv"
    found = [pair for category in "bt" for pair in zip(*headlines(path, category), strict=True)]
    random.Random(SEED).shuffle(found)
    return found


def scored(pairs: Pairs, hours: int) -> BCubed:
    """Ours, of titles that come in some hours."""
    return b_cubed([story for _, story in pairs], come([title for title, _ in pairs], hours))


def hidden(pairs: Pairs, total: int) -> None:
    """Print scores after a replay of shared headlines among invented ones."""
    given = stream(HOURS, total // HOURS, SEED, pairs)
    state = StoryState()
    began, before = time.perf_counter(), time.process_time()
    for at, batch in enumerate(given.hours, 1):
        state, _ = arrive(state, batch)
        if at % 20 == 0:
            took, worked = time.perf_counter() - began, time.process_time() - before
            print(f"  hour {at}: {len(state.headlines):,} in {took:.1f} s, {worked:.1f} of processors", flush=True)
    story_of = state.now.story_of
    for name, own in (("shared", False), ("invented", True)):
        ids = [item for item in story_of if given.true[item].startswith("invented") == own]
        _tell(
            f"{len(ids):,} {name} of {total:,}",
            b_cubed([given.true[item] for item in ids], [story_of[item] for item in ids]),
        )


def _tell(name: str, one: BCubed) -> None:
    print(f"{name}: F1 {one.f1:.3f} (P {one.precision:.3f}, R {one.recall:.3f})", flush=True)


def main() -> None:
    """Print all of it."""
    print(describe())
    pairs = shared()
    theirs = linkages([title for title, _ in pairs])[CUT]
    _tell(f"average linkage at {CUT} of {len(pairs):,}", b_cubed([story for _, story in pairs], theirs))
    for hours in (1, 10):
        _tell(f"ours of {len(pairs):,} in {hours} hours", scored(pairs, hours))
    for many in SAMPLES:
        found = [scored(random.Random(seed).sample(pairs, many), 1) for seed in range(SEEDS)]
        f1, precision = (sum(getattr(one, name) for one in found) / SEEDS for name in ("f1", "precision"))
        print(f"ours of {many:,} drawn at random, {SEEDS} times: F1 {f1:.3f} (P {precision:.3f})", flush=True)
    hidden(pairs, int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)


if __name__ == "__main__":
    main()
