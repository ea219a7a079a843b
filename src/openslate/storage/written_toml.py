"""Reading a TOML file that somebody wrote: everything that is wrong is told at once, with line, field and value."""

import difflib
import tomllib
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from openslate.errors import AdmitError
from openslate.storage.toml_lines import Place, line_of, toml_lines
from openslate.storage.written_text import written_text

Written = TypeVar("Written", bound=BaseModel)
LONGEST_SHOWN = 80
_REASONS = {
    "missing": "it is missing",
    "string_type": "it is no text",
    "int_type": "it is no whole number",
    "int_from_float": "it is no whole number",
    "int_parsing": "it is no whole number",
    "float_type": "it is no number",
    "float_parsing": "it is no number",
    "finite_number": "it is no number",
    "bool_type": "it is neither true nor false",
    "tuple_type": "it is no list",
    "dict_type": "it is no table of fields",
    "model_type": "it is no table of fields",
    "model_attributes_type": "it is no table of fields",
    "date_type": "it is no day",
    "date_parsing": "it is no day",
    "date_from_datetime_parsing": "it is no day",
    "date_from_datetime_inexact": "it is a moment and no day",
}


@dataclass(frozen=True)
class Form:
    """What a file of one kind is.

    Attributes:
        what: it is, with its article, such as 'a shoot'.
        document: that lists its fields, such as 'docs/production.md'.
        ways_out: by name of a field, what to write instead, in a sentence.
        megabytes: how large it may be.
    """

    what: str
    document: str
    ways_out: Mapping[str, str] = field(default_factory=dict)
    megabytes: int = 4


@dataclass(frozen=True)
class TomlFile:
    """A file's text, and what it holds, so that whatever is found wrong later is told with its line.

    Attributes:
        name: of the file, without its folder.
        text: of it.
        held: what TOML makes of the text.
        form: of which kind it is.
    """

    name: str
    text: str
    held: Any
    form: Form

    def refused(self, flaws: Iterable[tuple[Place, str]]) -> AdmitError:
        """The error for fields that are wrong.

        Args:
            flaws: of each the place, and what is wrong there as the end of a sentence; at least one.
        """
        lines = toml_lines(self.text)
        told = sorted((line_of(lines, place), place_words(place), place, reason) for place, reason in flaws)
        sentences = [
            f"{self.name}, line {line}: {words or self.form.what} = {self._shown(place)} is refused: {reason}."
            for line, words, place, reason in told
        ]
        ways = [self._way_out(place) for _, _, place, _ in told]
        before = "".join(f"{what} {way}\n" for what, way in zip(sentences[:-1], ways[:-1], strict=True))
        return AdmitError(before + sentences[-1], ways[-1])

    def _shown(self, place: Place) -> str:
        found = self.held
        for part in place:
            try:
                found = found[part]
            except (KeyError, IndexError, TypeError):
                return "nothing"
        text = repr(found) if isinstance(found, str | int | float | list | dict) else str(found)
        return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."

    def _way_out(self, place: Place) -> str:
        known = (self.form.ways_out[str(part)] for part in reversed(place) if str(part) in self.form.ways_out)
        return next(known, f"Mend it; {self.form.document} lists the fields.")


def read_toml(path: Path, model: type[Written], form: Form) -> tuple[Written, TomlFile]:
    """What a TOML file holds.

    Args:
        path: of the file; it ends in .toml.
        model: that it is held to; unknown fields are refused where the model forbids them.
        form: what is said of it.

    Raises:
        AdmitError: it cannot be read, or a field is wrong; every one that is stands in the message.
    """
    if path.suffix.lower() != ".toml":
        raise AdmitError(f"{path} is no .toml file.", f"Write {form.what} in TOML, as {form.document} shows.")
    text = written_text(path, form.megabytes, f"Name a smaller one; {form.what} has some kilobytes.")
    return parse_toml(text, path.name, model, form)


def parse_toml(text: str, name: str, model: type[Written], form: Form) -> tuple[Written, TomlFile]:
    """What a TOML text holds; as `read_toml`.

    Raises:
        AdmitError: it is no TOML, or a field is wrong.
    """
    # TOML knows two ends of a line; a lone carriage return is left for its parser to refuse.
    text = text.replace("\r\n", "\n")
    try:
        held = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        if "int_max_str_digits" in why:
            # Python's own words tell of a switch of Python's.
            why = "a number in it has thousands of digits"
        raise AdmitError(f"{name} is not valid TOML: {why}.", "Mend that line.") from None
    file = TomlFile(name, text, held, form)
    try:
        return model.model_validate(held), file
    except ValidationError as error:
        flaws = flaws_of(error, model, form)
    raise file.refused(flaws)


def flaws_of(error: ValidationError, model: type[BaseModel], form: Form) -> list[tuple[Place, str]]:
    """What a model refused: of each the place, and what is wrong there as the end of a sentence.

    Args:
        error: that the model raised.
        model: that raised it.
        form: of the file that the values stand in.
    """
    return [(tuple(one["loc"]), _reason(one, model, form)) for one in error.errors()]


def place_words(place: Place) -> str:
    """A place as a person counts it.

    Example:
        >>> place_words(("cast", 1, "contract", "rate"))
        'cast 2 contract rate'
    """
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in place)


def nearest(name: str, known: Iterable[str]) -> str:
    """The end of a sentence that says which known name may be meant; empty where none is near.

    Example:
        >>> nearest("lamp rom", ["lamp room", "quay"])
        "; 'lamp room' may be meant"
    """
    near = difflib.get_close_matches(name, list(known), 1)
    return f"; {near[0]!r} may be meant" if near else ""


def _reason(error: Any, model: type[BaseModel], form: Form) -> str:
    kind, bounds = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        *table, name = error["loc"]
        return f"{form.what} has no such field{nearest(str(name), _fields_at(model, tuple(table)))}"
    told = {
        "literal_error": f"it is none of {bounds.get('expected')}",
        "string_too_short": "it is empty",
        "string_too_long": f"it has more than {bounds.get('max_length')} characters",
        "too_short": f"it has fewer than {bounds.get('min_length')} entries",
        "too_long": f"it has more than {bounds.get('max_length')} entries",
        "greater_than_equal": f"it is below {bounds.get('ge')}",
        "greater_than": f"it is not above {bounds.get('gt')}",
        "less_than_equal": f"it is above {bounds.get('le')}",
        "less_than": f"it is not below {bounds.get('lt')}",
    }
    said = str(_REASONS.get(kind) or told.get(kind) or error["msg"].removeprefix("Value error, ")).rstrip(".")
    return said[:1].lower() + said[1:]


def _fields_at(model: type[BaseModel], place: Place) -> list[str]:
    """The fields that the table at a place may have."""
    found: type[BaseModel] | None = model
    for part in place:
        if isinstance(part, str) and found is not None:
            entry = found.model_fields.get(part)
            found = None if entry is None else _model_in(entry.annotation)
    return [] if found is None else list(found.model_fields)


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a field holds: itself, or inside a list or a choice."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for one in typing.get_args(annotation) if (found := _model_in(one)) is not None), None)
