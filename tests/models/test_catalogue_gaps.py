import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.errors import FitError
from openslate.models.catalogue_gaps import Demand, Floats, demand, expected_audience, false_gaps

GROUPS = 50


def drawn(seed: int, truth: Floats, titles: int = 8, spread: float = 0.3, members: int = 40) -> Demand:
    """Segments whose titles find `truth` times the catalogue's, each a Gamma draw around it."""
    random = np.random.default_rng(seed)
    segments = np.repeat(np.arange(len(truth)), titles)
    rate = truth[segments] * random.gamma(1 / spread, spread, size=len(segments))
    counts = random.poisson(members / GROUPS * rate, size=(GROUPS, len(segments))).astype(np.float64)
    audience = counts.sum(axis=0)
    expected = np.full(len(segments), audience.mean())
    pairs = np.stack([counts[:, segments == one].sum(axis=1) for one in range(len(truth))], axis=1)
    return demand(audience, expected, (np.arange(len(segments)), segments), pairs, counts.sum(axis=1), seed)


def test_expected_audiences_add_up_to_the_observed() -> None:
    random = np.random.default_rng(1)
    watched, days = random.poisson(20.0, size=(30, 4)).astype(np.float64), random.integers(1, 90, size=(30, 4))
    assert expected_audience(watched, days.astype(np.float64)).sum() == pytest.approx(watched.sum())


def test_a_new_title_is_held_against_new_ones() -> None:
    # Each finds 10 in its first week and 1 a week later; the second was there for its first week alone.
    watched, days = np.array([[10.0, 9], [10, 0]]), np.array([[7.0, 63], [7, 0]])
    assert expected_audience(watched, days).tolist() == [19.0, 10.0]


def test_an_age_that_nobody_saw_brings_nothing() -> None:
    assert expected_audience(np.zeros((2, 2)), np.array([[7.0, 0], [7, 0]])).tolist() == [0.0, 0.0]


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    hits, below, total = 0, 0, 0
    for seed in range(60):
        random = np.random.default_rng(1000 + seed)
        truth = np.exp(random.normal(0, 0.4, size=20))
        found = drawn(seed, truth)
        relative = truth / truth.mean()
        hits += int(((found.low <= relative) & (relative <= found.high)).sum())
        below += int((relative < found.low).sum())
        total += len(truth)
    assert 0.86 <= hits / total <= 0.95
    assert below / total <= 0.08


def test_among_many_equal_segments_hardly_any_is_called_a_gap_and_a_true_one_is() -> None:
    """Without the correction, of 100 equal segments some stand out by chance in almost every catalogue."""
    corrected, alone, planted = 0, 0, 0
    for seed in range(30):
        equal = drawn(seed, np.ones(100), titles=6, spread=0.2)
        corrected += bool((false_gaps(equal.chance) <= 0.05).any())
        alone += bool((equal.chance <= 0.05).any())
        one = drawn(seed, np.array([3.0, *np.ones(99)]), titles=6, spread=0.2)
        planted += bool(false_gaps(one.chance)[0] <= 0.05)
    assert corrected <= 6 and alone >= 20 and planted >= 25


def test_the_share_of_false_gaps_is_benjamini_and_hochbergs() -> None:
    chance = np.random.default_rng(1).random(40) ** 3
    order = np.argsort(chance)
    steps = chance[order] * len(chance) / np.arange(1, len(chance) + 1)
    wanted = np.minimum.accumulate(steps[::-1])[::-1]
    assert false_gaps(chance)[order] == pytest.approx(np.minimum(wanted, 1))
    assert len(false_gaps(np.zeros(0))) == 0


def test_a_segment_of_one_hit_is_no_gap_and_one_of_many_hits_is() -> None:
    audience = np.array([90.0, *np.full(12, 90.0), *np.tile([5.0, 20, 40, 75], 15)])
    titles = np.arange(len(audience))
    segments = np.array([0, *np.full(12, 1), *np.full(60, 2)])
    pairs = np.zeros((GROUPS, 3))
    for title, segment in zip(titles, segments, strict=True):
        pairs[:, segment] += audience[title] / GROUPS
    found = demand(audience, np.full(73, audience.mean()), (titles, segments), pairs, pairs.sum(axis=1))
    assert found.low[1] > 1 > found.low[0]
    assert found.ratio[0] < found.ratio[1] < 90 / audience.mean()


def test_equal_segments_lie_close_around_the_catalogue() -> None:
    found = drawn(3, np.ones(12), spread=0.05, members=400)
    assert (found.low < 1).sum() >= 10
    assert np.abs(np.log(found.ratio)).max() < 0.25


def test_a_segment_without_titles_is_as_uncertain_as_segments_differ() -> None:
    pairs = np.random.default_rng(2).poisson(9, size=(GROUPS, 3)).astype(np.float64) * [1, 4, 0]
    audience = pairs.sum(axis=0)[:2]
    found = demand(audience, np.full(2, audience.mean()), (np.arange(2), np.arange(2)), pairs, pairs.sum(axis=1))
    assert found.observed[2] == found.expected[2] == 0
    assert found.high[2] / found.low[2] > found.high[1] / found.low[1]


def test_nobody_watching_is_said() -> None:
    with pytest.raises(FitError, match="Nobody watched"):
        demand(np.zeros(1), np.zeros(1), (np.zeros(1, int), np.zeros(1, int)), np.zeros((4, 1)), np.zeros(4))


@given(seed=st.integers(0, 10_000), spread=st.floats(0.01, 1.0), size=st.integers(1, 9))
@settings(max_examples=30, deadline=None)
def test_every_answer_is_an_interval_around_a_ratio_and_the_same_each_time(seed: int, spread: float, size: int) -> None:
    truth = np.exp(np.random.default_rng(seed).normal(0, 0.5, size=size))
    found, again = drawn(seed, truth, 3, spread), drawn(seed, truth, 3, spread)
    assert np.isfinite(found.low).all() and (found.low > 0).all()
    assert (found.low <= found.ratio).all() and (found.ratio <= found.high).all()
    assert ((found.chance > 0) & (found.chance <= 1)).all()
    assert (found.low == again.low).all() and (found.high == again.high).all()
