from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models.histories import Histories
from openslate.models.kernels import plain
from openslate.models.kernels.voting import votes
from openslate.models.member_neighbours import (
    MemberNeighbourSettings,
    _vote_weights,
    fit_member_neighbours,
)
from tests.models.drawn import histories, many

CHOSEN = MemberNeighbourSettings(
    shared=5, latest=3, ahead=2, behind=1, nearby=1, nearby_power=0.5, engagement_share=1.0
)


OTHERS = (
    CHOSEN,
    MemberNeighbourSettings(),
    # The border between the nearest and the others is told apart to the last bit where sums are exact.
    replace(CHOSEN, shared_power=0.0, length_power=0.0, engagement_share=0.0, similarity_power=1.5, nearest=2),
    replace(CHOSEN, latest=50, shared=50, behind=0, nearby_power=2.0, similarity_power=1.0, nearest=10_000),
)


@given(histories(), histories(), st.sampled_from(OTHERS))
@settings(max_examples=200, deadline=None)  # the first call may compile
def test_the_compiled_loop_counts_the_same_votes_as_the_plain_one(
    told: Histories, asking: Histories, chosen: MemberNeighbourSettings
) -> None:
    asking = replace(asking, titles=asking.titles % told.n_titles, n_titles=told.n_titles)
    witnesses, weights = fit_member_neighbours(told, chosen)._witnesses, _vote_weights(chosen)
    given_by = (witnesses, asking.offsets, asking.titles, asking.engagement, weights)
    assert votes(*given_by, most_threads=2) == pytest.approx(plain.votes(*given_by), rel=1e-4, abs=1e-6)


def test_threads_do_not_change_a_bit() -> None:
    told = many(seed=1)
    witnesses, weights = fit_member_neighbours(told)._witnesses, _vote_weights(MemberNeighbourSettings())
    one, two = (
        votes(witnesses, told.offsets, told.titles, told.engagement, weights, most_threads=threads)
        for threads in (1, 2)
    )
    assert one.tobytes() == two.tobytes()


def test_the_member_with_more_in_common_is_believed_more_than_in_proportion() -> None:
    told = Histories.from_lists([[0, 1, 2, 5], [2, 6, 9], [2, 6, 8]], n_titles=10)
    asked = Histories.from_lists([[0, 1, 2]], n_titles=10)
    timid = fit_member_neighbours(told, MemberNeighbourSettings(similarity_power=0, nearby_power=0)).score(asked)[0]
    bold = fit_member_neighbours(told, MemberNeighbourSettings(similarity_power=3, nearby_power=0)).score(asked)[0]
    assert timid[6] > timid[5] and bold[5] > bold[6]


def test_a_member_who_is_remembered_votes_for_nothing_new() -> None:
    told = Histories.from_lists([[0, 1, 2]], n_titles=4)
    scores = fit_member_neighbours(told).score(told)[0]
    assert scores[3] == scores.min() < scores[1]


def test_no_more_than_so_many_events_are_remembered_of_whole_members() -> None:
    told = many(seed=2, members=400)
    model = fit_member_neighbours(told, MemberNeighbourSettings(most_events=told.n_events // 4))
    assert 0.15 < len(model.titles) / told.n_events < 0.35
    whole = {tuple(told.part(m, m + 1).titles.tolist()) for m in range(told.n_members)}
    kept = {tuple(model.titles[a:b].tolist()) for a, b in zip(model.offsets[:-1], model.offsets[1:], strict=True)}
    assert kept <= whole
    assert model.plays.sum() == told.n_events


def test_a_member_without_events_gets_no_votes() -> None:
    nobody = Histories.from_lists([[]], n_titles=30)
    assert len(np.unique(fit_member_neighbours(many()).score(nobody))) == 1


def test_order_is_learnt() -> None:
    scores = fit_member_neighbours(many(seed=3)).score(Histories.from_lists([[4]], n_titles=30))[0]
    assert int(np.argmax(scores)) == 5


def test_only_the_nearest_are_heard() -> None:
    told = Histories.from_lists([[0, 1, 2, 5], [2, 6], [2, 6]], n_titles=8)
    asked = Histories.from_lists([[0, 1, 2]], n_titles=8)
    everybody = fit_member_neighbours(told, MemberNeighbourSettings()).score(asked)[0]
    nearest = fit_member_neighbours(told, MemberNeighbourSettings(nearest=1)).score(asked)[0]
    assert everybody[6] > everybody.min() and nearest[6] == nearest.min() < nearest[5]
