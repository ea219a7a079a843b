"""Writing a pitch as the TOML or JSON that `read_pitch` reads back as the same."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openslate.apps.greenlight.pitch import Pitch
from openslate.errors import AdmitError
from openslate.storage.files import OWNER_FILE, write_atomically
from openslate.storage.toml_values import toml_value


def write_pitch(pitch: Pitch, path: Path) -> None:
    """Write a pitch to a file of its own; `read_pitch` brings it back, hash and all.

    Args:
        pitch: what to write; with its material, so that the file is its owner's alone.
        path: ends in .toml or .json.

    Raises:
        AdmitError: it ends otherwise, or cannot be written.
    """
    forms = {".toml": _toml, ".json": _json}
    form = forms.get(path.suffix.lower())
    if form is None:
        raise AdmitError(f"{path} is no .toml or .json file.", "Name one that ends so.")
    try:
        write_atomically(path, form(_written(pitch)).encode(), OWNER_FILE)
    except OSError as error:
        raise AdmitError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error


def pitch_json(pitch: Pitch) -> str:
    """A pitch as the text of its JSON file."""
    return _json(_written(pitch))


def _written(pitch: Pitch) -> dict[str, Any]:
    """A pitch's fields as a file has them, without those that are missing."""
    fields: dict[str, Any] = {
        name: getattr(pitch, name)
        for name in ("name", "id", "as_of", "logline", "synopsis", "kind", "series", "season", "genres")
    }
    fields |= {name: getattr(pitch, name) for name in ("language", "countries", "runtime_minutes", "episodes")}
    if pitch.budget is not None:
        fields |= _ends("budget", pitch.budget.lowest, pitch.budget.highest, ("lowest_budget", "highest_budget"))
        fields["currency"] = pitch.budget.currency
    fields["companies"] = pitch.companies
    if pitch.release is not None:
        ends = ("earliest_release", "latest_release")
        fields |= _ends("release", pitch.release.earliest, pitch.release.latest, ends)
    fields |= {name: getattr(pitch, name) for name in ("regions", "worldwide", "maturity")}
    fields["talent"] = [{"name": one.name, "role": one.role} for one in pitch.talent]
    fields["material"] = [
        {
            name: value
            for name, value in (("kind", one.kind), ("record", one.record), ("text", one.text), ("file", one.file))
            if value
        }
        for one in pitch.material
    ]
    return {name: value for name, value in fields.items() if value}


def _ends(name: str, low: Any, high: Any, names: tuple[str, str]) -> dict[str, Any]:
    return {name: low} if low == high else dict(zip(names, (low, high), strict=True))


def _json(fields: dict[str, Any]) -> str:
    return json.dumps(fields, indent=2, ensure_ascii=False, default=str) + "\n"


def _toml(fields: dict[str, Any]) -> str:
    return "\n".join(_toml_lines(fields)) + "\n"


def _toml_lines(fields: dict[str, Any]) -> Iterator[str]:
    tables = {name: value for name, value in fields.items() if isinstance(value, list)}
    for name, value in fields.items():
        if name not in tables:
            yield f"{name} = {toml_value(value)}"
    for name, rows in tables.items():
        for row in rows:
            yield f"\n[[{name}]]"
            for field, value in row.items():
                yield f"{field} = {toml_value(value)}"
