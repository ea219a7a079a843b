"""Counts of a day: each story once, copies not at all, and nothing that came later."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.press.buzz.counting import DayCount, Mentioned, closed_days, counts_of

NOON = datetime(2027, 5, 14, 12, tzinfo=UTC)
ASH = ("title", "ash")
ADA = ("person", "Ada Stone")
DAYS = closed_days(NOON.date(), NOON.date() + timedelta(days=10))


def mentioned(
    number: int, story: str, hours: int, *subjects: tuple[str, str], quality: int = 40, copy: bool = False
) -> Mentioned:
    return Mentioned(f"i{number}", story, NOON + timedelta(hours=hours), quality, 0, frozenset(subjects), copy)


def test_a_story_counts_once_and_its_heat_is_what_it_rose_by() -> None:
    items = [mentioned(1, "s", 0, ASH), mentioned(2, "s", 1, ASH, ADA), mentioned(3, "s", 24, ASH, quality=60)]
    assert counts_of(items, DAYS) == [
        DayCount(ADA, date(2027, 5, 14), 1, 1, 50.0, 1.0),
        DayCount(ASH, date(2027, 5, 14), 1, 2, 50.0, 2.0),
        DayCount(ASH, date(2027, 5, 15), 0, 1, 30.0, 1.0),
    ]


def test_copies_count_nothing() -> None:
    one = [mentioned(1, "s", 0, ASH)]
    assert counts_of([*one, mentioned(2, "s", 1, ASH, copy=True)], DAYS) == counts_of(one, DAYS)


ITEMS = st.lists(
    st.builds(
        mentioned,
        st.integers(0, 10_000),
        st.sampled_from("stu"),
        st.integers(0, 200),
        st.sampled_from([ASH, ADA]),
        quality=st.integers(0, 100),
        copy=st.booleans(),
    ),
    max_size=20,
    unique_by=lambda one: one.item,
)


@given(ITEMS, st.integers(0, 9))
def test_a_day_never_counts_what_came_after_it(items: list[Mentioned], days: int) -> None:
    end = NOON.date() + timedelta(days=days)
    until = [one for one in items if one.seen.date() <= end]
    seen = [day for day in DAYS if day <= end]
    assert counts_of(items, seen) == counts_of(until, seen)


@given(ITEMS)
def test_days_add_up_to_stories_items_and_heat(items: list[Mentioned]) -> None:
    counts = [one for one in counts_of(items, DAYS) if one.subject == ASH]
    mine = [one for one in items if ASH in one.subjects and not one.is_copy]
    assert sum(one.stories for one in counts) == len({one.story for one in mine})
    assert sum(one.items for one in counts) == len(mine)


@given(ITEMS)
def test_order_of_items_does_not_matter(items: list[Mentioned]) -> None:
    assert counts_of(items, DAYS) == counts_of(items[::-1], DAYS)
