"""Frozen values of days, numbers, texts and arrays as JSON, and back to the last bit.

Unlike `backtest_plain.plain`, which is for whoever reads, infinities and what is not a number stay what they are.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

import numpy as np

Value = TypeVar("Value")


def as_json(value: object) -> str:
    """A frozen dataclass as JSON.

    Args:
        value: of days, numbers, texts, arrays of these, tuples, mappings by text and further such dataclasses.

    Raises:
        TypeError: it holds something else.
    """
    return json.dumps(value, default=_plain, sort_keys=True, ensure_ascii=False)


def from_json(kind: type[Value], text: str) -> Value:
    """What `as_json` wrote.

    Args:
        kind: the dataclass.
        text: JSON.

    Raises:
        ValueError: the text is no such dataclass.

    Example:
        >>> from openslate.evaluation.forecasting.holding import Abstention
        >>> one = Abstention(3, 97, 0.1 + 0.2, float("inf"))
        >>> from_json(Abstention, as_json(one)) == one
        True
    """
    try:
        found: Value = _read(kind, json.loads(text))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"This is no {kind.__name__}: {error}") from error
    return found


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: getattr(value, one.name) for one in fields(value)}
    if isinstance(value, np.ndarray):
        # Which kind of array it is cannot be told from an empty one.
        return {"type": value.dtype.str, "of": (value.astype(str) if value.dtype.kind == "M" else value).tolist()}
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"A {type(value).__name__} has no form here.")


def _read(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return kind(**{one.name: _read(hints[one.name], value[one.name]) for one in fields(kind)})
    if origin is np.ndarray:
        return np.array(value["of"], dtype=value["type"])
    if origin is tuple:
        # Every tuple here is of one kind, however long.
        return tuple(_read(inner[0], one) for one in value)
    if origin is not None and origin not in (Union, UnionType) and issubclass(origin, Mapping):
        return {key: _read(inner[1], one) for key, one in value.items()}
    if kind is date:
        return date.fromisoformat(value)
    if kind is float:
        return float(value)
    if kind in (str, int, bool) and type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
