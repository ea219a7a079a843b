"""Related items: directed, later, of the 104 hours after, by quality."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.press.publishing.later import MOST, Candidate, related_in
from tests.apps.press.publishing.newsroom import item


def candidates(hours: list[int], qualities: list[int]) -> list[Candidate]:
    return [
        Candidate(item(at, f"Item {at}", hour, f"s{at}"), quality)
        for at, (hour, quality) in enumerate(zip(hours, qualities, strict=True))
    ]


def test_only_the_104_hours_after_count() -> None:
    found = related_in(candidates([0, 104, 105], [1, 1, 1]))
    assert [[one.title for one in each] for each in found] == [["Item 1"], ["Item 2"], []]


def test_by_quality_and_the_earlier_of_equals_first() -> None:
    found = related_in(candidates([0, 3, 2, 1], [0, 5, 5, 9]))[0]
    assert [one.title for one in found] == ["Item 3", "Item 2", "Item 1"]


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 99)), max_size=70))
def test_nobody_lists_what_lists_them_and_the_best_are_kept(rows: list[tuple[int, int]]) -> None:
    story = candidates([hour for hour, _ in rows], [quality for _, quality in rows])
    found = related_in(story)
    lists = {one.item.title: {other.title for other in said} for one, said in zip(story, found, strict=True)}
    assert not any(name in lists[other] for name, others in lists.items() for other in others)
    for one, said in zip(story, found, strict=True):
        assert len(said) <= MOST and [other.quality for other in said] == sorted(
            (o.quality for o in said), reverse=True
        )
        limit = one.item.published + timedelta(hours=104)
        names = {o.item.title for o in story if one.item.published <= o.item.published <= limit}
        assert {other.title for other in said} <= names
