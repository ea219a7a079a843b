"""The folder of a shoot, as an import begins it: its scenes and its cast as tables."""

from collections.abc import Sequence
from pathlib import Path

from openslate.apps.production.reading import cast_table, scene_table
from openslate.apps.production.reading.cast_table import cast_table_text, read_cast_table
from openslate.apps.production.reading.scene_table import SceneTable, read_scene_table, scene_table_text
from openslate.apps.production.shoot.people import CastMember
from openslate.errors import AdmitError, ProjectError
from openslate.storage.files import temporary_path, write_atomically


def write_shoot_tables(folder: Path, table: SceneTable, cast: Sequence[CastMember]) -> tuple[Path, Path]:
    """Write `scenes.csv` and `cast.csv` into a folder, which is made where it is not there.

    A table that is there already and holds anything else is never written over: people have corrected it.

    Args:
        folder: of the shoot.
        table: its scenes.
        cast: its cast.

    Returns:
        The two files.

    Raises:
        ProjectError: the folder is a file, or a table that is there holds something else.
        AdmitError: a value cannot stand in a table, as it would be read back as another.
    """
    scenes, people = folder / scene_table.NAME, folder / cast_table.NAME
    wanted = {scenes: scene_table_text(table).encode(), people: cast_table_text(cast).encode()}
    if folder.exists() and not folder.is_dir():
        raise ProjectError(f"{folder} is no folder.", "Name another with --out.")
    for path, data in wanted.items():
        if path.is_symlink() or (path.exists() and (not path.is_file() or path.read_bytes() != data)):
            way_out = "Name another folder with --out, or move that table away: it may have been corrected."
            raise ProjectError(f"{path} is there already and holds something else.", way_out)
    folder.mkdir(parents=True, exist_ok=True)
    _read_back(folder, wanted[scenes], wanted[people], table, cast)
    for path, data in wanted.items():
        write_atomically(path, data)
    return scenes, people


def _read_back(folder: Path, scenes: bytes, people: bytes, table: SceneTable, cast: Sequence[CastMember]) -> None:
    # A name with a comma in a list, or one that looks like a date, would come back as something else: told before
    # anybody relies on the table.
    held = temporary_path(folder, ".csv")
    try:
        held.write_bytes(scenes)
        found = read_scene_table(held)
        _same(found.scenes, table.scenes, "scene")
        held.write_bytes(people)
        _same(read_cast_table(held), tuple(cast), "cast member")
    finally:
        held.unlink(missing_ok=True)


def _same(found: Sequence[object], wanted: Sequence[object], what: str) -> None:
    for one, other in zip(found, wanted, strict=True):
        if one != other:
            said = f"A {what} cannot stand in a table as it is: {other!r:.200}."
            raise AdmitError(said, "Take commas, semicolons and spaces at the ends out of its names.")
