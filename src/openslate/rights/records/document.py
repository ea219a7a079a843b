"""A record or mandate as the one text that is kept and hashed, and back again."""

import hashlib
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from openslate.errors import RightsError
from openslate.rights.canonical import JsonValue, canonical, parsed
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.written import WrittenMandate, WrittenRecord

RESTORE = "Restore the vault from a backup; it was changed outside Openslate."


def document_of(value: ConsentRecord | Mandate) -> bytes:
    """The canonical JSON of a version, moments in UTC and money as text.

    Args:
        value: a record or mandate.

    Raises:
        RightsError: a text cannot be written as UTF-8.
    """
    return canonical(plain(value))


def plain(value: ConsentRecord | Mandate) -> dict[str, JsonValue]:
    """A version as plain values, as `openslate` prints it."""
    return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}


def hash_of(document: bytes) -> str:
    """SHA-256 of a document, by which the next version names it."""
    return hashlib.sha256(document).hexdigest()


def record_of(document: bytes) -> ConsentRecord:
    """The record that a document holds.

    Raises:
        RightsError: it is none.
    """
    try:
        return WrittenRecord.model_validate(_as_written_now(parsed(document))).record()
    except ValidationError as error:
        raise _damaged("record", error) from None


def _as_written_now(held: JsonValue) -> JsonValue:
    """A document of before the compensation alone named the payee: then the one beside it was who was paid."""
    if not isinstance(held, dict) or "payee" not in held:
        return held
    payee, owed = held["payee"], held.get("compensation")
    rest = {name: value for name, value in held.items() if name != "payee"}
    return {**rest, "compensation": {**owed, "payee": payee}} if payee and isinstance(owed, dict) else rest


def mandate_of(document: bytes) -> Mandate:
    """The mandate that a document holds.

    Raises:
        RightsError: it is none.
    """
    try:
        return WrittenMandate.model_validate(parsed(document)).mandate()
    except ValidationError as error:
        raise _damaged("mandate", error) from None


def _plain(value: Any) -> JsonValue:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    assert value is None or isinstance(value, str | int)
    return value


def _damaged(kind: str, error: ValidationError) -> RightsError:
    field = ".".join(str(part) for part in error.errors()[0]["loc"])
    return RightsError(f"A {kind} in the vault has a {field} that nobody could have written.", RESTORE)
