import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models.histories import Histories
from openslate.models.kernels import gaps, plain
from openslate.models.packed import half_size, packed
from openslate.models.popularity import DAY
from openslate.models.temporal import (
    Temporal,
    TemporalSettings,
    _timed,
    add_temporal_sums,
    fit_temporal,
    halves_of_sums,
    temporal_sums_of_part,
    trends_of,
)
from tests.models.drawn import histories, many, without

SHORT = TemporalSettings(past=3, past_power=0.5, half_life_days=2 / DAY, floor=0.25, engagement_share=1.0)


@given(histories(), st.sampled_from([1, -1]))
@settings(deadline=None)
def test_the_loop_and_the_plain_sum_add_the_same_integers(drawn: Histories, sign: int) -> None:
    events, n_titles = _timed(drawn, SHORT), drawn.n_titles
    half, full = np.arange(half_size(n_titles)), np.arange(n_titles**2).reshape(n_titles, -1)
    plain_half, plain_full = half.copy(), full.copy()
    gaps.add_gaps(half, full, events, sign, most_threads=2)
    plain.add_gaps(plain_half, plain_full, events, sign)
    assert (half == plain_half).all()
    assert (full == plain_full).all()


@given(histories())
@settings(deadline=None)
def test_sums_equal_the_definition_row_by_row(drawn: Histories) -> None:
    systems, rights = np.zeros((2, drawn.n_titles, drawn.n_titles), dtype=np.int64)
    events = _timed(drawn, SHORT)
    for member in range(drawn.n_members):
        for target in range(drawn.offsets[member], drawn.offsets[member + 1]):
            row = np.zeros(drawn.n_titles, dtype=np.int64)
            for source in range(max(drawn.offsets[member], target - 3), target):
                faded = max(0.5 ** ((drawn.times[target] - drawn.times[source]) / 2), 0.25)
                row[drawn.titles[source]] += round(64 * faded * (target - source) ** -0.5) * drawn.engagement[source]
            systems += events.member_weights[target] * np.outer(row, row)
            rights[:, drawn.titles[target]] += events.member_weights[target] * row * 64 * drawn.engagement[target]
    half, full = halves_of_sums(temporal_sums_of_part(drawn, SHORT))
    assert (half == packed(systems)).all()
    assert (full == rights).all()


@given(histories())
def test_contributions_sum_to_the_score(drawn: Histories) -> None:
    weights = np.random.default_rng(0).normal(size=(drawn.n_titles, drawn.n_titles)).astype(np.float32)
    model = Temporal(weights, np.arange(1.0, drawn.n_titles + 1, dtype=np.float32), SHORT)
    scores = model.score(drawn)
    for title in range(drawn.n_titles):
        added = np.bincount(drawn.members_of_events(), model.contributions(drawn, title), drawn.n_members)
        assert added == pytest.approx(scores[:, title], abs=1e-3)


def test_a_member_is_taken_out_exactly() -> None:
    whole = many()
    sums = temporal_sums_of_part(whole, SHORT)
    add_temporal_sums(sums, whole.part(3, 4), SHORT, sign=-1)
    assert (sums == temporal_sums_of_part(without(whole, 3), SHORT)).all()


def test_what_was_watched_just_before_outweighs_what_was_watched_long_before() -> None:
    told = Histories.from_lists([[0, 1], [2, 3]] * 20, n_titles=4)
    model = fit_temporal(told, 10, TemporalSettings(half_life_days=1.0, floor=0.0, l2=0.1))
    asked = Histories(np.array([0, 2]), np.array([0, 2], np.int32), np.array([0, 9 * DAY]), np.full(2, 32, np.int32), 4)
    scores = model.score(asked)[0]
    assert scores[3] > 10 * scores[1] >= 0


def test_a_title_watched_more_lately_is_raised() -> None:
    times = np.array([0, 1, 2, 50, 51, 52], dtype=np.int64) * DAY
    one = Histories(np.array([0, 6]), np.array([0, 0, 1, 1, 1, 0], np.int32), times, np.full(6, 32, np.int32), 2)
    raised = trends_of(one, int(times[-1]), TemporalSettings(trend_days=10, trend_power=1.0))
    assert raised[1] > 1 > raised[0]
    assert trends_of(one, int(times[-1]), TemporalSettings(trend_power=0.0)).tolist() == [1, 1]
