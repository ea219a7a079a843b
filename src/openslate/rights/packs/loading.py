"""Reading packs: those that come with Openslate, and a project's own, which add to them or take their place."""

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.canonical import JsonValue, canonical
from openslate.rights.packs.pack import DecidingDate, Grade, Pack, PackKind, RuleSource
from openslate.rights.places import why_no_place
from openslate.rights.rules.codes import CODES

FOLDER = "packs"
OWN = "openslate.own"
WAY_OUT = "Mend the pack; docs/rights-fields.md lists its fields."


def _as_place(value: str) -> str:
    trouble = why_no_place(value)
    if trouble is not None:
        raise ValueError(f"{value!r} {trouble}")
    return value


class _Rule(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(min_length=1)
    stricter: bool = False
    note: str = ""


class _Text(BaseModel):
    """A pack as people write it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9.-]{0,80}$")
    version: int = Field(ge=1)
    title: str = Field(min_length=1)
    kind: PackKind
    jurisdictions: tuple[Annotated[str, AfterValidator(_as_place)], ...] = ()
    in_force_from: date
    in_force_to: date | None = None
    decided_by: DecidingDate
    rules: dict[str, _Rule]
    grade: Grade
    enabled: bool
    sources: tuple[str, ...] = Field(min_length=1)
    parameters: dict[str, str | int | bool | tuple[str, ...]] = {}
    note: str = ""


@dataclass(frozen=True)
class Known:
    """The packs that a project knows at one moment.

    Attributes:
        packs: by id.
        hash: over all that they say, so that whatever was worked out with others can be told.
    """

    packs: Mapping[str, Pack]
    hash: str


@dataclass(frozen=True)
class Readable:
    """The packs of a project that can be read.

    Attributes:
        packs: by id.
        broken: what is wrong with each of the others, in a sentence.
    """

    packs: Mapping[str, Pack]
    broken: tuple[str, ...]


def packs_of(project: Project) -> dict[str, Pack]:
    """Every pack that a project knows, by its id.

    A file in the project's `packs/` with the id of one of ours takes its place, and must have a higher version.

    Args:
        project: where.

    Raises:
        RightsError: a file is no pack.
    """
    return dict(known_packs(project).packs)


def known_packs(project: Project) -> Known:
    """As `packs_of`, with the hash of them all; files that stayed the same are judged once for each process.

    Raises:
        RightsError: a file is no pack.
    """
    # The text and not the time of a file, which two changes may share.
    return _known(tuple((path, _text_of(path)) for path in sorted((project.folder / FOLDER).glob("*.toml"))))


def readable_packs(project: Project) -> Readable:
    """The packs that can be read, and what is wrong with the others: to be looked at, and never to decide by."""
    known = dict(built_in())
    broken = []
    for path in sorted((project.folder / FOLDER).glob("*.toml")):
        try:
            _take(known, path, _text_of(path))
        except RightsError as error:
            broken.append(error.what)
    return Readable(known, tuple(broken))


@lru_cache(maxsize=16)
def _known(own: tuple[tuple[Path, str], ...]) -> Known:
    known = dict(built_in())
    for path, text in own:
        _take(known, path, text)
    return Known(known, hashlib.sha256(canonical([_plain(known[name]) for name in sorted(known)])).hexdigest())


def _take(known: dict[str, Pack], path: Path, text: str) -> None:
    """Put a project's own pack among those that are known.

    Raises:
        RightsError: it is no pack, or may not take the place of another.
    """
    pack = parse_pack(text, str(path))
    if pack.id in known and pack.version <= known[pack.id].version:
        raise RightsError(
            f"{path}: version = {pack.version} is not above version {known[pack.id].version} of {pack.id}.",
            "Give the changed pack a higher version, so that decisions tell the two apart.",
        )
    if pack.kind == "own" or pack.id == OWN:
        _check_own(path, pack)
    known[pack.id] = pack


def _plain(pack: Pack) -> dict[str, JsonValue]:
    """All that a pack says; names and values that people may choose freely travel as text."""
    rules: list[JsonValue] = [[code, one.source, one.stricter, one.note] for code, one in sorted(pack.rules.items())]
    parameters: list[JsonValue] = [[name, repr(value)] for name, value in sorted(pack.parameters.items())]
    return {
        **{field: getattr(pack, field) for field in _Text.model_fields},
        "in_force_from": str(pack.in_force_from),
        "in_force_to": str(pack.in_force_to),
        "version": str(pack.version),
        "rules": rules,
        "parameters": parameters,
    }


def _check_own(path: Path, pack: Pack) -> None:
    """Refuse a project's own rules that ask for less than ours: they are what makes everything else fail closed."""
    ours = built_in()[OWN]
    less = sorted(set(ours.rules) - set(pack.rules))
    if pack.id != OWN or pack.kind != "own" or not pack.enabled or less or pack.in_force_to is not None:
        raise RightsError(
            f"{path}: {pack.id} asks for less than {ours.name}{f' (no {less[0]})' if less else ''}.",
            f"Keep all rules of {OWN}, enabled and without an end; give other rules a pack of their own.",
        )
    for name, value in ours.parameters.items():
        found = pack.parameters.get(name)
        if isinstance(value, int) and not (isinstance(found, int) and found >= value):
            raise RightsError(
                f"{path}: parameters.{name} = {found!r} is less than {value}.", "Raise it; never lower it."
            )


@cache
def built_in() -> Mapping[str, Pack]:
    """The packs that come with Openslate, by id."""
    folder = files("openslate.rights.packs") / "texts"
    found = [
        parse_pack(path.read_text(encoding="utf-8"), path.name)
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.name.endswith(".toml")
    ]
    return {pack.id: pack for pack in found}


def read_pack(path: Path) -> Pack:
    """The pack in a TOML file.

    Raises:
        RightsError: it cannot be read, or is no pack.
    """
    return parse_pack(_text_of(path), str(path))


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RightsError(f"{path} cannot be read: {error}.", WAY_OUT) from error


def parse_pack(text: str, name: str) -> Pack:
    """A pack from its TOML text.

    Args:
        text: of the file.
        name: of the file, for errors.

    Raises:
        RightsError: it is no pack: the field is named.
    """
    try:
        written = _Text.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise RightsError(f"{name} is not valid TOML: {error}.", WAY_OUT) from None
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise RightsError(f"{name}: {field} = {first['input']!r} is refused: {first['msg']}.", WAY_OUT) from None
    unknown = sorted(set(written.rules) - set(CODES))
    if unknown:
        raise RightsError(f"{name}: rules.{unknown[0]} is no rule of Openslate.", WAY_OUT)
    if written.in_force_to is not None and written.in_force_to < written.in_force_from:
        raise RightsError(f"{name}: in_force_to = {written.in_force_to} is before in_force_from.", WAY_OUT)
    values: dict[str, Any] = {field: getattr(written, field) for field in _Text.model_fields}
    values["rules"] = {code: RuleSource(one.source, one.stricter, one.note) for code, one in written.rules.items()}
    return Pack(**values)
