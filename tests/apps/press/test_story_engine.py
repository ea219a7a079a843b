"""Stories online: order within an hour says nothing, late items join, names are kept, what people say holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.press.stories.engine import HOURS, StoryState, arrive, hour_of
from openslate.apps.press.stories.naming import lead_of
from openslate.apps.press.stories.things import Change, Headline
from openslate.errors import UsageError
from openslate.evaluation.grouping import b_cubed
from tests.apps.press.headlines import drawn, headline


def replayed(batches: list[list[Headline]], **links: list[tuple[str, str]]) -> tuple[StoryState, list[Change]]:
    state, changes = StoryState(), []
    for batch in batches:
        state, more = arrive(state, batch, **links)
        changes += more
        whole(state)
    return state, changes


def whole(state: StoryState) -> None:
    """Every item is in a story that is; every id that was leads to one that is, and to none that leads on."""
    now = state.now
    living = set(now.story_of.values())
    assert set(now.places) == set(state.headlines)
    for story, kept in now.became.items():
        assert story not in living and kept not in now.became and kept != story
    for item, place in now.places.items():
        if place.copy_of:
            assert now.places[place.copy_of].story == place.story and not now.places[place.copy_of].copy_of, item


def stories(state: StoryState) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    for item, story in state.now.story_of.items():
        found.setdefault(story, set()).add(item)
    return {frozenset(one) for one in found.values()}


def test_events_are_told_apart_as_they_come() -> None:
    items, true = drawn(1, each=8)
    state, _ = replayed([[one] for one in sorted(items, key=lambda one: one.seen)])
    names = sorted(true)
    assert b_cubed([true[one] for one in names], [state.now.story_of[one] for one in names]).f1 > 0.8


@settings(max_examples=12, deadline=None)
@given(st.data(), st.integers(0, 10**6))
def test_order_of_arrival_within_an_hour_changes_no_story(data: st.DataObject, seed: int) -> None:
    items, _ = drawn(seed, each=4, hours=2)
    by_hour = [[one for one in items if hour_of(one) == hour_of(items[0]) + at] for at in range(-2, 3)]
    straight, _ = replayed([batch for batch in by_hour if batch])
    turned: list[list[Headline]] = []
    for batch in filter(None, by_hour):
        order = data.draw(st.permutations(batch))
        cut = data.draw(st.integers(0, len(order)))
        turned += [part for part in (order[:cut], order[cut:]) if part]
    other, _ = replayed(turned)
    assert other.now.story_of == straight.now.story_of and other.frozen.story_of == straight.frozen.story_of


def test_what_came_before_and_stays_keeps_its_story() -> None:
    items, _ = drawn(4)
    state, _ = replayed([items])
    again, changes = arrive(state, items)
    assert again.now.places == state.now.places and not changes


@pytest.mark.parametrize("late", (1, 24, 100))
def test_a_late_item_joins_its_story(late: int) -> None:
    items, _ = drawn(2, hours=1)
    state, _ = replayed([items])
    one = headline("late", "Golden Gull festival: jury says why Night Ferry wins in Ostend", late)
    state, changes = arrive(state, [one])
    kept = {state.now.story_of[item.id] for item in items if "Night Ferry" in item.title}
    assert state.now.story_of["late"] in kept and [change.kind for change in changes] == ["joined"]


def test_an_item_leaves_with_the_window() -> None:
    state, _ = replayed([[headline("a", "Night Ferry wins Golden Gull")]])
    state, changes = arrive(state, [headline("b", "Night Ferry wins Golden Gull again", HOURS + 1)])
    assert list(state.now.places) == ["b"] and changes[0].kind == "new"


def test_the_lead_has_the_highest_quality_then_is_the_earliest() -> None:
    items = [headline("a", "A", 2, 5), headline("b", "B", 1, 5), headline("c", "C", 0, 4)]
    assert lead_of(items).id == "b" and lead_of(items[::2]).id == "a"


def test_the_older_story_survives_a_merge_by_hand_and_the_lead_keeps_its_story_when_divided() -> None:
    one, two = headline("a", "Night Ferry wins Golden Gull"), headline("b", "Dubbing actors walk out in Madrid", 1)
    state, _ = replayed([[one], [two]])
    first, second = (state.now.story_of[item] for item in "ab")
    assert first != second
    state, changes = arrive(state, [headline("c", "Walk out of Madrid actors goes on", 2)], joins=[("a", "b")])
    assert state.now.story_of["a"] == state.now.story_of["b"] == first and state.now.became == {second: first}
    assert [change.kind for change in changes][-1] == "merged" and changes[-1].other == first
    state, _ = arrive(state, [headline("d", "Slate Media bids for Northstream", 3)], parts=[("a", "b")])
    whole(state)
    assert state.now.story_of["a"] == first and state.now.story_of["b"] not in (first, second)


@settings(max_examples=12, deadline=None)
@given(st.data(), st.integers(0, 10**6))
def test_what_people_say_holds_in_every_grouping(data: st.DataObject, seed: int) -> None:
    items, _ = drawn(seed, each=3, hours=3)
    names = st.sampled_from([one.id for one in items])
    pairs = data.draw(st.lists(st.tuples(st.booleans(), names, names), max_size=5))
    batches = [[one for one in items if hour_of(one) == hour_of(headline("x", "")) + at] for at in range(3)]
    joins = [(one, other) for join, one, other in pairs if join]
    parts = [(one, other) for join, one, other in pairs if not join]
    try:
        state, _ = replayed([batch for batch in batches if batch], joins=joins, parts=parts)
    except UsageError:
        return
    for one, other in joins:
        assert state.now.story_of[one] == state.now.story_of[other]
    for one, other in parts:
        assert state.now.story_of[one] != state.now.story_of[other]


def test_contradictions_are_refused() -> None:
    with pytest.raises(UsageError, match="both joined and parted"):
        arrive(StoryState(), [], joins=[("a", "b"), ("b", "c")], parts=[("c", "a")])


def test_copies_stay_with_what_they_are_copies_of_until_people_part_them() -> None:
    title = "Night Ferry wins the Golden Gull at Ostend"
    state, _ = replayed(
        [[headline("a", title), headline("b", f"{title} | The Slate", 0.1)], [headline("c", title.upper(), 30)]]
    )
    assert {item: place.copy_of for item, place in state.now.places.items()} == {"a": "", "b": "a", "c": "a"}
    parted, _ = arrive(state, [], parts=[("a", "b")])
    whole(parted)
    assert parted.now.story_of["a"] == parted.now.story_of["c"] != parted.now.story_of["b"]
    # The first is forgotten after five days: the next stands for the rest.
    state, _ = arrive(state, [headline("d", "Dubbing actors walk out", HOURS + 1)])
    whole(state)
    assert set(state.now.places) == {"c", "d"} and not state.now.places["c"].copy_of
