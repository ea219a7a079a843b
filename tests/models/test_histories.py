import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models.histories import Histories
from tests.models.drawn import histories


@given(histories(), st.integers(1, 4))
@settings(max_examples=60)
def test_parts_stacked_are_the_whole(drawn: Histories, size: int) -> None:
    again = Histories.stacked(list(drawn.parts(size)))
    for name in ("offsets", "titles", "times", "engagement"):
        one, other = getattr(drawn, name), getattr(again, name)
        assert one.dtype == other.dtype and (one == other).all()
    assert again.n_titles == drawn.n_titles


@given(histories())
@settings(max_examples=30)
def test_members_stacked_on_themselves_are_there_twice(drawn: Histories) -> None:
    twice = Histories.stacked([drawn, drawn])
    assert twice.n_members == 2 * drawn.n_members and twice.n_events == 2 * drawn.n_events
    for member in range(drawn.n_members):
        own = drawn.part(member, member + 1).titles
        for place in (member, member + drawn.n_members):
            assert np.array_equal(twice.part(place, place + 1).titles, own)


def test_members_without_events_keep_their_place() -> None:
    empty = Histories.from_lists([[], []], n_titles=3)
    one = Histories.from_lists([[2]], n_titles=3)
    assert Histories.stacked([empty, one, empty]).lengths().tolist() == [0, 0, 1, 0, 0]
