"""MovieLens' films: names, years and genres, and for ml-1m what an extra file knows of plot, cast and release."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from openslate.data.admission.refusals import Refusal, Spot
from openslate.data.sources.cutting import Dialect, cut
from openslate.data.sources.files import split_fields

NO_GENRES = "(no genres listed)"
_UNKNOWN = ("", "N/A")
_YEAR = re.compile(r"^(?P<name>.*?)\s*\((?P<year>(?:18|19|20)\d{2})(?:[-–]\d{0,4})?\)\s*$")
_ARTICLE = re.compile(
    r"^(?P<name>.+?), (?P<article>The|A|An|La|Le|Les|L'|Il|Lo|Gli|El|Los|Las|Der|Die|Das|Un|Une)(?P<rest>(?: \(.*)?)$"
)
_EXTRA_FIELDS = 11


@dataclass(frozen=True)
class Extra:
    """What `movies_extrainfos.dat` says of a film."""

    maturity: str | None
    released: date | None
    credits: tuple[tuple[str, str], ...]
    synopsis: str | None


@dataclass(frozen=True)
class Film:
    """One film as the titles table wants it, all of it text."""

    title: str
    name: str
    kind: str
    released: str | None
    genres: str | None
    maturity: str | None
    synopsis: str | None
    credits: str | None


def films(
    path: Path, place: str, dialect: Dialect, extras: Mapping[str, Extra], refused: list[Refusal]
) -> Iterator[tuple[Film, Spot]]:
    """The films of `movies.dat` or `movies.csv`, each with where it stands.

    Args:
        path: the file, in UTF-8.
        place: what messages call it.
        dialect: how it is written.
        extras: what else is known, by id.
        refused: takes the lines that are no film.
    """
    records = cut(path, dialect)
    if dialect.header:
        next(records, None)
    for record in records:
        spot = Spot(record.line, record.text.decode(errors="backslashreplace"))
        if record.fault is not None or record.fields != 3:
            fault = record.fault or f"has {record.fields} fields where there should be 3"
            refused.append(Refusal(place, spot, "", None, f"the line {fault}", "write the line anew"))
            continue
        title, said, genres = split_fields(spot.row, dialect)
        name, year = name_and_year(said)
        extra = extras.get(title, Extra(None, None, (), None))
        released = extra.released or (date(year, 1, 1) if year is not None else None)
        film = Film(
            title=title,
            name=name,
            kind="film",
            released=None if released is None else released.isoformat(),
            genres=None if genres in ("", NO_GENRES) else genres,
            maturity=extra.maturity,
            synopsis=extra.synopsis,
            credits=_json(extra.credits),
        )
        yield film, spot


def name_and_year(said: str) -> tuple[str, int | None]:
    """A film's name as people say it, and its year.

    Example:
        >>> name_and_year("Matrix, The (1999)")
        ('The Matrix', 1999)
        >>> name_and_year("Postino, Il (The Postman) (1994)")
        ('Il Postino (The Postman)', 1994)
    """
    found = _YEAR.match(said)
    name, year = (found["name"], int(found["year"])) if found is not None and found["name"] else (said.strip(), None)
    moved = _ARTICLE.match(name)
    if moved is not None:
        gap = "" if moved["article"].endswith("'") else " "
        name = f"{moved['article']}{gap}{moved['name']}{moved['rest']}"
    return name, year


def read_extras(path: Path) -> dict[str, Extra]:
    """What `movies_extrainfos.dat` knows, by id; as it is no official file, lines that are not whole are passed over.

    Its fields are id, name, year, certificate, release date, genres, director, writers, cast, plot and poster.
    """
    extras: dict[str, Extra] = {}
    for record in cut(path, Dialect(delimiter="::", quote=None, header=False)):
        fields = record.text.decode(errors="replace").split("::")
        if len(fields) != _EXTRA_FIELDS:
            continue
        title, _, _, certificate, released, _, director, writers, cast, plot, _ = (part.strip() for part in fields)
        people = [*_people(director, "director"), *_people(writers, "writer"), *_people(cast, "cast")]
        extras[title] = Extra(_known(certificate), _day(released), tuple(people), _known(plot))
    return extras


def _people(names: str, role: str) -> Iterator[tuple[str, str]]:
    """People in one role, each once, without the remarks that stand in brackets behind writers."""
    plain = (re.sub(r"\s*\(.*?\)", "", name).strip() for name in names.split(", "))
    yield from dict.fromkeys((name, role) for name in plain if name not in _UNKNOWN)


def _json(credits: tuple[tuple[str, str], ...]) -> str | None:
    return json.dumps([{"name": name, "role": role} for name, role in credits]) if credits else None


def _known(text: str) -> str | None:
    return None if text in _UNKNOWN else text


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%d %b %Y").date()
    except ValueError:
        return None
