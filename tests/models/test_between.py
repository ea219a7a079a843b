from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models import between
from openslate.models.between import (
    Between,
    BetweenSettings,
    add_between_sums,
    between_from_sums,
    fit_between,
)
from openslate.models.histories import Histories
from openslate.models.kernels import between as compiled
from openslate.models.kernels import plain
from openslate.models.packed import half_size, packed
from openslate.models.sequential import LAG_STEPS, MEMBER_STEPS, halves_of_sums
from openslate.models.weights import WEIGHT_STEPS
from tests.models.drawn import histories, many, without

CHOICES = st.builds(BetweenSettings, around=st.sampled_from([1, 2, 20]), around_power=st.sampled_from([0.0, 0.8]))


def sums_of(drawn: Histories, chosen: BetweenSettings) -> np.ndarray:
    sums = np.zeros(half_size(drawn.n_titles) + drawn.n_titles**2, dtype=np.int64)
    add_between_sums(sums, drawn, chosen)
    return sums


def sums_place_by_place(drawn: Histories, chosen: BetweenSettings) -> tuple[np.ndarray, np.ndarray]:
    """S'DS and S'DT with one explicit row for every place, those beyond the ends of a history, too."""
    square, targets = np.zeros((2, drawn.n_titles, drawn.n_titles), dtype=np.int64)
    for member in range(drawn.n_members):
        own = drawn.part(member, member + 1).titles
        weight = max(1, round(MEMBER_STEPS * max(len(own), 1) ** -chosen.member_power))
        for place in range(-chosen.around, len(own) + chosen.around):
            source = np.zeros(drawn.n_titles, dtype=np.int64)
            for event, title in enumerate(own):
                if 1 <= abs(event - place) <= chosen.around:
                    source[title] += round(LAG_STEPS * abs(event - place) ** -chosen.around_power)
            square += weight * np.outer(source, source)
            if 0 <= place < len(own):
                targets[:, own[place]] += weight * source
    return square * WEIGHT_STEPS**2, targets * WEIGHT_STEPS**2 * LAG_STEPS


@given(histories(), CHOICES)
@settings(max_examples=40)
def test_the_sum_over_pairs_equals_the_sum_over_places(drawn: Histories, chosen: BetweenSettings) -> None:
    square, targets = sums_place_by_place(drawn, chosen)
    half, later = halves_of_sums(sums_of(drawn, chosen))
    assert (half == packed(square)).all()
    assert (later + later.T == targets).all()


@given(histories(), CHOICES, st.data())
@settings(max_examples=30)
def test_members_are_taken_out_as_if_they_had_never_been_there(
    drawn: Histories, chosen: BetweenSettings, data: st.DataObject
) -> None:
    leaving = data.draw(st.integers(0, drawn.n_members - 1))
    sums = sums_of(drawn, chosen)
    add_between_sums(sums, drawn.part(leaving, leaving + 1), chosen, sign=-1)
    others = sums_of(without(drawn, leaving), chosen)
    assert (sums == others).all()
    left, never_there = (between_from_sums(one, chosen).nearby_weights for one in (sums, others))
    assert left.tobytes() == never_there.tobytes()


@pytest.mark.parametrize("latest", [3, 1_000])
@pytest.mark.parametrize("sharpness", [1, 3])
def test_the_compiled_votes_are_those_of_the_plain_reference(latest: int, sharpness: int) -> None:
    drawn = many(members=40)
    weights = fit_between(drawn, BetweenSettings(l2=0.5)).nearby_weights
    nearby = np.arange(1, 6, dtype=np.float32) ** np.float32(-0.8)
    asked = (drawn.offsets, drawn.titles, weights, nearby, sharpness, latest)
    expected = plain.votes_of_gaps(*asked)
    assert compiled.votes_of_gaps(*asked) == pytest.approx(expected, rel=1e-3, abs=1e-4)
    one, two = (compiled.votes_of_gaps(*asked, most_threads=threads) for threads in (1, 2))
    assert one.tobytes() == two.tobytes()


def test_each_gap_shares_out_one_vote_among_unseen_titles() -> None:
    drawn = many(members=20)
    model = fit_between(drawn, BetweenSettings(l2=0.5))
    nearby = np.ones(3, dtype=np.float32)
    votes = plain.votes_of_gaps(drawn.offsets, drawn.titles, model.nearby_weights, nearby, 3, 4)
    assert (votes.sum(axis=1) <= np.minimum(drawn.lengths(), 4) + 1e-3).all()
    assert not votes[drawn.members_of_events(), drawn.titles].any()


def test_what_stands_between_two_titles_is_missed_there_and_not_beyond() -> None:
    watched = Histories.from_lists([[0, 1, 2, 3, 4]] * 5 + [[5, 3, 0]], n_titles=6)
    model = fit_between(watched, BetweenSettings(around=1, l2=0.01))
    asked = model.score(Histories.from_lists([[0, 2], [2, 4]], n_titles=6))
    assert asked.argmax(axis=1).tolist() == [1, 3]


def test_a_member_without_events_gets_no_vote_and_scores_are_the_same_either_way() -> None:
    drawn = many(members=30)
    model = fit_between(drawn)
    scores = []
    for worth in (0, 2**60):
        with patch.object(between, "WORTH_COMPILING", worth):
            scores.append(model.score(drawn))
    assert scores[0] == pytest.approx(scores[1], abs=1e-2)
    nobody = model.score(Histories.from_lists([[]], n_titles=drawn.n_titles))
    assert np.unique(nobody).size == 1
    assert isinstance(model, Between)
