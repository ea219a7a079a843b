"""Cutting histories into pieces: nothing lost, nothing twice, nothing from later."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from openslate.models.histories import Histories
from openslate.models.transformer.pieces import BUCKETS, cut, first_seen, half_octaves, latest, read, side_by_side
from tests.models.drawn import histories, many

CONTEXT = st.integers(1, 5)
SEED = st.integers(0, 9)


@given(histories(), CONTEXT, SEED)
def test_every_event_with_a_later_one_is_cut_once(drawn: Histories, context: int, seed: int) -> None:
    stretches = cut(drawn, context, np.random.default_rng(seed))
    lengths = stretches.stops - stretches.starts
    assert (lengths > 0).all() and (lengths <= context).all()
    covered = (
        np.repeat(stretches.starts, lengths)
        + np.arange(lengths.sum())
        - np.repeat(np.cumsum(lengths) - lengths, lengths)
    )
    last = drawn.offsets[1:][drawn.lengths() > 0] - 1
    assert covered.tolist() == np.setdiff1d(np.arange(drawn.n_events), last).tolist()
    assert (drawn.members_of_events()[stretches.starts] == stretches.members).all()


def test_the_cuts_differ_from_time_to_time() -> None:
    rng = np.random.default_rng(1)
    assert cut(many(), 3, rng).starts.tolist() != cut(many(), 3, rng).starts.tolist()


@given(histories(), CONTEXT)
def test_the_latest_events_end_with_the_member(drawn: Histories, context: int) -> None:
    stretches = latest(drawn, context)
    assert stretches.members.tolist() == np.flatnonzero(drawn.lengths()).tolist()
    assert (stretches.stops == drawn.offsets[stretches.members + 1]).all()
    assert (stretches.stops - stretches.starts == np.minimum(drawn.lengths(), context)[stretches.members]).all()


@given(histories(), CONTEXT, st.integers(1, 12), SEED)
def test_groups_hold_every_piece_once_and_no_more_events_than_asked(
    drawn: Histories, context: int, events: int, seed: int
) -> None:
    stretches = cut(drawn, context, np.random.default_rng(seed))
    groups = side_by_side(stretches, events, np.random.default_rng(seed))
    assert sorted(start for group in groups for start in group.starts) == stretches.starts.tolist()
    for group in groups:
        filled = len(group.starts) * (group.stops - group.starts).max()
        assert filled <= events or len(group.starts) == 1


@given(histories())
def test_pieces_hold_the_events_and_their_times(drawn: Histories) -> None:
    stretches = cut(drawn, 3, np.random.default_rng(0))
    pieces = read(drawn, stretches)
    for piece, (start, stop) in enumerate(zip(stretches.starts, stretches.stops, strict=True)):
        here = pieces.present[piece]
        assert pieces.events[piece, here].tolist() == list(range(start, stop))
        assert pieces.titles[piece, here].tolist() == drawn.titles[start:stop].tolist()
        assert pieces.engagement[piece, here].tolist() == drawn.engagement[start:stop].tolist()
        begins = (np.arange(start, stop) == drawn.offsets[stretches.members[piece]]).tolist()
        assert (pieces.gaps[piece, here] == BUCKETS - 1).tolist() == begins
        assert not np.triu(pieces.elapsed[piece], k=1).any()


def test_elapsed_time_is_that_between_two_events() -> None:
    seconds = np.array([0, 1, 61], dtype=np.int64)
    plain = Histories.from_lists([[0, 1, 2]], n_titles=3)
    timed = Histories(plain.offsets, plain.titles, seconds * 1_000_000, plain.engagement, 3)
    pieces = read(timed, latest(timed, 3))
    assert pieces.elapsed[0].tolist() == [[0, 0, 0], [half_octaves(np.array([1]))[0], 0, 0], [11, 11, 0]]
    assert pieces.gaps[0].tolist() == [BUCKETS - 1, 2, 11]
    assert pieces.ages[0].tolist() == [0, 2, 3]


@given(st.lists(st.integers(0, 2**50), min_size=1))
def test_half_octaves_rise_with_the_number_and_stay_in_bounds(numbers: list[int]) -> None:
    buckets = half_octaves(np.sort(np.array(numbers)))
    assert (np.diff(buckets) >= 0).all() and buckets.min() >= 0 and buckets.max() <= BUCKETS - 2


@given(histories(), CONTEXT)
def test_first_seen_is_what_walking_through_the_history_finds(drawn: Histories, context: int) -> None:
    stretches = cut(drawn, context, np.random.default_rng(0))
    seen = first_seen(drawn, stretches)
    for piece, (start, stop, member) in enumerate(
        zip(stretches.starts, stretches.stops, stretches.members, strict=True)
    ):
        for place in range(-1, stop - start):
            known = set(drawn.titles[drawn.offsets[member] : start + place + 1].tolist())
            assert set(np.flatnonzero(seen[piece] <= place).tolist()) == known
