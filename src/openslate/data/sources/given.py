"""Rows that a source made itself, out of a report or a table of another shape, on their way to admission.

Each carries the place it came from, so that a refusal names the line of the file and not of what was made of it.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

import numpy as np

from openslate.data.admission.admit import Desk
from openslate.data.admission.casting import identifier
from openslate.data.admission.part import Part
from openslate.data.admission.refusals import Refusal, Spot
from openslate.data.schema import OUTCOMES, PRODUCTIONS, TITLES, Table
from openslate.data.sources.stored import stored_part
from openslate.data.versions import newest
from openslate.storage.lake import copy_to

Row = TypeVar("Row")

Value = str | int | float | bool | date | list[Any] | None
"""What a cell may hold before admission gives it the schema's type."""


@dataclass(frozen=True)
class Given:
    """One row.

    Attributes:
        values: by the schema's names; what is not named is unknown.
        place: what messages call the file.
        spot: where in it.
    """

    values: Mapping[str, Value]
    place: str
    spot: Spot


def parts_of(
    at: Desk, rows: Mapping[str, Sequence[Given]], refused: Sequence[Refusal] = (), ignored: Iterable[str] = ()
) -> list[Part]:
    """The rows of several tables as parts, one for each table and file.

    Args:
        at: where the import works.
        rows: by table.
        refused: what was no row at all; it counts among the outcomes, or whatever else there is.
        ignored: columns that were not taken.
    """
    made: list[Part] = []
    waiting, left = tuple(refused), tuple(ignored)
    for table in (OUTCOMES, PRODUCTIONS, TITLES):
        by_place: dict[str, list[Given]] = {}
        for row in rows.get(table.name, ()):
            by_place.setdefault(row.place, []).append(row)
        parts: list[Part] = []
        for place, some in by_place.items():
            parts.append(_part(at, table, place, some, waiting, left if table is TITLES else ()))
            waiting = ()
        made = [*parts, *made]
    return made


def _part(
    at: Desk,
    table: Table,
    place: str,
    rows: Sequence[Given],
    refused: tuple[Refusal, ...],
    ignored: tuple[str, ...],
) -> Part:
    spool = at.scratch.path(".parquet")
    names = [column.name for column in table.columns]
    columns = {name: np.array([_text(row.values.get(name)) for row in rows], dtype=object) for name in names}
    at.connection.register("given", columns)
    taken = ", ".join(f"{identifier(name)}::VARCHAR AS {identifier(name)}" for name in names)
    copy_to(at.connection, f"SELECT {taken} FROM given", spool)
    at.connection.unregister("given")
    part = stored_part(at.connection, table, spool, place, {}, spots=[row.spot for row in rows], refusals=refused)
    return replace(part, ignored=ignored)


def first_of_each(rows: Iterable[Row], title: Callable[[Row], str | None]) -> list[Row]:
    """The first row of each title: a second one is refused as a title, and what it tells is not put down to the first.

    Args:
        rows: of a table of one row a title.
        title: the id of a row.
    """
    seen: dict[str | None, Row] = {}
    for row in rows:
        seen.setdefault(title(row), row)
    return list(seen.values())


def _text(value: Value) -> str | None:
    match value:
        case None | "" | []:
            return None
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return repr(value)


def completed(at: Desk, table: Table, rows: Iterable[Given], standing_first: bool = False) -> list[Given]:
    """Rows with what the version that stands in the project knows beside them, so that a poorer source loses nothing.

    Args:
        at: where the import works.
        table: the schema, whose key is one column.
        rows: what the source knows.
        standing_first: whether the version that stands is right where both know something.
    """
    given = list(rows)
    snapshot = at.project.lake.snapshot(table.name)
    if not snapshot.of(table.name) or not given:
        return given
    key = table.key[0]
    at.connection.register("keys", {"key": np.array([str(row.values[key]) for row in given], dtype=object)})
    names = [column.name for column in table.columns]
    listed = ", ".join(identifier(name) for name in names)
    found = at.connection.execute(
        f"SELECT {listed} FROM {newest(at.project, snapshot, table)} WHERE {key} IN (SELECT key::VARCHAR FROM keys)"
    ).fetchall()
    at.connection.unregister("keys")
    standing = {str(row[names.index(key)]): dict(zip(names, row, strict=True)) for row in found}
    return [_beside(row, standing.get(str(row.values[key]), {}), names, standing_first) for row in given]


def _beside(row: Given, standing: Mapping[str, Any], names: Sequence[str], standing_first: bool) -> Given:
    if not standing:
        return row
    own = {name: row.values.get(name) for name in names}
    first, second = (standing, own) if standing_first else (own, standing)
    values = {name: second[name] if _text(first[name]) is None else first[name] for name in names}
    if isinstance(own.get("known"), date) and isinstance(standing.get("known"), date):
        values["known"] = min(own["known"], standing["known"])
    return replace(row, values=values)
