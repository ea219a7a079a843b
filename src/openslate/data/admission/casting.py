"""From values as they came to values of the schema, in SQL: types, times and lists, and the checks on them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from openslate import clock
from openslate.data.schema import Column, Table
from openslate.errors import AdmitError
from openslate.storage.lake import quoted

TimeUnit = Literal["iso", "s", "ms", "us", "ns"]
"""How times are written: ISO 8601, or a number since 1970-01-01 UTC in that unit."""

PER_SECOND: Mapping[str, int] = {"s": 1, "ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
UNITS: tuple[TimeUnit, ...] = ("s", "ms", "us", "ns")
_EARLIEST_SECONDS = datetime(1990, 1, 1, tzinfo=UTC).timestamp()
_USUAL = re.compile(r"\d{4}-\d\d-\d\d(?:(?P<gap>[T ])\d\d:\d\d:\d\d(?P<fraction>\.\d{1,6})?(?P<zone>Z)?)?")
_ISO_DAY = re.compile(r"\s*\d{4}[-/]\d{1,2}[-/]\d{1,2}")
_FLOATS = ("FLOAT", "DOUBLE", "DECIMAL", "REAL")
_CREDITS = '[{"name": "VARCHAR", "role": "VARCHAR"}]'


def identifier(name: str) -> str:
    """A SQL identifier.

    Example:
        >>> identifier("row")
        '"row"'
    """
    return '"' + name.replace('"', '""') + '"'


@dataclass(frozen=True)
class TimeForm:
    """How a column's times are written.

    Attributes:
        unit: in words or in which unit.
        usual: the strptime pattern that most of them follow; it is tried first, because it is quick.
    """

    unit: TimeUnit = "iso"
    usual: str | None = None


def time_form(samples: Sequence[str], column: str, place: str) -> TimeForm:
    """In which form a column's times are written, as its first values tell.

    The units cannot be mistaken for one another: between 1990 and now, seconds, milli-, micro- and nanoseconds since
    1970 have different numbers of digits.

    Args:
        samples: some values, as text.
        column: the column's name, for the message.
        place: the file's name, for the message.

    Raises:
        AdmitError: the values are written in more than one form.

    Example:
        >>> time_form(["978300760"], "rated", "ratings.csv").unit
        's'
        >>> time_form(["2001-01-01T20:15:00Z"], "rated", "ratings.csv").usual
        '%Y-%m-%dT%H:%M:%SZ'
    """
    forms: dict[TimeUnit, str] = {}
    for sample in samples:
        unit = _unit(sample)
        if unit is not None:
            forms.setdefault(unit, sample)
    if len(forms) > 1:
        (one, first), (two, second) = list(forms.items())[:2]
        raise AdmitError(
            f"{place} writes {column} in two forms: {first!r} ({one}) and {second!r} ({two}).",
            f"Write all times in one form, or name it with --time-unit {one} (in Python: time_unit={one!r}).",
        )
    return next((TimeForm(unit, _usual(sample)) for unit, sample in forms.items()), TimeForm())


def _unit(sample: str) -> TimeUnit | None:
    if _ISO_DAY.match(sample):
        return "iso"
    try:
        number = float(sample)
    except ValueError:
        return None
    latest = clock.now().timestamp()
    return next((unit for unit in UNITS if _EARLIEST_SECONDS <= number / PER_SECOND[unit] <= latest), None)


def _usual(sample: str) -> str | None:
    found = _USUAL.fullmatch(sample)
    if found is None:
        return None
    time = f"{found['gap']}%H:%M:%S{'.%f' if found['fraction'] else ''}{found['zone'] or ''}" if found["gap"] else ""
    return f"%Y-%m-%d{time}"


def typed(column: Column, kind: str | None, form: TimeForm, place: str) -> str:
    """SQL that turns a raw column into the schema's type; NULL where a value does not fit.

    Args:
        column: the schema's column; the raw one has the same name.
        kind: the raw column's DuckDB type, or None where the source lacks it.
        form: how the source writes times.
        place: the file's name, for the message.

    Raises:
        AdmitError: no value of the raw type can be meant.
    """
    if kind is None:
        return f"NULL::{column.sql}"
    raw = identifier(column.name)
    text = kind == "VARCHAR"
    match column.sql:
        case "VARCHAR":
            return _text(column, raw, kind, place)
        case "TIMESTAMP":
            return _moment(raw, kind, form)
        case "DATE":
            year = f"{raw}::VARCHAR"
            day = f"TRY_CAST({raw} AS DATE)" if text or kind.startswith(("DATE", "TIMESTAMP")) else "NULL"
            return (
                f"CASE WHEN regexp_full_match({year}, '(18|19|20)[0-9]{{2}}') "
                f"THEN make_date(TRY_CAST({year} AS INTEGER), 1, 1) ELSE {day} END"
            )
        case "INTEGER":
            number = f"TRY_CAST({raw} AS DOUBLE)"
            return f"CASE WHEN {number} = trunc({number}) THEN TRY_CAST({number} AS INTEGER) END"
        case "VARCHAR[]":
            return _words(raw) if text else f"TRY_CAST({raw} AS VARCHAR[])"
        case sql if text and sql.endswith("[]"):
            return f"CASE WHEN json_valid({raw}) THEN from_json({raw}, {quoted(_CREDITS)}) END"
        case sql:
            return f"TRY_CAST({raw} AS {sql})"


def _text(column: Column, raw: str, kind: str, place: str) -> str:
    if kind.startswith(_FLOATS) and column.required:
        raise AdmitError(
            f"{place} holds decimal numbers ({kind}) in {column.name}, which may have lost digits of the ids.",
            f"Give {column.name} as text or as whole numbers; pandas makes decimals of whole numbers with gaps.",
        )
    if kind == "BLOB":
        raise AdmitError(f"{place} holds bytes in {column.name}.", f"Give {column.name} as text.")
    return raw if kind == "VARCHAR" else f"{raw}::VARCHAR"


def _moment(raw: str, kind: str, form: TimeForm) -> str:
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"{raw}::TIMESTAMP"
    if kind.startswith(("TIMESTAMP", "DATE")):
        return f"TRY_CAST({raw} AS TIMESTAMP)"
    if form.unit == "iso":
        # Not a cast to TIMESTAMP, which drops an offset without a word.
        careful = f"TRY_CAST({raw} AS TIMESTAMPTZ)::TIMESTAMP"
        return careful if form.usual is None else f"coalesce(try_strptime({raw}, {quoted(form.usual)}), {careful})"
    number = f"TRY_CAST({raw} AS DOUBLE)"
    limit = PER_SECOND[form.unit] * 100_000_000_000
    return (
        f"CASE WHEN abs({number}) < {limit} "
        f"THEN make_timestamp(CAST(round({number} * {1_000_000 / PER_SECOND[form.unit]!r}) AS BIGINT)) END"
    )


def _words(raw: str) -> str:
    """A list from JSON text or from words between bars."""
    return (
        f"CASE WHEN starts_with({raw}, '[') "
        f"THEN CASE WHEN json_valid({raw}) THEN from_json({raw}, '[\"VARCHAR\"]') END "
        f"ELSE list_filter(list_transform(string_split({raw}, '|'), lambda word: trim(word)), "
        f"lambda word: word <> '') END"
    )


def check(column: Column, now: str) -> str | None:
    """The schema's check as SQL over typed columns."""
    return None if column.check is None else column.check.replace("$now", f"TIMESTAMP {quoted(now)}")


def missing_name(column: Column) -> str:
    """The name under which the typed query tells whether the raw value was missing."""
    return identifier(f"{column.name} missing")


def text_name(column: Column) -> str:
    """The name under which the typed query gives the raw value as text."""
    return identifier(f"{column.name} text")


def faults(table: Table, types: Mapping[str, str], now: str, nul_possible: bool) -> dict[str, list[tuple[str, str]]]:
    """For each column, what may be wrong with a typed row and the SQL that is true when it is.

    Args:
        table: the schema.
        types: DuckDB type of each raw column there is.
        now: the moment of the import, as SQL text.
        nul_possible: whether text may hold the character NUL, which text files were searched for already.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for column in table.columns:
        if column.name not in types:
            continue
        name, missing, rule = identifier(column.name), missing_name(column), check(column, now)
        faulty = [("missing", missing)] if column.required else []
        if column.sql != "VARCHAR" or types[column.name] != "VARCHAR":
            faulty.append(("type", f"({name} IS NULL AND NOT {missing})"))
        if rule is not None:
            faulty.append(("rule", f"NOT coalesce({rule}, true)"))
        if nul_possible and column.sql == "VARCHAR":
            faulty.append(("nul", f"coalesce(contains({name}, chr(0)), false)"))
        found[column.name] = faulty
    return found
