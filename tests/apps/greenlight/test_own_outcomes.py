from collections import defaultdict
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openslate.apps.greenlight.labels import labels
from openslate.apps.greenlight.own_outcomes import own_outcomes, weekly
from openslate.apps.greenlight.works import work_of_title
from openslate.data.catalogue import read_catalogue
from openslate.errors import NothingAllowed, UsageError
from openslate.project import Project
from openslate.rights.consent import Basis, grant_source, record_member
from tests.lake_rows import add_rows

FIRST = date(2024, 3, 1)
BASIS = Basis("Terms of membership.")


def on(day: int, hour: float = 20) -> datetime:
    return datetime(2024, 3, 1) + timedelta(days=day, hours=hour)


def released(day: int) -> str:
    return (FIRST + timedelta(days=day)).isoformat()


def a_service(project: Project, plays: list[tuple[object, ...]], *titles: tuple[object, ...]) -> None:
    """Plays of days 0 to 60 at least, by a member who watches an old title on each."""
    always = [("z", "old", on(day), 3600, 1.0) for day in range(61)]
    add_rows(project, "titles", [("old", "Old", "film", "2020-01-01"), *titles])
    add_rows(project, "plays", [*always, *plays])
    grant_source(project, "test", BASIS)


def many(title: str, day: int, count: int, start: int = 0) -> list[tuple[object, ...]]:
    return [(f"m{start + number:03d}", title, on(day), 1800, 0.5) for number in range(count)]


def test_an_audience_is_counted_from_release_over_its_days_and_known_the_day_after(project: Project) -> None:
    plays = [*many("a", 5, 12), *many("a", 32, 3, 20), *many("a", 33, 5, 40), *many("a", 6, 4)]
    a_service(project, plays, ("a", "Ash", "film", released(5)))
    found = own_outcomes(project, date(2024, 6, 1), days=28)
    assert (found.title.tolist(), found.value.tolist()) == (["a"], [15.0])
    assert not found.censored.any()
    assert (str(found.starts[0]), str(found.ends[0]), str(found.published[0])) == (
        released(5),
        released(32),
        released(33),
    )
    assert found.left_out == {"titles released before the plays begin": 1}
    hours = own_outcomes(project, date(2024, 6, 1), "hours", days=28)
    assert hours.value.tolist() == [9.5]


def test_plays_count_from_two_minutes_or_a_twentieth_on(project: Project) -> None:
    looked = [(f"n{number}", "a", on(7), 119, 0.049) for number in range(30)]
    short = [(f"s{number}", "a", on(7), 60, 0.05) for number in range(5)]
    untold = [(f"u{number}", "a", on(7), None, None) for number in range(5)]
    a_service(project, [*looked, *short, *untold, ("t", "a", on(7), 120, 0.01)], ("a", "Ash", "film", released(5)))
    assert own_outcomes(project, date(2024, 6, 1), days=28).value.tolist() == [11.0]


def test_windows_are_closed_by_the_day_and_by_the_last_play(project: Project) -> None:
    titles = [("a", "Ash", "film", released(5)), ("b", "Bay", "film", released(40)), ("c", "Cay", "film", None)]
    a_service(project, [*many("a", 5, 12), *many("b", 41, 12), *many("c", 41, 12)], *titles)
    found = own_outcomes(project, date(2024, 6, 1), days=28)
    assert found.title.tolist() == ["a"]
    assert found.left_out["titles whose window is not closed"] == 1
    assert found.left_out["titles without a release day"] == 1
    assert len(own_outcomes(project, FIRST + timedelta(days=32), days=28)) == 0
    assert len(own_outcomes(project, FIRST + timedelta(days=33), days=28)) == 1
    assert own_outcomes(project, date(2024, 6, 1), days=20).title.tolist() == ["a", "b"]


def test_few_members_are_told_as_at_most_ten(project: Project) -> None:
    titles = [("a", "Ash", "film", released(5)), ("b", "Bay", "film", released(5)), ("c", "Cay", "film", released(5))]
    a_service(project, [*many("a", 5, 9), *many("b", 5, 10), *many("b", 6, 10)], *titles)
    found = own_outcomes(project, date(2024, 6, 1), days=28)
    assert found.value.tolist() == [10.0, 10.0, 10.0]
    assert found.censored.tolist() == [True, False, True]
    hours = own_outcomes(project, date(2024, 6, 1), "hours", days=28)
    assert (hours.value.tolist(), hours.censored.tolist()) == ([10.0, 10.0, 10.0], [True, False, True])


def test_countries_and_age_bands_are_those_of_the_members(project: Project) -> None:
    a_service(project, [*many("a", 5, 30), *many("a", 6, 12, 50)], ("a", "Ash", "film", released(5)))
    add_rows(project, "members", [(f"m{n:03d}", None, "FR", "18-24") for n in range(30)])
    add_rows(project, "members", [(f"m{n:03d}", None, "GB", "18-24") for n in range(50, 62)])
    add_rows(project, "members", [(f"m{n:03d}", None, None, "65+") for n in range(11)])
    day = date(2024, 6, 1)
    assert own_outcomes(project, day, region="FR", days=28).value.tolist() == [30.0]
    assert own_outcomes(project, day, region="GB", days=28).value.tolist() == [12.0]
    assert own_outcomes(project, day, region="FR", days=28, age_band="65+").value.tolist() == [11.0]
    assert own_outcomes(project, day, days=28, age_band="18-24").value.tolist() == [31.0]
    with pytest.raises(UsageError, match="country 'SE'"):
        own_outcomes(project, day, region="SE")


def test_a_segment_of_which_nothing_is_told_is_refused_clearly(project: Project) -> None:
    a_service(project, many("a", 5, 30), ("a", "Ash", "film", released(5)))
    with pytest.raises(UsageError, match="tells the age band of no member"):
        own_outcomes(project, date(2024, 6, 1), days=28, age_band="18-24")
    add_rows(project, "members", [(f"m{n:03d}", None, "FR", "18-24") for n in range(30)])
    with pytest.raises(UsageError, match="has the age band '25-34'"):
        own_outcomes(project, date(2024, 6, 1), days=28, age_band="25-34")


def test_members_who_refuse_either_purpose_are_left_out_and_counted(project: Project) -> None:
    a_service(project, many("a", 5, 14), ("a", "Ash", "film", released(5)))
    record_member(project, "m000", ["train"], granted=False)
    record_member(project, "m001", ["evaluate"], granted=False)
    found = own_outcomes(project, date(2024, 6, 1), days=28)
    assert found.value.tolist() == [12.0]
    assert (found.decision.members_denied, found.decision.denied) == (2, {"R20": 2})
    assert own_outcomes(project, date(2024, 6, 1), days=28, purposes=("train",)).value.tolist() == [13.0]


def test_titles_from_elsewhere_are_not_taken_for_failures(project: Project) -> None:
    a_service(project, many("a", 5, 14), ("a", "Ash", "film", released(5)), ("b", "Bay", "film", released(6)))
    add_rows(project, "titles", [(f"x{n}", f"Film {n}", "film", released(5)) for n in range(20)], source="films")
    found = own_outcomes(project, date(2024, 6, 1), days=28)
    assert found.title.tolist() == ["a", "b"]
    add_rows(project, "plays", many("x3", 5, 11), source="test")
    assert own_outcomes(project, date(2024, 6, 1), days=28).title.tolist() == ["a", "b", "x3"]


def test_later_plays_never_change_what_was_known(project: Project) -> None:
    a_service(project, many("a", 5, 14), ("a", "Ash", "film", released(5)))
    day = FIRST + timedelta(days=40)
    before = own_outcomes(project, day, days=28)
    add_rows(project, "plays", [*many("a", 41, 20, 100), *many("a", 55, 20, 200)])
    after = own_outcomes(project, day, days=28)
    assert (before.value.tolist(), before.title.tolist()) == (after.value.tolist(), after.title.tolist())
    assert before.left_out == after.left_out


def test_labels_are_made_of_them(project: Project) -> None:
    a_service(project, many("a", 5, 14), ("a", "Ash", "film", released(5)), ("b", "Bay", "film", released(9)))
    works = [work_of_title(title, None) for title in read_catalogue(project).titles]
    found = labels(works, own_outcomes(project, date(2024, 6, 1), days=28))
    assert [work.name for work in found.works] == ["Ash", "Bay"]
    assert np.exp(found.logs).round().tolist() == [14, 10]
    assert found.at_most.tolist() == [False, True]
    assert found.from_release and found.days.tolist() == [28, 28]


def test_weeks_add_up_to_the_whole(project: Project) -> None:
    plays = [*many("a", 5, 6), *many("a", 11, 6), *many("a", 12, 12), *many("a", 30, 6, 20), *many("b", 5, 9)]
    a_service(project, plays, ("a", "Ash", "film", released(5)), ("b", "Bay", "film", released(5)))
    found = weekly(project, date(2024, 6, 1), 4)
    assert found.titles.tolist() == ["a"]
    assert found.shares.tolist() == [[6 / 18, 12 / 18, 12 / 18, 1.0]]
    assert found.left_out["titles with fewer than 10 members"] == 1
    hours = weekly(project, date(2024, 6, 1), 4, "hours")
    assert hours.shares.tolist() == [[12 / 30, 24 / 30, 24 / 30, 1.0]]


@pytest.mark.parametrize(
    ("options", "said"),
    [({"measure": "likes"}, "'likes'"), ({"days": 0}, "0 days"), ({"days": 2000}, "2000 days")],
)
def test_what_cannot_be_counted_is_said(project: Project, options: dict[str, object], said: str) -> None:
    a_service(project, [])
    with pytest.raises(UsageError, match=said):
        own_outcomes(project, date(2024, 6, 1), **options)  # type: ignore[arg-type]  # options are its own


def test_hours_need_plays_that_tell_them(project: Project) -> None:
    add_rows(project, "titles", [("a", "Ash", "film", released(0))])
    add_rows(project, "plays", [("m", "a", on(day)) for day in range(40)])
    grant_source(project, "test", BASIS)
    with pytest.raises(UsageError, match="No play says how many seconds"):
        own_outcomes(project, date(2024, 6, 1), "hours", days=28)


def test_without_plays_there_is_a_sentence(project: Project) -> None:
    with pytest.raises(NothingAllowed, match="holds no plays up to 2024-06-01"):
        own_outcomes(project, date(2024, 6, 1))
    add_rows(project, "titles", [("a", "Ash")])
    add_rows(project, "plays", [("m", "a", on(1))])
    with pytest.raises(NothingAllowed, match="openslate rights grant"):
        own_outcomes(project, date(2024, 6, 1))


PLAY = st.tuples(
    st.integers(0, 14),
    st.sampled_from("abc"),
    st.integers(0, 50),
    st.one_of(st.none(), st.integers(0, 300)),
    st.one_of(st.none(), st.floats(0, 0.2)),
)


@given(plays=st.lists(PLAY, max_size=120), days=st.integers(1, 30), end=st.integers(20, 60))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_engine_counts_as_a_loop_does(
    tmp_path_factory: pytest.TempPathFactory,
    plays: list[tuple[int, str, int, int | None, float | None]],
    days: int,
    end: int,
) -> None:
    project = Project.init(tmp_path_factory.mktemp("own") / "svc")
    out = {"a": 2, "b": 10, "c": 30}
    rows = [
        (f"m{who}", what, on(day, place / 100), some, share)
        for place, (who, what, day, some, share) in enumerate(plays)
    ]
    a_service(project, list(rows), *[(title, title, "film", released(day)) for title, day in out.items()])
    expected: dict[str, set[str]] = defaultdict(set)
    for who, what, moment, some, share in rows:
        age = (moment.date() - FIRST).days - out[what]
        counts = (some or 0) >= 120 or (share or 0) >= 0.05 or (some is None and share is None)
        if 0 <= age < days and counts:
            expected[what].add(who)
    found = own_outcomes(project, FIRST + timedelta(days=end), days=days)
    closed = [title for title, day in out.items() if day + days <= min(end, 60)]
    assert found.title.tolist() == closed
    for title, value, at_most in zip(found.title, found.value, found.censored, strict=True):
        members = len(expected[title])
        assert (value, at_most) == ((10.0, True) if members < 10 else (float(members), False))
    assert found.published.max(initial=np.datetime64(FIRST)) <= np.datetime64(FIRST + timedelta(days=end))
