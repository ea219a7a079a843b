import numpy as np
import pytest
from hypothesis import given, settings

from openslate.models.following import Following, FollowingSettings, following_from_sums
from openslate.models.histories import Histories
from openslate.models.sequential import SequentialSettings, halves_of_sums, pair_sums_of_part
from tests.models.drawn import histories, many

PAIRS = SequentialSettings(past=3, future=2)


def _fit(told: Histories, chosen: FollowingSettings = FollowingSettings()) -> Following:
    return following_from_sums(
        pair_sums_of_part(told, PAIRS), np.bincount(told.titles, minlength=told.n_titles), chosen
    )


def _by_hand(told: Histories, asked: Histories, chosen: FollowingSettings) -> np.ndarray:
    """log(1 + pairs / (shrinkage * share of the following title * pairs per play)), summed over the latest titles."""
    pairs = halves_of_sums(pair_sums_of_part(told, PAIRS))[1].astype(np.float64)
    plays = np.bincount(told.titles, minlength=told.n_titles)
    scores = np.zeros((asked.n_members, asked.n_titles))
    for member in range(asked.n_members):
        latest_first = asked.part(member, member + 1).titles[::-1][: chosen.latest]
        for back, title in enumerate(latest_first, start=1):
            for other in np.flatnonzero(pairs[title]):
                expected = chosen.shrinkage * (plays[other] / plays.sum()) * (pairs.sum() / plays.sum())
                scores[member, other] += back**-chosen.latest_power * np.log(1 + pairs[title, other] / expected)
    return scores


@given(histories(), histories())
@settings(max_examples=60, deadline=None)
def test_scores_are_those_of_the_formula(told: Histories, asked: Histories) -> None:
    asked = Histories.from_lists(
        [(asked.part(m, m + 1).titles % told.n_titles).tolist() for m in range(asked.n_members)], told.n_titles
    )
    chosen = FollowingSettings(latest=3, latest_power=0.7, shrinkage=2.0)
    assert _fit(told, chosen).score(asked) == pytest.approx(_by_hand(told, asked, chosen), rel=1e-4, abs=1e-5)


@given(histories())
@settings(max_examples=40, deadline=None)
def test_contributions_sum_to_the_score(drawn: Histories) -> None:
    model = _fit(drawn, FollowingSettings(latest=4))
    scores = model.score(drawn)
    for title in range(drawn.n_titles):
        added = np.bincount(drawn.members_of_events(), model.contributions(drawn, title), drawn.n_members)
        assert added == pytest.approx(scores[:, title], abs=1e-4)


def test_only_the_strongest_followers_are_kept() -> None:
    told = many()
    whole, pruned = _fit(told), _fit(told, FollowingSettings(kept=3))
    dense, few = whole.lifts.matrix().toarray(), pruned.lifts.matrix().toarray()
    assert (np.diff(pruned.lifts.row_offsets) <= 3).all()
    assert (few[few > 0] == dense[few > 0]).all()
    assert ((few > 0).sum(axis=1) == np.minimum(3, (dense > 0).sum(axis=1))).all()
    assert (np.where(few > 0, few, np.inf).min(axis=1) >= np.where(few > 0, 0, dense).max(axis=1)).all()


def test_only_the_latest_titles_speak() -> None:
    model = _fit(many(), FollowingSettings(latest=2))
    assert (
        model.score(Histories.from_lists([[9, 4, 5]], 30)) == model.score(Histories.from_lists([[20, 4, 5]], 30))
    ).all()
    assert (model.score(Histories.from_lists([[4, 5]], 30)) != model.score(Histories.from_lists([[20, 5]], 30))).any()


def test_order_is_learnt_and_nobody_is_told_nothing() -> None:
    model = _fit(many(seed=3))
    assert int(model.score(Histories.from_lists([[4]], n_titles=30))[0].argmax()) == 5
    assert not model.score(Histories.from_lists([[]], n_titles=30)).any()
