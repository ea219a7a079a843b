import hashlib
import json
import multiprocessing
import os
import signal
import stat
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from openslate.data import encoding, prepared
from openslate.data.catalogue import natural_order
from openslate.data.datasets import TABLES, viewing
from openslate.data.prepared import named, prepared_folder
from openslate.errors import ProjectError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.consent import PURPOSES, Basis, grant_source, record_member
from openslate.rights.judging import permitted
from tests.lake_rows import add_rows

START = datetime(2024, 1, 1, tzinfo=UTC)
BASIS = Basis("Terms of membership.", PURPOSES)


def plain(project: Project, purposes: tuple[str, ...]) -> tuple[tuple[str, ...], dict[str, NDArray[Any]]]:
    """The reference: every permitted event read, joined and sorted by one query, all at once."""
    files = project.lake.snapshot(*TABLES)
    titles = project.lake.relation(project.lake.snapshot("titles"), "titles", {"title": "VARCHAR"})
    with project.lake.connect() as connection:
        rows = permitted(project, encoding.events_of(project, files, None), purposes)
        connection.execute(f"CREATE TEMP TABLE everything AS SELECT * FROM {rows}")
        found = connection.execute(
            "SELECT member, dense_rank() OVER (ORDER BY try_cast(member AS HUGEINT) NULLS LAST, member) - 1 AS place, "
            "title_index, epoch_us(happened) AS moment, engagement, coalesce(completion, 'nan'::DOUBLE) AS completion "
            "FROM everything LEFT JOIN (SELECT title, row_number() OVER "
            f"(ORDER BY {natural_order('title')}) - 1 AS title_index FROM (SELECT DISTINCT title FROM {titles})) "
            "USING (title) ORDER BY place, happened, shard, line"
        ).fetchnumpy()
    known = ~np.ma.getmaskarray(found["title_index"])
    members = dict.fromkeys(found["member"].tolist())
    counts = np.bincount(found["place"][known], minlength=len(members))
    return tuple(members), {
        "offsets": np.concatenate([[0], np.cumsum(counts)]),
        "titles": np.asarray(found["title_index"])[known],
        "times": found["moment"][known],
        "engagement": found["engagement"][known],
        "completion": found["completion"][known],
    }


def assert_as_plain(project: Project, purposes: tuple[str, ...] = ("train",)) -> None:
    members, arrays = plain(project, purposes)
    data = viewing(project, purposes, "a test", with_completion=True)
    assert data.members == members
    assert data.completion is not None
    np.testing.assert_array_equal(data.completion, arrays.pop("completion"))
    for name, array in arrays.items():
        np.testing.assert_array_equal(getattr(data.histories, name), array, err_msg=name)


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Parts and passes of a few events, so that little data is cut as much data is."""
    monkeypatch.setattr(encoding, "EVENTS_PER_PART", 7)
    monkeypatch.setattr(encoding, "EVENTS_PER_PASS", 20)
    yield


def drawn(project: Project, seed: int, members: int = 12, shards: int = 6) -> None:
    """Plays and ratings of several sources in several files, many of them at one and the same moment."""
    rng = np.random.default_rng(seed)
    add_rows(project, "titles", [(f"t{number}", f"Film {number}") for number in range(30)])
    for shard in range(shards):
        events: list[tuple[object, ...]] = []
        for _ in range(25):
            who, what, hour = f"{'m' * (shard % 2)}{rng.integers(members)}", rng.integers(30), int(rng.integers(4))
            share = None if rng.random() < 0.3 else float(rng.random())
            moment = (START + timedelta(hours=hour)).replace(tzinfo=None)
            rated = (who, f"t{what}", moment, 4.5)
            events.append(rated if shard % 3 == 2 else (who, f"t{what}", moment, 60, share))
        add_rows(project, "ratings" if shard % 3 == 2 else "plays", events, f"source {shard % 2}")
    grant_source(project, "source 0", BASIS)
    record_member(project, "m3", ["train"], granted=True)
    record_member(project, "2", ["train"], granted=False)


@given(seed=st.integers(0, 1000), members=st.integers(1, 15))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_streamed_in_parts_is_equal_to_the_plain_query(
    tmp_path_factory: pytest.TempPathFactory, small_parts: None, seed: int, members: int
) -> None:
    project = Project.init(tmp_path_factory.mktemp("parts") / "svc")
    drawn(project, seed, members)
    assert_as_plain(project)


def test_in_one_part_too(project: Project) -> None:
    drawn(project, 1)
    assert_as_plain(project)


def test_events_on_titles_nobody_knows_are_left_out_and_their_members_stay(project: Project, small_parts: None) -> None:
    drawn(project, 3)
    unknown = [("0 a newcomer", "nowhere", datetime(2024, 1, 1))] * 30
    add_rows(project, "plays", list(unknown), "source 0")
    assert_as_plain(project)


def test_the_same_read_finds_what_was_prepared_and_still_passes_the_gate(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn(project, 1)
    first = viewing(project, ("train",), "a test")
    entries = ledger.verify(project).entries
    monkeypatch.setattr(encoding, "numbered", lambda *_: pytest.fail("encoded again"))
    again = viewing(project, ("train",), "a test")
    assert again.hash == first.hash
    assert ledger.verify(project).entries == entries + 1


def test_a_withdrawal_is_never_answered_from_what_was_prepared(project: Project) -> None:
    drawn(project, 1)
    before = viewing(project, ("train",), "a test")
    record_member(project, before.members[0], ["train"], granted=False)
    assert viewing(project, ("train",), "a test").members == before.members[1:]
    assert_as_plain(project)


def test_histories_are_read_only_views_of_owner_only_files(project: Project) -> None:
    drawn(project, 1)
    histories = viewing(project, ("train",), "a test").histories
    assert type(histories.titles) is np.ndarray
    with pytest.raises(ValueError, match="read-only"):
        histories.titles[0] = 1
    for folder in (prepared_folder(project), *prepared_folder(project).glob("*/")):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("name", ["titles.npy", "manifest.json"])
@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
def test_damaged_ones_are_made_anew(project: Project, name: str, damage: str) -> None:
    drawn(project, 1)
    before = viewing(project, ("train",), "a test").hash
    (path,) = prepared_folder(project).glob(f"*/{name}")
    whole = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(whole[:-5] if damage == "cut" else whole[:-5] + b"\x00" + whole[-4:])
    assert viewing(project, ("train",), "a test").hash == before
    assert path.read_bytes() == whole


DAMAGED = ["", "{", "{}", "[]", "null", '{"files": {}}', "other columns"]


@pytest.mark.parametrize("text", DAMAGED)
def test_a_damaged_manifest_of_earlier_ones_stops_nobody(project: Project, text: str) -> None:
    drawn(project, 1)
    earlier = viewing(project, ("train",), "a test").prepared
    path = prepared_folder(project) / earlier / "manifest.json"
    path.write_text(path.read_text().replace('"titles",', '"nothing",') if text == "other columns" else text)
    add_rows(project, "plays", [("m3", "t1", datetime(2024, 2, 2))], "source 0")
    assert named(project, earlier) is None
    assert viewing(project, ("train",), "a test").histories.n_events
    assert not path.parent.exists()


def test_the_last_two_of_a_kind_are_kept_and_the_one_before_can_be_found(project: Project) -> None:
    drawn(project, 1)
    seen = []
    for day in range(2, 5):
        add_rows(project, "plays", [("m3", "t1", datetime(2024, 2, day))], "source 0")
        seen.append(viewing(project, ("train",), "a test"))
        viewing(project, ("personalize",), "another test")
    assert len(list(prepared_folder(project).glob("*/"))) == 4
    newest = named(project, seen[-1].prepared)
    assert newest is not None
    assert newest.members == seen[-1].members
    np.testing.assert_array_equal(newest.histories.times, seen[-1].histories.times)
    earlier = named(project, seen[-2].prepared)
    assert earlier is not None
    assert earlier.manifest["snapshot"] == seen[-2].snapshot
    assert earlier.titles == tuple(title.title for title in seen[-2].catalogue.titles)
    np.testing.assert_array_equal(earlier.histories.times, seen[-2].histories.times)
    assert named(project, seen[-3].prepared) is None


def slowly(folder: str) -> None:
    """Read, and stop for ever after two passes or two parts, whichever the environment says."""
    encoding.EVENTS_PER_PART, encoding.EVENTS_PER_PASS = 7, 20
    name = os.environ["STOP_IN"]
    work = getattr(encoding, name)
    calls = iter(range(100))

    def held(*arguments: Any) -> Any:
        if next(calls) == 2:
            (Path(folder) / "reached").touch()
            time.sleep(600)
        return work(*arguments)

    setattr(encoding, name, held)
    viewing(Project.open(folder), ("train",), "a test")


@pytest.mark.parametrize("stop_in", ["write_parts", "sorted_part"])
def test_a_killed_read_is_continued_where_it_stopped(
    project: Project, small_parts: None, monkeypatch: pytest.MonkeyPatch, stop_in: str
) -> None:
    drawn(project, 5)
    monkeypatch.setenv("STOP_IN", stop_in)
    process = multiprocessing.get_context("spawn").Process(target=slowly, args=(str(project.folder),))
    process.start()
    while not (project.folder / "reached").exists():
        assert process.is_alive()
        time.sleep(0.02)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    made: list[Any] = []
    work = getattr(encoding, stop_in)
    monkeypatch.setattr(encoding, stop_in, lambda *given: made.append(given) or work(*given))
    data = viewing(project, ("train",), "a test")
    (folder,) = prepared_folder(project).glob("*/")
    of_all = encoding.passes_over(project.lake.snapshot(*TABLES)) if stop_in == "write_parts" else data.members
    assert 0 < len(made) <= len(of_all) - 2
    assert {path.suffix for path in folder.iterdir()} == {".npy", ".json"}
    _, arrays = plain(project, ("train",))
    np.testing.assert_array_equal(data.histories.titles, arrays["titles"])
    np.testing.assert_array_equal(data.histories.offsets, arrays["offsets"])


def test_two_processes_do_not_prepare_at_once(project: Project) -> None:
    drawn(project, 1)
    (project.folder / "openslate.toml").write_text("[limits]\nlock_wait_seconds = 0.1\n")
    viewing(project, ("train",), "a test")
    with prepared.write_lock(prepared_folder(project), 1), pytest.raises(ProjectError, match="Another process"):
        viewing(Project.open(project.folder), ("train",), "a test")


def test_the_manifest_says_what_it_was_made_from(project: Project) -> None:
    drawn(project, 1)
    data = viewing(project, ("train",), "a test", as_of=START + timedelta(hours=1))
    (folder,) = prepared_folder(project).glob("*/")
    told = json.loads((folder / "manifest.json").read_bytes())
    assert told["as_of"] == "2024-01-01T01:00:00"
    assert told["snapshot"] == data.snapshot
    assert told["files"]["times.npy"] == hashlib.sha256((folder / "times.npy").read_bytes()).hexdigest()


def test_what_a_killed_process_spilled_is_swept(project: Project) -> None:
    dead = multiprocessing.get_context("spawn").Process(target=abs, args=(1,))
    dead.start()
    dead.join()
    (left := project.people / f"spill-{dead.pid}-abcd").mkdir()
    (left / "duckdb_temp").touch()
    (in_use := project.people / f"spill-{os.getpid()}-abcd").mkdir()
    with project.lake.writing():
        assert not left.exists()
        assert in_use.exists()


def test_connections_spill_side_by_side(project: Project) -> None:
    def folder(connection: duckdb.DuckDBPyConnection) -> str:
        found = connection.execute("SELECT current_setting('temp_directory')").fetchall()
        return str(found[0][0])

    with project.lake.connect() as one, project.lake.connect() as other:
        assert folder(one) != folder(other)
        assert Path(folder(one)).parent == project.people
