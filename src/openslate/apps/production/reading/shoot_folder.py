"""The folder of a shoot, as an import begins it: its scenes and its cast as tables."""

from collections.abc import Sequence
from pathlib import Path

from openslate.apps.production.reading import cast_table, scene_table
from openslate.apps.production.reading.scene_table import SceneTable
from openslate.apps.production.shoot.people import CastMember
from openslate.errors import AdmitError, ProjectError
from openslate.storage.files import write_atomically


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
    texts = {scenes: scene_table.scene_table_text(table), people: cast_table.cast_table_text(cast)}
    if folder.exists() and not folder.is_dir():
        raise ProjectError(f"{folder} is no folder.", "Name another with --out.")
    for path, text in texts.items():
        if path.is_symlink() or (path.exists() and (not path.is_file() or path.read_bytes() != text.encode())):
            way_out = "Name another folder with --out, or move that table away: it may have been corrected."
            raise ProjectError(f"{path} is there already and holds something else.", way_out)
    # A name with a comma in a list, or one that looks like a date, would come back as something else: told before
    # anybody relies on the table.
    _same(scene_table.scene_table(scenes, texts[scenes]).scenes, table.scenes, "scene")
    _same(cast_table.cast_table(people, texts[people]), cast, "cast member")
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        write_atomically(path, text.encode())
    return scenes, people


def _same(found: Sequence[object], wanted: Sequence[object], what: str) -> None:
    for one, other in zip(found, wanted, strict=True):
        if one != other:
            said = f"A {what} cannot stand in a table as it is: {other!r:.200}."
            raise AdmitError(said, "Take commas, semicolons and spaces at the ends out of its names.")
