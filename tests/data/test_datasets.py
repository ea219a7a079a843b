from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openslate.data.catalogue import Catalogue, read_catalogue
from openslate.data.datasets import member_history, viewing
from openslate.errors import ProjectError, RightsError, UsageError
from openslate.project import Project
from openslate.rights.consent import Basis, grant_source, record_member
from tests.lake_rows import add_rows

NOON = datetime(2024, 1, 1, 12, tzinfo=UTC)
BASIS = Basis("Terms of membership.")


def a_service(project: Project) -> None:
    add_rows(
        project,
        "titles",
        [("t1", "One", "film", "2023-01-01"), ("t2", "Two", "film", "2024-06-01"), ("t3", "Three")],
    )
    grant_source(project, "test", BASIS)


def at(hours: float) -> datetime:
    return (NOON + timedelta(hours=hours)).replace(tzinfo=None)


def test_events_become_arrays_in_order_of_time_and_then_of_arrival(project: Project) -> None:
    a_service(project)
    add_rows(project, "plays", [("b", "t1", at(1), 60, 0.5), ("a", "t3", at(0), 60, None), ("a", "t1", at(0), 60, 1)])
    add_rows(project, "ratings", [("a", "t3", at(-1), 2.5)])
    data = viewing(project, ("train",), "test")
    assert data.members == ("a", "b")
    assert [title.title for title in data.catalogue.titles] == ["t1", "t2", "t3"]
    assert data.histories.offsets.tolist() == [0, 3, 4]
    assert data.histories.titles.tolist() == [2, 2, 0, 0]
    assert data.histories.engagement.tolist() == [16, 32, 32, 16]
    assert data.latest == int(at(1).replace(tzinfo=UTC).timestamp()) * 1_000_000


def test_titles_released_later_are_not_in_a_past_catalogue_unless_watched(project: Project) -> None:
    a_service(project)
    add_rows(project, "plays", [("a", "t1", at(0)), ("a", "t3", at(0))])
    assert [t.title for t in viewing(project, ("train",), "test", as_of=NOON).catalogue.titles] == ["t1", "t3"]
    add_rows(project, "plays", [("b", "t2", at(-1))])
    assert len(viewing(project, ("train",), "test", as_of=NOON).catalogue) == 3


def test_the_version_of_a_title_imported_last_counts(project: Project) -> None:
    a_service(project)
    add_rows(project, "titles", [("t1", "One, again", "film", "2023-01-01")])
    add_rows(project, "plays", [("a", "t1", at(0))])
    catalogue = viewing(project, ("train",), "test").catalogue
    assert [title.name for title in catalogue.titles] == ["One, again", "Two", "Three"]


def test_countries_come_with_permitted_members_only(project: Project) -> None:
    a_service(project)
    add_rows(project, "plays", [("a", "t1", at(0)), ("b", "t1", at(0))])
    add_rows(project, "members", [("a", None, "FR"), ("b", None, "DE")])
    add_rows(project, "members", [("a", None, "GB")])
    record_member(project, "b", ["train"], granted=False)
    assert viewing(project, ("train",), "test").countries == ("GB",)


def test_an_empty_project_says_what_to_do(project: Project) -> None:
    with pytest.raises(RightsError, match="openslate import"):
        viewing(project, ("train",), "test")


def test_one_members_history_is_theirs_alone(project: Project) -> None:
    a_service(project)
    add_rows(project, "plays", [("a", "t1", at(0), 60, 0.25), ("b", "t3", at(1), 60, 1)])
    catalogue = viewing(project, ("train",), "test").catalogue
    history = member_history(project, "a", catalogue)
    assert (history.permitted, history.known, history.histories.titles.tolist()) == (True, True, [0])
    assert history.completion.tolist() == [0.25]
    record_member(project, "a", ["personalize"], granted=False)
    refused = member_history(project, "a", catalogue)
    assert (refused.permitted, refused.known, refused.histories.n_events) == (False, True, 0)
    unknown = member_history(project, "nobody", catalogue)
    assert (unknown.permitted, unknown.known) == (False, False)


def test_the_snapshot_pins_the_files(project: Project) -> None:
    a_service(project)
    add_rows(project, "plays", [("a", "t1", at(0))])
    pinned = project.lake.snapshot("titles", "members", "plays", "ratings", "consents")
    before = viewing(project, ("train",), "test", snapshot=pinned)
    add_rows(project, "plays", [("a", "t3", at(-2))])
    after = viewing(project, ("train",), "test", snapshot=pinned)
    assert before.hash == after.hash
    assert viewing(project, ("train",), "test").hash != before.hash


EVENTS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["t1", "t2", "t3"]), st.integers(-48, 48), st.booleans()),
    min_size=1,
    max_size=12,
)


@given(earlier=EVENTS, later=EVENTS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_later_than_as_of_never_change_a_past_dataset(
    tmp_path_factory: pytest.TempPathFactory,
    earlier: list[tuple[str, str, int, bool]],
    later: list[tuple[str, str, int, bool]],
) -> None:
    project = Project.init(tmp_path_factory.mktemp("asof") / "svc")
    a_service(project)

    def add(events: list[tuple[str, str, int, bool]], seconds: int = 60, stars: float = 4.0) -> None:
        plays = [(who, what, at(hour), seconds, 0.5) for who, what, hour, rated in events if not rated]
        ratings = [(who, what, at(hour), stars) for who, what, hour, rated in events if rated]
        if plays:
            add_rows(project, "plays", list(plays))
        if ratings:
            add_rows(project, "ratings", list(ratings))

    def past() -> str | None:
        try:
            data = viewing(project, ("train",), "test", as_of=NOON)
        except RightsError:
            return None
        assert (data.histories.times <= int(NOON.timestamp()) * 1_000_000).all()
        return data.hash

    add(earlier)
    before = past()
    # Other values, because no two files of a table may be equal: a file's name is its content.
    add([(who, what, abs(hour) + 1, rated) for who, what, hour, rated in later], seconds=61, stars=4.5)
    add_rows(project, "titles", [("t9", "Nine", "film", "2024-01-02")])
    assert past() == before


def test_arrays_have_the_documented_types(project: Project) -> None:
    a_service(project)
    add_rows(project, "plays", [("a", "t1", at(0))])
    histories = viewing(project, ("train",), "test").histories
    assert (histories.offsets.dtype, histories.titles.dtype) == (np.int64, np.int32)
    assert (histories.times.dtype, histories.engagement.dtype) == (np.int64, np.int32)


@pytest.mark.parametrize("table", ["titles", "plays", "consents"])
@pytest.mark.parametrize("damage", ["missing", "garbage"])
def test_a_damaged_file_is_named_by_whoever_reads_it(project: Project, table: str, damage: str) -> None:
    a_service(project)
    add_rows(project, "plays", [("a", "t1", at(0))])
    record_member(project, "a", ["train"], granted=True)
    catalogue = viewing(project, ("train",), "test").catalogue
    (shard,) = project.lake.snapshot(table).shards
    path = project.lake.folder_of(table) / f"{shard.hash}.parquet"
    path.write_bytes(b"no Parquet")
    if damage == "missing":
        path.unlink()
    with pytest.raises(ProjectError, match=rf"{table}/{shard.hash}\.parquet is damaged or missing"):
        viewing(project, ("train",), "test")
    with pytest.raises(ProjectError, match=rf"{table}/{shard.hash}\.parquet is damaged or missing"):
        if table == "titles":
            read_catalogue(project)
        else:
            member_history(project, "a", catalogue)


def test_data_that_was_exchanged_is_never_learned_from(project: Project) -> None:
    a_service(project)
    first = add_rows(project, "plays", [("a", "t1", at(0))])
    second = add_rows(project, "plays", [("b", "t1", at(0))])
    folder = project.lake.folder_of("plays")
    (folder / f"{first.hash}.parquet").write_bytes((folder / f"{second.hash}.parquet").read_bytes())
    with pytest.raises(ProjectError, match=first.hash):
        viewing(project, ("train",), "test")


def test_an_id_that_no_file_can_hold_has_no_history(project: Project) -> None:
    with pytest.raises(UsageError, match="UTF-8"):
        member_history(project, "\ud800", Catalogue(()))
