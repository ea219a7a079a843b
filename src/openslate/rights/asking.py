"""Requests as people write them: one TOML or JSON file, field for field a `Request`."""

import json
import tomllib
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from openslate.errors import UsageError
from openslate.rights.request import Request

WAY_OUT = "Mend the request; docs/rights-fields.md lists its fields."


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
        UsageError: a field is missing, unknown or wrong.
    """
    if not isinstance(held, dict):
        raise UsageError(f"{name} holds no object with the fields of a request.", WAY_OUT)
    unknown = sorted(set(held) - {one.name for one in fields(Request)})
    if unknown:
        raise UsageError(f"{name}: {unknown[0]} is no field of a request.", WAY_OUT)
    try:
        request = TypeAdapter(Request).validate_python(held)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{name}: {field} = {first['input']!r} is refused: {first['msg']}.", WAY_OUT) from None
    for one in fields(Request):
        value = getattr(request, one.name)
        if isinstance(value, datetime) and value.tzinfo is None:
            raise UsageError(f"{name}: {one.name} = {value} has no time zone.", "Write it as 2026-12-03T08:00:00Z.")
    return request


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field is named twice")
    return found
