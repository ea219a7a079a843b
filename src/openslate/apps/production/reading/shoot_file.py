"""Reading a shoot that somebody wrote by hand in TOML."""

from pathlib import Path

from openslate.apps.production.reading.shoot_tables import with_tables
from openslate.apps.production.reading.written_shoot import WrittenShoot
from openslate.apps.production.shoot.shoot import Shoot
from openslate.storage.written_toml import Form, TomlFile, parse_toml, read_toml

SHOOT_FORM = Form(
    what="a shoot",
    document="docs/production-shoots.md",
    ways_out={
        "tables": "Name files in the shoot's folder, such as scenes = 'scenes.csv', or leave [tables] out.",
        "file": "Name a .uss file beside the shoot, or leave [read_from] out.",
        "currency": "Write the three letters of ISO 4217, such as 'USD'.",
        "starts": "Write the first day as 2027-03-01, without quotes.",
        "ends": "Write the last day on which anything may be shot, as 2027-04-30, without quotes.",
        "week": "Write weekdays such as ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'].",
        "eighths": "Write the length in whole eighths of a page, at least 1.",
        "shift": "Write 'any', 'day' or 'night', or leave it out to take it from the heading.",
        "kind": "Write 'day', 'weekly' or 'worked'.",
        "away": "Write lists of one day, or of a first and a last one: [[2027-03-01], [2027-03-08, 2027-03-12]].",
        "available": "Write lists of one day, or of a first and a last one: [[2027-03-08, 2027-03-12]].",
        "holidays": "Write lists of one day, or of a first and a last one: [[2027-03-26]].",
        "day_call": "Write a time of the day, such as '07:00'.",
        "night_call": "Write a time of the day, such as '17:00'.",
    },
)


def read_shoot(path: Path) -> Shoot:
    """The shoot that a TOML file holds, with the tables that it names.

    Args:
        path: of the file.

    Raises:
        AdmitError: it or a table cannot be read, or a field is wrong; every one that is stands in the message.
    """
    return _shoot(*read_toml(path, WrittenShoot, SHOOT_FORM), path.parent)


def parse_shoot(text: str, name: str = "shoot.toml") -> Shoot:
    """The shoot that a TOML text holds.

    Args:
        text: of the file.
        name: of the file, for errors.

    Raises:
        AdmitError: a field is wrong, or names a table; every one that is stands in the message.
    """
    return _shoot(*parse_toml(text, name, WrittenShoot, SHOOT_FORM), None)


def _shoot(written: WrittenShoot, file: TomlFile, folder: Path | None) -> Shoot:
    tabled = with_tables(written, file, folder)
    clashes = list(tabled.written.clashes())
    own = [flaw for flaw in clashes if not tabled.is_in_table(flaw[0])]
    if own:
        raise file.refused(own)
    if clashes:
        raise tabled.refused(clashes)
    return tabled.written.shoot()
