"""A shoot whose scenes and cast stand in tables beside its file."""

from dataclasses import replace
from pathlib import Path

import pytest

from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.reading.cast_table import cast_table_text
from openslate.apps.production.reading.scene_table import SceneTable, scene_table_text
from openslate.apps.production.reading.screenplays import read_breakdown
from openslate.apps.production.reading.shoot_file import parse_shoot, read_shoot
from openslate.apps.production.reading.shoot_folder import write_shoot_tables
from openslate.apps.production.writing.shoot_file import write_shoot
from openslate.errors import AdmitError

SCREENPLAY = Path("examples/production/slack-water.fountain")
SHOOT = """name = "One week"
tables = { scenes = "scenes.csv", cast = "cast.csv" }
calendar = { starts = 2027-03-01, ends = 2027-03-31 }
location = [{ name = "Harbour" }, { name = "Studio" }]
"""
SCENES = """number,set,location,pages,cast,after,minutes
1,QUAY,Harbour,1 4/8,"1, 2",,
2,QUAY,,1,2,1,30
3,SHED,Studio,0 2/8,,,
"""
CAST = "id,character,rate,contract,away\n1,MIRA,900,weekly,2027-03-02 to 2027-03-03\n2,TOM,,,2027-03-09\n"


def _shoot(folder: Path, shoot: str = SHOOT, scenes: str = SCENES, cast: str = CAST) -> Path:
    (folder / "scenes.csv").write_text(scenes, encoding="utf-8")
    (folder / "cast.csv").write_text(cast, encoding="utf-8")
    file = folder / "shoot.toml"
    file.write_text(shoot, encoding="utf-8")
    return file


def test_tables_are_read_with_their_shoot(tmp_path: Path) -> None:
    shoot = read_shoot(_shoot(tmp_path))
    assert [(one.number, one.eighths, one.cast, one.after) for one in shoot.scenes] == [
        ("1", 12, ("1", "2"), ()),
        ("2", 8, ("2",), ("1",)),
        ("3", 2, (), ()),
    ]
    assert shoot.scenes[1].minutes == 30
    assert [(one.name, one.location) for one in shoot.sets] == [("QUAY", "Harbour"), ("SHED", "Studio")]
    assert shoot.cast[0].contract.kind == "weekly" and shoot.cast[0].contract.rate == 900
    assert [(str(one.first), str(one.last)) for one in shoot.cast[0].away] == [("2027-03-02", "2027-03-03")]


def test_sets_of_the_file_keep_what_it_says(tmp_path: Path) -> None:
    sets = 'set = [{ name = "SHED", location = "Studio", build_days = 2 }]\n'
    shoot = read_shoot(_shoot(tmp_path, SHOOT + sets))
    assert [(one.name, one.build_days) for one in shoot.sets] == [("SHED", 2), ("QUAY", 0)]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_tables_hold_what_the_file_would(tmp_path: Path, seed: int) -> None:
    shoot = invented_shoot(ShootSettings(scenes=30, seed=seed))
    without = write_shoot(replace(shoot, scenes=(), cast=()))
    tables = 'tables = { scenes = "scenes.csv", cast = "cast.csv" }\n'
    file = _shoot(tmp_path, tables + without, scene_table_text(SceneTable(shoot.scenes)), cast_table_text(shoot.cast))
    assert read_shoot(file) == shoot


def test_a_screenplay_becomes_a_shoot_once_its_sets_have_a_location(tmp_path: Path) -> None:
    found = read_breakdown(SCREENPLAY)
    write_shoot_tables(tmp_path, SceneTable(found.scenes), found.cast)
    file = tmp_path / "shoot.toml"
    file.write_text(SHOOT, encoding="utf-8")
    with pytest.raises(AdmitError, match=r"scenes\.csv, line 2, column set, .*: there is no such set"):
        read_shoot(file)
    (tmp_path / "scenes.csv").unlink()
    places = {one.set: "Harbour" for one in found.scenes}
    write_shoot_tables(tmp_path, SceneTable(found.scenes, places), found.cast)
    assert read_shoot(file).scenes == found.scenes


@pytest.mark.parametrize(
    ("scenes", "words"),
    [
        (SCENES.replace("Studio", "Studo"), "line 4, column location, 'Studo': there is no such location; 'Studio'"),
        (SCENES.replace(",Studio", ","), "line 4, column set, 'SHED': there is no such set"),
        (SCENES.replace("1,30", "7,30"), "line 3, column after, '7': there is no such scene"),
        (SCENES.replace('"1, 2"', "9"), "line 2, column cast, '9': there is no such cast member"),
        (SCENES.replace("1 4/8", "60"), "line 2, column pages, '60': it is above 400"),
        (SCENES.replace(",30", ",0"), "line 3, column minutes, '0': it is below 1"),
        (SCENES.replace("2,QUAY,,", "2,QUAY,Studio,"), "column location, 'Studio': the set QUAY is at 'Harbour'"),
    ],
)
def test_a_wrong_cell_is_told_with_its_place(tmp_path: Path, scenes: str, words: str) -> None:
    assert scenes != SCENES
    with pytest.raises(AdmitError) as caught:
        read_shoot(_shoot(tmp_path, scenes=scenes))
    assert words in caught.value.what and "scenes.csv" in caught.value.what and caught.value.way_out


def test_every_wrong_cell_is_told_at_once(tmp_path: Path) -> None:
    scenes = SCENES.replace('"1, 2"', "9").replace("1,30", "7,30")
    with pytest.raises(AdmitError) as caught:
        read_shoot(_shoot(tmp_path, scenes=scenes, cast=CAST.replace("2,TOM", "3,TOM")))
    assert [line.split(":")[0].rpartition("/")[2] for line in caught.value.what.splitlines()] == [
        "scenes.csv, line 2, column cast, '9'",
        "scenes.csv, line 3, column cast, '2'",
        "scenes.csv, line 3, column after, '7'",
    ]


def test_what_is_wrong_in_many_rows_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(AdmitError) as caught:
        read_shoot(_shoot(tmp_path, scenes=SCENES.replace("Harbour", "").replace("Studio", "")))
    assert [line.split(":")[0].rpartition("/")[2] for line in caught.value.what.splitlines()] == [
        "scenes.csv, line 2, column set, 'QUAY'",
        "scenes.csv, line 4, column set, 'SHED'",
    ]


def test_a_great_many_wrong_cells_are_counted(tmp_path: Path) -> None:
    rows = "".join(f"{number},SET {number},,1,,,\n" for number in range(1, 101))
    with pytest.raises(AdmitError) as caught:
        read_shoot(_shoot(tmp_path, scenes=SCENES.partition("\n")[0] + "\n" + rows))
    assert len(caught.value.what.splitlines()) == 20
    assert caught.value.what.endswith(" 80 more cells are wrong as well.")


def test_a_wrong_member_is_told_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(AdmitError, match=r"cast\.csv, line 2, column drops, '1001': it is above 1000"):
        read_shoot(_shoot(tmp_path, cast="id,character,drops\n1,MIRA,1001\n2,TOM,0\n"))


@pytest.mark.parametrize(
    ("shoot", "words"),
    [
        (SHOOT.replace("scenes.csv", "../scenes.csv"), "it leads out of the folder of the shoot"),
        (SHOOT.replace("scenes.csv", "/etc/passwd"), "it leads out of the folder of the shoot"),
        (SHOOT.replace("scenes.csv", "none.csv"), "none.csv cannot be read"),
        (SHOOT + 'scene = [{ number = "1", set = "QUAY", eighths = 2 }]\n', "the file has [[scene]] as well"),
        (SHOOT + 'cast = [{ id = "1", character = "MIRA" }]\n', "the file has [[cast]] as well"),
        (SHOOT.replace("scenes =", "scene ="), "'scenes' may be meant"),
    ],
)
def test_what_names_no_table_is_refused(tmp_path: Path, shoot: str, words: str) -> None:
    with pytest.raises(AdmitError) as caught:
        read_shoot(_shoot(tmp_path, shoot))
    assert words in caught.value.what


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "shoot").mkdir()
    file = _shoot(tmp_path / "shoot")
    (tmp_path / "shoot" / "scenes.csv").rename(tmp_path / "scenes.csv")
    (tmp_path / "shoot" / "scenes.csv").symlink_to(tmp_path / "scenes.csv")
    with pytest.raises(AdmitError, match="it leads out of the folder"):
        read_shoot(file)


def test_a_text_without_a_folder_names_no_tables() -> None:
    with pytest.raises(AdmitError, match="the shoot is no file"):
        parse_shoot(SHOOT)


def test_more_rows_than_a_shoot_holds_are_refused(tmp_path: Path) -> None:
    rows = "".join(f"{number},QUAY,Harbour,1,,,\n" for number in range(1, 2002))
    with pytest.raises(AdmitError, match=r"scenes\.csv has more than 2,000 rows"):
        read_shoot(_shoot(tmp_path, scenes=SCENES.partition("\n")[0] + "\n" + rows))
