"""Small random histories for Hypothesis, with repeats, ties in time and members without events."""

import numpy as np
from hypothesis import strategies as st

from openslate.models.histories import ENGAGEMENT_STEPS, Histories


@st.composite
def histories(draw: st.DrawFn, most_titles: int = 6, most_members: int = 6, most_events: int = 9) -> Histories:
    n_titles = draw(st.integers(1, most_titles))
    title = st.integers(0, n_titles - 1)
    watched = draw(st.lists(st.lists(title, max_size=most_events), min_size=1, max_size=most_members))
    plain = Histories.from_lists(watched, n_titles)
    engagement = draw(st.lists(st.integers(0, ENGAGEMENT_STEPS), min_size=plain.n_events, max_size=plain.n_events))
    return Histories(plain.offsets, plain.titles, plain.times // 2, np.array(engagement, dtype=np.int32), n_titles)


def without(whole: Histories, member: int) -> Histories:
    return whole.take(np.delete(np.arange(whole.n_members), member))


def many(seed: int = 0, members: int = 200, n_titles: int = 30) -> Histories:
    """Histories in which a title is often followed by the next one, so that order can be learnt."""
    rng = np.random.default_rng(seed)
    watched = []
    for _ in range(members):
        path = [int(rng.integers(n_titles))]
        for _ in range(int(rng.integers(0, 12))):
            step = 1 if rng.random() < 0.7 else int(rng.integers(n_titles))
            path.append((path[-1] + step) % n_titles)
        watched.append(path)
    return Histories.from_lists(watched, n_titles)
