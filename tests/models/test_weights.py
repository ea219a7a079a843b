import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.models.histories import Histories
from openslate.models.weights import (
    WEIGHT_STEPS,
    WeightSettings,
    event_shares,
    event_weights,
    rows_of_events,
    taste_rows,
    title_weights,
)
from tests.models.drawn import histories

SETTINGS = st.builds(
    WeightSettings,
    engagement_share=st.sampled_from([0.0, 0.3, 1.0]),
    half_life=st.sampled_from([None, 0.5, 3.0, 50.0]),
)


def test_engagement_counts_as_far_as_it_is_asked_to() -> None:
    one = Histories.from_lists([[0, 1]], n_titles=2)
    half = Histories(one.offsets, one.titles, one.times, np.array([16, 0], dtype=np.int32), 2)
    assert event_weights(half, WeightSettings(engagement_share=0.0)).tolist() == [32, 32]
    assert event_weights(half, WeightSettings(engagement_share=0.5)).tolist() == [24, 16]
    assert event_weights(half, WeightSettings(engagement_share=1.0)).tolist() == [16, 0]


def test_recency_falls_with_the_members_own_later_events() -> None:
    two = Histories.from_lists([[0, 1, 2], [2, 1]], n_titles=3)
    assert event_weights(two, WeightSettings(half_life=1.0)).tolist() == [8, 16, 32, 16, 32]


@given(histories(), SETTINGS)
def test_a_members_row_depends_on_that_member_alone(drawn: Histories, settings: WeightSettings) -> None:
    whole = title_weights(drawn, settings).toarray()
    for member in range(drawn.n_members):
        alone = title_weights(drawn.part(member, member + 1), settings).toarray()
        assert (alone[0] == whole[member]).all()


@given(histories(), SETTINGS)
def test_rows_are_clipped_sums_of_events_and_leave_the_histories_alone(
    drawn: Histories, settings: WeightSettings
) -> None:
    titles, offsets = drawn.titles.copy(), drawn.offsets.copy()
    expected = np.zeros((drawn.n_members, drawn.n_titles), dtype=np.int64)
    events = event_weights(drawn, settings)
    np.add.at(expected, (drawn.members_of_events(), drawn.titles), events)
    rows = title_weights(drawn, settings)
    assert (rows.toarray() == np.minimum(expected, WEIGHT_STEPS)).all()
    assert rows.data.dtype == np.int32 and (rows.data > 0).all()
    rows_of_events(drawn, events.astype(np.float32)).sum_duplicates()
    assert (drawn.titles == titles).all() and (drawn.offsets == offsets).all()


@given(histories(), SETTINGS)
def test_event_shares_add_up_to_the_rows(drawn: Histories, settings: WeightSettings) -> None:
    summed = rows_of_events(drawn, event_shares(drawn, settings)).toarray()
    assert summed == pytest.approx(taste_rows(drawn, settings).toarray(), abs=1e-6)
