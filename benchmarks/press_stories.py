"""Headlines grouped into stories beside average linkage on TF-IDF and SVD, in the same run.

`python -m benchmarks.press_stories`. Titles alone are used, shuffled as they are shared: no time, no address and no
publisher. Ours is the engine of `press`, to which they come in one hour, or in ten. The peer is average linkage on
cosines of 100 dimensions, cut at 0.85, and beside it, in its favour, at the cut that is best for each. Ours were
chosen on these two categories; labels are noisy (many titles that are the same lie in different stories).
"""

import csv
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

from benchmarks.machine import describe, real_data
from openslate.apps.press.stories.engine import StoryState, arrive
from openslate.apps.press.stories.things import Headline
from openslate.evaluation.grouping import BCubed, b_cubed

MORNING = datetime(2026, 1, 5, 8, tzinfo=UTC)
CUT = 0.85
CUTS = (0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
ROUNDS = 400


def headlines(path: Path, category: str) -> tuple[list[str], list[str]]:
    """Titles of a category and their true stories."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["category"] == category]
    return [row["title"] for row in rows], [row["story"] for row in rows]


def linkages(titles: list[str]) -> dict[float, list[int]]:
    """The peer's groups at each cut."""
    counts = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(titles)
    reduced = normalize(TruncatedSVD(100, random_state=0).fit_transform(counts))
    joins = linkage(reduced, "average", metric="cosine")
    return {cut: fcluster(joins, cut, "distance").tolist() for cut in CUTS}


def come(titles: list[str], hours: int) -> list[str]:
    """The stories of titles that come in some hours."""
    state = StoryState()
    for hour in range(hours):
        rows = range(hour * len(titles) // hours, (hour + 1) * len(titles) // hours)
        seen = MORNING + timedelta(hours=hour)
        state, _ = arrive(state, [Headline(f"{row:06}", titles[row], "", "", seen, seen) for row in rows])
    return [state.now.story_of[f"{row:06}"] for row in range(len(titles))]


def compared(true: list[str], ours: list[str], theirs: list[int]) -> tuple[float, float]:
    """A 95% interval of the difference in F1, by drawing stories again."""
    drawn, stories = np.random.default_rng(0), sorted(set(true))
    rows = {story: [at for at, one in enumerate(true) if one == story] for story in stories}
    found = []
    for _ in range(ROUNDS):
        picked = drawn.choice(len(stories), len(stories))
        at = [row for one in picked for row in rows[stories[one]]]
        # A story that is drawn twice is two stories, which no grouping could tell apart: each keeps its own name.
        names = [f"{place}" for place, one in enumerate(picked) for _ in rows[stories[one]]]
        one, other = (b_cubed(names, [groups[row] for row in at]).f1 for groups in (ours, theirs))
        found.append(one - other)
    low, high = np.quantile(found, [0.025, 0.975])
    return float(low), float(high)


def main() -> None:
    """Print both, for each category."""
    print(describe())
    path = real_data() / "press" / "stories" / "headlines_business_technology.csv"
    come(["compiled", "before anything", "is timed"], 1)
    for category, name in (("b", "business"), ("t", "technology")):
        titles, true = headlines(path, category)
        ours, told = [], []
        for hours in (1, 10):
            began, before = time.perf_counter(), time.process_time()
            ours = come(titles, hours)
            took = f"{time.perf_counter() - began:.1f} s, {time.process_time() - before:.1f} of processors"
            told.append(f"  ours in {hours} hours {_told(b_cubed(true, ours))}, {len(set(ours))} stories, {took}")
        peers = linkages(titles)
        best = max(CUTS, key=lambda cut: b_cubed(true, peers[cut]).f1)
        print(f"{name}: {len(titles):,} headlines, {len(set(true))} stories")
        print("\n".join(told))
        for cut in dict.fromkeys((CUT, best)):
            low, high = compared(true, ours, peers[cut])
            found = b_cubed(true, peers[cut])
            print(f"  average linkage at {cut} {_told(found)}; ours ahead by {low:+.3f} to {high:+.3f}")


def _told(one: BCubed) -> str:
    return f"F1 {one.f1:.3f} (P {one.precision:.3f}, R {one.recall:.3f})"


if __name__ == "__main__":
    main()
