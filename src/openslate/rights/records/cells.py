"""Rows of text as the nested values of a record: what the cells of a CSV file mean."""

import re
from collections.abc import Mapping
from pathlib import Path

from openslate.errors import AdmitError
from openslate.rights.records.written import WrittenCompensation, WrittenMandate, WrittenRecord

LISTS = frozenset(
    (
        *("asset_ids", "transferees", "territories", "media", "languages", "packs", "jurisdictions"),
        *("sensitive_content", "evidence", "subjects", "uses", "scenes"),
    )
)
FLAGS = frozenset(
    (
        *("is_minor", "separately_signed", "survives_death", "strike_suspends", "sexual_content_allowed"),
        *("residuals", "pension_and_health"),
    )
)
NUMBERS = frozenset(("version", "max_count", "schema_version"))
OF_USES = ("description", "scenes", "max_count")
OF_COMPENSATION = tuple(WrittenCompensation.model_fields)


def check_header(path: Path, header: list[str], table: str) -> None:
    """Refuse a file with a column that means nothing.

    Raises:
        AdmitError: a column is no field, or stands there twice.
    """
    model = WrittenMandate if table == "mandates" else WrittenRecord
    known = set(model.model_fields) | (set(OF_USES + OF_COMPENSATION) if table == "records" else set())
    for column in header:
        if column not in known - {"compensation"}:
            raise AdmitError(
                f"{path} has a column {column!r} that is no field.", "docs/rights-fields.md lists the columns."
            )
        if header.count(column) > 1:
            raise AdmitError(f"{path} has the column {column!r} twice.", "Leave one out.")


def values_of(row: Mapping[str, str], table: str) -> dict[str, object]:
    """A row of text as the nested values of a record."""
    values: dict[str, object] = {
        # A mandate rests on one paper, a record on any number.
        field: text.strip() if (table, field) == ("mandates", "evidence") else _cell(field, text)
        for field, text in row.items()
        if text.strip()
    }
    if table == "records":
        shared = {field: values.pop(field) for field in OF_USES if field in values}
        uses = values.get("uses", [])
        values["uses"] = [{"use": use, **shared} for use in uses] if isinstance(uses, list) else uses
        owed = {field: values.pop(field) for field in OF_COMPENSATION if field in values}
        if owed:
            values["compensation"] = owed
    return values


def _cell(field: str, text: str) -> object:
    text = text.strip()
    if field in LISTS:
        return [part.strip() for part in text.split(";") if part.strip()]
    if field in FLAGS:
        return {"true": True, "false": False}.get(text, text)
    # Anything that is no number stays text, and is refused by name.
    return int(text) if field in NUMBERS and re.fullmatch(r"-?[0-9]{1,9}", text) else text
