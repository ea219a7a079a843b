"""Reading a pitch from the file that somebody wrote, TOML or JSON, and writing one.

Every field that is wrong is told at once, each in a sentence with its line and a way out.
"""

import json
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from openslate.apps.greenlight.pitch import Pitch
from openslate.apps.greenlight.pitch_checking import examined
from openslate.apps.greenlight.pitch_places import Path as FieldPath
from openslate.apps.greenlight.pitch_places import line_in_json, line_in_toml
from openslate.errors import AdmitError
from openslate.storage.written_text import written_text

LARGEST_MEGABYTES = 16
LONGEST_SHOWN = 80

WAYS_OUT = {
    "name": 'Write what it is to be called: name = "Night Train".',
    "id": "Use letters, digits, '.', '_', ':' and '-', or leave it out.",
    "as_of": "Write the last day of which anything may be used, such as 2026-03-01, or leave it out for today.",
    "logline": "Write one sentence of at most 1000 characters on one line; longer text is a synopsis.",
    "synopsis": "Write a text of at most 20,000 characters; a script or treatment belongs under [[material]].",
    "kind": "Write 'film', 'season' or 'limited series', or leave it out.",
    "series": "Write the name of the series or franchise, or leave it out.",
    "season": "Write a whole number from 1 to 200, or leave it out.",
    "genres": "Write a list of words, such as ['drama', 'crime'].",
    "language": "Write the two small letters of ISO 639-1, such as 'en'.",
    "countries": "Write a list of the two letters of ISO 3166-1, such as ['US', 'KR'].",
    "runtime_minutes": "Write whole minutes from 1 to 6000: of the film, or of one episode.",
    "episodes": "Write a whole number from 1 to 500 beside kind = 'season' or 'limited series', or leave it out.",
    "budget": "Write one amount in digits as budget, or a band as lowest_budget and highest_budget, with a currency.",
    "currency": "Write the three letters of ISO 4217, such as 'USD', beside a budget.",
    "talent": "Write name and role of each under [[talent]].",
    "companies": "Write a list of names.",
    "release": "Write one day as release, or a window as earliest_release and latest_release, after as_of.",
    "regions": "Write a list of the two letters of ISO 3166-1, or worldwide = true instead of it.",
    "worldwide": "Write true or false without quotes.",
    "maturity": "Write the rating that is aimed at, in at most 40 characters, such as '16+'.",
    "material": "Under [[material]], write kind ('script', 'treatment' or 'outline'), record, and either text or file.",
}
SAME_WAY = {
    **dict.fromkeys(("lowest_budget", "highest_budget"), "budget"),
    **dict.fromkeys(("earliest_release", "latest_release"), "release"),
}


@dataclass(frozen=True)
class PitchFlaw:
    """One field that is wrong.

    Attributes:
        file: its name.
        line: on which it stands, from 1.
        field: its name, with the number of the entry in a list from 1, such as 'talent 2 role'.
        value: what stands there.
        reason: what is wrong with it, as the end of a sentence.
        way_out: what to write instead.
    """

    file: str
    line: int
    field: str
    value: str
    reason: str
    way_out: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.field} = {self.value} is refused: {self.reason}. {self.way_out}"


@dataclass(frozen=True)
class PitchReading:
    """What a file holds: a pitch, or everything that is wrong with it."""

    pitch: Pitch | None
    flaws: tuple[PitchFlaw, ...]


def read_pitch(path: Path) -> Pitch:
    """The pitch that a file holds.

    Args:
        path: of a .toml or .json file.

    Raises:
        AdmitError: the file is neither, or a field is wrong; every one that is stands in the message.

    Example:
        >>> import tempfile
        >>> path = Path(tempfile.mkdtemp()) / "pitch.toml"
        >>> _ = path.write_text('name = "Night Train"\\nkind = "movie"\\n')
        >>> read_pitch(path)
        Traceback (most recent call last):
        ...
        openslate.errors.AdmitError: pitch.toml, line 2: kind = 'movie' is refused: it is none of 'film', 'season' or \
'limited series'. Write 'film', 'season' or 'limited series', or leave it out.
    """
    found = examine_pitch(path)
    if found.pitch is None:
        *others, last = found.flaws
        told = "".join(f"{flaw}\n" for flaw in others)
        shown = f"{last.file}, line {last.line}: {last.field} = {last.value} is refused: {last.reason}."
        raise AdmitError(f"{told}{shown}", last.way_out)
    return found.pitch


def examine_pitch(path: Path) -> PitchReading:
    """The pitch that a file holds, or every field that is wrong: what a form shows beside its fields.

    Raises:
        AdmitError: the file as a whole cannot be read, or is no .toml or .json file.
    """
    readers: dict[str, tuple[Callable[[str], Any], Callable[[str, FieldPath], int]]] = {
        ".toml": (lambda text: tomllib.loads(text, parse_float=Decimal), line_in_toml),
        ".json": (_json, line_in_json),
    }
    if path.suffix.lower() not in readers:
        raise AdmitError(f"{path} is no .toml or .json file.", "Write the pitch in one of those forms.")
    reader, line_of = readers[path.suffix.lower()]
    text = _text(path)
    try:
        held = reader(text)
    except (ValueError, RecursionError) as error:
        form = path.suffix[1:].upper()
        why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise AdmitError(f"{path.name} is not valid {form}: {why}.", "Mend that line.") from None
    if not isinstance(held, dict):
        raise AdmitError(f"{path.name} holds no object.", 'Begin it with {"name": ...}.')
    pitch, wrong = examined(held)
    flaws = [
        PitchFlaw(path.name, line_of(text, where), _named(where), _shown(held, where), reason, _way_out(where))
        for where, reason in wrong
    ]
    return PitchReading(pitch, tuple(sorted(flaws, key=lambda flaw: (flaw.line, flaw.field))))


def pitch_from(values: dict[str, Any], where: str = "the form") -> PitchReading:
    """The pitch of a form's values, named as in a file; lines are counted as 1."""
    pitch, wrong = examined(values)
    flaws = (PitchFlaw(where, 1, _named(at), _shown(values, at), why, _way_out(at)) for at, why in wrong)
    return PitchReading(pitch, tuple(flaws))


def _text(path: Path) -> str:
    return written_text(path, LARGEST_MEGABYTES, "Name the script as a file under [[material]].")


def _json(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, parse_constant=_refused, object_pairs_hook=_without_repeats)


def _refused(text: str) -> Any:
    raise ValueError(f"{text} is no number")


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is named twice")
    return found


def _named(where: FieldPath) -> str:
    return " ".join(str(part + 1) if isinstance(part, int) else part for part in where) or "the pitch"


def _shown(held: Any, where: FieldPath) -> str:
    """What stands somewhere, short enough for a sentence."""
    for part in where:
        try:
            held = held[part]
        except (KeyError, IndexError, TypeError):
            return "nothing"
    text = _text_of(held)
    # Of a script, no line may stand in a message.
    if "material" in where and (isinstance(held, dict) or where[-1] == "text"):
        return "..."
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 3]}..."


def _text_of(held: Any) -> str:
    """A value as a pitch would have it."""
    if isinstance(held, list):
        # Not into lists of lists: these may be nested as deep as the file is.
        return f"[{', '.join(repr(one) if isinstance(one, list) else _text_of(one) for one in held)}]"
    return repr(held) if isinstance(held, str | int | dict) else str(held)


def _way_out(where: FieldPath) -> str:
    field = str(where[0]) if where else "name"
    known = WAYS_OUT.get(SAME_WAY.get(field, field))
    return known or "Take it out, or name a field that docs/greenlight.md lists."
