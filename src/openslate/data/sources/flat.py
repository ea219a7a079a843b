"""Any table of one row a film: columns are mapped to what a title, its production and its outcomes are called here.

Takings are of a lifetime, in a window that is assumed. 0 stands for unknown money, as it does in every such table.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openslate.data.admission.admit import Delivery, Progress, admit, already_imported, content_of, desk
from openslate.data.admission.refusals import Refusal
from openslate.data.admission.report import ImportReport
from openslate.data.schema import PRODUCTIONS, TITLES
from openslate.data.sources.files import first_look, name_of
from openslate.data.sources.given import Given, Value, completed, first_of_each, parts_of
from openslate.data.sources.money import WINDOW_DAYS, amount, check_window, lifetime, release, still_open
from openslate.data.sources.netflix_names import slug
from openslate.data.sources.tabular import Row, day_of, read_table
from openslate.data.sources.tmdb import words
from openslate.errors import AdmitError, UsageError
from openslate.project import Project
from openslate.rights.consent import Basis

NOT_UNASKED = ("synopsis", "title", "known")
"""Columns that are taken only where they are mapped: text may tell what happened after release, an id may be a name."""
_LISTS = ("genres", "countries", "companies")
_OURS = tuple(dict.fromkeys(column.name for table in (TITLES, PRODUCTIONS) for column in table.columns))


def import_flat(
    project: Project,
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    outcomes: Mapping[str, str] | None = None,
    currency: str | None = None,
    window_days: int = WINDOW_DAYS,
    source: str | None = None,
    basis: Basis | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring films in from a table of one row each: titles, productions and outcomes.

    Stability: provisional.

    Args:
        project: where.
        path: a .csv, .tsv, .jsonl or .parquet file.
        columns: from the file's names to those of titles and productions, where they differ. A list of names that is
            mapped to 'credits' is the cast. What is mapped to 'title' is the id; without it, ids are made of the
            source, the name and the year of release.
        outcomes: from the file's names to measures, such as {'worldwide_gross_usd': 'revenue'}.
        currency: of budgets, where no column says it; US dollars when left out.
        window_days: days after release until takings are taken to be complete and known.
        source: the name under which the rows are kept, and with which ids begin; the file's name when left out.
        basis: on what the rows may be used; they are about no person, so none is needed.
        progress: called with what is being done and the share that is done, 0 to 1.

    Raises:
        AdmitError: the file cannot be read, lacks a column, or has not one good row.
        UsageError: the window is no number of days.
    """
    check_window(window_days)
    file, mapping, measures = Path(path), dict(columns or {}), dict(outcomes or {})
    place = name_of(file)
    name = source or f"films:{place}"
    with desk(project, progress) as at:
        digest, _ = first_look(file, place)
        how = (sorted(mapping.items()), sorted(measures.items()), currency, window_days, name)
        content = content_of("flat", digest, *how)
        known = already_imported(at, name, content, basis)
        if known is not None:
            return known
        refused: list[Refusal] = []
        names, found = read_table(file, place, at.connection, refused)
        theirs = _matched(names, mapping, measures, place)
        rows = list(found)
        if not rows:
            raise AdmitError(f"{place} holds no film.", "Check that it was written to the end.")
        start = source or file.stem
        titled = [(_values(row, theirs, start), row) for row in rows]
        once = first_of_each(titled, lambda one: one[0]["title"])
        made = [Given(_making(values, currency or "USD"), place, row.spot) for values, row in once]
        given = {
            "titles": completed(at, TITLES, (Given(_plain(values), place, row.spot) for values, row in titled)),
            "productions": completed(at, PRODUCTIONS, (one for one in made if _says_something(one))),
            "outcomes": [one for values, row in once for one in _takings(values, row, measures, window_days, place)],
        }
        used = {*theirs.values(), *measures}
        parts = parts_of(at, given, refused, (one for one in names if one not in used))
        lost = sum(1 for values, row in titled if release(values["released"]) is None and _any(row, measures))
        said = f"{lost:,} films have takings and no release date, so no window; they were left out."
        way = "Map the column of release days with --column theirs=released."
        notes = [f"{said} {way}"] if lost else []
        early = sum(1 for values, row in once if _is_early(values, window_days) and _any(row, measures))
        if early:
            notes.append(f"{early:,} films have takings of a window that is still open; they were left out.")
        return admit(at, Delivery(name, str(path), content, parts, tuple(notes)), basis)


def _matched(names: list[str], columns: Mapping[str, str], measures: Mapping[str, str], place: str) -> dict[str, str]:
    """From our names to the file's.

    Raises:
        AdmitError: a mapping names what is not there, or nothing is the name.
        UsageError: a mapping names what no table here has, or one thing twice.
    """
    for theirs, ours in columns.items():
        if ours not in _OURS:
            turned = f" Write it as {ours}={theirs}: the file's name comes first." if theirs in _OURS else ""
            raise UsageError(
                f"Neither titles nor productions have a column {ours!r}.", f"Name one of {', '.join(_OURS)}.{turned}"
            )
    for theirs in (*columns, *measures):
        if theirs not in names:
            raise AdmitError(
                f"{place} has no column {theirs!r}. It has: {', '.join(names)[:300]}.", "Name a column that is there."
            )
    found = {name: name for name in names if name in _OURS and name not in {*NOT_UNASKED, *columns, *measures}}
    for theirs, ours in columns.items():
        if list(columns.values()).count(ours) > 1:
            raise UsageError(f"Two columns are mapped to {ours!r}.", "Map one of them.")
        found[ours] = theirs
    if "name" not in found:
        raise AdmitError(
            f"{place} has no column 'name'. It has: {', '.join(names)[:300]}.",
            "Map what titles are called with --column 'theirs=name' (in Python: columns={'theirs': 'name'}).",
        )
    return found


def _values(row: Row, theirs: Mapping[str, str], start: str) -> dict[str, Any]:
    """A row under our names, with its id."""
    values = {ours: row.values.get(name) for ours, name in theirs.items()}
    values["name"] = None if values["name"] is None else " ".join(str(values["name"]).split())
    values.setdefault("released", None)
    if "title" not in theirs:
        released = release(values["released"])
        year = "" if released is None else f"-{released[0].year}"
        values["title"] = f"{start[:40]}:{slug(values['name'] or '')}{year}"
    return values


def _plain(values: Mapping[str, Any]) -> dict[str, Value]:
    """What of a row is the title's."""
    found: dict[str, Value] = {
        column.name: values[column.name] for column in TITLES.columns if values.get(column.name) is not None
    }
    found.setdefault("kind", "film")
    found["released"] = day_of(values["released"])
    for name in (*_LISTS, "credits"):
        if name in found:
            found[name] = _several(found[name], name)
    return found


def _several(value: Value, name: str) -> Value:
    """A list; of people without a role, the cast."""
    if isinstance(value, str) and not value.strip().startswith("["):
        return [one.strip() for one in value.split("|") if one.strip()]
    listed = value if name == "credits" and _has_roles(value) else words(value)
    if name == "credits" and isinstance(listed, list) and not _has_roles(listed):
        return [{"name": one, "role": "actor"} for one in listed]
    return listed


def _has_roles(value: Value) -> bool:
    return (isinstance(value, str) and '"role"' in value) or (
        isinstance(value, list) and bool(value) and isinstance(value[0], dict)
    )


def _making(values: Mapping[str, Any], currency: str) -> dict[str, Value]:
    """What of a row is the production's."""
    found: dict[str, Value] = {
        column.name: values[column.name] for column in PRODUCTIONS.columns if values.get(column.name) is not None
    }
    for name in _LISTS:
        if name in found:
            found[name] = _several(found[name], name)
    found["budget"] = amount(values.get("budget"))
    if found["budget"] is not None:
        found.setdefault("currency", currency)
    released = release(values["released"])
    if "known" not in found and released is not None and released[0] != released[1]:
        # Of a release in a year, no day before its last is sure to lie after it.
        found["known"] = released[1]
    return found


def _says_something(one: Given) -> bool:
    return any(value is not None for name, value in one.values.items() if name not in ("title", "known"))


def _any(row: Row, measures: Mapping[str, str]) -> bool:
    return any(amount(row.values[theirs]) is not None for theirs in measures)


def _is_early(values: Mapping[str, Any], days: int) -> bool:
    """Whether the window of its takings is still open."""
    released = release(values["released"])
    return released is not None and still_open(released, days)


def _takings(values: Mapping[str, Any], row: Row, measures: Mapping[str, str], days: int, place: str) -> list[Given]:
    released = release(values["released"])
    if released is None or _is_early(values, days):
        return []
    made = []
    for theirs, measure in measures.items():
        value = amount(row.values[theirs])
        if value is not None:
            made.append(Given(lifetime(str(values["title"]), measure, value, released, days), place, row.spot))
    return made
