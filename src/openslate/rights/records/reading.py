"""Reading records and mandates from the files that people write: TOML, JSON and CSV.

A TOML file holds `[[records]]` and `[[mandates]]`, a JSON file an object with lists of those names; fields are those
of `ConsentRecord` and `Mandate`, `uses` a list of tables, `compensation` a table. Moments carry a zone, amounts are
exact: `rate = 1283.50` is read as it is written.

A CSV file holds one record a row (or one mandate, where it has the column `mandate_id`). Lists are separated by `;`, an
empty cell leaves a field out, and yes or no is `true` or `false`. `uses` lists the uses, and `description`, `scenes`
and `max_count` hold for each of them; `basis`, `rate`, `currency`, `floor`, `residuals`, `pension_and_health`, `pool`,
`payee` and `payee_kind` are the compensation.
"""

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from openslate.errors import AdmitError
from openslate.rights.records.cells import check_header, values_of
from openslate.rights.records.checks import flaws_of, flaws_of_mandate
from openslate.rights.records.lines import FileLine, TomlLines
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.written import WrittenMandate, WrittenRecord

TABLES = ("records", "mandates")
MEND = "Mend it (docs/rights-fields.md lists the fields) and import the file again; nothing is taken twice."


@dataclass(frozen=True)
class Refusal:
    """Why something was not taken.

    Attributes:
        file: where it stands.
        line: where in it; None for JSON, whose entries are counted instead.
        entry: which entry of its table, from 1.
        table: 'records' or 'mandates'.
        field: that is wrong; empty where it is none in particular.
        value: what stands there.
        reason: what is wrong, as the end of a sentence.
    """

    file: str
    line: int | None
    entry: int
    table: str
    field: str
    value: str
    reason: str

    @property
    def what(self) -> str:
        """The sentence."""
        place = f"line {self.line}" if self.line is not None else f"{self.table} {self.entry}"
        found = f"{self.field} = {self.value} is refused: " if self.field else ""
        return f"{self.file}, {place}: {found}{self.reason}."


@dataclass(frozen=True)
class Entry:
    """One record or mandate of a file.

    Attributes:
        value: what was read; None where it was refused.
        refusal: why; None where it was read.
        row: as it was written.
        line: where it stands; None for JSON.
        number: which entry of its table, from 1.
        table: 'records' or 'mandates'.
    """

    value: ConsentRecord | Mandate | None
    refusal: Refusal | None
    row: object
    line: int | None
    number: int
    table: str


def read_records(path: Path) -> tuple[Entry, ...]:
    """Every record and mandate of a file, the mandates first, each read or refused for itself.

    Args:
        path: of a .toml, .json or .csv file.

    Raises:
        AdmitError: the file as a whole is none of those.
    """
    readers = {".toml": _toml, ".json": _json, ".csv": _csv}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise AdmitError(f"{path} is no .toml, .json or .csv file.", "Write the records in one of those forms.")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise AdmitError(f"{path} cannot be read: {error.strerror}.", "Name a file that can be.") from error
    except UnicodeDecodeError as error:
        raise AdmitError(f"{path} is not written in UTF-8: {error.reason}.", "Save it as UTF-8.") from None
    found = list(reader(path, text))
    if not found:
        raise AdmitError(f"{path} holds no record and no mandate.", "Begin one with [[records]] in TOML.")
    return tuple(sorted(found, key=lambda entry: (entry.table != "mandates", entry.number)))


def _toml(path: Path, text: str) -> Iterator[Entry]:
    try:
        held = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise AdmitError(f"{path} is not valid TOML: {error}.", "Mend that line.") from None
    for table, number, row in _rows(path, held):
        yield _entry(path, table, number, row, TomlLines(text, table, number))


def _json(path: Path, text: str) -> Iterator[Entry]:
    try:
        held = json.loads(text, parse_float=Decimal, parse_constant=_refused, object_pairs_hook=_without_repeats)
    except ValueError as error:
        raise AdmitError(f"{path} is not valid JSON: {error}.", "Mend it.") from None
    for table, number, row in _rows(path, held):
        yield _entry(path, table, number, row, None)


def _rows(path: Path, held: Any) -> Iterator[tuple[str, int, object]]:
    if not isinstance(held, dict) or set(held) - set(TABLES):
        named = ", ".join(sorted(set(held) - set(TABLES))) if isinstance(held, dict) else "no object"
        raise AdmitError(f"{path} holds {named}, beside records and mandates.", "Put each record under 'records'.")
    for table in TABLES:
        rows = held.get(table, [])
        if not isinstance(rows, list):
            raise AdmitError(f"{path}: {table} is no list.", f"Begin each one with [[{table}]].")
        for number, row in enumerate(rows, start=1):
            yield table, number, row


def _csv(path: Path, text: str) -> Iterator[Entry]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])
        table = "mandates" if "mandate_id" in header else "records"
        check_header(path, header, table)
        before = reader.line_num
        for number, cells in enumerate(reader, start=1):
            line, before = before + 1, reader.line_num
            if not cells:
                continue
            if len(cells) != len(header):
                refusal = Refusal(
                    path.name, line, number, table, "", "", f"it has {len(cells)} cells for {len(header)} columns"
                )
                yield Entry(None, refusal, cells, line, number, table)
            else:
                row = dict(zip(header, cells, strict=True))
                yield _entry(path, table, number, values_of(row, table), FileLine(line), row)
    except csv.Error as error:
        raise AdmitError(f"{path}, line {reader.line_num}: it is not valid CSV: {error}.", "Mend that line.") from None


def _entry(
    path: Path, table: str, number: int, row: object, lines: FileLine | None, written: object | None = None
) -> Entry:
    value, field, shown, reason = _read(table, row)
    line = None if lines is None else lines.line
    refusal = None
    if value is None:
        at = None if lines is None else lines.of(re.split(r"[.\[]", field)[-1] if field else "")
        refusal = Refusal(path.name, at, number, table, field, shown, reason)
    return Entry(value, refusal, row if written is None else written, line, number, table)


def _read(table: str, row: object) -> tuple[ConsentRecord | Mandate | None, str, str, str]:
    """A value; or None with the field, what stands there, and what is wrong with it."""
    model: type[BaseModel] = WrittenMandate if table == "mandates" else WrittenRecord
    try:
        written = model.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        places = [part for part in first["loc"] if not isinstance(part, int)]
        reason = first["msg"].removeprefix("Value error, ")
        missing = first["type"] == "missing"
        return None, ".".join(map(str, places)), "nothing" if missing else repr(first["input"]), _lower(reason)
    value: ConsentRecord | Mandate
    if isinstance(written, WrittenMandate):
        value = written.mandate()
        flaws = flaws_of_mandate(value)
    else:
        assert isinstance(written, WrittenRecord)
        value = written.record()
        flaws = flaws_of(value)
    if flaws:
        return None, flaws[0].field, repr(flaws[0].value), flaws[0].why
    return value, "", "", ""


def _lower(reason: str) -> str:
    return (reason[:1].lower() + reason[1:]).rstrip(".")


def _refused(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is named twice")
    return found
