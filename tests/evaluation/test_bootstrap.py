import numpy as np
import pytest

from openslate.errors import FitError
from openslate.evaluation import bootstrap as module
from openslate.evaluation.bootstrap import Interval, bootstrap, paired_difference


def test_the_interval_is_that_of_plain_resampling(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(1).normal(size=(50, 3))
    monkeypatch.setattr(module, "DRAWS_AT_ONCE", 170)  # several blocks, the last one short
    intervals = bootstrap(values, seed=7, resamples=200)
    random = np.random.Generator(np.random.PCG64(7))
    means = np.array([values[random.integers(50, size=50)].mean(axis=0) for _ in range(200)])
    low, high = np.percentile(means, [2.5, 97.5], axis=0)
    np.testing.assert_allclose([one.low for one in intervals], low)
    np.testing.assert_allclose([one.high for one in intervals], high)
    np.testing.assert_allclose([one.mean for one in intervals], values.mean(axis=0))


def test_the_interval_holds_the_truth_about_as_often_as_it_says() -> None:
    values = np.random.default_rng(2).exponential(size=(200, 300))
    intervals = bootstrap(values, seed=0, resamples=400)
    assert 0.90 < np.mean([one.low <= 1 <= one.high for one in intervals]) < 0.98


def test_pairing_sees_a_small_difference_that_two_separate_intervals_hide() -> None:
    random = np.random.default_rng(3)
    theirs = random.normal(size=400)
    ours = theirs + 0.05 + random.normal(scale=0.1, size=400)
    alone = bootstrap(np.column_stack([ours, theirs]), seed=0)
    assert alone[0].low < alone[1].high
    ahead = paired_difference(ours, theirs, seed=0)
    assert ahead.excludes_zero and ahead.low > 0
    assert ahead == paired_difference(ours, theirs, seed=0) != paired_difference(ours, theirs, seed=1)


def test_too_few_members_are_refused_or_said() -> None:
    with pytest.raises(FitError, match=r"from 1 scored member\. Bring"):
        bootstrap(np.ones((1, 1)), seed=0)
    few = paired_difference(np.ones(10), np.zeros(10), seed=0)
    assert "10 members" in few.caution and not few.excludes_zero
    assert Interval(0.5, 0.4, 0.6, 30).caution == ""
