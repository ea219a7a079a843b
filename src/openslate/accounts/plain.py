"""Dataclasses as plain values, for JSON: money as text, moments in ISO 8601."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openslate.rights.canonical import JsonValue


def plain(value: Any) -> JsonValue:
    """A value made of dataclasses, sequences and mappings, as JSON has it.

    Example:
        >>> plain({"paid": Decimal("12.50"), "on": (date(2026, 7, 1),)})
        {'paid': '12.50', 'on': ['2026-07-01']}
    """
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case frozenset() | set():
            # By their text, because JSON values of different kinds have no order among them.
            return sorted((plain(one) for one in value), key=str)
        case tuple() | list():
            return [plain(one) for one in value]
    assert is_dataclass(value)
    return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
