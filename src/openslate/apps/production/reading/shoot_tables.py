"""Scenes and cast of a shoot that stand in tables beside its file, held to what the file's own are held to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from openslate.apps.production.reading.cast_table import cast_rows
from openslate.apps.production.reading.scene_table import scene_rows
from openslate.apps.production.reading.shoot_fields import (
    MOST,
    WrittenMember,
    WrittenScene,
    WrittenSet,
)
from openslate.apps.production.reading.table_file import Row, written_table
from openslate.apps.production.reading.written_shoot import WrittenShoot
from openslate.apps.production.shoot.people import CastMember
from openslate.errors import AdmitError, ProjectError
from openslate.storage.files import confined
from openslate.storage.toml_lines import Place
from openslate.storage.written_toml import TomlFile, flaws_of

Model = TypeVar("Model", bound=BaseModel)
Flaw = tuple[Place, str]
COLUMNS = {"interior": "int/ext", "eighths": "pages", "kind": "contract"}
"""Columns that are not called as their fields are."""
WAYS_OUT = {
    ("scene", "set"): "Say its location in that row, or write it as [[set]] in the shoot's file.",
    ("scene", "cast"): "Write its row in the cast's table, or take it out.",
    ("set", "location"): "Write it as [[location]] in the shoot's file.",
}
MEND = "Mend that cell."
MOST_TOLD = 20
"""Cells; who has more of them mends these first."""


@dataclass(frozen=True)
class Tabled:
    """A shoot's fields with those of its tables, and where the latter stand.

    Attributes:
        written: all of them.
        rows: by the name of a field of `written` and the place in it, for those from tables.
    """

    written: WrittenShoot
    rows: Mapping[tuple[str, int], Row] = field(default_factory=dict)

    def is_in_table(self, place: Place) -> bool:
        """Whether a field stands in a table."""
        return self._key(place) in self.rows

    def refused(self, flaws: Iterable[Flaw]) -> AdmitError:
        """The error for cells that are wrong, in order of their lines; what is wrong in the same way is told once.

        Args:
            flaws: of each the place among the shoot's fields, and what is wrong as the end of a sentence; at least one.
        """
        found = sorted(flaws, key=lambda flaw: (str(self.rows[self._key(flaw[0])].path), self._line(flaw[0])))
        first: dict[tuple[str, str, str], AdmitError] = {}
        for place, reason in found:
            first.setdefault(self._said(place, reason), self._refused(place, reason))
        errors = list(first.values())
        told, more = errors[:MOST_TOLD], len(errors) - MOST_TOLD
        before = "".join(f"{error.what} {error.way_out}\n" for error in told[:-1])
        rest = f" {more:,} more cells are wrong as well." if more > 0 else ""
        return AdmitError(before + told[-1].what + rest, told[-1].way_out)

    def _said(self, place: Place, reason: str) -> tuple[str, str, str]:
        row, column = self._cell(place)
        return column, row.cells.get(column, ""), reason

    def _refused(self, place: Place, reason: str) -> AdmitError:
        row, column = self._cell(place)
        return row.refused(column, reason, WAYS_OUT.get((str(place[0]), column), MEND))

    def _cell(self, place: Place) -> tuple[Row, str]:
        inner = [one for one in place[2:] if isinstance(one, str)]
        name = inner[-1] if inner[:1] == ["contract"] else inner[0] if inner else ""
        return self.rows[self._key(place)], COLUMNS.get(name, name.replace("_", " "))

    def _line(self, place: Place) -> int:
        return self.rows[self._key(place)].line

    @staticmethod
    def _key(place: Place) -> tuple[str, int]:
        return (str(place[0]), place[1]) if len(place) > 1 and isinstance(place[1], int) else ("", 0)


def with_tables(written: WrittenShoot, file: TomlFile, folder: Path | None) -> Tabled:
    """A shoot's fields with what its tables hold; as they are where it names none.

    A set that is in the table of scenes with its location, and not in the file, is one of which nothing else is said.

    Args:
        written: the fields of the file.
        file: that they stand in.
        folder: in which, or below which, tables lie; None where the file has none.

    Raises:
        AdmitError: a table cannot be read, a cell is wrong, or the same stands in the file as well.
    """
    tables = written.tables
    named = {"scene": tables.scenes, "cast": tables.cast}
    twice = [name for name, table in named.items() if table and getattr(written, name)]
    if twice:
        reason = f"the file has [[{twice[0]}]] as well; one of the two must go"
        raise file.refused([(("tables", "scenes" if twice[0] == "scene" else "cast"), reason)])
    found = Tabled(written)
    if tables.scenes:
        found = _with_scenes(found, _path(file, "scenes", tables.scenes, folder), file)
    if tables.cast:
        found = _with_cast(found, _path(file, "cast", tables.cast, folder), file)
    return found


def _path(file: TomlFile, field_name: str, name: str, folder: Path | None) -> Path:
    place = ("tables", field_name)
    if folder is None:
        raise file.refused([(place, "the shoot is no file, beside which a table may lie")])
    try:
        confined(folder, name)
    except ProjectError:
        raise file.refused([(place, "it leads out of the folder of the shoot")]) from None
    # The path as it is written is what a person looks for; it was seen to lead nowhere else.
    return folder / name


def _with_scenes(found: Tabled, path: Path, file: TomlFile) -> Tabled:
    rows = scene_rows(path, written_table(path))
    scenes = _held("scene", [(row, asdict(one)) for row, one in rows], WrittenScene, file)
    written = {one.name: one.location for one in found.written.set}
    sets = dict(written)
    added: dict[str, Row] = {}
    for row, scene in rows:
        location = row.cells.get("location", "")
        if not location:
            continue
        if sets.setdefault(scene.set, location) != location:
            told = f"the set {scene.set} is at {sets[scene.set]!r} in the shoot's file or in a row above"
            raise row.refused("location", told, "Give the set one location, or call one of the two otherwise.")
        if scene.set not in written:
            added.setdefault(scene.set, row)
    new = _held("set", [(row, {"name": name, "location": sets[name]}) for name, row in added.items()], WrittenSet, file)
    before = len(found.written.set)
    changes = {"scene": scenes, "set": (*found.written.set, *new)}
    places = {("scene", place): row for place, (row, _) in enumerate(rows)}
    places |= {("set", before + place): row for place, row in enumerate(added.values())}
    return replace(found, written=found.written.model_copy(update=changes), rows={**found.rows, **places})


def _with_cast(found: Tabled, path: Path, file: TomlFile) -> Tabled:
    rows = cast_rows(path, written_table(path))
    cast = _held("cast", [(row, _member(one)) for row, one in rows], WrittenMember, file)
    places = {("cast", place): row for place, (row, _) in enumerate(rows)}
    return replace(found, written=found.written.model_copy(update={"cast": cast}), rows={**found.rows, **places})


def _member(one: CastMember) -> Mapping[str, Any]:
    spans = {name: [(each.first, each.last) for each in getattr(one, name)] for name in ("away", "available")}
    return asdict(one) | spans


def _held(
    name: str, rows: Sequence[tuple[Row, Mapping[str, Any]]], model: type[Model], file: TomlFile
) -> tuple[Model, ...]:
    """Rows as the models that the file's own are held to."""
    if len(rows) > MOST:
        raise AdmitError(f"{rows[0][0].path} has more than {MOST:,} rows.", "Plan a shoot of that size in parts.")
    found: list[Model] = []
    flaws: list[Flaw] = []
    for place, (_, values) in enumerate(rows):
        try:
            found.append(model.model_validate(values))
        except ValidationError as error:
            flaws += [((name, place, *inner), reason) for inner, reason in flaws_of(error, model, file.form)]
    if flaws:
        held = {(name, place): row for place, (row, _) in enumerate(rows)}
        raise Tabled(WrittenShoot.model_construct(), held).refused(flaws)
    return tuple(found)
