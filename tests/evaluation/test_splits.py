import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.errors import FitError, UsageError
from openslate.evaluation.splits import (
    Split,
    cut_at_quantile,
    global_time,
    leave_last_out,
    strong_generalisation,
)
from openslate.models.histories import ENGAGEMENT_STEPS, Histories

N_TITLES = 9


def histories_of(watched: list[list[tuple[int, int, int]]], n_titles: int = N_TITLES) -> Histories:
    """Histories from (time, title, engagement) per member."""
    ordered = [sorted(events, key=lambda event: event[0]) for events in watched]
    flat = [event for events in ordered for event in events]
    return Histories(
        offsets=np.cumsum([0] + [len(events) for events in ordered]).astype(np.int64),
        titles=np.array([title for _, title, _ in flat], dtype=np.int32),
        times=np.array([time for time, _, _ in flat], dtype=np.int64),
        engagement=np.array([engagement for _, _, engagement in flat], dtype=np.int32),
        n_titles=n_titles,
    )


events = st.tuples(st.integers(0, 20), st.integers(0, N_TITLES - 1), st.integers(0, ENGAGEMENT_STEPS))
many = st.lists(st.lists(events, max_size=12), min_size=1, max_size=12).map(histories_of)


def split_or_none(histories: Histories, way: str) -> Split | None:
    try:
        match way:
            case "time":
                return global_time(histories, 10)
            case "time:validation":
                return global_time(histories, 8, until=14)
            case "last":
                return leave_last_out(histories)
            case "last:validation":
                return leave_last_out(histories, offset=1)
            case _:
                return strong_generalisation(histories, 1, engagement_above=3)
    except FitError:
        return None


WAYS = ["time", "time:validation", "last", "last:validation", "strong"]


def targets_of(split: Split) -> list[list[int]]:
    return [part.tolist() for part in np.split(split.targets, split.target_offsets[1:-1])]


@given(many, st.sampled_from(WAYS))
def test_every_split_keeps_its_promises(histories: Histories, way: str) -> None:
    split = split_or_none(histories, way)
    if split is None:
        return
    assert split.train.times.max(initial=0) <= split.as_of
    assert len(split.members) == split.fold_in.n_members == len(split.target_offsets) - 1
    assert (split.fold_in.lengths() > 0).all() and (np.diff(split.target_offsets) > 0).all()
    for place, targets in enumerate(targets_of(split)):
        seen = split.fold_in.part(place, place + 1).titles.tolist()
        source = histories.take(split.members[[place]]).titles.tolist()
        assert targets == sorted(set(targets))
        assert not set(targets) & set(seen)
        assert set(targets) | set(seen) <= set(source)


@given(many, st.lists(events, max_size=8), st.integers(0, 11))
def test_events_after_the_cut_never_change_the_training_part(
    histories: Histories, later: list[tuple[int, int, int]], member: int
) -> None:
    split = split_or_none(histories, "time")
    if split is None:
        return
    own = histories.part(member % histories.n_members, member % histories.n_members + 1)
    everyone = [
        list(zip(part.times.tolist(), part.titles.tolist(), part.engagement.tolist(), strict=True))
        for part in histories.parts(1)
    ]
    everyone[member % histories.n_members] += [(time + 10, title, e) for time, title, e in later]
    again = global_time(histories_of(everyone), 10)
    assert own.n_events <= histories_of(everyone).n_events
    for field in ("offsets", "titles", "times", "engagement"):
        np.testing.assert_array_equal(getattr(split.train, field), getattr(again.train, field))


@given(many, st.sampled_from(WAYS))
def test_equal_input_gives_equal_hash_and_any_change_another(histories: Histories, way: str) -> None:
    split, again = split_or_none(histories, way), split_or_none(histories, way)
    if split is None or again is None:
        return
    assert split.hash == again.hash
    train = split.train
    changed = [
        dataclasses.replace(split, name="other"),
        dataclasses.replace(split, rule="other"),
        dataclasses.replace(split, as_of=split.as_of + 1),
        dataclasses.replace(split, targets=split.targets + 1),
        dataclasses.replace(split, members=split.members + 1),
        dataclasses.replace(split, fold_in=split.fold_in.keep(np.arange(split.fold_in.n_events) > 0)),
        dataclasses.replace(split, train=dataclasses.replace(train, n_titles=train.n_titles + 1)),
    ]
    if train.n_events:
        changed += [
            dataclasses.replace(split, train=dataclasses.replace(train, titles=train.titles + 1)),
            dataclasses.replace(split, train=dataclasses.replace(train, times=train.times + 1)),
            dataclasses.replace(split, train=dataclasses.replace(train, engagement=train.engagement + 1)),
        ]
    assert len({split.hash, *(one.hash for one in changed)}) == len(changed) + 1


def test_global_time_by_hand() -> None:
    histories = histories_of(
        [
            [(1, 0, 32), (2, 1, 32), (5, 1, 32), (5, 2, 32), (6, 2, 32)],  # 1 was watched before, 2 comes twice
            [(1, 2, 32), (9, 4, 32)],  # nobody watched 4 before the cut
            [(7, 0, 32)],  # nothing to be scored from
            [(4, 3, 32), (5, 0, 32)],
        ]
    )
    split = global_time(histories, 5)
    assert split.members.tolist() == [0, 3]
    assert targets_of(split) == [[2], [0]]
    assert split.fold_in.titles.tolist() == [0, 1, 3]
    assert split.train.lengths().tolist() == [2, 1, 0, 1]
    assert split.as_of == 4
    assert split.catalogue.tolist() == [True] * 4 + [False] * 5


def test_global_time_validation_looks_at_nothing_from_the_test() -> None:
    histories = histories_of([[(1, 0, 32), (3, 1, 32), (5, 2, 32)], [(1, 1, 32), (1, 2, 32)]])
    assert targets_of(global_time(histories, 2, until=5)) == [[1]]


def test_the_quantile_cut_never_trains_on_more_than_its_share() -> None:
    histories = histories_of([[(1, 0, 32)] * 3 + [(2, 0, 32)] * 5 + [(9, 0, 32)] * 2])
    cut = cut_at_quantile(histories, 0.5)
    assert cut == 2
    assert (histories.times < cut).mean() == 0.3
    with pytest.raises(UsageError, match="between 0 and 1"):
        cut_at_quantile(histories, 1.0)


def test_leave_last_out_by_hand_keeps_the_order_of_ties() -> None:
    histories = histories_of([[(1, 0, 32), (2, 4, 32), (2, 3, 32)], [(1, 5, 32)], [(1, 0, 32), (2, 1, 32), (3, 0, 32)]])
    test, validation = leave_last_out(histories), leave_last_out(histories, offset=1)
    assert (test.members.tolist(), targets_of(test)) == ([0], [[3]])  # member 2's last title was watched before
    assert test.fold_in.titles.tolist() == [0, 4]
    assert (validation.members.tolist(), targets_of(validation)) == ([0, 2], [[4], [1]])
    assert validation.train.titles.tolist() == [0, 0]
    with pytest.raises(UsageError, match="offset 2"):
        leave_last_out(histories, offset=2)


def test_nobody_to_score_is_refused_with_a_way_out() -> None:
    with pytest.raises(FitError, match=r"scores nobody.*Move the cut"):
        global_time(Histories.from_lists([[0, 1]], n_titles=2), 100)


def test_strong_generalisation_repeats_the_published_script() -> None:
    """The rules of `vae_cf`, written as the published script writes them: over ids, with the global generator."""
    random = np.random.default_rng(5)
    watched = [
        [(int(random.integers(100)), int(title), int(random.integers(33))) for title in random.permutation(40)[:size]]
        for size in random.integers(3, 20, size=60)
    ]
    histories = histories_of(watched, n_titles=40)
    for part, where in (("validation", slice(-20, -10)), ("test", slice(-10, None))):
        liked = {
            member: sorted(title for _, title, engagement in events if engagement > 10)
            for member, events in enumerate(watched)
        }
        liked = {member: titles for member, titles in liked.items() if len(titles) >= 5}
        unique = np.array(sorted(liked))
        np.random.seed(98765)  # noqa: NPY002 (this is the published script)
        unique = unique[np.random.permutation(unique.size)]  # noqa: NPY002 (as above)
        catalogue = {title for member in unique[:-20] for title in liked[member]}
        np.random.seed(98765)  # noqa: NPY002 (as above)
        expected = {}
        for member in sorted(unique[where]):
            titles = np.array([title for title in liked[member] if title in catalogue])
            if len(titles) >= 5:
                drawn = np.random.choice(len(titles), size=int(0.2 * len(titles)), replace=False)  # noqa: NPY002
                expected[int(member)] = sorted(titles[drawn].tolist())

        split = strong_generalisation(histories, 10, part, engagement_above=10)

        assert dict(zip(split.members.tolist(), targets_of(split), strict=True)) == expected
        assert split.train.n_members == len(unique) - 20


def test_strong_generalisation_needs_members_to_train_on() -> None:
    with pytest.raises(FitError, match="2 x 3"):
        strong_generalisation(Histories.from_lists([[0, 1, 2, 3, 4]] * 6, n_titles=5), 3, engagement_above=0)


@given(many, st.integers(2, 4), st.sampled_from([0, 1]))
def test_every_step_is_asked_for_from_what_came_before_and_none_of_them_trains(
    histories: Histories, steps: int, offset: int
) -> None:
    try:
        split = leave_last_out(histories, offset, steps)
    except FitError:
        return
    for member in range(histories.n_members):
        own = histories.part(member, member + 1).titles.tolist()
        kept = own[: max(0, len(own) - offset - steps)]
        assert split.train.part(member, member + 1).titles.tolist() == kept
    asked: dict[int, list[list[int]]] = {}
    for place, member in enumerate(split.members.tolist()):
        own = histories.part(member, member + 1).titles.tolist()
        before = split.fold_in.part(place, place + 1).titles.tolist()
        [target] = targets_of(split)[place]
        assert own[: len(before)] == before and own[len(before)] == target
        assert target not in before
        assert len(own) - offset - steps <= len(before) < len(own) - offset
        asked.setdefault(member, []).append(before)
    assert all(len(found) <= steps and len({len(one) for one in found}) == len(found) for found in asked.values())


@given(many)
def test_one_step_is_the_split_it_always_was(histories: Histories) -> None:
    for offset in (0, 1):
        try:
            plain = leave_last_out(histories, offset)
        except FitError:
            continue
        assert leave_last_out(histories, offset, steps=1).hash == plain.hash


def test_no_step_is_no_question() -> None:
    with pytest.raises(UsageError, match="0 steps"):
        leave_last_out(Histories.from_lists([[0, 1, 2]], 3), steps=0)


@given(many, st.data())
def test_candidates_that_were_watched_are_the_targets_of_their_member(
    histories: Histories, data: st.DataObject
) -> None:
    split = split_or_none(histories, "time")
    if split is None:
        return
    first = data.draw(st.integers(0, len(split.members) - 1))
    last = data.draw(st.integers(first + 1, len(split.members)))
    candidates = np.tile(np.array([*range(N_TITLES), -1], dtype=np.int32), (last - first, 1))
    found = split.watched(first, last, candidates)
    assert [np.flatnonzero(row).tolist() for row in found] == targets_of(split)[first:last]


def test_a_member_asked_three_times_counts_once() -> None:
    split = leave_last_out(Histories.from_lists([[0, 1, 2, 3, 4], [5, 6], [7, 8, 6, 5]], N_TITLES), steps=3)
    assert sorted(split.members.tolist()) == [0, 0, 0, 1, 2, 2, 2]
    values = np.where(split.members == 0, 0.3, 0.9)
    values[np.flatnonzero(split.members == 2)[0]] = 0.0
    assert split.by_member(values) == pytest.approx([0.3, 0.9, 0.6])
