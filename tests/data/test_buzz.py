"""Counts of coverage are read as of a day: none that was not known by then, and none of a day that was not over."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.greenlight.kept_buzz import keep_buzz, kept_buzz
from openslate.data.buzz import NONE, Buzz, coverage_of, read_buzz, renamed
from openslate.errors import UsageError
from openslate.project import Project
from tests.data.imported import import_text, quarantined, stored
from tests.lake_rows import add_rows

FIRST = date(2024, 3, 1)
HEADER = "kind,subject,day,known,stories,items,heat,weighted\n"


def counted(subject: str, day: int, late: int = 1, stories: int = 1, kind: str = "title") -> tuple[object, ...]:
    when = FIRST + timedelta(days=day)
    return (kind, subject, when, when + timedelta(days=late), stories, 2 * stories, 10.0 * stories, 1.5 * stories)


def test_counts_are_summed_over_the_days_before(project: Project) -> None:
    add_rows(project, "buzz", [counted("t1", 0), counted("t1", 3, stories=4), counted("Ada Stone", 3, kind="person")])
    buzz = read_buzz(project)
    assert buzz.of("title", "t1", FIRST + timedelta(days=4), 4).tolist() == [5.0, 10.0, 50.0, 7.5]
    assert buzz.of("title", "t1", FIRST + timedelta(days=4), 1).tolist() == [4.0, 8.0, 40.0, 6.0]
    assert buzz.of("person", "ADA STONE", FIRST + timedelta(days=5), 2)[0] == 1.0
    assert buzz.of("title", "t2", FIRST + timedelta(days=4), 4).tolist() == [0.0] * 4
    assert np.isnan(buzz.of("title", "t1", FIRST + timedelta(days=4), 5)).all()
    with pytest.raises(UsageError, match="no 'company'"):
        buzz.of("company", "t1", FIRST, 1)


def test_nothing_counted_says_nothing(project: Project) -> None:
    assert read_buzz(project) is NONE and not NONE.counted
    assert np.isnan(NONE.of("title", "t1", FIRST, 7)).all()


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(1, 9), st.integers(0, 5)), max_size=12, unique_by=lambda one: one[0]
    ),
    st.integers(0, 30),
    st.integers(1, 20),
)
def test_no_day_hears_of_what_was_not_known_by_then(rows: list[tuple[int, int, int]], before: int, days: int) -> None:
    buzz = _buzz(rows)
    expected = sum(stories for day, late, stories in rows if before - days <= day < before and day + late <= before)
    found = buzz.of("title", "t1", FIRST + timedelta(days=before), days)
    if not rows or before - days < min(day for day, _, _ in rows):
        assert np.isnan(found).all()
    else:
        assert found[0] == expected


def _buzz(rows: list[tuple[int, int, int]]) -> Buzz:
    begin = (FIRST - date(1970, 1, 1)).days
    table = [
        (float(begin + day), float(begin + day + late), float(stories), 0.0, 0.0, 0.0) for day, late, stories in rows
    ]
    return Buzz({"t1": coverage_of(table)}, {}, min(int(row[0]) for row in table)) if table else NONE


def test_as_of_leaves_out_what_became_known_later(project: Project) -> None:
    add_rows(project, "buzz", [counted("t1", 0), counted("t2", 1, late=30)])
    assert set(read_buzz(project, FIRST + timedelta(days=29)).titles) == {"t1"}
    assert set(read_buzz(project, FIRST + timedelta(days=31)).titles) == {"t1", "t2"}


def test_titles_that_are_one_are_added_up(project: Project) -> None:
    add_rows(project, "buzz", [counted("t1", 0), counted("t2", 0), counted("t2", 1)])
    joined = renamed(read_buzz(project), {"t1": "t", "t2": "t"})
    assert set(joined.titles) == {"t"} and joined.of("title", "t", FIRST + timedelta(days=2), 2)[0] == 3.0


def test_a_stored_forecaster_keeps_it_whole(project: Project) -> None:
    add_rows(project, "buzz", [counted("t1", 0), counted("t2", 5), counted("Ada Stone", 3, kind="person")])
    buzz = read_buzz(project)
    again = kept_buzz(keep_buzz(buzz))
    assert again.begins == buzz.begins and list(again.titles) == list(buzz.titles)
    when = FIRST + timedelta(days=9)
    for kind, subject in (("title", "t1"), ("title", "t2"), ("person", "Ada Stone")):
        assert again.of(kind, subject, when, 9).tolist() == buzz.of(kind, subject, when, 9).tolist()


def test_counts_are_imported_like_any_table_and_wrong_ones_are_refused(project: Project) -> None:
    good, early = "title,t1,2024-03-01,2024-03-02,1,2,10,2\n", "title,t2,2024-03-01,2024-03-01,1,2,10,2\n"
    report = import_text(project, HEADER + good + early, "buzz")
    assert len(stored(project, "buzz")) == 1
    assert "after the day" in str(quarantined(project, report))
