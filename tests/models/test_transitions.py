import numpy as np
import pytest
from hypothesis import given, settings

from openslate.models.histories import Histories
from openslate.models.transitions import TransitionSettings, fit_transitions, transitions_of_part
from tests.models.drawn import histories, many, without


@given(histories())
@settings(max_examples=50)
def test_scores_equal_the_formula_counted_by_hand(drawn: Histories) -> None:
    chosen = TransitionSettings(lags=2, lag_power=1.0, shrinkage=3.0)
    share = np.bincount(drawn.titles, minlength=drawn.n_titles) / max(drawn.n_events, 1)
    counts = np.zeros((2, drawn.n_titles, drawn.n_titles))
    members = [drawn.part(member, member + 1).titles.tolist() for member in range(drawn.n_members)]
    for titles in members:
        for lag in (1, 2):
            for before, after in zip(titles, titles[lag:], strict=False):
                counts[lag - 1, before, after] += 1
    with np.errstate(invalid="ignore"):
        lifts = np.nan_to_num(np.log1p(counts / (3.0 * share)))
    expected = np.zeros((drawn.n_members, drawn.n_titles))
    for member, titles in enumerate(members):
        for lag, title in enumerate(titles[:-3:-1], start=1):
            expected[member] += lifts[lag - 1, title] / lag
    assert fit_transitions(drawn, chosen).score(drawn) == pytest.approx(expected, abs=1e-5)


@given(histories())
@settings(max_examples=50)
def test_contributions_sum_to_the_score(drawn: Histories) -> None:
    model = fit_transitions(drawn)
    scores = model.score(drawn)
    for title in range(drawn.n_titles):
        added = np.bincount(drawn.members_of_events(), model.contributions(drawn, title), drawn.n_members)
        assert added == pytest.approx(scores[:, title], abs=1e-4)


def test_shards_add_up_and_a_member_is_subtracted_exactly() -> None:
    drawn, chosen = many(), TransitionSettings()
    whole = transitions_of_part(drawn, chosen)
    parts = sum(transitions_of_part(part, chosen) for part in drawn.parts(7))
    assert (whole != parts).nnz == 0
    left = whole - transitions_of_part(drawn.part(5, 6), chosen)
    assert (left != transitions_of_part(without(drawn, 5), chosen)).nnz == 0


def test_it_learns_what_comes_next_for_members_never_seen() -> None:
    model = fit_transitions(many())
    assert model.score(Histories.from_lists([[3, 4, 5]], n_titles=30)).argmax() == 6


def test_nobody_nothing_and_one_title() -> None:
    model = fit_transitions(Histories.from_lists([[0], []], n_titles=1))
    assert model.score(Histories.from_lists([[], [0]], n_titles=1)).tolist() == [[0.0], [0.0]]
    assert model.score(many().part(0, 0)).shape[0] == 0
    assert not fit_transitions(many().part(0, 0)).score(many()).any()
