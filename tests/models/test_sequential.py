import hashlib
from functools import partial
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.errors import UsageError
from openslate.models import sequential
from openslate.models.histories import Histories
from openslate.models.packed import packed, unpacked
from openslate.models.sequential import (
    SUM_STEPS,
    Sequential,
    SequentialSettings,
    add_pair_sums,
    fit_sequential,
    halves_of_sums,
    pair_sums_of_part,
    sequential_from_sums,
)
from openslate.models.weights import WeightSettings, event_weights
from openslate.storage.engine import processes
from tests.models.drawn import histories, many, without

CHOICES = st.builds(
    SequentialSettings,
    past=st.sampled_from([1, 3, 20]),
    past_decay=st.sampled_from([None, 0.7]),
    future=st.sampled_from([1, 2, 4]),
    engagement_share=st.sampled_from([0.0, 0.5]),
)


def _sums_row_by_row(drawn: Histories, chosen: SequentialSettings) -> np.ndarray:
    """S'DS and S'DT with one explicit row of S and T for every step, on the same grids."""
    sums = np.zeros((2, drawn.n_titles, drawn.n_titles), dtype=np.int64)
    for member in range(drawn.n_members):
        one = drawn.part(member, member + 1)
        engagement = event_weights(one, WeightSettings(chosen.engagement_share)).astype(np.int64)
        weight = max(1, round(256 * max(one.n_events, 1) ** -chosen.member_power))
        for step in range(1, one.n_events):
            source, target = np.zeros((2, drawn.n_titles), dtype=np.int64)
            for event in range(one.n_events):
                title = one.titles[event]
                lag, place = step - event, event - step + 1
                if 1 <= lag <= chosen.past:
                    decay = chosen.past_decay
                    share = lag**-chosen.past_power if decay is None else decay ** (lag - 1)
                    source[title] += round(64 * share) * engagement[event]
                if 1 <= place <= chosen.future:
                    target[title] += round(64 * place**-chosen.future_power) * engagement[event]
            sums[0] += weight * np.outer(source, source)
            sums[1] += weight * np.outer(source, target)
    return sums


@given(histories(), CHOICES)
@settings(max_examples=60)
def test_the_sum_over_pairs_equals_the_sum_over_rows(drawn: Histories, chosen: SequentialSettings) -> None:
    sources, targets = _sums_row_by_row(drawn, chosen)
    for worth in (0, sequential.WORTH_COMPILING):
        with patch.object(sequential, "WORTH_COMPILING", worth):
            sums = pair_sums_of_part(drawn, chosen)
        half, full = halves_of_sums(sums)
        assert sums.dtype == np.int64
        assert (half == packed(sources)).all()
        assert (full == targets).all()


@given(histories(), st.integers(1, 3))
@settings(max_examples=30)
def test_shards_add_up_exactly(drawn: Histories, members: int) -> None:
    total = sum(pair_sums_of_part(part, SequentialSettings()) for part in drawn.parts(members))
    assert (total == pair_sums_of_part(drawn, SequentialSettings())).all()


@given(histories(), st.data())
@settings(max_examples=30)
def test_a_member_is_subtracted_exactly_and_the_model_cannot_tell(drawn: Histories, data: st.DataObject) -> None:
    chosen = SequentialSettings(l2=1.0)
    leaving = data.draw(st.integers(0, drawn.n_members - 1))
    left = pair_sums_of_part(drawn, chosen) - pair_sums_of_part(drawn.part(leaving, leaving + 1), chosen)
    never_there = pair_sums_of_part(without(drawn, leaving), chosen)
    assert _hash(left) == _hash(never_there)
    solved = [sequential_from_sums(sums, chosen).transition_weights for sums in (left, never_there)]
    assert _hash(solved[0]) == _hash(solved[1])


@given(histories(), CHOICES, st.data())
@settings(max_examples=30)
def test_members_are_added_and_taken_out_in_place(
    drawn: Histories, chosen: SequentialSettings, data: st.DataObject
) -> None:
    leaving = data.draw(st.integers(0, drawn.n_members - 1))
    sums = pair_sums_of_part(drawn, chosen)
    add_pair_sums(sums, drawn.part(leaving, leaving + 1), chosen, sign=-1)
    assert (sums == pair_sums_of_part(without(drawn, leaving), chosen)).all()
    add_pair_sums(sums, drawn.part(leaving, leaving + 1), chosen)
    assert (sums == pair_sums_of_part(drawn, chosen)).all()


def test_processes_count_the_same_bytes() -> None:
    drawn, chosen = many(members=400), SequentialSettings()
    with patch.object(sequential, "WORTH_COMPILING", 0):
        alone = pair_sums_of_part(drawn, chosen)
    with processes(2) as engine:
        assert _hash(engine.sum(partial(pair_sums_of_part, settings=chosen), drawn.parts(150))) == _hash(alone)


def test_titles_nobody_watched_change_nothing() -> None:
    drawn, chosen = many(), SequentialSettings()
    doubled = Histories(drawn.offsets, 2 * drawn.titles, drawn.times, drawn.engagement, 61)
    narrow, wide = (fit_sequential(of, chosen).transition_weights for of in (drawn, doubled))
    assert wide[:60:2, :60:2] == pytest.approx(narrow, abs=1e-6)
    assert not wide[1::2].any() and not wide[:, 1::2].any()


def test_sums_of_no_catalogue_are_refused() -> None:
    with pytest.raises(UsageError, match="8 numbers are no pair sums"):
        halves_of_sums(np.zeros(8, dtype=np.int64))


def test_weights_solve_the_ridge_regression() -> None:
    chosen = SequentialSettings(l2=2.0)
    half, full = halves_of_sums(pair_sums_of_part(many(), chosen))
    lower = unpacked(half, np.arange(30), 1 / SUM_STEPS).astype(np.float64)
    sources, targets = np.tril(lower) + np.tril(lower, -1).T, full / SUM_STEPS
    expected = np.linalg.solve(sources + 2.0 * np.eye(30), targets)
    assert fit_sequential(many(), chosen).transition_weights == pytest.approx(expected, abs=1e-4)


def test_it_learns_what_comes_next() -> None:
    model = fit_sequential(many(), SequentialSettings(l2=1.0))
    latest = Histories.from_lists([[3, 4, 5], [20, 21]], n_titles=30)
    assert model.score(latest).argmax(axis=1).tolist() == [6, 22]


@given(histories(), CHOICES)
@settings(max_examples=40)
def test_contributions_sum_to_the_score(drawn: Histories, chosen: SequentialSettings) -> None:
    model = fit_sequential(drawn, chosen)
    scores = model.score(drawn)
    for title in range(drawn.n_titles):
        added = np.bincount(drawn.members_of_events(), model.contributions(drawn, title), drawn.n_members)
        assert added == pytest.approx(scores[:, title], abs=1e-5)


def test_a_member_scores_the_same_alone_as_among_others_and_the_long_past_is_forgotten() -> None:
    drawn = many()
    model = fit_sequential(drawn, SequentialSettings(past=3))
    together = model.score(drawn)
    for member in (0, 17, 199):
        assert (model.score(drawn.part(member, member + 1))[0] == together[member]).all()
    long, short = [[1, 2, 3, 4]], [[2, 3, 4]]
    assert (_score(model, long) == _score(model, short)).all()


def test_members_without_events_and_a_catalogue_of_one_title() -> None:
    model = fit_sequential(Histories.from_lists([[], [0], [0, 0]], n_titles=1))
    scores = model.score(Histories.from_lists([[], [0]], n_titles=1))
    assert scores.shape == (2, 1) and scores.dtype == np.float32
    assert scores[0, 0] == 0 and scores[1, 0] > 0
    assert not fit_sequential(many().part(0, 0)).score(many()).any()


def test_fitting_twice_gives_the_same_bytes() -> None:
    assert _hash(fit_sequential(many()).transition_weights) == _hash(fit_sequential(many()).transition_weights)


def _score(model: Sequential, watched: list[list[int]]) -> np.ndarray:
    return model.score(Histories.from_lists(watched, n_titles=30))


def _hash(array: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()
