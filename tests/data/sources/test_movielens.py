import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from openslate.data.admission.report import TableCounts
from openslate.data.schema import RATINGS
from openslate.data.sources.movielens import LICENCE, import_movielens
from openslate.data.sources.movielens_titles import name_and_year
from openslate.errors import AdmitError
from openslate.project import Project
from openslate.rights.consent import source_grants
from openslate.storage.lake import quoted
from tests.data.imported import quarantined, stored

EXTRA = (
    "2::Amélie::2001::R::25 Apr 2001::Comedy::Jean-Pierre Jeunet::Guillaume Laurant (scenario), "
    "Jean-Pierre Jeunet (scenario)::Audrey Tautou, Audrey Tautou::A waitress mends lives.::https://example.org/p.jpg"
)


def ml_1m(folder: Path, ratings: str = "1::1::5::978300760\n1::2::3::978302109\n2::2::4::978301968\n") -> Path:
    folder.mkdir(parents=True)
    movies = "1::Matrix, The (1999)::Action|Sci-Fi\n2::Amélie (2001)::Comedy\n"
    (folder / "movies.dat").write_bytes(movies.encode("latin-1"))
    (folder / "ratings.dat").write_text(ratings)
    (folder / "users.dat").write_text("1::F::1::10::48067\n2::M::56::16::70072\n")
    return folder


def csv_layout(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "movies.csv").write_text(
        'movieId,title,genres\n1,"Matrix, The (1999)",Action|Sci-Fi\n'
        '7,"Say ""Yes"" (1989)",(no genres listed)\n8,Untold,War\n'
    )
    (folder / "ratings.csv").write_text("userId,movieId,rating,timestamp\n1,1,4.5,978300760\n1,7,0.5,978302109\n")
    (folder / "links.csv").write_text("movieId,imdbId,tmdbId\n1,0133093,603\n")
    return folder


def test_ml_1m_gives_titles_members_and_ratings(project: Project, tmp_path: Path) -> None:
    report = import_movielens(project, ml_1m(tmp_path / "ml-1m"))
    assert {name: counts.added for name, counts in report.tables.items()} == {"titles": 2, "members": 2, "ratings": 3}
    assert report.ignored == {"members": ("gender", "occupation", "zip code")}
    assert report.source == "movielens" and report.basis == LICENCE and report.advice == ""
    assert [row[:5] for row in stored(project, "titles")] == [
        ("1", "The Matrix", "film", date(1999, 1, 1), ["Action", "Sci-Fi"]),
        ("2", "Amélie", "film", date(2001, 1, 1), ["Comedy"]),
    ]
    assert stored(project, "members") == [("1", None, None, "Under 18"), ("2", None, None, "56+")]
    assert stored(project, "ratings")[0] == ("1", "1", datetime(2000, 12, 31, 22, 12, 40), 5.0)
    assert {purpose for _, purpose in source_grants(project)} == {"train", "evaluate", "personalize"}
    assert import_movielens(project, tmp_path / "ml-1m").already_imported


def test_the_extra_file_fills_in_what_movies_dat_lacks(project: Project, tmp_path: Path) -> None:
    folder = ml_1m(tmp_path / "ml-1m")
    (folder / "movies_extrainfos.dat").write_text(f"1::broken\r\n{EXTRA}\r\n", encoding="utf-8", newline="")
    import_movielens(project, folder)
    matrix, amelie = stored(project, "titles")
    assert matrix[3:] == (date(1999, 1, 1), ["Action", "Sci-Fi"], None, None, None, None, None)
    assert amelie[3:5] == (date(2001, 4, 25), ["Comedy"]) and amelie[7:9] == ("R", "A waitress mends lives.")
    assert amelie[9] == [
        {"name": "Jean-Pierre Jeunet", "role": "director"},
        {"name": "Guillaume Laurant", "role": "writer"},
        {"name": "Jean-Pierre Jeunet", "role": "writer"},
        {"name": "Audrey Tautou", "role": "cast"},
    ]


def test_the_layout_of_10m_has_halves_and_no_members(project: Project, tmp_path: Path) -> None:
    folder = ml_1m(tmp_path / "ml-10M100K", "1::1::4.5::978300760\n1::2::0.5::978302109\n")
    (folder / "users.dat").unlink()
    report = import_movielens(project, folder)
    assert sorted(report.tables) == ["ratings", "titles"]
    assert [row[3] for row in stored(project, "ratings")] == [4.5, 0.5]


def test_the_csv_layout_is_read(project: Project, tmp_path: Path) -> None:
    report = import_movielens(project, csv_layout(tmp_path / "ml-latest-small"))
    assert {name: counts.added for name, counts in report.tables.items()} == {"titles": 3, "ratings": 2}
    assert [row[1:5] for row in stored(project, "titles")] == [
        ("The Matrix", "film", date(1999, 1, 1), ["Action", "Sci-Fi"]),
        ('Say "Yes"', "film", date(1989, 1, 1), None),
        ("Untold", "film", None, ["War"]),
    ]
    assert stored(project, "ratings")[1][3] == 0.5


def test_bad_lines_of_all_files_are_quarantined_with_their_places(project: Project, tmp_path: Path) -> None:
    folder = ml_1m(tmp_path / "ml-1m", "1::1::5::978300760\n1::9::5::978300760\n1::2::7::978300761\n\n1::2::5\n")
    with (folder / "movies.dat").open("a") as file:
        file.write("3::No Genres (1999)\n1::Matrix Again (1999)::War\n")
    with (folder / "users.dat").open("a") as file:
        file.write("1::F::1::10::48067\n")
    report = import_movielens(project, folder)
    assert report.tables == {
        "titles": TableCounts(4, 2, 0, 2),
        "members": TableCounts(3, 2, 0, 1),
        "ratings": TableCounts(4, 1, 0, 3),
    }
    assert [(found["file"], found["line"]) for found in quarantined(project, report)] == [
        ("ml-1m/movies.dat", 3), ("ml-1m/movies.dat", 4), ("ml-1m/users.dat", 3),
        ("ml-1m/ratings.dat", 5), ("ml-1m/ratings.dat", 2), ("ml-1m/ratings.dat", 3),
    ]  # fmt: skip


@pytest.mark.parametrize("layout", [ml_1m, csv_layout])
def test_the_zip_gives_what_the_folder_gives(project: Project, tmp_path: Path, layout: object) -> None:
    assert callable(layout)
    folder = layout(tmp_path / "ml-any")
    with zipfile.ZipFile(tmp_path / "any.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in folder.iterdir():
            archive.write(path, f"ml-any/{path.name}")
    report = import_movielens(project, tmp_path / "any.zip")
    other = import_movielens(Project.init(tmp_path / "other"), folder)
    assert report.tables == other.tables
    assert import_movielens(project, folder).already_imported
    assert list((project.people / "spill").iterdir()) == []


def test_what_is_no_movielens_is_refused(project: Project, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(AdmitError, match=r"empty holds no ratings\.dat and no ratings\.csv"):
        import_movielens(project, tmp_path / "empty")
    (tmp_path / "empty" / "movies.dat").touch()
    with pytest.raises(AdmitError, match=r"empty holds no ratings\.dat\."):
        import_movielens(project, tmp_path / "empty")
    with pytest.raises(AdmitError, match=r"movies\.dat is neither a folder nor a zip\. Name one, or one of ml-1m"):
        import_movielens(project, tmp_path / "empty" / "movies.dat")
    with pytest.raises(AdmitError, match=r"There is no file or folder ml-2m\. Name one, or one of ml-1m"):
        import_movielens(project, "ml-2m")
    folder = ml_1m(tmp_path / "ml-1m", ratings="1::1::99::1\n")
    with pytest.raises(AdmitError, match=r"the only row of ml-1m/ratings\.dat was refused"):
        import_movielens(project, folder)
    assert project.lake.imports() == []


@pytest.mark.parametrize(
    ("said", "name", "year"),
    [
        ("Matrix, The (1999)", "The Matrix", 1999),
        ("Avventura, L' (1960)", "L'Avventura", 1960),
        ("Wonderful, Horrible Life of Leni Riefenstahl, The (Die Macht der Bilder) (1993)",
         "The Wonderful, Horrible Life of Leni Riefenstahl (Die Macht der Bilder)", 1993),
        ("Paris, Texas (1984)", "Paris, Texas", 1984),
        ("2001: A Space Odyssey (1968) ", "2001: A Space Odyssey", 1968),
        ("Fawlty Towers (1975-1979)", "Fawlty Towers", 1975),
        ("Babylon 5", "Babylon 5", None),
        ("(1999)", "(1999)", None),
    ],
)  # fmt: skip
def test_names_are_as_people_say_them(said: str, name: str, year: int | None) -> None:
    assert name_and_year(said) == (name, year)


@pytest.mark.realdata
def test_ml_1m_itself(project: Project, real_data: Path) -> None:
    report = import_movielens(project, real_data / "ml-1m")
    assert {name: counts.added for name, counts in report.tables.items()} == {
        "titles": 3_883,
        "members": 6_040,
        "ratings": 1_000_209,
    }
    assert report.quarantine is None
    again = import_movielens(project, real_data / "ml-1m")
    assert again.already_imported and {counts.added for counts in again.tables.values()} == {0}
    ratings = project.lake.relation(project.lake.snapshot(), "ratings", RATINGS.types())
    with project.lake.connect() as connection:
        in_order = connection.execute(
            f"""SELECT count(*) FROM read_parquet({quoted(real_data / "ml-1m" / "order.parquet")}) known JOIN (
            SELECT member::INTEGER AS user_id, title::INTEGER AS movie_id,
            row_number() OVER (PARTITION BY member ORDER BY rated, shard, line) - 1 AS place FROM {ratings}) ours
            ON known.user_id = ours.user_id AND known.movie_id = ours.movie_id AND known.seq = ours.place"""
        ).fetchall()
    assert in_order == [(1_000_209,)]
    named = {row[0]: row for row in stored(project, "titles")}
    assert named["1"][1] == "Toy Story" and named["1"][3] == date(1995, 11, 22) and named["1"][7] == "G"
    assert {"name": "Tom Hanks", "role": "cast"} in named["1"][9]  # type: ignore[operator]  # a list from DuckDB
    assert project.people.stat().st_mode & 0o077 == 0
