"""The JSON of a file within limits: no key twice in an object, not too deep, no number that is none."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openslate.errors import AdmitError
from openslate.storage.written_text import written_text

LARGEST_MEGABYTES = 32
DEEPEST = 40
AGAIN = "Export the file again from the program that wrote it."


class _Twice(dict[str, Any]):
    """An object in which a key is there twice."""

    key: str = ""


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    twice = _Twice(found)
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            twice.key = key
        seen.add(key)
    return twice


def _no_constant(text: str) -> float:
    raise ValueError(f"{text} is no number of JSON")


def read_json(path: Path) -> dict[str, Any]:
    """The object that a file holds.

    Args:
        path: of the file.

    Raises:
        AdmitError: it cannot be read, is too large or too deep, or is no JSON object; it says where.
    """
    text = written_text(path, LARGEST_MEGABYTES, "A schedule has some hundred kilobytes; name another file.")
    try:
        held = json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise AdmitError(f"{path.name}, line {error.lineno}: {error.msg}, so it is not valid JSON.", AGAIN) from None
    except ValueError as error:
        raise AdmitError(f"{path.name} is not valid JSON: {error}.", AGAIN) from None
    except RecursionError:
        raise AdmitError(f"{path.name} holds objects in objects beyond {DEEPEST} levels.", AGAIN) from None
    if not isinstance(held, dict):
        raise AdmitError(f"{path.name} holds no JSON object.", AGAIN)
    for place, value, depth in _values(held):
        _checked(path, place, value, depth)
    return held


def _values(held: object) -> Iterator[tuple[str, object, int]]:
    waiting: list[tuple[str, object, int]] = [("", held, 1)]
    while waiting:
        place, value, depth = waiting.pop()
        yield place, value, depth
        if isinstance(value, dict):
            waiting += [(f"{place}.{key}".lstrip("."), one, depth + 1) for key, one in value.items()]
            waiting += [(f"{place}, a key", key, depth) for key in value]
        elif isinstance(value, list):
            waiting += [(f"{place}[{at}]", one, depth + 1) for at, one in enumerate(value)]


def _checked(path: Path, place: str, value: object, depth: int) -> None:
    if isinstance(value, _Twice):
        where = f" in {_printable(place)}" if place else ""
        raise AdmitError(f"{path.name} has the key {value.key!r} twice{where}.", "Keep one of the two.")
    if depth > DEEPEST:
        raise AdmitError(f"{path.name} holds objects in objects beyond {DEEPEST} levels.", AGAIN)
    if isinstance(value, float) and abs(value) == float("inf"):
        raise AdmitError(f"{path.name}: {_printable(place)} is too large for a number.", "Write a smaller one.")
    if isinstance(value, str) and any(mark == "\0" or "\ud800" <= mark <= "\udfff" for mark in value):
        said = f"{path.name}: {_printable(place)} = {value[:40]!r} holds half a character, or none"
        raise AdmitError(f"{said}.", "Write that text again.")


def _printable(place: str) -> str:
    return place.encode("utf-8", "backslashreplace").decode()
