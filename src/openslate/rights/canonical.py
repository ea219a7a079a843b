"""Canonical JSON: one value has one text, so that a hash or a signature over it means one thing.

The form is that of RFC 8785 for values without fractions: keys sorted, no spaces, text as it is. Fractions are
refused, because money and shares are exact here and travel as text ('0.20'); so are numbers that another reader of
JSON would round. Text keeps its bytes: two spellings of one letter in Unicode are two texts, and nothing is normalised.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from openslate.errors import RightsError

JsonValue: TypeAlias = "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON holds exactly (I-JSON, RFC 7493)."""
DEEPEST = 64
"""How many objects and lists may lie inside one another, so that no reader's stack can run out."""

_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
# `JSONEncoder.encode` makes this anew for every text, which takes longer than a small text does.
_PARTS: Callable[[JsonValue, int], Iterable[str]] = vars(json.encoder)["c_make_encoder"](
    None, _ENCODER.default, json.encoder.encode_basestring, None, ":", ",", True, False, False
)
_DECODER = json.JSONDecoder()
_ONLY_TEXT = frozenset((str,))

WAY_OUT = "Write fractions and large numbers as text, keys in ASCII, and text that UTF-8 can hold."


def canonical(value: JsonValue) -> bytes:
    """The one text of a value, in UTF-8.

    Args:
        value: objects, lists, text, whole numbers, booleans and nothing.

    Raises:
        RightsError: a fraction, a number beyond 2**53 - 1, a key that is not ASCII text, half a surrogate pair, or
            more than `DEEPEST` objects and lists inside one another.

    Source: RFC 8785, sections 3.2.2 and 3.2.3.

    Example:
        >>> canonical({"b": [1, None], "a": "é"}).decode()
        '{"a":"é","b":[1,null]}'
    """
    _check(value, DEEPEST)
    try:
        return "".join(_PARTS(value, 0)).encode()
    except UnicodeEncodeError:
        raise RightsError("A text holds half of a surrogate pair, which UTF-8 cannot.", WAY_OUT) from None


def parsed(text: bytes) -> Any:
    """The value of a canonical text.

    Args:
        text: in UTF-8.

    Raises:
        RightsError: it is no JSON, names a key twice, or is not the canonical text of its value.

    Example:
        >>> parsed(b'{"a":1}')
        {'a': 1}
    """
    try:
        # Fast and lenient: whatever is not canonical, a repeated key included, has another text than its value has.
        value = _DECODER.decode(text.decode())
        if canonical(value) == text:
            return value
        json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_refused, parse_float=_refused)
    except ValueError as error:
        raise RightsError(f"The text is not canonical JSON: {error}.", WAY_OUT) from None
    except RecursionError:
        raise _too_deep() from None
    raise RightsError("The text is not the canonical one of its value.", WAY_OUT)


def _check(value: JsonValue, levels: int) -> None:
    # Compared by type, because a boolean is an int to `isinstance`, and a subclass may write itself as it likes.
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if kind is int and isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise RightsError("A number is too large for every reader of JSON.", WAY_OUT)
        return
    if not levels:
        raise _too_deep()
    if isinstance(value, dict) and kind is dict:
        if not _ONLY_TEXT.issuperset(map(type, value)) or not "".join(value).isascii():
            key = next(key for key in value if type(key) is not str or not key.isascii())
            raise RightsError(f"The key {key!r} is not ASCII text.", WAY_OUT)
        _check_all(value.values(), levels - 1)
    elif isinstance(value, list | tuple) and kind in (list, tuple):
        _check_all(value, levels - 1)
    else:
        # Not the value itself, whose text may be endless.
        raise RightsError(f"A value of type {kind.__name__} has no canonical text.", WAY_OUT)


def _check_all(values: Iterable[JsonValue], levels: int) -> None:
    for value in values:
        # Most of them are text, and a call takes longer than the look.
        if type(value) is not str:
            _check(value, levels)


def _too_deep() -> RightsError:
    return RightsError(f"More than {DEEPEST} objects and lists lie inside one another.", "Write it flatter.")


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is named twice")
    return found


def _refused(text: str) -> Any:
    raise ValueError(f"{text} is no whole number")
