from datetime import date
from pathlib import Path

import duckdb
import pytest

from openslate.data.admission.report import TableCounts
from openslate.data.sources.flat import import_flat
from openslate.errors import AdmitError, UsageError
from openslate.project import Project
from tests.data.imported import quarantined, stored

COLUMNS = {"movie": "name", "release_date": "released", "cost": "budget"}
TAKINGS = {"worldwide": "revenue", "domestic": "domestic_revenue"}


def table(folder: Path, *rows: str) -> Path:
    path = folder / "films.csv"
    path.write_text("\n".join(["movie,release_date,cost,worldwide,domestic,synopsis", *rows]) + "\n")
    return path


def test_mapped_columns_become_titles_productions_and_outcomes(project: Project, tmp_path: Path) -> None:
    path = table(tmp_path, 'Ash,2009-12-18,"$425,000,000",2776345279,0,told later', "Bay,1999,0,5000,4000,")
    found = import_flat(project, path, columns=COLUMNS, outcomes=TAKINGS, source="numbers", currency="EUR")
    assert [row[:4] for row in stored(project, "titles")] == [
        ("numbers:ash-2009", "Ash", "film", date(2009, 12, 18)),
        ("numbers:bay-1999", "Bay", "film", date(1999, 1, 1)),
    ]
    # Text is taken only where it is asked for.
    assert stored(project, "titles")[0][8] is None and found.ignored["titles"] == ("synopsis",)
    assert [row[:3] for row in stored(project, "productions")] == [("numbers:ash-2009", 425e6, "EUR")]
    assert [(row[0], row[1], row[3], row[5], row[7]) for row in stored(project, "outcomes")] == [
        ("numbers:ash-2009", "revenue", date(2009, 12, 18), 2776345279.0, date(2010, 6, 16)),
        # Of a year alone, only its last day is sure to lie after the release.
        ("numbers:bay-1999", "revenue", date(1999, 1, 1), 5000.0, date(2000, 6, 28)),
        ("numbers:bay-1999", "domestic_revenue", date(1999, 1, 1), 4000.0, date(2000, 6, 28)),
    ]
    assert import_flat(
        project, path, columns=COLUMNS, outcomes=TAKINGS, source="numbers", currency="EUR"
    ).already_imported


def test_a_cast_becomes_credits_and_an_id_may_be_given(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "wiki.parquet"
    duckdb.sql(
        "SELECT 'Ash' AS title, 'a1' AS code, 1999::SMALLINT AS year, ['Bo', 'Cy'] AS cast_list, ['Drama'] AS genres, "
        "'It won awards.' AS extract"
    ).write_parquet(str(path))
    import_flat(project, path, columns={"title": "name", "code": "title", "year": "released", "cast_list": "credits"})
    (row,) = stored(project, "titles")
    assert row[:5] == ("a1", "Ash", "film", date(1999, 1, 1), ["Drama"]) and row[8] is None
    assert row[9] == [{"name": "Bo", "role": "actor"}, {"name": "Cy", "role": "actor"}]
    assert stored(project, "productions") == []


def test_bad_and_repeated_rows_are_quarantined_whole(project: Project, tmp_path: Path) -> None:
    path = table(
        tmp_path, "Ash,2009-12-18,5000,0,,", "Ash,2009-01-01,9000,7000,,", "Bay,2009-01-01,cheap,7000,,",
        "Cay,soon,5000,7000,,", ",2009-01-01,5000,,,", "Day,2009",
    )  # fmt: skip
    found = import_flat(project, path, columns=COLUMNS, outcomes=TAKINGS, source="n")
    refused = {(row["table"], row["line"], row["column"]) for row in quarantined(project, found)}
    assert {
        ("titles", 3, ""),
        ("productions", 4, "budget"),
        ("titles", 5, "released"),
        ("titles", 6, "name"),
    } <= refused
    assert ("outcomes", 7, "") in refused
    assert [(row[0], row[1]) for row in stored(project, "productions")] == [("n:ash-2009", 5000.0)]
    assert [row[0] for row in stored(project, "outcomes")] == ["n:bay-2009"]
    assert "1 films have takings and no release date" in found.notes[0]


@pytest.mark.parametrize(
    ("columns", "outcomes", "error", "said"),
    [
        ({"name": "movie"}, {}, UsageError, "Write it as movie=name"),
        ({"movie": "stars"}, {}, UsageError, "have a column 'stars'"),
        ({"film": "name"}, {}, AdmitError, "has no column 'film'"),
        ({"movie": "name"}, {"gross": "revenue"}, AdmitError, "has no column 'gross'"),
        ({"movie": "name", "cost": "name"}, {}, UsageError, "Two columns are mapped to 'name'"),
        ({}, {}, AdmitError, "Map what titles are called"),
    ],
)
def test_mappings_that_cannot_be_meant_are_refused(
    columns: dict[str, str],
    outcomes: dict[str, str],
    error: type[Exception],
    said: str,
    project: Project,
    tmp_path: Path,
) -> None:
    with pytest.raises(error, match=said):
        import_flat(project, table(tmp_path, "Ash,2009,1,1,1,"), columns=columns, outcomes=outcomes)


def test_a_measure_that_is_none_and_a_currency_that_is_none_are_refused(project: Project, tmp_path: Path) -> None:
    path = table(tmp_path, "Ash,2009-12-18,5000,7000,,")
    with pytest.raises(AdmitError, match="measure 'World Wide!' is not"):
        import_flat(project, path, columns=COLUMNS, outcomes={"worldwide": "World Wide!"})
    with pytest.raises(AdmitError, match="currency 'QQQ' is not a currency"):
        import_flat(project, path, columns=COLUMNS, currency="QQQ")


@pytest.mark.realdata
def test_the_numbers_and_wikipedia(project: Project, real_data: Path) -> None:
    numbers = import_flat(
        project,
        real_data / "the-numbers" / "movie_budgets_before_2013.parquet",
        columns={"movie": "name", "release_date": "released", "production_budget_usd": "budget"},
        outcomes={"worldwide_gross_usd": "revenue"},
    )
    assert numbers.tables["titles"] == TableCounts(4_351, 4_350, 0, 1)
    assert numbers.tables["outcomes"] == TableCounts(4_198, 4_198, 0, 0)
    columns = {"title": "name", "year": "released", "cast": "credits"}
    wiki = import_flat(project, real_data / "wikipedia-movies" / "movies.parquet", columns=columns)
    assert wiki.tables["titles"] == TableCounts(36_273, 36_242, 0, 31)
    assert wiki.ignored["titles"] == ("extract", "href")
