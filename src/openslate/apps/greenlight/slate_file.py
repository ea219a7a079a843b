"""Reading a slate's file: what is wrong is told in a sentence with its line, its field and a way out."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from openslate.apps.greenlight.pitch_places import Path as FieldPath
from openslate.apps.greenlight.pitch_places import line_in_toml
from openslate.apps.greenlight.slate_fields import WrittenSlate
from openslate.errors import AdmitError
from openslate.storage.written_text import written_text

LARGEST_MEGABYTES = 4
WAYS_OUT = {
    "name": 'Write what the slate, candidate or count is called: name = "Autumn".',
    "budget": "Write one whole amount, such as budget = 60_000_000.",
    "currency": 'Write the three letters of ISO 4217, such as currency = "USD".',
    "weight": "Write a share from 0 to 1 of the worst totals against the mean of all.",
    "tail": "Write the share of totals that are the worst ones, such as 0.1.",
    "together": "Write how far outcomes move together, from 0, each by itself, to 1, all as one, such as 0.2.",
    "breadth": "Write what serving one member is worth, in the forecasts' unit: member = 40; or variety = 200_000.",
    "member": "Write what serving one member is worth, in the forecasts' unit: member = 40.",
    "variety": "Write what each genre, language and kind is worth, in the forecasts' unit: variety = 200_000.",
    "groups": "Write what serving all of a group once is worth, in the forecasts' unit: families = 2_000_000.",
    "candidate": "Under each [[candidate]], write forecast (the number of a filed one) or pitch (a file beside this).",
    "forecast": "Copy the number from `openslate greenlight filed`.",
    "cost": "Write one whole amount in the slate's currency.",
    "serves": "Write shares of the groups: serves = { families = 0.6 }.",
    "count": "Under [[count]], write name, of (a list of candidates' names), and least or most.",
    "take": "Write a list of candidates' names.",
    "leave": "Write a list of candidates' names.",
    "apart": "Write pairs of candidates' names: apart = [['A', 'B']].",
}
_REASONS = {
    "missing": "it is missing",
    "extra_forbidden": "a slate has no such field",
    "string_type": "it is no text",
    "int_type": "it is no whole number",
    "float_type": "it is no number",
    "float_parsing": "it is no number",
    "dict_type": "it is no table of fields",
    "model_type": "it is no table of fields",
    "model_attributes_type": "it is no table of fields",
    "tuple_type": "it is no list",
    "too_short": "it has too few entries",
    "too_long": "it has too many entries",
    "string_pattern_mismatch": "it is no number of a filed forecast",
}


def read_slate(path: Path) -> WrittenSlate:
    """The slate that a .toml file holds.

    Args:
        path: of the file.

    Raises:
        AdmitError: it cannot be read, or a field is wrong; every one that is stands in the message.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "slate.toml"
        >>> _ = path.write_text('name = "A"\\nbudget = -5\\ncurrency = "USD"\\n[[candidate]]\\nforecast = "9c"\\n')
        >>> read_slate(path)
        Traceback (most recent call last):
        ...
        openslate.errors.AdmitError: slate.toml, line 2: budget = -5 is refused: it is no whole amount of at least 0, \
in units such as dollars. Write one whole amount, such as budget = 60_000_000.
    """
    text = _text(path)
    try:
        held = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise AdmitError(f"{path.name} is not valid TOML: {error}.", "Mend that line.") from None
    try:
        return WrittenSlate.model_validate(held)
    except ValidationError as error:
        flaws = sorted(_flaw(path, text, held, one) for one in error.errors())
    *others, (_, last, way_out) = flaws
    told = "".join(f"{what} {way}\n" for _, what, way in others)
    raise AdmitError(f"{told}{last}", way_out)


def refused(path: Path, where: FieldPath, value: object, reason: str, way_out: str | None = None) -> AdmitError:
    """The error for a field that fits the form, and nothing else.

    Args:
        path: of the slate's file.
        where: the field lies.
        value: that stands there.
        reason: what is wrong with it, as the end of a sentence.
        way_out: None for the field's usual one.
    """
    line = line_in_toml(_text(path), where)
    shown = "nothing" if value is None else repr(value)
    what = f"{path.name}, line {line}: {_named(where)} = {shown} is refused: {reason}."
    return AdmitError(what, way_out or _way_out(where))


def _flaw(path: Path, text: str, held: Any, error: Any) -> tuple[int, str, str]:
    where = tuple(error["loc"])
    line = line_in_toml(text, where)
    reason = _REASONS.get(error["type"]) or error["msg"].removeprefix("Value error, ").rstrip(".")
    said = f"{path.name}, line {line}: {_named(where)} = {_shown(held, where)} is refused: "
    return line, f"{said}{reason[:1].lower()}{reason[1:]}.", _way_out(where)


def _text(path: Path) -> str:
    if path.suffix.lower() != ".toml":
        raise AdmitError(f"{path} is no .toml file.", "Write the slate in TOML, as docs/greenlight.md shows.")
    return written_text(path, LARGEST_MEGABYTES, "A slate names its pitches; it holds none of their texts.")


def _named(where: FieldPath) -> str:
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in where) or "the slate"


def _shown(held: Any, where: FieldPath) -> str:
    for part in where:
        try:
            held = held[part]
        except (KeyError, IndexError, TypeError):
            return "nothing"
    text = str(held) if isinstance(held, Decimal) else repr(held)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _way_out(where: FieldPath) -> str:
    known = (WAYS_OUT[str(part)] for part in reversed(where) if str(part) in WAYS_OUT)
    return next(known, "Take it out, or name a field that docs/greenlight.md lists.")
