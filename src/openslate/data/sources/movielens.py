"""MovieLens in its official layouts: a folder, the zip, or a name that is fetched from its publisher.

Ratings go to `ratings`, films to `titles`, and ml-1m's people to `members`. Gender, occupation and zip code stay
behind: nothing here needs them.
"""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np

from openslate.data.admission.admit import Delivery, Desk, Progress, admit, already_imported, content_of, desk
from openslate.data.admission.part import Part
from openslate.data.admission.refusals import Refusal
from openslate.data.admission.report import ImportReport
from openslate.data.schema import MEMBERS, RATINGS, TITLES
from openslate.data.sources.archive import unpack
from openslate.data.sources.csv import csv_part
from openslate.data.sources.cutting import Dialect
from openslate.data.sources.fetch import MD5, PUBLISHER, fetch_movielens
from openslate.data.sources.files import as_utf8, first_look, readable
from openslate.data.sources.movielens_titles import films, read_extras
from openslate.data.sources.stored import StoredPart, stored_part
from openslate.data.sources.text import TextPart
from openslate.errors import AdmitError
from openslate.project import Project
from openslate.rights.consent import Basis
from openslate.storage.lake import copy_to

SOURCE = "movielens"
LICENCE = Basis(
    "GroupLens research licence: research use, acknowledged in publications; no redistribution and no commercial "
    "use without permission.",
    ("train", "evaluate", "personalize"),
)
"""The basis MovieLens states itself."""

EXTRAS = "movies_extrainfos.dat"
WANTED = ("ratings.dat", "movies.dat", "users.dat", EXTRAS, "ratings.csv", "movies.csv")
_DAT = Dialect(delimiter="::", quote=None, header=False)
_AGES = {
    "1": "Under 18",
    "18": "18-24",
    "25": "25-34",
    "35": "35-44",
    "45": "45-49",
    "50": "50-55",
    "56": "56+",
}


def import_movielens(
    project: Project,
    where: str | Path,
    *,
    basis: Basis | None = LICENCE,
    publisher: str = PUBLISHER,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring a MovieLens data set into the project: titles, ratings, and members where it has any.

    Stability: stable.

    Args:
        project: where.
        where: a folder or zip in the layout of 1M or 10M (`.dat`) or of 20M, 25M, 32M or latest (`.csv`), or a name
            such as 'ml-latest-small', which is fetched.
        basis: why the rows may be used, and for what; the GroupLens licence when left out.
        publisher: where a name is fetched from; https, or a mirror on this machine.
        progress: called with what is being done and the share that is done, 0 to 1.

    Raises:
        AdmitError: there is no such data set, it is damaged, or it cannot be fetched.
    """
    with desk(project, progress) as at:
        files, name = _files(at, where, publisher)
        dat = "ratings.dat" in files or ("movies.dat" in files and "ratings.csv" not in files)
        ratings, movies = ("ratings.dat", "movies.dat") if dat else ("ratings.csv", "movies.csv")
        for needed in (ratings, movies):
            if needed not in files:
                lacking = needed if movies in files or ratings in files else "ratings.dat and no ratings.csv"
                raise AdmitError(
                    f"{name} holds no {lacking}.", "Name a folder or zip as GroupLens publishes it, such as ml-1m."
                )
        looks = {file: first_look(path, f"{name}/{file}") for file, path in sorted(files.items())}
        content = content_of(SOURCE, {file: digest for file, (digest, _) in looks.items()})
        known = already_imported(at, SOURCE, content, basis)
        if known is not None:
            return known
        parts: list[Part] = [_titles(at, files, f"{name}/{movies}", movies)]
        if dat and "users.dat" in files:
            parts.append(_members(files["users.dat"], f"{name}/users.dat", looks["users.dat"][1]))
        read = _dat_ratings if dat else _csv_ratings
        parts.append(read(files[ratings], f"{name}/{ratings}", looks[ratings][1]))
        return admit(at, Delivery(SOURCE, str(where), content, parts), basis, "s")


def _files(at: Desk, where: str | Path, publisher: str) -> tuple[dict[str, Path], str]:
    """The files of a data set by name, and what messages call it."""
    path = Path(where)
    if not path.exists():
        if str(where) not in MD5:
            raise AdmitError(f"There is no file or folder {where}.", f"Name one, or one of {', '.join(MD5)}.")
        path = at.scratch.path(".zip")
        fetch_movielens(str(where), path, publisher, lambda share: at.tell(f"Fetching {where}", 0.05 * share))
        return unpack(path, WANTED, at.scratch), str(where)
    with readable(path, str(where)):
        if path.is_dir():
            return {file.name: file for file in path.iterdir() if file.name in WANTED}, path.resolve().name
        with path.open("rb") as file:
            if file.read(2) != b"PK":
                raise AdmitError(
                    f"{path.name} is neither a folder nor a zip.", f"Name one, or one of {', '.join(MD5)}."
                )
    at.tell(f"Unpacking {path.name}", 0.0)
    with readable(path, str(where)):
        return unpack(path, WANTED, at.scratch), path.name


def _titles(at: Desk, files: Mapping[str, Path], place: str, movies: str) -> StoredPart:
    refused: list[Refusal] = []
    extras = read_extras(files[EXTRAS]) if EXTRAS in files else {}
    dialect = Dialect() if movies.endswith(".csv") else _DAT
    found = list(films(_decoded(at, files[movies], place), place, dialect, extras, refused))
    rows = [asdict(film) for film, _ in found]
    names = ("title", "name", "kind", "released", "genres", "maturity", "synopsis", "credits")
    spool = at.scratch.path(".parquet")
    at.connection.register("films", {name: np.array([row[name] for row in rows], dtype=object) for name in names})
    copy_to(at.connection, f"SELECT {', '.join(f'{name}::VARCHAR AS {name}' for name in names)} FROM films", spool)
    at.connection.unregister("films")
    spots = [spot for _, spot in found]
    return stored_part(at.connection, TITLES, spool, place, {}, spots=spots, refusals=refused)


def _decoded(at: Desk, path: Path, place: str) -> Path:
    """A file in UTF-8; GroupLens wrote the older data sets in ISO-8859-1."""
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return as_utf8(path, place, "latin-1", at.scratch)
    return path


def _members(path: Path, place: str, nul: bool) -> TextPart:
    ages = " ".join(f"WHEN '{code}' THEN '{band}'" for code, band in _AGES.items())
    values = {"member": "f0", "age_band": f"CASE f2 {ages} END"}
    return TextPart(MEMBERS, place, path, _DAT, 5, values, ("gender", "occupation", "zip code"), odd=nul)


def _dat_ratings(path: Path, place: str, nul: bool) -> TextPart:
    values = {"member": "f0", "title": "f1", "rating": "f2", "rated": "f3"}
    return TextPart(RATINGS, place, path, _DAT, 4, values, odd=nul)


def _csv_ratings(path: Path, place: str, nul: bool) -> TextPart:
    columns = {"userId": "member", "movieId": "title", "timestamp": "rated"}
    return csv_part(RATINGS, path, place, Dialect(), columns, nul)
