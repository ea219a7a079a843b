"""What is wrong with a schedule file, told with its place in the file, the value, the reason and the way out."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from openslate.errors import AdmitError

MOST_TOLD = 20
WAYS_OUT = {
    "ussVersion": 'Export it again as version 1 of the standard: "ussVersion": "1.0.0".',
    "pages": "Write pages as a decimal number: 0.125 is an eighth.",
    "duration": "Write milliseconds: 3600000 is an hour.",
    "scene": 'Write it as a text: "12A".',
    "scriptPage": 'Write it as a text: "12".',
    "elementId": 'Write it as a text: "7".',
    "daysOff": "Write a list of weekdays: 0 for Sunday to 6 for Saturday.",
    "date": 'Write it as "2027-03-01T12:00:00.000Z".',
    "created": 'Write it as "2027-03-01T12:00:00.000Z".',
    "ucid": "Write the number of the category: 0 for sets, 100 for the cast.",
    "dropDayCount": "Write whole days, such as 10.",
    "breakdownIds": "Write ids of breakdowns, those of a day in a list of their own.",
    "_openslate": "Take that key out, or write it as Openslate does.",
}
_REASONS = {
    "missing": "it is missing",
    "string_type": "it is no text",
    "bool_type": "it is neither true nor false",
    "tuple_type": "it is no list",
    "model_type": "it is no object",
    "model_attributes_type": "it is no object",
    "string_too_short": "it is empty",
    "string_too_long": "it is too long",
    "too_long": "it has too many entries",
    "too_short": "it has too few entries",
    "extra_forbidden": "there is no such key",
}
_KINDS = {"type": "Write scene or banner for a breakdown, and start, dayOff or event for an event."}
_USS_WAYS_OUT = {**WAYS_OUT, **_KINDS}


def refusal(
    name: str,
    held: Any,
    error: ValidationError,
    ways_out: Mapping[str, str] = _USS_WAYS_OUT,
    otherwise: str = "Write it as the documentation of the standard does.",
) -> AdmitError:
    """The error that tells of every flaw of a file.

    Args:
        name: of the file.
        held: what was looked at.
        error: what was found.
        ways_out: by name of a key, what to write instead, in a sentence.
        otherwise: what to do about any other key.
    """
    told = [_told(name, held, one, ways_out, otherwise) for one in error.errors()[:MOST_TOLD]]
    left = error.error_count() - len(told)
    *others, (last, way_out) = told
    before = "".join(f"{what} {way}\n" for what, way in others)
    return AdmitError(f"{before}{last}", way_out + (f" So are {left:,} more." if left else ""))


def place(where: Sequence[str | int]) -> str:
    """A place in a file as it is written.

    Example:
        >>> place(("breakdowns", 3, "pages"))
        'breakdowns[3].pages'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where).lstrip(".")


def _told(name: str, held: Any, error: Any, ways_out: Mapping[str, str], otherwise: str) -> tuple[str, str]:
    where = tuple(error["loc"])
    reason = _REASONS.get(error["type"]) or error["msg"].removeprefix("Value error, ").rstrip(".")
    value = "nothing" if error["type"] == "missing" else _shown(held, where)
    what = f"{name}: {place(where)} = {value} is refused: {reason[:1].lower()}{reason[1:]}."
    known = (ways_out[str(part)] for part in reversed(where) if str(part) in ways_out)
    return what, next(known, otherwise)


def _shown(held: Any, where: Sequence[str | int]) -> str:
    for part in where:
        try:
            held = held[part]
        except (KeyError, IndexError, TypeError):
            return "nothing"
    text = repr(held)
    return text if len(text) <= 80 else f"{text[:77]}..."
