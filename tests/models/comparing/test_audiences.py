import numpy as np
import pytest
from hypothesis import given, settings

from openslate.models.comparing.audiences import FEWEST_IN_COMMON, audience_cosine
from openslate.models.histories import Histories
from tests.models.drawn import histories


@given(histories())
@settings(max_examples=60, deadline=None)
def test_the_cosine_equals_the_formula(drawn: Histories) -> None:
    watched = np.zeros((drawn.n_members, drawn.n_titles))
    for member, title, share in zip(drawn.members_of_events(), drawn.titles, drawn.engagement, strict=True):
        watched[member, title] = max(watched[member, title], share > 0)
    common = watched.T @ watched
    viewers = np.diag(common)
    with np.errstate(invalid="ignore", divide="ignore"):
        expected = np.where(common >= 2, (common - np.sqrt(common)) / np.sqrt(np.outer(viewers, viewers)), 0)
    np.fill_diagonal(expected, viewers >= 2)
    assert audience_cosine(drawn, fewest=2).toarray() == pytest.approx(expected, abs=1e-8)


def test_of_too_few_viewers_in_common_nothing_is_told() -> None:
    def of(many: int) -> float:
        return float(audience_cosine(Histories.from_lists([[0, 1]] * many, 2)).toarray()[0, 1])

    assert of(FEWEST_IN_COMMON - 1) == 0 and of(FEWEST_IN_COMMON) > 0.7
    assert not audience_cosine(Histories.from_lists([[0]] * (FEWEST_IN_COMMON - 1), 2)).nnz


def test_the_same_share_of_more_viewers_is_believed_more() -> None:
    watched = [[0, 1]] * 25 + [[0], [1]] * 25 + [[2, 3]] * 400 + [[2], [3]] * 400
    found = audience_cosine(Histories.from_lists(watched, 4)).toarray()
    assert 0.5 > found[2, 3] > found[0, 1] > 0.35


def test_more_titles_than_are_counted_at_once() -> None:
    watched = [[0, 300, 599]] * 30
    found = audience_cosine(Histories.from_lists(watched, 600)).toarray()
    assert found[599, 300] == found[0, 599] == pytest.approx((30 - 30**0.5) / 30)
    assert np.count_nonzero(found) == 9
