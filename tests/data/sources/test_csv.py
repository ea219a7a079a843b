import gzip
from datetime import datetime
from pathlib import Path

import pytest

from openslate.data.admission.report import TableCounts
from openslate.data.schema import PLAYS
from openslate.data.sources.csv import import_csv
from openslate.data.sources.cutting import Dialect
from openslate.data.sources.text import TextPart
from openslate.errors import AdmitError, UsageError
from openslate.project import Project
from tests.data.imported import HEADER, import_text, quarantined, stored, with_titles


def test_good_rows_go_in_as_they_stand(project: Project) -> None:
    with_titles(project)
    report = import_text(project, HEADER + "m1,t1,2024-01-01T20:00:00Z,60,0.5\nm2,t2,2024-01-01 20:00:00,,\n")
    assert report.tables == {"plays": TableCounts(2, 2, 0, 0)}
    assert report.quarantine is None and report.problems == () and not report.already_imported
    evening = datetime(2024, 1, 1, 20)
    assert stored(project, "plays") == [("m1", "t1", evening, 60.0, 0.5), ("m2", "t2", evening, None, None)]


@pytest.mark.parametrize(
    ("row", "column", "value", "reason"),
    [
        (",t1,2024-01-01,60,0.5", "member", None, "is missing"),
        ("m1,t1,someday,60,0.5", "started", "someday", "is no time"),
        ("m1,t1,1969-07-20,60,0.5", "started", "1969-07-20", "is not between 1990 and the moment of the import"),
        ("m1,t1,2999-01-01,60,0.5", "started", "2999-01-01", "is not between 1990 and the moment of the import"),
        ("m1,t1,2024-02-30,60,0.5", "started", "2024-02-30", "is no time"),
        ("m1,t1,infinity,60,0.5", "started", "infinity", "is not between 1990 and the moment of the import"),
        ("m1,t1,,60,0.5", "started", None, "is missing"),
        ("m1,t1,2024-01-01,long,0.5", "seconds", "long", "is no number"),
        ("m1,t1,2024-01-01,nan,0.5", "seconds", "nan", "is not 0 to 1,000,000"),
        ("m1,t1,2024-01-01,inf,0.5", "seconds", "inf", "is not 0 to 1,000,000"),
        ("m1,t1,2024-01-01,-1,0.5", "seconds", "-1", "is not 0 to 1,000,000"),
        ("m1,t1,2024-01-01,60,1.5", "completion", "1.5", "is not between 0 and 1"),
        ("m1,t9,2024-01-01,60,0.5", "title", "t9", "is no title of the project"),
        ("m1,t1,2024-01-01", "", None, "the line has 3 fields where there should be 5"),
        ("m1,t1,2024-01-01,60,0.5,more", "", None, "the line has 6 fields where there should be 5"),
        ('m1,"t1,2024-01-01,60,0.5', "", None, "the line opens a quote that is never closed"),
        ('"m1"x,t1,2024-01-01,60,0.5', "", None, "the line has text right after a closing quote"),
        ("m1,t1\0,2024-01-01,60,0.5", "", None, "the line holds a NUL byte"),
        ("m1\rm2,t1,2024-01-01,60,0.5", "", None, "the line holds a bare carriage return"),
        (f"{'m' * 201},t1,2024-01-01,60,0.5", "member", "m" * 201, "is not 1 to 200 characters long"),
    ],
)
def test_a_bad_row_is_quarantined_with_line_column_value_and_reason(
    project: Project, row: str, column: str, value: str | None, reason: str
) -> None:
    with_titles(project)
    good = "m0,t1,2024-01-01 10:00:00,60,0.5"
    last = "m0,t1,2024-01-01 12:00:00,60,0.5"
    report = import_text(project, f"{HEADER}{good}\n{row}\n{last}\n")
    assert report.tables["plays"] == TableCounts(3, 2, 0, 1)
    (found,) = quarantined(project, report)
    assert found["file"] == "given.csv" and found["table"] == "plays" and found["line"] == 3
    assert (found["column"], found["value"], found["reason"], found["row"]) == (column, value, reason, row)
    (problem,) = report.problems
    assert problem.startswith("given.csv, line 3: ") and reason in problem and problem.endswith(f"{found['way_out']}.")
    assert [row[2] for row in stored(project, "plays")] == [datetime(2024, 1, 1, 10), datetime(2024, 1, 1, 12)]


def test_broken_encoding_costs_its_own_line_only(project: Project) -> None:
    with_titles(project)
    report = import_text(project, HEADER.encode() + b"m1,t1,2024-01-01,60,0.5\nm\xe9,t1,2024-01-01,60,0.5\n")
    assert report.tables["plays"] == TableCounts(2, 1, 0, 1)
    (found,) = quarantined(project, report)
    assert found["line"] == 3 and found["reason"] == "the line is not UTF-8: byte 2 is 0xe9"
    assert found["row"] == "m\\xe9,t1,2024-01-01,60,0.5"


def test_a_duplicate_names_the_line_it_repeats(project: Project) -> None:
    with_titles(project)
    rows = [
        "m1,t1,2024-01-01,60,0.5",
        "m2,t1,2024-01-01,60,0.5",
        "m1,t1,2024-01-01T00:00:00Z,90,1",
        "m1,t1,2024-01-01,1,",
    ]
    report = import_text(project, HEADER + "\n".join(rows))
    assert report.tables["plays"] == TableCounts(4, 2, 0, 2)
    assert [(found["line"], found["reason"]) for found in quarantined(project, report)] == [
        (4, "the row has the same member and title and started as line 2"),
        (5, "the row has the same member and title and started as line 2"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_are_exact_behind_quoted_line_ends_and_blank_lines(project: Project, end: str) -> None:
    with_titles(project, "t1", f"two{end}lines")
    lines = [HEADER.strip(), f'm1,"two{end}lines",2024-01-01,60,0.5', "", "", 'm2,"t1",2024-01-01,60,0.5']
    lines += ["m3,t1,never,60,0.5", "", "m4,t1,2024-01-01,60,7"]
    report = import_text(project, end.join(lines).encode())
    assert report.tables["plays"] == TableCounts(4, 2, 0, 2)
    assert [(found["line"], found["column"]) for found in quarantined(project, report)] == [
        (7, "started"),
        (9, "completion"),
    ]
    assert [row[:2] for row in stored(project, "plays")] == [("m1", f"two{end}lines"), ("m2", "t1")]


def test_mixed_line_ends_are_no_trouble(project: Project) -> None:
    with_titles(project)
    report = import_text(project, (HEADER + "m1,t1,2024-01-01,60,0.5\r\nm2,t1,2024-01-01,60,0.5\n").encode())
    assert report.tables["plays"] == TableCounts(2, 2, 0, 0)


def test_columns_are_mapped_and_the_others_named(project: Project) -> None:
    with_titles(project)
    text = "device,user,film,at\nphone,m1,t1,2024-01-01\n"
    report = import_text(project, text, columns={"user": "member", "film": "title", "at": "started"})
    assert report.tables["plays"].added == 1
    assert report.ignored == {"plays": ("device",)}


def test_a_missing_column_is_refused_with_the_columns_there_are(project: Project) -> None:
    with_titles(project)
    with pytest.raises(AdmitError) as caught:
        import_text(project, "member_id,title,started\nm1,t1,2024-01-01\n")
    assert caught.value.what == "given.csv has no column 'member'. It has: member_id, title, started."
    assert caught.value.way_out == (
        "If 'member_id' is meant, map it with --column member_id=member (in Python: columns={'member_id': 'member'})."
    )
    assert project.lake.imports()[1:] == []


def test_no_column_is_invented_where_none_is_close(project: Project) -> None:
    with pytest.raises(AdmitError) as caught:
        import_text(project, "x,y,z\n1,2,3\n")
    assert caught.value.what == "given.csv has no column 'member'. It has: x, y, z."
    assert "--column theirs=member (in Python: columns={'theirs': 'member'})" in caught.value.way_out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "given.csv is empty."),
        (b"\n\n", "given.csv is empty."),
        (b"\xef\xbb\xbf", "given.csv is empty."),
        (HEADER.encode(), "given.csv holds no rows for plays."),
        (b"member,member,title,started\n1,2,3,4\n", "given.csv names the column 'member' twice."),
        ((HEADER + "m1,t1,2024-01-01,1,1\n").encode("utf-16"), "given.csv is UTF-16, not UTF-8."),
        (gzip.compress(HEADER.encode(), mtime=0), "given.csv is a gzip archive."),
        (b"PK\x03\x04and so on", "given.csv is a zip archive."),
        (b"member;title\nm1;t1\n", "given.csv has but one column, 'member;title', when cut at ','."),
        (
            b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0>\0",
            "given.csv, line 1: the line of column names holds a NUL byte.",
        ),
        (b"\x89PNG\r\n\x1a\n", "given.csv, line 1: the line of column names is not UTF-8: byte 1 is 0x89."),
    ],
)
def test_a_file_that_is_no_table_is_refused(project: Project, text: bytes, said: str) -> None:
    with_titles(project)
    with pytest.raises(AdmitError) as caught:
        import_text(project, text)
    assert caught.value.what == said


def test_when_every_row_is_bad_nothing_is_imported_and_the_first_reasons_are_told(project: Project) -> None:
    with_titles(project)
    with pytest.raises(AdmitError) as caught:
        import_text(project, HEADER + "m1,t1,03/04/2024,1,1\nm2,t1,,1,1\n")
    assert caught.value.what.startswith(
        "Nothing was imported: all 2 rows of given.csv were refused. given.csv, line 2:"
    )
    assert "started '03/04/2024' is no time" in caught.value.what
    assert stored(project, "plays") == [] and len(project.lake.imports()) == 1
    assert list((project.people / "quarantine").iterdir()) == []


def test_titles_come_first(project: Project) -> None:
    with pytest.raises(AdmitError, match=r"no titles yet to match them with\. Import the titles first\."):
        import_text(project, HEADER + "m1,t1,2024-01-01,1,1\n")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["978300760", "978300761"], datetime(2000, 12, 31, 22, 12, 40)),
        (["978300760500", "978300761000"], datetime(2000, 12, 31, 22, 12, 40, 500_000)),
        (["978300760000001", "978300761000000"], datetime(2000, 12, 31, 22, 12, 40, 1)),
        (["978300760000001024", "978300761000000000"], datetime(2000, 12, 31, 22, 12, 40, 1)),
        (["2000-12-31T22:12:40+02:00", "2000-12-31T22:12:41+02:00"], datetime(2000, 12, 31, 20, 12, 40)),
        (["2000-12-31 22:12:40.25-05", "2001-01-01"], datetime(2001, 1, 1, 3, 12, 40, 250_000)),
        (["2000-12-31", "2000-12-31T22:12"], datetime(2000, 12, 31)),
        (["2000-12-31T22:12:40.123456789Z", "2001-01-01T00:00:00Z"], datetime(2000, 12, 31, 22, 12, 40, 123456)),
    ],
)
def test_times_are_recognised(project: Project, written: list[str], expected: datetime) -> None:
    with_titles(project)
    import_text(project, "member,title,started\n" + "".join(f"m,t1,{time}\n" for time in written))
    assert stored(project, "plays")[0][2] == expected


def test_an_offset_far_down_the_file_is_minded(project: Project) -> None:
    with_titles(project)
    rows = [f"m{row},t1,2024-01-01 10:00:00.000001" for row in range(2000)] + ["m,t1,2024-01-01 10:00:00.123+02"]
    import_text(project, "member,title,started\n" + "\n".join(rows))
    assert stored(project, "plays")[-1][2] == datetime(2024, 1, 1, 8, 0, 0, 123_000)


def test_times_in_two_forms_are_no_guess(project: Project) -> None:
    with_titles(project)
    text = "member,title,started\nm1,t1,978300760\nm2,t1,2001-01-01\n"
    with pytest.raises(AdmitError, match=r"writes started in two forms: '978300760' \(s\) and '2001-01-01' \(iso\)"):
        import_text(project, text)
    report = import_text(project, text, time_unit="s")
    assert report.tables["plays"] == TableCounts(2, 1, 0, 1)


def test_another_encoding_and_delimiter_are_read_when_named(project: Project) -> None:
    text = "title;name\nt1;Amélie\n"
    import_text(project, text.encode("latin-1"), "titles", encoding="latin-1", delimiter=";")
    import_text(project, text.replace("t1", "t2").encode("utf-16"), "titles", encoding="utf-16", delimiter=";")
    assert [row[:2] for row in stored(project, "titles")] == [("t1", "Amélie"), ("t2", "Amélie")]


@pytest.mark.parametrize(("encoding", "said"), [("klingon", "is unknown"), ("utf-16", "is not written in utf-16")])
def test_a_wrong_encoding_is_refused(project: Project, encoding: str, said: str) -> None:
    with pytest.raises(AdmitError, match=said):
        import_text(project, "title,name\nt1,One\n", "titles", encoding=encoding)


def test_titles_read_lists_dates_and_credits(project: Project) -> None:
    text = (
        "title,name,kind,released,genres,runtime_minutes,credits\n"
        't1,One,film,1995,Drama| Comedy |,90,"[{""name"": ""Ann"", ""role"": ""director""}]"\n'
        't2,Two,series,1995-11-22,"[""Sci-Fi"", ""A|B""]",,\n'
        "t3,Three,opera,1995,,,\nt4,Four,film,yesterday,,,\nt5,Five,film,,,1.5,\nt6,Six,,,[oops,,\nt7,Seven,,,,,Ann\n"
    )
    report = import_text(project, text, "titles")
    assert [(row[0], row[3] and str(row[3]), row[4], row[6], row[9]) for row in stored(project, "titles")] == [
        ("t1", "1995-01-01", ["Drama", "Comedy"], 90, [{"name": "Ann", "role": "director"}]),
        ("t2", "1995-11-22", ["Sci-Fi", "A|B"], None, None),
    ]
    assert [(found["line"], found["column"]) for found in quarantined(project, report)] == [
        (4, "kind"), (5, "released"), (6, "runtime_minutes"), (7, "genres"), (8, "credits"),
    ]  # fmt: skip


def test_a_byte_order_mark_and_a_late_header_are_no_trouble(project: Project) -> None:
    import_text(project, b"\xef\xbb\xbftitle,name\nt1,One\n", "titles")
    report = import_text(project, "\n\ntitle,name\nt2,Two\nt3,\n", "titles")
    assert [row[0] for row in stored(project, "titles")] == ["t1", "t2"]
    assert quarantined(project, report)[0]["line"] == 5


def test_a_line_of_ten_megabytes_costs_itself(project: Project) -> None:
    with_titles(project)
    report = import_text(project, HEADER + "x" * 10_000_000 + ",t1,2024-01-01,1,1\nm1,t1,2024-01-01,1,1\n")
    assert report.tables["plays"] == TableCounts(2, 1, 0, 1)
    (found,) = quarantined(project, report)
    assert found["line"] == 2 and found["reason"] == "the line is longer than 1,000,000 bytes"


def test_names_cannot_break_out_of_their_quotes(project: Project, tmp_path: Path) -> None:
    with_titles(project)
    evil = "x\"'); DROP TABLE removed; --"
    path = tmp_path / "o'hara \"; drop.csv"
    path.write_text(f'"{evil.replace(chr(34), chr(34) * 2)}",title,started\nm1,t1,2024-01-01\nm2,t1,no\n')
    report = import_csv(project, path, "plays", columns={evil: "member"})
    assert report.tables["plays"] == TableCounts(2, 1, 0, 1)
    assert report.source == f"csv:{path.name}"


def test_what_is_no_file_is_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(AdmitError, match=r"There is no file nothing\.csv"):
        import_csv(project, tmp_path / "nothing.csv", "plays")
    with pytest.raises(AdmitError, match="is a folder"):
        import_csv(project, tmp_path, "plays")
    with pytest.raises(AdmitError, match=r"^\. is a folder"):
        import_csv(project, ".", "plays")
    with pytest.raises(UsageError, match="There is no table 'films'"):
        import_csv(project, tmp_path / "plays.csv", "films")
    with pytest.raises(UsageError, match="The delimiter '::' is not one character"):
        import_csv(project, tmp_path / "plays.csv", "plays", delimiter="::")


def test_a_link_is_followed_and_a_pipe_is_refused(project: Project, tmp_path: Path) -> None:
    import os

    (tmp_path / "titles.csv").write_text("title,name\nt1,One\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "titles.csv")
    assert import_csv(project, tmp_path / "link.csv", "titles").tables["titles"].added == 1
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(AdmitError, match="no regular file"):
        import_csv(project, tmp_path / "pipe.csv", "titles")


def test_a_file_that_may_not_be_read_is_refused(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "secret.csv"
    path.write_text("title,name\nt1,One\n")

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    with pytest.raises(AdmitError, match="may not be read by this account"):
        import_csv(project, path, "titles")


def test_the_import_tells_how_far_it_is(project: Project) -> None:
    with_titles(project)
    told: list[float] = []
    import_text(project, HEADER + "m1,t1,2024-01-01,1,1\n", progress=lambda what, share: told.append(share))
    assert told == sorted(told) and told[0] == 0 and told[-1] == 1


def test_a_file_that_is_read_anew_does_not_set_the_import_back(project: Project) -> None:
    with_titles(project)
    told: list[float] = []
    text = HEADER + "m1,t1,2024-01-01,1,1\n\nm2,t1,2024-01-01,1,7\n"
    import_text(project, text, progress=lambda what, share: told.append(share))
    assert len(told) > 5 and told == sorted(told)


def test_a_clean_copy_must_hold_the_rows_that_were_written_to_it(tmp_path: Path) -> None:
    part = TextPart(PLAYS, "plays.csv", tmp_path / "plays.csv", Dialect(), 5, {"member": "f0"}, records=3)
    part.check(3)
    with pytest.raises(AdmitError, match=r"plays\.csv can be read in two ways: as 3 rows and as 4"):
        part.check(4)
