from datetime import date
from pathlib import Path

import duckdb
import pytest

from openslate.data.admission.report import TableCounts
from openslate.data.sources.netflix_engagement import import_netflix_engagement
from openslate.data.sources.netflix_top10 import import_netflix_top10
from openslate.errors import AdmitError, UsageError
from openslate.project import Project
from tests.data.imported import quarantined, stored
from tests.data.sources.test_netflix_engagement import four_halves

HEADER = (
    "week\tcategory\tweekly_rank\tshow_title\tseason_title\tweekly_hours_viewed\truntime\tweekly_views\t"
    "cumulative_weeks_in_top_10\n"
)
WEEKS = (
    "2023-07-09\tFilms (English)\t1\tHarbour\tN/A\t69800000\t2\t34900000\t3\n"
    "2023-07-09\tTV (English)\t1\tTide\tTide: Season 1\t50400000\t6\t8400000\t2\n"
    "2023-07-09\tTV (English)\t2\tLive Show\tN/A\t400000\t1\t400000\t1\n"
    "2021-07-04\tTV (Non-English)\t10\tTide\tTide: Season 1\t9140000\t\t\t1\n"
)


def lists(folder: Path, rows: str = WEEKS) -> Path:
    path = folder / "all-weeks-global.tsv"
    path.write_text(HEADER + rows)
    return path


def test_weeks_give_hours_views_and_ranks(project: Project, tmp_path: Path) -> None:
    found = import_netflix_top10(project, lists(tmp_path))
    assert {row[:3] for row in stored(project, "titles")} == {
        ("netflix:film:harbour", "Harbour", "film"),
        ("netflix:series:tide-season-1", "Tide: Season 1", "series"),
        ("netflix:series:live-show", "Live Show", "series"),
    }
    assert ("netflix:series:tide-season-1", "Tide", 1, False) in {
        (row[0], *row[5:8]) for row in stored(project, "productions")
    }
    outcomes = {(row[0], row[1], row[4]): row[2:] for row in stored(project, "outcomes")}
    july, early = date(2023, 7, 9), date(2021, 7, 4)
    assert outcomes["netflix:film:harbour", "weekly_hours", july] == (
        "*", date(2023, 7, 3), july, 69_800_000.0, 100_000.0, date(2023, 7, 11),
    )  # fmt: skip
    assert outcomes["netflix:series:tide-season-1", "weekly_hours", early][4] == 10_000.0
    assert ("netflix:series:tide-season-1", "weekly_views", early) not in outcomes
    assert outcomes["netflix:series:tide-season-1", "weekly_rank", early][3:5] == (10.0, None)
    assert found.tables["outcomes"] == TableCounts(11, 11, 0, 0)
    assert import_netflix_top10(project, tmp_path / "all-weeks-global.tsv").already_imported


def test_what_the_project_knows_of_a_title_stands(project: Project, tmp_path: Path) -> None:
    import_netflix_engagement(project, four_halves(tmp_path / "reports"))
    found = import_netflix_top10(project, lists(tmp_path))
    assert found.tables["titles"] == TableCounts(3, 1, 2, 0)
    assert found.tables["productions"] == TableCounts(2, 1, 1, 0)
    tide = [row for row in stored(project, "titles") if row[0] == "netflix:series:tide-season-1"]
    assert [(row[1], row[6]) for row in tide] == [("Tide: Season 1 // 조수: 시즌 1", 360)]


def test_lists_by_country_hold_ranks_alone(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "countries.parquet"
    duckdb.sql(
        "SELECT * FROM (VALUES ('Argentina', 'AR', '2022-11-13', 'Films', 1, 'Harbour', NULL, 2), "
        "('Chile', 'CL', '2022-11-13', 'TV', 2, 'Tide', 'Tide: Season 1', 2), "
        "('Nowhere', 'QQ', '2022-11-13', 'TV', 3, 'Tide', 'Tide: Season 1', 2)) t(country_name, country_iso2, week, "
        "category, weekly_rank, show_title, season_title, cumulative_weeks_in_top_10)"
    ).write_parquet(str(path))
    found = import_netflix_top10(project, path)
    assert [row[1:3] for row in stored(project, "outcomes")] == [("weekly_rank", "AR"), ("weekly_rank", "CL")]
    assert [(row["line"], row["column"], row["value"]) for row in quarantined(project, found)] == [(3, "region", "QQ")]


def test_bad_weeks_are_quarantined(project: Project, tmp_path: Path) -> None:
    bad = (
        "2023-07-10\tTV\t1\tTide\tN/A\t100000\t1\t100000\t1\n"
        "2023-07-09\tGames\t1\tTide\tN/A\t100000\t1\t100000\t1\n"
        "2023-07-09\tTV\t1\tN/A\tN/A\t100000\t1\t100000\t1\n"
        "2023-07-09\tTV\t1\tTide\n"
        "2023-07-09\tTV\tfirst\tTide\tN/A\tmany\t1\t100000\t1\n"
    )
    found = import_netflix_top10(project, lists(tmp_path, WEEKS + bad))
    refused = {(row["line"], row["column"]) for row in quarantined(project, found)}
    assert refused == {(6, "week"), (7, "category"), (8, "show_title"), (9, ""), (10, "value")}


def test_what_is_no_list_is_refused(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "plays.csv"
    path.write_text("member,title\nm1,t1\n")
    with pytest.raises(AdmitError, match=r"plays\.csv has no column 'week'"):
        import_netflix_top10(project, path)
    with pytest.raises(AdmitError, match="holds no row of a weekly list"):
        import_netflix_top10(project, lists(tmp_path, "soon\tTV\t1\tTide\tN/A\t1\t1\t1\t1\n"))
    with pytest.raises(UsageError, match="cannot appear 400 days"):
        import_netflix_top10(project, path, lag_days=400)
    (tmp_path / "plays.txt").write_text("a")
    with pytest.raises(AdmitError, match="ends in none of"):
        import_netflix_top10(project, tmp_path / "plays.txt")


@pytest.mark.realdata
def test_the_published_lists(project: Project, real_data: Path) -> None:
    found = import_netflix_top10(project, real_data / "netflix-top10" / "all-weeks-global.tsv")
    assert found.tables["outcomes"].read == 2 * 7_320 + 3_240
    assert found.tables["outcomes"].quarantined == 3  # one title stands twice in one week
