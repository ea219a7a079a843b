"""The scenes of a shoot as a table that people correct: `scenes.csv`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

from openslate.apps.production.reading import table_cells as cells
from openslate.apps.production.reading.table_file import Row, table_rows, table_text, written_table
from openslate.apps.production.shoot.scenes import Element, Interior, Replica, Scene, Shift, usual_shift

NAME = "scenes.csv"
COLUMNS = (
    *("number", "int/ext", "set", "location", "time", "pages", "minutes", "cast", "description", "shift"),
    *("script page", "script day", "elements", "replicas", "after", "earliest", "latest", "unit"),
)
NEEDED = ("number", "set", "pages")
ASKED, REQUEST = "asked ", "request "
USES: tuple[Literal["replica", "scan", "background"], ...] = ("replica", "scan", "background")


@dataclass(frozen=True)
class SceneTable:
    """What the table holds.

    Attributes:
        scenes: in order.
        locations: of sets, by the set's name; of those alone for which the table says it.
    """

    scenes: tuple[Scene, ...]
    locations: Mapping[str, str] = field(default_factory=dict)


def scene_table_text(table: SceneTable) -> str:
    """The table as CSV.

    Example:
        >>> scene = Scene("3", "QUAY", "EXT", "night", 4, ("1",))
        >>> print(scene_table_text(SceneTable((scene,))).splitlines()[1])
        3,EXT,QUAY,,night,0 4/8,,1,,any,,,,,,,,main
    """
    return table_text(COLUMNS, [_cells(one, table.locations.get(one.set, "")) for one in table.scenes])


def _cells(one: Scene, location: str) -> Sequence[str]:
    return (
        one.number,
        one.interior,
        one.set,
        location,
        one.time,
        cells.length_text(one.eighths),
        "" if one.minutes is None else str(one.minutes),
        cells.list_text(one.cast),
        one.description,
        one.shift,
        one.script_page,
        one.script_day,
        cells.list_text([f"{each.category}: {each.name}" for each in one.elements], ";"),
        cells.list_text(list(map(_replica_text, one.replicas)), ";"),
        cells.list_text(one.after),
        "" if one.earliest is None else str(one.earliest),
        "" if one.latest is None else str(one.latest),
        one.unit,
    )


def read_scene_table(path: Path) -> SceneTable:
    """The scenes in a table; where a cell of `shift` is empty, scenes outdoors are shot in the light that they play in.

    Raises:
        AdmitError: the file cannot be read, or a cell is wrong; with file, line, column and value.
    """
    return scene_table(path, written_table(path))


def scene_table(path: Path, text: str) -> SceneTable:
    """The scenes in the text of a table.

    Args:
        path: of its file, for messages.
        text: as CSV.

    Raises:
        AdmitError: a cell is wrong; with file, line, column and value.
    """
    locations: dict[str, str] = {}
    rows = scene_rows(path, text)
    for row, scene in rows:
        location = cells.text_in(row, "location")
        if location and locations.setdefault(scene.set, location) != location:
            said = f"the set {scene.set} is at {locations[scene.set]!r} as well"
            raise row.refused("location", said, "Give the set one location, or call one of the two otherwise.")
    return SceneTable(tuple(scene for _, scene in rows), locations)


def scene_rows(path: Path, text: str) -> Sequence[tuple[Row, Scene]]:
    """The scenes in the text of a table, each with the row that it stands in; as `scene_table`."""
    found: dict[str, tuple[Row, Scene]] = {}
    for row in table_rows(path, text, COLUMNS, NEEDED):
        scene = _scene(row)
        if scene.number in found:
            raise row.refused("number", "another scene has it", "Give every scene a number of its own, such as 12A.")
        found[scene.number] = row, scene
    return tuple(found.values())


def _scene(row: Row) -> Scene:
    interior = cells.choice_in(row, "int/ext", get_args(Interior), "")
    time = cells.text_in(row, "time").lower()
    earliest, latest = cells.day_in(row, "earliest"), cells.day_in(row, "latest")
    if earliest and latest and latest < earliest:
        raise row.refused("latest", f"it is before the earliest, {earliest}", "Write the later day there.")
    shifts: tuple[Shift, ...] = get_args(Shift)
    return Scene(
        number=cells.number_in(row, "number"),
        set=cells.name_in(row, "set"),
        interior=interior,
        time=time,
        eighths=cells.length_in(row, "pages"),
        cast=tuple(dict.fromkeys(cells.list_in(row, "cast"))),
        minutes=cells.whole_or_none_in(row, "minutes"),
        description=cells.text_in(row, "description"),
        shift=cells.choice_in(row, "shift", shifts, usual_shift(interior, time)),
        script_page=cells.text_in(row, "script page"),
        script_day=cells.text_in(row, "script day"),
        elements=tuple(Element(name, category) for category, name in cells.pairs_in(row, "elements")),
        replicas=tuple(_replica(row, use, person) for use, person in cells.pairs_in(row, "replicas")),
        after=cells.list_in(row, "after"),
        earliest=earliest,
        latest=latest,
        unit=cells.text_in(row, "unit") or "main",
    )


def _replica_text(replica: Replica) -> str:
    """A replica in a cell, such as 'scan: 3 | asked 2027-02-01 | request scan.toml'."""
    parts = [f"{replica.use}: {replica.person}"]
    parts += [f"{ASKED}{replica.asked}"] if replica.asked else []
    parts += [f"{REQUEST}{replica.request}"] if replica.request else []
    return " | ".join(parts)


def _replica(row: Row, use: str, person: str) -> Replica:
    person, *facts = (part.strip() for part in person.split(" | "))
    asked, request = None, ""
    for fact in facts:
        if fact.startswith(ASKED):
            asked = cells.day_said(row, "replicas", fact.removeprefix(ASKED))
        elif fact.startswith(REQUEST):
            request = fact.removeprefix(REQUEST)
        else:
            way_out = f"Write '{ASKED}2027-02-01' or '{REQUEST}scan.toml'."
            raise row.refused("replicas", f"{fact[:40]!r} is no fact of a replica", way_out)
    for known in USES:
        if use.lower() == known:
            return Replica(person, known, request, asked)
    raise row.refused("replicas", f"{use[:40]!r} is no use", f"Write one of {', '.join(USES)} before the colon.")
