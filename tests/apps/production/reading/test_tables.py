"""Tables come back as they were written, take what spreadsheets do to them, and say where they are wrong."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.production.reading.cast_table import cast_table_text, read_cast_table
from openslate.apps.production.reading.scene_table import SceneTable, read_scene_table, scene_table_text
from openslate.apps.production.reading.screenplays import read_breakdown
from openslate.apps.production.reading.shoot_folder import write_shoot_tables
from openslate.apps.production.reading.table_cells import is_date
from openslate.apps.production.shoot.people import CastMember, Contract, Span
from openslate.apps.production.shoot.scenes import Element, Replica, Scene
from openslate.drawing.words import printable
from openslate.errors import AdmitError, ProjectError

SCREENPLAY = Path(__file__).parents[4] / "examples" / "production" / "slack-water.fountain"
TEXTS = st.text(st.characters(codec="utf-8"), max_size=20).map(printable) | st.sampled_from(
    ["=1+1", "'=x", "''", "-", "@a"]
)
NAMES = TEXTS.filter(lambda text: text != "" and not is_date(text))
PARTS = NAMES.map(lambda text: re.sub("[,;:]", "", text).strip()).filter(bool)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
WHOLE = st.integers(0, 10**12 - 1)
SPANS = st.lists(st.builds(lambda one, other: Span(min(one, other), max(one, other)), DAYS, DAYS), max_size=3).map(
    tuple
)
SCENES = st.builds(
    Scene,
    number=NAMES,
    set=NAMES,
    interior=st.sampled_from(["INT", "EXT", "INT/EXT", ""]),
    time=TEXTS.map(str.lower).filter(lambda text: text.lower() == text == printable(text)),
    eighths=st.integers(1, 8000),
    cast=st.lists(PARTS, unique=True, max_size=3).map(tuple),
    minutes=st.none() | WHOLE,
    description=TEXTS,
    shift=st.sampled_from(["any", "day", "night"]),
    script_page=TEXTS,
    script_day=TEXTS,
    elements=st.lists(st.builds(Element, PARTS, PARTS), max_size=2).map(tuple),
    replicas=st.lists(st.builds(Replica, PARTS, st.sampled_from(["replica", "scan", "background"])), max_size=2).map(
        tuple
    ),
    after=st.lists(PARTS, max_size=2).map(tuple),
    earliest=st.none() | DAYS,
    unit=NAMES,
)
CAST = st.builds(
    CastMember,
    id=NAMES,
    character=NAMES,
    performer=TEXTS,
    contract=st.builds(Contract, st.sampled_from(["day", "weekly", "worked"]), WHOLE, WHOLE, WHOLE, WHOLE),
    away=SPANS,
    available=SPANS,
    born=st.none() | DAYS,
    holder=TEXTS,
    scan_notice_days=st.none() | WHOLE,
)


@settings(deadline=None)
@given(st.lists(SCENES, unique_by=lambda one: one.number, max_size=4), NAMES)
def test_scenes_come_back_as_they_were_written(scenes: list[Scene], location: str) -> None:
    table = SceneTable(tuple(scenes), {scenes[0].set: location} if scenes else {})
    with TemporaryDirectory() as folder:
        file = Path(folder) / "scenes.csv"
        file.write_bytes(scene_table_text(table).encode())
        assert read_scene_table(file) == table


@settings(deadline=None)
@given(st.lists(CAST, unique_by=lambda one: one.id, max_size=4))
def test_the_cast_comes_back_as_it_was_written(cast: list[CastMember]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "cast.csv"
        file.write_bytes(cast_table_text(cast).encode())
        assert read_cast_table(file) == tuple(cast)


def test_a_cell_is_read_without_what_draws_nothing(tmp_path: Path) -> None:
    file = tmp_path / "cast.csv"
    file.write_text("id,character\n1,MIRA \u202e HOLM\n", encoding="utf-8")
    assert read_cast_table(file)[0].character == "MIRA HOLM"


def test_no_cell_is_a_formula() -> None:
    held = cast_table_text([CastMember("1", "=cmd()", "+1", holder="@a")])
    assert ",'=cmd(),'+1," in held
    assert not re.search(r"(?:^|,)[=+@-]", held, re.MULTILINE)


@pytest.mark.parametrize("pages", ["1 4/8", "1 1/2", "1.5", "1,5", "12/8", "1.50"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_what_spreadsheets_do_is_taken(tmp_path: Path, pages: str, mark: bytes) -> None:
    file = tmp_path / "scenes.csv"
    rows = f"Set;Number;Pages;Int/Ext;Time;;\r\nQUAY;3;{pages};ext.;NIGHT;;\r\n;;;;;;\r\n"
    file.write_bytes(mark + rows.encode())
    assert read_scene_table(file).scenes == (Scene("3", "QUAY", "EXT", "night", 12, (), shift="night"),)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("3,QUAY,04-Aug", "scenes.csv, line 2, column pages, '04-Aug': a spreadsheet has made a date of a length."),
        ("3,QUAY,8. Apr", "a spreadsheet has made a date"),
        ("3,QUAY,2026-04-08", "a spreadsheet has made a date"),
        ("3,QUAY,08/04/2026", "a spreadsheet has made a date"),
        ("2-Jan,QUAY,1", "column number, '2-Jan': a spreadsheet has made a date of it"),
        ("3,QUAY,", "column pages, '': it is no length"),
        ("3,QUAY,1 3/7", "column pages, '1 3/7': it is not between"),
        ("3,QUAY,1/0", "it is no length"),
        ("3,QUAY,0", "it is not between"),
        (",QUAY,1", "column number, '': it is empty"),
        ("3,QUAY,1\n\n3,QUAY,1", "scenes.csv, line 4, column number, '3': another scene has it"),
        ('3,"QU\nAY",1\n3,QUAY,1', "line 4, column number"),
        ("3,QUAY,1,much", "line 2, column minutes, 'much': it is no whole number"),
        ("3,QUAY,1,,1/3/2027", "column earliest, '1/3/2027': '1/3/2027' is no day. Write days as 2027-03-01"),
        ("3,QUAY,1,,2027-03-02,2027-03-01", "column latest, '2027-03-01': it is before the earliest"),
        ("3,QUAY,1,,,,tram", "column elements, 'tram': 'tram' has no kind"),
        ("3,QUAY,1,,,,,copy: 1", "column replicas, 'copy: 1': 'copy' is no use"),
        ("3,QUAY,1,,,,,,noon", "column shift, 'noon': it is not a word for this column"),
        ("3,QUAY,1,,,,,,,A\n4,QUAY,1,,,,,,,B", "line 3, column location, 'B': the set QUAY is at 'A' as well"),
        ("3,QUAY,1,,,,,,,,more", "line 2: there are 11 cells under 10 columns"),
        ('3,"QUAY', "line 2: it is no CSV"),
        ("3,\0", "line 2: there is a zero byte"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(tmp_path: Path, rows: str, words: str) -> None:
    file = tmp_path / "scenes.csv"
    file.write_text("number,set,pages,minutes,earliest,latest,elements,replicas,shift,location\n" + rows)
    with pytest.raises(AdmitError, match=re.escape(words)):
        read_scene_table(file)


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("", "is empty"),
        ("number,set", "line 1: column 'pages' is missing"),
        ("number,set,pages,colour", "line 1: there is no column 'colour'"),
        ("number,set,pages,set", "line 1: column 'set' is there twice"),
    ],
)
def test_columns_must_be_known(tmp_path: Path, header: str, words: str) -> None:
    file = tmp_path / "scenes.csv"
    file.write_text(header)
    with pytest.raises(AdmitError, match=re.escape(words)):
        read_scene_table(file)


def test_the_cast_says_where_it_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "cast.csv"
    file.write_text("id,character,away\n1,MIRA,2027-03-05 to 2027-03-01\n")
    with pytest.raises(AdmitError, match=r"line 2, column away, .* ends before it begins"):
        read_cast_table(file)
    file.write_text("id,character\n1,MIRA\n1,TOM\n")
    with pytest.raises(AdmitError, match="line 3, column id, '1': another cast member has it"):
        read_cast_table(file)


def test_a_breakdown_becomes_a_folder_and_no_correction_is_lost(tmp_path: Path) -> None:
    found = read_breakdown(SCREENPLAY)
    table = SceneTable(found.scenes)
    scenes, cast = write_shoot_tables(tmp_path / "new" / "shoot", table, found.cast)
    assert read_scene_table(scenes) == table
    assert read_cast_table(cast) == found.cast
    assert sorted(path.name for path in scenes.parent.iterdir()) == ["cast.csv", "scenes.csv"]
    write_shoot_tables(scenes.parent, table, found.cast)
    corrected = scenes.read_text().replace("QUAY", "PIER")
    scenes.write_text(corrected)
    cast.unlink()
    with pytest.raises(ProjectError, match=r"scenes\.csv is there already and holds something else"):
        write_shoot_tables(scenes.parent, table, found.cast)
    assert scenes.read_text() == corrected
    assert not cast.exists()
    with pytest.raises(ProjectError, match="is no folder"):
        write_shoot_tables(scenes, table, found.cast)


def test_what_would_come_back_as_something_else_is_refused(tmp_path: Path) -> None:
    scene = Scene("3", "QUAY", "EXT", "night", 4, ("1, the other",))
    with pytest.raises(AdmitError, match="cannot stand in a table"):
        write_shoot_tables(tmp_path, SceneTable((scene,)), [])
    with pytest.raises(AdmitError, match="a spreadsheet has made a date"):
        write_shoot_tables(tmp_path, SceneTable((replace(scene, number="2-Jan"),)), [])
    assert list(tmp_path.iterdir()) == []
