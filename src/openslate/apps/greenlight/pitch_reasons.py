"""What is wrong with a field of a pitch, as the end of a sentence, and which field may be meant by an unknown one."""

import difflib
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from openslate.apps.greenlight.pitch_fields import WrittenMaterial, WrittenPitch, WrittenTalent
from openslate.apps.greenlight.pitch_places import Path as FieldPath

OTHER_WORDS = {
    **dict.fromkeys(("title", "working_title"), "name"),
    **dict.fromkeys(("country", "nation"), "countries"),
    **dict.fromkeys(("rating", "certificate", "age_rating"), "maturity"),
    **dict.fromkeys(("minutes", "length", "duration", "runtime"), "runtime_minutes"),
    **dict.fromkeys(("cast", "people", "crew", "director"), "talent"),
    **dict.fromkeys(("studio", "producer", "company"), "companies"),
    **dict.fromkeys(("script", "treatment", "outline"), "material"),
    **dict.fromkeys(("date", "release_date", "release_window", "window"), "release"),
    **dict.fromkeys(("description", "plot", "summary"), "synopsis"),
}
"""What people call the fields of a pitch besides, to the field that is meant."""
_PARTS: dict[str, type[BaseModel]] = {"talent": WrittenTalent, "material": WrittenMaterial}


def reason_of(error: Any, held: Mapping[str, Any]) -> str:
    """What a flaw of pydantic's is, as the end of a sentence.

    Args:
        error: as pydantic tells it.
        held: everything that was written.
    """
    kind, bounds = error["type"], error.get("ctx", {})
    told = {
        "missing": "it is missing",
        "extra_forbidden": f"a pitch has no such field{_meant(error['loc'], held)}",
        "literal_error": f"it is none of {bounds.get('expected')}",
        "string_type": "it is no text",
        "int_type": "it is no whole number",
        "bool_type": "it is neither true nor false",
        "tuple_type": "it is no list",
        "string_too_long": f"it has more than {bounds.get('max_length')} characters",
        "too_long": f"it has more than {bounds.get('max_length')} {_counted(error['input'])}",
        "greater_than_equal": f"it is below {bounds.get('ge')}",
        "less_than_equal": f"it is above {bounds.get('le')}",
        "string_pattern_mismatch": "it is no id",
        "model_type": "it is no table of fields",
        "model_attributes_type": "it is no table of fields",
        "decimal_type": "it is no amount",
        "decimal_parsing": "it is no amount",
        "finite_number": "it is no amount",
        "date_from_datetime_parsing": "there is no such day",
        "date_parsing": "there is no such day",
    }
    said = str(told.get(kind) or error["msg"].removeprefix("Value error, ")).rstrip(".")
    return said[:1].lower() + said[1:]


def _counted(value: object) -> str:
    return "characters" if isinstance(value, str) else "entries"


def _meant(where: FieldPath, held: Mapping[str, Any]) -> str:
    """Which field may be meant by one that is not known."""
    model: type[BaseModel] | None = _PARTS.get(str(where[0])) if len(where) > 1 else WrittenPitch
    fields = list(model.model_fields) if model else []
    said = str(where[-1]).lower()
    usual = OTHER_WORDS.get(said)
    near = [usual] if usual in fields else difflib.get_close_matches(said, fields, 1)
    if not near:
        return ""
    # What stands there already cannot be meant a second time.
    there = len(where) == 1 and near[0] in held
    return f"; {near[0]!r} stands there already" if there else f"; {near[0]!r} may be meant"
