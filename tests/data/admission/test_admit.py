"""What holds for every import: counts add up, nothing is lost, order stays, and all of it comes at once."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openslate import clock
from openslate.data.admission import repeats, typed
from openslate.data.admission.report import ImportReport, TableCounts
from openslate.data.sources.csv import import_csv
from openslate.errors import AdmitError
from openslate.project import Project
from openslate.rights.consent import Basis, source_grants
from openslate.settings import Limits, Settings
from tests.data.imported import HEADER, import_text, quarantined, stored, with_titles, write_plays

BASIS = Basis("Terms of membership of 2026.", ("train", "evaluate"))


def test_the_same_file_twice_adds_nothing(project: Project) -> None:
    with_titles(project)
    text = HEADER + "m1,t1,2024-01-01,1,1\nm2,t1,never,1,1\n"
    first = import_text(project, text)
    files = sorted(project.folder.rglob("*.parquet"))
    second = import_text(project, text)
    assert second.already_imported and not first.already_imported
    assert second.tables == {"plays": TableCounts(2, 0, 1, 1)}
    assert second.quarantine == first.quarantine
    assert sorted(project.folder.rglob("*.parquet")) == files and len(project.lake.imports()) == 2


def test_rows_the_project_has_are_repeated_not_added(project: Project) -> None:
    with_titles(project)
    import_text(project, HEADER + "m1,t1,2024-01-01,1,1\nm2,t1,2024-01-02,1,1\n")
    report = import_text(project, HEADER + "m3,t1,2024-01-01,1,1\nm1,t1,2024-01-01,99,0\nm2,t1,2024-01-03,1,1\n")
    assert report.tables["plays"] == TableCounts(3, 2, 1, 0)
    assert [(row[0], row[3]) for row in stored(project, "plays")] == [("m1", 1), ("m2", 1), ("m3", 1), ("m2", 1)]
    same = import_text(project, HEADER + "m2,t1,2024-01-02,1,1\n")
    assert same.tables["plays"] == TableCounts(1, 0, 1, 0) and not same.already_imported


def test_refused_rows_get_another_chance_once_their_titles_are_there(project: Project) -> None:
    with_titles(project, "t1")
    text = HEADER + "m1,t1,2024-01-01,1,1\nm1,t9,2024-01-01,1,1\n"
    assert import_text(project, text).tables["plays"] == TableCounts(2, 1, 0, 1)
    with_titles(project, "t9")
    again = import_text(project, text)
    assert again.tables["plays"] == TableCounts(2, 1, 1, 0) and not again.already_imported
    assert import_text(project, text).already_imported


def test_a_changed_title_is_a_new_version_and_an_equal_one_is_repeated(project: Project) -> None:
    old, new = "title,name,genres\nt1,One,A|B\nt2,Two,\n", "title,name,genres\nt1,Uno,A|B\nt2,Two,\n"
    import_text(project, old, "titles")
    assert import_text(project, new, "titles").tables["titles"] == TableCounts(2, 1, 1, 0)
    assert import_text(project, new, "titles").already_imported
    # Going back is a third version, although the same file came before.
    assert import_text(project, old, "titles").tables["titles"] == TableCounts(2, 1, 1, 0)
    assert [row[1] for row in stored(project, "titles")] == ["One", "Two", "Uno", "One"]
    assert import_text(project, old, "titles").already_imported


def test_rows_stay_in_the_order_of_the_file(project: Project) -> None:
    with_titles(project)
    times = [f"2024-01-01 00:00:{row * 7 % 60:02d}" for row in range(5000)]
    rows = [f"m{row},t{row % 3 + 1},{time if row % 11 else 'never'},1,1" for row, time in enumerate(times)]
    import_text(project, HEADER + "\n".join(rows))
    assert [row[0] for row in stored(project, "plays")] == [f"m{row}" for row in range(5000) if row % 11]


@pytest.mark.parametrize("in_memory", [True, False])
def test_large_imports_become_several_files_in_order(
    project: Project, monkeypatch: pytest.MonkeyPatch, in_memory: bool
) -> None:
    if not in_memory:
        monkeypatch.setattr(typed, "LARGEST_IN_MEMORY", 0)
    small = Project(project.folder, Settings(limits=Limits(rows_per_shard=300)))
    with_titles(small)
    rows = [f"m{row},t1,2024-01-01,1,{'2' if row % 10 == 3 else '1'}" for row in range(1000)]
    report = import_text(small, HEADER + "\n".join(rows) + "\nm0,t1,2024-01-01,1,1\n")
    assert report.tables["plays"] == TableCounts(1001, 900, 0, 101)
    assert [shard.rows for shard in small.lake.snapshot("plays").shards] == [270, 270, 270, 90]
    assert [row[0] for row in stored(small, "plays")] == [f"m{row}" for row in range(1000) if row % 10 != 3]
    assert quarantined(small, report)[-1]["line"] == 1002


def test_keys_are_compared_in_passes_where_they_are_many(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "ROWS_PER_PASS", 7)
    with_titles(project)
    rows = [f"m{row % 90},t1,2024-01-01,1,1" for row in range(100)]
    report = import_text(project, HEADER + "\n".join(rows))
    assert report.tables["plays"] == TableCounts(100, 90, 0, 10)
    assert [found["line"] for found in quarantined(project, report)] == list(range(92, 102))


def test_a_time_ahead_of_the_clock_is_impossible(project: Project) -> None:
    with_titles(project)
    noon = datetime(2024, 1, 1, 12, tzinfo=UTC)
    with clock.frozen(noon):
        report = import_text(project, HEADER + "m1,t1,2024-01-01T12:00:00Z,1,1\nm2,t1,2024-01-01T12:00:01Z,1,1\n")
    assert report.tables["plays"] == TableCounts(2, 1, 0, 1)
    with clock.frozen(noon + timedelta(hours=1)):
        assert import_text(project, HEADER + "m2,t1,2024-01-01T12:00:01Z,1,1\n").tables["plays"].added == 1


def test_the_basis_is_kept_even_when_the_rows_are_known(project: Project) -> None:
    with_titles(project)
    text = HEADER + "m1,t1,2024-01-01,1,1\n"
    without = import_text(project, text, source="logs")
    assert without.advice.startswith("Nobody's events from 'logs' may be used") and source_grants(project) == {}
    report = import_text(project, text, source="logs", basis=BASIS)
    assert report.already_imported and report.advice == "" and report.basis == BASIS
    assert source_grants(project) == {("logs", "train"): BASIS.text, ("logs", "evaluate"): BASIS.text}


def test_the_report_is_json(project: Project) -> None:
    with_titles(project)
    report = import_text(project, HEADER + "m1,t1,2024-01-01,1,1\nm2,t1,never,1,1\n", basis=BASIS)
    told = json.loads(json.dumps(report.to_json()))
    assert told["tables"] == {"plays": {"read": 2, "added": 1, "repeated": 0, "quarantined": 1}}
    assert told["basis"]["purposes"] == ["train", "evaluate"] and told["already_imported"] is False


def test_nothing_is_kept_of_an_import_that_fails(project: Project, tmp_path: Path) -> None:
    with_titles(project)
    before = sorted(path for path in project.folder.rglob("*") if path.is_file())
    with pytest.raises(AdmitError):
        import_text(project, HEADER + "m1,t1,never,1,1\n")
    left = {path for path in project.folder.rglob("*") if path.is_file()} - set(before)
    assert {path.name for path in left} <= {"state.sqlite-wal", "state.sqlite-shm", ".write-lock"}


def test_quarantine_is_for_the_owner_alone(project: Project) -> None:
    with_titles(project)
    report = import_text(project, HEADER + "m1,t1,2024-01-01,1,1\nm2,t1,never,1,1\n")
    assert report.quarantine is not None
    assert (project.folder / report.quarantine).parent.stat().st_mode & 0o077 == 0


def test_counts_that_do_not_add_up_stop_the_import() -> None:
    with pytest.raises(AdmitError, match="do not add up: 3 read, 1 added, 1 repeated, 0 quarantined"):
        TableCounts(3, 1, 1, 0).checked("plays")


members = st.sampled_from(["m1", "m2", "", "é\n", 'q"', " "])
titles = st.sampled_from(["t1", "t2", "nothing", "", "a,b"])
times = st.sampled_from(["2024-01-01", "2024-01-01T00:00:00Z", "2024-01-02 03:04:05", "never", "1900-01-01", ""])
shares = st.sampled_from(["0.5", "1.0000001", "-0", "nan", "", "x\r\ny"])
rows_of_plays = st.lists(st.tuples(members, titles, times, st.just("60"), shares), min_size=1, max_size=12)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(
    rows=rows_of_plays,
    broken=st.lists(st.sampled_from(["", "a,b", "a,b,c,d,e,f", '"', "\0", 'm1,"t1"x,,,']), unique=True),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_every_row_is_added_repeated_or_quarantined(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]], broken: list[str], end: str, quoting: int
) -> None:
    project = Project.init(tmp_path_factory.mktemp("any") / "svc")
    with_titles(project, "t1", "t2", "a,b")
    written = io.StringIO()
    csv.writer(written, lineterminator=end, quoting=quoting).writerows([("m1", "t1", "2020-05-05", "60", "1"), *rows])
    text = HEADER.replace("\n", end) + written.getvalue() + end.join(broken) + end
    import_text(project, HEADER + "m2,t2,2024-01-01,60,0.5\n")
    report = import_text(project, text)
    counts = report.tables["plays"]
    assert counts.read == counts.added + counts.repeated + counts.quarantined
    assert counts.read == 1 + len(rows) + sum(bool(line) for line in broken)
    assert_same_rows(project, report, rows, [line for line in broken if line])


def assert_same_rows(project: Project, report: ImportReport, rows: list[tuple[str, ...]], broken: list[str]) -> None:
    """Added, repeated and quarantined rows together are the rows of the file, in its order."""
    added = [(row[0], row[1], row[2]) for row in stored(project, "plays")][1:]
    refused = {found["line"]: found["row"] for found in quarantined(project, report)}
    lines = sorted(refused)
    assert len(refused) == report.tables["plays"].quarantined
    expected, seen = [("m1", "t1", datetime(2020, 5, 5))], {("m1", "t1", datetime(2020, 5, 5))}
    bad = 0
    for member, title, time, _, share in rows:
        key = (member, title, moment(time))
        good = len(member) >= 1 and title in ("t1", "t2", "a,b") and key[2] is not None and share in ("0.5", "-0", "")
        if not good or key in seen:
            bad += 1
            continue
        seen.add(key)
        if key != ("m2", "t2", datetime(2024, 1, 1)):
            expected.append(key)
    assert added == expected
    assert len(lines) == bad + len(broken)
    assert [refused[line] for line in lines[bad:]] == broken


def moment(text: str) -> datetime | None:
    return {
        "2024-01-01": datetime(2024, 1, 1),
        "2024-01-01T00:00:00Z": datetime(2024, 1, 1),
        "2024-01-02 03:04:05": datetime(2024, 1, 2, 3, 4, 5),
    }.get(text)


def test_an_import_of_many_plays_is_quick_enough_to_wait_for(project: Project, tmp_path: Path) -> None:
    with_titles(project)
    report = import_csv(project, write_plays(tmp_path / "plays.csv", 100_000), "plays")
    assert report.tables["plays"].added == 100_000 and report.seconds < 20
