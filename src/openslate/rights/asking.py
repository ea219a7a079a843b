"""Requests as people write them: one TOML or JSON file, field for field a `Request`."""

import json
import tomllib
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from openslate.errors import UsageError
from openslate.rights.asset_names import check_asset
from openslate.rights.request import Request

WAY_OUT = "Mend the request; docs/rights-fields.md lists its fields."
ANSWERS = frozenset(one.name for one in fields(Request) if one.type in (bool, bool | None))
"""Fields that hold a yes or a no."""
UNKNOWN = frozenset(one.name for one in fields(Request) if one.default is None)
"""Fields that may say that nobody knows."""


def read_request(path: Path) -> Request:
    """The request in a file.

    Args:
        path: a .toml or .json file.

    Raises:
        UsageError: it cannot be read, or a field is missing, unknown or wrong.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.", WAY_OUT) from None
    try:
        held = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text, object_pairs_hook=_without_repeats)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not valid {path.suffix[1:].upper() or 'JSON'}: {error}.", WAY_OUT) from None
    return request_of(held, str(path))


def request_of(held: object, name: str) -> Request:
    """The request that plain values say.

    Args:
        held: an object with the fields of `Request`.
        name: of the file, for errors.

    Raises:
        UsageError: a field is missing, unknown or wrong, or the asset's id names the subject.
    """
    if not isinstance(held, dict):
        raise UsageError(f"{name} holds no object with the fields of a request.", WAY_OUT)
    unknown = sorted(set(held) - {one.name for one in fields(Request)})
    if unknown:
        raise UsageError(f"{name}: {unknown[0]} is no field of a request.", WAY_OUT)
    _check_answers(held, name)
    try:
        request = TypeAdapter(Request).validate_python(held)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        if first["type"] == "missing":
            raise UsageError(f"{name}: the request has no {field}.", WAY_OUT) from None
        raise UsageError(f"{name}: {field} = {first['input']!r} is refused: {first['msg']}.", WAY_OUT) from None
    check_asset(request.asset, request.subject, request.subject_kind)
    for one in fields(Request):
        value = getattr(request, one.name)
        if isinstance(value, datetime) and value.tzinfo is None:
            raise UsageError(f"{name}: {one.name} = {value} has no time zone.", "Write it as 2026-12-03T08:00:00Z.")
    return request


def _check_answers(held: dict[str, Any], name: str) -> None:
    """Refuse whatever could be taken for a yes or a no, or for a number, and is none: a slip must not decide.

    Raises:
        UsageError: such a field.
    """
    for field in sorted(set(held) & ANSWERS):
        value = held[field]
        if not (isinstance(value, bool) or (value is None and field in UNKNOWN)):
            raise UsageError(f"{name}: {field} = {value!r} is neither true nor false.", WAY_OUT)
    for field in ("count", "units", "scan_hours"):
        if isinstance(held.get(field), bool):
            raise UsageError(f"{name}: {field} = {str(held[field]).lower()} is no number.", WAY_OUT)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field is named twice")
    return found
