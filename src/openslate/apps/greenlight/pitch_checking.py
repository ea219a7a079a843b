"""Everything that is wrong with what was written of a pitch, in one pass: fields, and fields beside one another."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from openslate.apps.greenlight.pitch import Pitch
from openslate.apps.greenlight.pitch_clashes import clashes
from openslate.apps.greenlight.pitch_fields import WrittenPitch, wrong_place
from openslate.apps.greenlight.pitch_places import Path as FieldPath
from openslate.apps.greenlight.pitch_reasons import reason_of

Wrong = tuple[FieldPath, str]
NAMELESS = "-"
"""Stands for a name that is refused, so that the rest can be looked at."""


def examined(held: Mapping[str, Any]) -> tuple[Pitch | None, list[Wrong]]:
    """The pitch that was written; or None, and every place that is wrong with why, as the end of a sentence.

    Args:
        held: fields by name, as they were written.

    Example:
        >>> [at for at, _ in examined({"name": "Ash", "language": "xx", "budget": 5})[1]]
        [('language',), ('budget',)]
    """
    wrong: list[Wrong] = []
    refused: set[str] = set()
    left = dict(held)
    written = None
    # Entries of a list are looked at first, then the list of those that are right, then all fields together.
    for once in range(3):
        try:
            written = WrittenPitch.model_validate(left)
            break
        except ValidationError as error:
            found = [(tuple(one["loc"]), reason_of(one, held)) for one in error.errors()]
        wrong += [one for one in found if once == 0 or len(one[0]) == 1]
        refused |= {str(at[0]) for at, _ in found}
        left = _without(left, [at for at, _ in found])
    wrong += _material(held, {at[:2] for at, _ in wrong if len(at) == 2})
    if written is not None:
        wrong += [((field,), reason) for field, reason in clashes(written, refused)]
    if wrong or written is None:
        return None, wrong
    try:
        # What cannot be written as UTF-8 cannot be hashed or filed.
        json.dumps(held, ensure_ascii=False, default=str).encode()
    except UnicodeEncodeError:
        return None, [(("name",), "a text of the pitch holds half of a surrogate pair, which UTF-8 cannot")]
    return written.pitch(), []


def _without(held: dict[str, Any], places: list[FieldPath]) -> dict[str, Any]:
    """What was written, without what is wrong: whole fields, and entries of lists."""
    gone = {str(at[0]) for at in places if len(at) == 1}
    found = {field: value for field, value in held.items() if field not in gone}
    for field in {str(at[0]) for at in places if len(at) > 1} - gone:
        entries = {at[1] for at in places if at[0] == field}
        if isinstance(found.get(field), list | tuple):
            found[field] = [one for place, one in enumerate(found[field]) if place not in entries]
        else:
            found.pop(field, None)
    return {"name": NAMELESS, **found}


def _material(held: Mapping[str, Any], told: set[FieldPath]) -> Iterator[Wrong]:
    """Where material stands, of entries in which something else is wrong as well."""
    entries = held.get("material")
    for place, one in enumerate(entries if isinstance(entries, list | tuple) else ()):
        if isinstance(one, Mapping) and ("material", place) not in told:
            wrong = wrong_place(one.get("text"), one.get("file"))
            if wrong:
                yield ("material", place), wrong
