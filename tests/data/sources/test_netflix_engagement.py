import zipfile
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate import clock
from openslate.data.admission.report import TableCounts
from openslate.data.sources.netflix_cells import Half, half_in
from openslate.data.sources.netflix_engagement import import_netflix_engagement
from openslate.data.sources.netflix_names import Named, base_id, parse_name, slug
from openslate.errors import AdmitError, UsageError
from openslate.project import Project
from tests.data.imported import quarantined, stored
from tests.data.sources.workbooks import FIRST, LATER, Cell, report, sheet, write_workbook

FILE = "Report_2024Jan-Jun.xlsx"


def one_half(folder: Path, films: Sequence[Sequence[Cell]], name: str = FILE, said: str = "") -> Path:
    """A workbook with one sheet of films."""
    words = said or "Views from January to June 2024"
    return write_workbook(folder / name, {"Film": report(words, LATER, films)})


def four_halves(folder: Path) -> Path:
    """A folder of workbooks as they changed over the years."""
    folder.mkdir()
    write_workbook(
        folder / "A_2023Jan-Jun.xlsx",
        {
            "Engagement": report(
                "Hours viewed from January to June 2023",
                FIRST,
                [
                    ["Tide: Season 1 // 조수: 시즌 1", "Yes", "2023-03-01", 9_000_000],
                    ["Harbour", "Yes", 44_986, 500_000],
                    ["Lost Film", "No", None, 100_000],
                    ["Harbour", "No", "soon", 100_000],
                ],
            )
        },
    )
    write_workbook(
        folder / "B_2023Jul-Dec.xlsx",
        {
            "TV": report(
                "Views from July to December 2023", LATER,
                [["Tide: Season 1 // 조수: 시즌 1", "Yes", "2023-03-01", 3_000_000, "6:00", 500_000]],
            ),
            "Film": report(
                "Views from July to December 2023", LATER,
                [["Harbour", "Yes", "2023-03-01", 400_000, "1:30*", 300_000], ["1917", "No", None, 100_000, "*", None]],
            ),
        },
    )  # fmt: skip
    write_workbook(
        folder / "C.xlsx",
        {
            "Movies": report("Jan-Jun 2025", LATER, [["Harbour", "Yes", "2023-03-01", 200_000, "1:30", 100_000]]),
            "Shows": report(
                "Views from January to June 2025", LATER,
                [
                    ["Tide: Season 2", "Yes", "2025-03-01", 700_000, "6:30", 100_000],
                    ["Still: Limited Series", "No", "2025-04-01", 700_000, "3:30", 200_000],
                    ["Other Shows", None, None, 9_000_000, None, None],
                ],
            ),
            "Notes": sheet([["", "How we count"]]),
        },
    )  # fmt: skip
    (folder / "~$C.xlsx").write_text("a lock")
    return folder


def test_reports_of_all_years_give_titles_productions_and_outcomes(project: Project, tmp_path: Path) -> None:
    found = import_netflix_engagement(project, four_halves(tmp_path / "reports"))
    titles = {row[0]: row for row in stored(project, "titles")}
    assert {title: row[1:4] for title, row in titles.items()} == {
        "netflix:series:tide-season-1": ("Tide: Season 1 // 조수: 시즌 1", "series", date(2023, 3, 1)),
        "netflix:series:tide-season-2": ("Tide: Season 2", "series", date(2025, 3, 1)),
        "netflix:series:still-limited-series": ("Still: Limited Series", "series", date(2025, 4, 1)),
        "netflix:film:harbour": ("Harbour", "film", date(2023, 3, 1)),
        "netflix:film:1917": ("1917", "film", None),
        "netflix:title:lost-film": ("Lost Film", None, None),
    }
    assert titles["netflix:film:harbour"][6] == 90 and titles["netflix:film:1917"][6] is None
    making = {row[0]: row[5:] for row in stored(project, "productions")}
    assert making["netflix:series:tide-season-2"] == ("Tide", 2, False, True, None)
    assert making["netflix:series:still-limited-series"] == ("Still", None, True, False, None)
    assert making["netflix:title:lost-film"] == (None, None, None, False, date(2023, 12, 28))
    outcomes = {(row[0], row[1], row[3]): row[2:] for row in stored(project, "outcomes")}
    assert outcomes["netflix:series:tide-season-1", "views", date(2023, 7, 1)] == (
        "*", date(2023, 7, 1), date(2023, 12, 31), 500_000.0, 100_000.0, date(2024, 6, 29),
    )  # fmt: skip
    assert ("netflix:film:1917", "views", date(2023, 7, 1)) not in outcomes
    assert outcomes["netflix:film:harbour", "hours", date(2025, 1, 1)][3] == 200_000.0
    notes = " ".join(found.notes)
    assert "'Other Shows' stands for no title" in notes and "C.xlsx, sheet Notes: no line of column names" in notes
    again = import_netflix_engagement(project, tmp_path / "reports")
    assert all(counts.added == 0 for counts in again.tables.values())


def test_a_row_of_2023_belongs_to_the_only_title_of_its_name(project: Project, tmp_path: Path) -> None:
    found = import_netflix_engagement(project, four_halves(tmp_path / "reports"))
    hours = [row for row in stored(project, "outcomes") if row[1] == "hours" and row[3] == date(2023, 1, 1)]
    assert {row[0] for row in hours} == {
        "netflix:series:tide-season-1", "netflix:film:harbour", "netflix:title:lost-film",
    }  # fmt: skip
    # 'Harbour' stands twice in that half, once with a date that is none: neither is lost without a word.
    refused = quarantined(project, found)
    assert [(row["table"], row["line"], row["value"]) for row in refused] == [
        ("titles", 10, "soon"),
        ("productions", 10, "netflix:title:harbour"),
        ("outcomes", 10, "netflix:title:harbour"),
    ]


def test_one_report_after_the_other_gives_the_same_ids(project: Project, tmp_path: Path) -> None:
    folder = four_halves(tmp_path / "reports")
    for name in ("C.xlsx", "B_2023Jul-Dec.xlsx", "A_2023Jan-Jun.xlsx"):
        import_netflix_engagement(project, folder / name)
    other = Project.init(tmp_path / "other")
    import_netflix_engagement(other, folder)
    assert {row[0] for row in stored(project, "titles")} == {row[0] for row in stored(other, "titles")}
    assert sorted(map(repr, stored(project, "outcomes"))) == sorted(map(repr, stored(other, "outcomes")))


def test_a_report_that_knows_less_takes_nothing_away(project: Project, tmp_path: Path) -> None:
    folder = four_halves(tmp_path / "reports")
    import_netflix_engagement(project, folder / "B_2023Jul-Dec.xlsx")
    import_netflix_engagement(project, folder / "A_2023Jan-Jun.xlsx")
    tide = [row for row in stored(project, "titles") if row[0] == "netflix:series:tide-season-1"]
    assert {(row[2], row[6]) for row in tide} == {("series", 360)}


def test_namesakes_are_told_apart_and_keep_their_ids(project: Project, tmp_path: Path) -> None:
    films = [
        ["Killer", "Yes", "2023-11-10", 5_000_000, "2:00", 2_500_000],
        ["Killer // O Matador", "Yes", "2017-11-10", 900_000, "1:40", 500_000],
        ["Monster", "Yes", "2021-05-07", 800_000, "1:39", 500_000],
        ["Monster", "Yes", "2024-05-16", 3_000_000, "1:25", 2_000_000],
    ]
    found = import_netflix_engagement(project, one_half(tmp_path, films))
    first = {row[0]: row[1] for row in stored(project, "titles")}
    assert sorted(first) == [
        "netflix:film:killer", "netflix:film:killer~o-matador", "netflix:film:monster",
        "netflix:film:monster~2021-05-07-99min",
    ]  # fmt: skip
    assert "2 titles share their name" in " ".join(found.notes)
    # In the next half the other one is watched more, and alone in its report; it keeps its id.
    next_half = [["Killer // O Matador", "Yes", "2017-11-10", 9_000_000, "1:40", 5_000_000]]
    said = "Views from July to December 2024"
    import_netflix_engagement(project, one_half(tmp_path, next_half, "later.xlsx", said))
    later = [row for row in stored(project, "outcomes") if row[3] == date(2024, 7, 1)]
    assert {row[0] for row in later} == {"netflix:film:killer~o-matador"}


def test_two_rows_that_nothing_tells_apart_are_not_both_taken(project: Project, tmp_path: Path) -> None:
    films = [["Twin", "No", None, 300_000, "1:30", 200_000], ["Twin", "No", None, 100_000, "1:30", 100_000]]
    found = import_netflix_engagement(project, one_half(tmp_path, films))
    assert found.tables["outcomes"] == TableCounts(4, 2, 0, 2)
    assert "sheet Film, row 8: the row has the same title" in found.problems[0]


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (["Ash", "Maybe", None, 100_000, "1:00", None], "worldwide", "is neither true nor false"),
        (["Ash", "No", "45 May", 100_000, "1:00", None], "released", "is no date"),
        (["Ash", "No", None, "many", "1:00", None], "value", "is no number"),
        (["Ash", "No", None, 100_000, "long", None], "runtime_minutes", "is no whole number"),
        (["Ash", "No", None, None, "1:00", None], "hours", "is missing"),
        ([None, "No", None, 100_000, "1:00", None], "title", "is missing"),
        (["Ash", "No", None, "#DIV/0!", "1:00", None], "hours", "is the error of a formula"),
        (["Ash", "No", None, "<f>SUM(A1)</f>", "1:00", None], "hours", "is a formula whose value was not saved"),
        (["Ash", "No", None, -100_000, "1:00", None], "value", "is not 0 or more and below 10^15"),
    ],
)
def test_bad_rows_are_quarantined_with_their_place(
    row: Sequence[Cell], column: str, said: str, project: Project, tmp_path: Path
) -> None:
    good = ["Bay", "Yes", "2024-02-01", "<f>4*100000</f><v>400000</v>", "1:30", 300_000]
    found = import_netflix_engagement(project, one_half(tmp_path, [good, row]))
    refused = quarantined(project, found)[0]
    assert (refused["file"], refused["line"], refused["column"]) == (FILE, 8, column)
    assert said in str(refused["reason"])
    assert ("netflix:film:bay", "hours") in {(one[0], one[1]) for one in stored(project, "outcomes")}


def test_the_period_comes_from_the_sheet_and_else_from_the_file(project: Project, tmp_path: Path) -> None:
    rows = [["Bay", "Yes", "2024-02-01", 400_000, "1:30", 300_000]]
    import_netflix_engagement(project, one_half(tmp_path, rows, "Report_2030Jul-Dec.xlsx", "July to December 2024"))
    import_netflix_engagement(project, one_half(tmp_path, rows, "Report_2025Jul-Dec.xlsx", "Views"), lag_days=10)
    assert {row[3] for row in stored(project, "outcomes")} == {date(2024, 7, 1), date(2025, 7, 1)}
    with pytest.raises(AdmitError, match="says which half-year it is of"):
        import_netflix_engagement(project, one_half(tmp_path, rows, "report.xlsx", "Views"))


def test_a_report_that_is_here_is_known_today(project: Project, tmp_path: Path) -> None:
    rows = [["Bay", "Yes", "2024-02-01", 400_000, "1:30", 300_000]]
    with clock.frozen(datetime(2024, 7, 20, tzinfo=UTC)):
        import_netflix_engagement(project, one_half(tmp_path, rows))
    assert {row[7] for row in stored(project, "outcomes")} == {date(2024, 7, 20)}
    with pytest.raises(UsageError, match="cannot appear -1 days"):
        import_netflix_engagement(project, tmp_path, lag_days=-1)


def test_a_table_of_several_halves_is_read(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "all.parquet"
    duckdb.sql(
        "SELECT * FROM (VALUES ('2024H1', 'film', 'Bay', 'Yes', TIMESTAMP '2024-02-01', 400000, '1:30', 300000.0), "
        "('2024', 'film', 'Cay', 'Yes', NULL, 400000, '1:30', NULL), "
        "('2023H1', NULL, 'Bay', 'Yes', NULL, 100000, NULL, NULL)) "
        "t(half, kind, title, available_globally, release_date, hours_viewed, runtime, views)"
    ).write_parquet(str(path))
    found = import_netflix_engagement(project, path)
    assert [row[:3] for row in stored(project, "titles")] == [("netflix:film:bay", "Bay", "film")]
    assert found.tables["outcomes"] == TableCounts(4, 3, 0, 1)
    assert quarantined(project, found)[0]["reason"] == "is no half-year"


def test_what_is_no_workbook_gets_a_sentence(project: Project, tmp_path: Path) -> None:
    path = tmp_path / FILE
    path.write_text("hello")
    with pytest.raises(AdmitError, match=r"Report_2024Jan-Jun\.xlsx is no \.xlsx workbook"):
        import_netflix_engagement(project, path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(AdmitError, match="no list of sheets is in it"):
        import_netflix_engagement(project, path)
    write_workbook(path, {"Film": "<worksheet><sheetData><row r='1'><c t='s'><v>9</v></c>"})
    with pytest.raises(AdmitError, match=r"is damaged|is no engagement report"):
        import_netflix_engagement(project, path)
    write_workbook(path, {"Film": sheet([["Name", "Hours"], ["Bay", 1]])})
    with pytest.raises(AdmitError, match="is no engagement report: no sheet has a line with the columns"):
        import_netflix_engagement(project, path)
    with pytest.raises(AdmitError, match=r"There is no file none\.xlsx"):
        import_netflix_engagement(project, tmp_path / "none.xlsx")
    (tmp_path / "empty").mkdir()
    with pytest.raises(AdmitError, match=r"The folder empty holds no \.xlsx workbook"):
        import_netflix_engagement(project, tmp_path / "empty")
    assert project.lake.imports() == []


def test_bombs_and_absurd_sheets_are_refused_before_they_are_laid_out(project: Project, tmp_path: Path) -> None:
    path = tmp_path / FILE
    write_workbook(path, {"Film": report("January to June 2024", LATER, [["a" * 30_000_000]])})
    with pytest.raises(AdmitError, match="which no report does"):
        import_netflix_engagement(project, path)
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    write_workbook(path, {"Film": f"<worksheet><sheetData>{far}</sheetData></worksheet>"})
    with pytest.raises(AdmitError, match="sheet Film: a cell stands at"):
        import_netflix_engagement(project, path)
    assert list((project.people / "spill").iterdir()) == []


@given(st.text(max_size=300))
def test_every_name_leads_to_an_id_that_fits(name: str) -> None:
    assert 1 <= len(slug(name)) <= 133
    assert len(base_id("series", name)) <= 200
    assert not set(slug(name)) & set(" ~:/")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Bridgerton: Season 3", Named("Bridgerton", 3, False)),
        ("Lupin: Part 3 // Lupin: Partie 3", Named("Lupin", 3, False)),
        ("Rick: Season 7: Part 2", Named("Rick", 7, False)),
        ("Wakfu: The Series: 2nd season", Named("Wakfu: The Series", 2, False)),
        ("Dear Child: Limited Series // Liebes Kind: Miniserie", Named("Dear Child", None, True)),
        ("Monsters: The Story", Named()),
        ("", Named()),
    ],
)
def test_names_say_series_and_season(name: str, said: Named) -> None:
    assert parse_name(name) == said


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("Hours viewed from January to June 2023", Half(2023, 1)),
        ("July 2025 - December 2025", Half(2025, 2)),
        ("What_We_Watched_2026Jan-Jun__5_.xlsx", Half(2026, 1)),
        ("2024H2", Half(2024, 2)),
        ("What We Watched", None),
    ],
)
def test_half_years_are_read(text: str, half: Half | None) -> None:
    assert half_in(text) == half


@pytest.mark.realdata
def test_the_published_workbooks(project: Project, real_data: Path) -> None:
    found = import_netflix_engagement(project, real_data / "netflix-engagement" / "xlsx")
    assert "65,932 rows (2023H1 18,214, 2023H2 15,994, 2024H1 16,161, 2024H2 15,563)" in found.notes[0]
    assert found.tables["outcomes"].read == 18_214 + 2 * (15_994 + 16_161 + 15_563)
    # Three rows repeat a key of 2023H1, where nothing tells namesakes apart.
    assert found.tables["outcomes"].quarantined == 3 and found.tables["titles"].quarantined == 0
    hours = sum(
        float(str(row[5])) for row in stored(project, "outcomes") if row[1:4] == ("hours", "*", date(2024, 7, 1))
    )
    assert hours == 25_905_700_000 + 68_209_400_000


def test_workbooks_in_folders_of_the_folder_are_found_and_said(project: Project, tmp_path: Path) -> None:
    outer = tmp_path / "netflix"
    outer.mkdir()
    (outer / "README.md").write_text("reports")
    for name in (".hidden", "figures"):
        (outer / name).mkdir()
    with pytest.raises(AdmitError, match=r"netflix holds no \.xlsx workbook, and neither do its folders figures\."):
        import_netflix_engagement(project, outer)
    folder = four_halves(outer / "xlsx")
    found = import_netflix_engagement(project, outer)
    assert found.notes[0].startswith("netflix holds no workbook itself; ") and found.notes[0].endswith("in xlsx.")
    assert import_netflix_engagement(project, folder).already_imported
    (outer / "copies").mkdir()
    (outer / "copies" / "C.xlsx").write_bytes((folder / "C.xlsx").read_bytes())
    with pytest.raises(AdmitError, match=r"Two folders in netflix hold a workbook C\.xlsx"):
        import_netflix_engagement(project, outer)
