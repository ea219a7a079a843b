"""A record from its file: every wrong field with its line, and whether it would be written back as it stands."""

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from openslate.apps.press.records.fields import WrittenRecord
from openslate.apps.press.records.outline import WAY_OUT, Outline, read_outline
from openslate.apps.press.records.outline import Path as FieldPath
from openslate.apps.press.records.record import Record
from openslate.apps.press.records.writing import record_text
from openslate.errors import AdmitError
from openslate.storage.files import bounded_bytes

LARGEST = 4_000_000
"""Bytes of a file."""
MOST_FLAWS = 20
LONGEST_SHOWN = 80
_REASONS = {
    "missing": "it is missing",
    "string_type": "it is no text",
    "int_type": "it is no whole number",
    "bool_type": "it is neither true nor false",
    "list_type": "it is no list",
    "model_type": "it has no fields below it",
    "string_too_short": "it is empty",
    "string_too_long": "it is too long",
    "too_short": "it has no entry",
    "too_long": "it has too many entries",
    "extra_forbidden": "a record has no such field",
    "literal_error": "it is none of article and video",
}


@dataclass(frozen=True)
class ReadRecord:
    """A record and how its file had it.

    Attributes:
        record: that was read.
        differs: the first line that would be written otherwise, counted from 1; 0 where the file is written back byte
            for byte.
    """

    record: Record
    differs: int = 0


def read_record(path: Path) -> ReadRecord:
    """The record that a file holds.

    Args:
        path: of the file.

    Raises:
        AdmitError: it cannot be read, or something in it is wrong; each field is told with its line.
    """
    try:
        content = bounded_bytes(path, LARGEST)
    except OSError as error:
        raise AdmitError(f"{path} cannot be read: {error.strerror}.", "Name a record's file.") from error
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise AdmitError(f"{path.name}, line {line}: it is no UTF-8.", "Save the file as UTF-8.") from None
    return parse_record(text, path.name)


def parse_record(text: str, name: str = "the record") -> ReadRecord:
    """The record of a text; as `read_record`.

    Args:
        text: of the file, with its own ends of lines.
        name: of the file, for refusals.
    """
    if text.startswith("\ufeff"):
        raise AdmitError(f"{name}, line 1: it begins with a byte-order mark.", "Save the file without it.")
    outline = read_outline(text, name)
    try:
        written = WrittenRecord.model_validate(outline.values)
    except ValidationError as error:
        raise _refusal(name, outline, error) from None
    record = written.record("\r\n" if outline.line_end == "\r\n" else "\n")
    return ReadRecord(record, _first_difference(text, record_text(record)))


def _refusal(name: str, outline: Outline, error: ValidationError) -> AdmitError:
    flaws = []
    for one in error.errors():
        path = tuple(part for part in one["loc"])
        reason = _REASONS.get(one["type"]) or one["msg"].removeprefix("Value error, ").rstrip(".")
        field = " ".join(str(part + 1) if isinstance(part, int) else part for part in path)
        said = f"{name}, line {outline.line_of(path)}: {field} = {_shown(outline, path)} is refused: {reason}."
        flaws.append((outline.line_of(path), said))
    told = [said for _, said in sorted(flaws)[:MOST_FLAWS]]
    more = len(flaws) - len(told)
    return AdmitError("\n".join([*told, *([f"There are {more} more."] if more else [])]), WAY_OUT)


def _shown(outline: Outline, path: FieldPath) -> str:
    value: object = outline.values
    for part in path:
        try:
            value = value[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return "nothing"
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def _first_difference(before: str, after: str) -> int:
    if before == after:
        return 0
    then, now = before.splitlines(keepends=True), after.splitlines(keepends=True)
    same = next((place for place, (one, other) in enumerate(zip(then, now, strict=False)) if one != other), None)
    return 1 + (min(len(then), len(now)) if same is None else same)
