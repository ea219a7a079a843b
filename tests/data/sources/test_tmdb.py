import csv
import json
from datetime import date
from pathlib import Path

import pytest

from openslate.data.admission.report import TableCounts
from openslate.data.sources.tmdb import import_tmdb
from openslate.errors import AdmitError, UsageError
from openslate.project import Project
from tests.data.imported import quarantined, stored

COMPANIES = json.dumps([{"name": "Ash, Bay & Co", "id": 7}])
FILM = {
    "id": "7", "title": "Ash", "original_language": "en", "release_date": "2009-12-10", "overview": 'A "fire"\nburns.',
    "runtime": "162.0", "genres": '[{"id": 28, "name": "Action"}]', "production_companies": COMPANIES,
    "production_countries": '[{"iso_3166_1": "US", "name": "United States"}]', "budget": "1000000",
    "revenue": "2500000", "keywords": '[{"name": "sequel"}]', "vote_count": "9000", "popularity": "12.5",
}  # fmt: skip


def films(folder: Path, *changes: dict[str, str]) -> Path:
    path = folder / "films.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, FILM)
        writer.writeheader()
        writer.writerows({**FILM, **change} for change in changes or ({},))
    return path


def test_a_film_becomes_title_production_and_outcome(project: Project, tmp_path: Path) -> None:
    found = import_tmdb(project, films(tmp_path))
    assert stored(project, "titles") == [
        ("tmdb:7", "Ash", "film", date(2009, 12, 10), ["Action"], "en", 162, None, 'A "fire"\nburns.', None)
    ]
    assert stored(project, "productions") == [
        ("tmdb:7", 1e6, "USD", ["US"], ["Ash, Bay & Co"], None, None, None, None, None)
    ]
    closed = date(2010, 6, 8)
    assert stored(project, "outcomes") == [("tmdb:7", "revenue", "*", date(2009, 12, 10), closed, 2.5e6, None, closed)]
    assert found.notes == (
        "Not taken, because it was written or counted after release: keywords, vote_count, popularity.",
    )
    assert found.ignored["titles"] == ("keywords", "vote_count", "popularity")


def test_money_that_is_none_is_unknown_and_counted(project: Project, tmp_path: Path) -> None:
    changes = (
        {"budget": "0", "revenue": "0"},
        {"id": "8", "budget": "25", "revenue": "90"},
        {"id": "9", "budget": "999", "release_date": ""},
    )
    found = import_tmdb(project, films(tmp_path, *changes))
    assert [row[1:3] for row in stored(project, "productions")] == [(None, None)] * 3
    assert stored(project, "outcomes") == []
    said = " ".join(found.notes)
    assert "2 films: budget below 1,000" in said and "1 films: revenue below 1,000" in said
    assert "1 films: revenue without a release date" in said


def test_lists_of_quoted_words_are_read(project: Project, tmp_path: Path) -> None:
    quoted = {"genres": "['Drama', \"Cult's\"]", "production_companies": "[]", "production_countries": "['US']"}
    import_tmdb(project, films(tmp_path, quoted), window_days=30)
    assert stored(project, "titles")[0][4] == ["Drama", "Cult's"]
    assert stored(project, "productions")[0][3:5] == (["US"], None)
    assert stored(project, "outcomes")[0][7] == date(2010, 1, 9)


def test_bad_films_are_quarantined(project: Project, tmp_path: Path) -> None:
    changes = (
        {}, {"id": "8", "budget": "a lot"}, {"id": "9", "release_date": "soon"}, {"id": "", "title": "Nobody"},
        {"revenue": "9000000", "release_date": "2010-01-01"}, {"id": "11", "production_countries": "['usa']"},
    )  # fmt: skip
    found = import_tmdb(project, films(tmp_path, *changes))
    refused = [(row["table"], row["column"], row["value"]) for row in quarantined(project, found)]
    assert ("titles", "released", "soon") in refused and ("titles", "title", None) in refused
    assert ("productions", "budget", "a lot") in refused and ("titles", "", None) in refused
    assert ("productions", "countries", '["usa"]') in refused
    # The second film 7 is refused, and its takings are not put down to the first.
    assert [row[5] for row in stored(project, "outcomes") if row[0] == "tmdb:7"] == [2.5e6]


def test_what_is_no_such_table_is_refused(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "films.jsonl"
    path.write_text('{"id": 1}\n')
    with pytest.raises(AdmitError, match="has no column 'title'"):
        import_tmdb(project, path)
    path.write_text("\n[]\n")
    with pytest.raises(AdmitError, match="has no column 'id'"):
        import_tmdb(project, path)
    with pytest.raises(UsageError, match="cannot have 0 days"):
        import_tmdb(project, path, window_days=0)


@pytest.mark.realdata
def test_tmdb_5000_itself(project: Project, real_data: Path) -> None:
    found = import_tmdb(project, real_data / "tmdb5000" / "tmdb_5000_movies_before_2013.parquet")
    assert found.tables["titles"] == TableCounts(4_012, 4_012, 0, 0)
    assert found.tables["outcomes"] == TableCounts(2_850, 2_850, 0, 0)
    assert "20 films: budget below 1,000" in " ".join(found.notes)
