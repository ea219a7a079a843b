"""A stripboard hangs every strip once, in its colour, and its day breaks and banners say what the board says."""

import json
from dataclasses import replace

import pytest

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.pages.strip_colours import StripColours
from openslate.apps.production.pages.stripboard_page import stripboard_page
from openslate.apps.production.pages.strips import light_of, strip_days, strip_rows
from openslate.apps.production.shoot.people import CastMember
from openslate.errors import UsageError
from tests.apps.production.pages.invented import invented_board, invented_shoot
from tests.apps.production.pages.reading import csv_rows, read, words
from tests.apps.production.shoots import board_of, plain_shoot


def test_every_scene_hangs_once_and_the_boneyard_last() -> None:
    rows = csv_rows(strip_rows(invented_board()).csv())
    scenes = [row[2] for row in rows[1:]]
    assert sorted(scenes, key=int) == [str(number) for number in range(1, 26)]
    assert rows[-1][:3] == ["", "", "25"]
    assert rows[1] == ["1", "2027-03-01", "1", "EXT", "day", "QUAY", "Harbour",
                       "Mira comes ashore; nobody is waiting", "1 1/8", "9", "180", "1, 2"]  # fmt: skip
    assert json.loads(json.dumps(strip_rows(invented_board()).values()))[0]["cast"] == ["1", "2"]


@pytest.mark.parametrize(
    ("number", "light"),
    [("1", "ext-day"), ("7", "ext-night"), ("4", "int-day"), ("3", "int-night"), ("8", "ext-day"), ("10", "ext-night"),
     ("16", "unsaid"), ("20", "int-night")],
)  # fmt: skip
def test_strips_have_the_colour_of_where_and_when(number: str, light: str) -> None:
    assert light_of(invented_shoot().scene_of[number]) == light


def test_the_rows_of_the_page() -> None:
    reader = read(stripboard_page(invented_board()))
    assert set(reader.widths) == {6 + 8} | {6 + 8 - 1 + 1}
    quay = next(row for row in reader.rows if row[0] == "2")
    assert quay[1:] == [
        "EXT",
        "DAY",
        "QUAY The ferryman wants to be paid",
        "5/8",
        "100",
        "1",
        "2",
        "",
        "",
        "5",
        "",
        "",
        "",
    ]
    breaks = [row[0] for row in reader.rows if len(row) == 1 and row[0].startswith("End of day")]
    assert len(breaks) == 10
    assert breaks[4] == "End of day 5 Friday 5 March 2027 · 2 2/8 pages · 6 h · night call 17:00, wrap 00:00 (+1)"


def test_banners_where_the_unit_moves_and_nowhere_else() -> None:
    days = strip_days(invented_board())
    banners = {strip.scene.number: strip.banner for one in days for strip in one.strips if strip.banner}
    assert banners["9"] == "Unit moves to Old town before call"
    assert "17" not in banners and "1" not in banners and "21" not in banners
    within = strip_days(board_of(plain_shoot(), (0, "1 2")))[0].strips
    assert [strip.banner for strip in within] == ["", ""]


def test_a_move_within_a_day_says_how_long_it_takes() -> None:
    shoot = plain_shoot()
    scenes = (shoot.scenes[0], replace(shoot.scenes[1], set="QUAY"), shoot.scenes[2])
    strips = strip_days(board_of(replace(shoot, scenes=scenes), (0, "1 2 3")))[0].strips
    assert [strip.banner for strip in strips] == [
        "",
        "Company move: House to Harbour, 45 min",
        "Company move: Harbour to House, 45 min",
    ]


def test_a_large_cast_is_named_in_one_column_beyond_the_sixteenth() -> None:
    cast = tuple(CastMember(str(number), f"PART {number}") for number in range(1, 20))
    shoot = plain_shoot(cast=cast)
    scenes = (replace(shoot.scenes[0], cast=("1", "18", "19")), *shoot.scenes[1:])
    page = stripboard_page(board_of(replace(shoot, scenes=scenes), (0, "1 2 3")))
    row = next(row for row in read(page).rows if row[0] == "1")
    assert (len(row), row[6], row[-1]) == (6 + 16 + 1, "1", "18, 19")
    assert "19 PART 19" in words(page)


def test_cost_bound_and_clashes_are_told() -> None:
    board = invented_board()
    total = costs_of(board).total
    assert f"This board costs {total:,} EUR." in words(stripboard_page(board))
    among = "no board of this shoot that leaves scene 25 in the boneyard"
    assert f"{among} can cost less than {total - 1:,} EUR" in words(stripboard_page(board, bound=total - 1))
    assert f"{among} costs less" in words(stripboard_page(board, bound=total))
    assert "costs less" not in words(stripboard_page(board, bound=total + 1))
    clash = Clash("away", "hard", "Ada <Berg> is away.", scenes=("2",))
    page = stripboard_page(board, clashes=[clash], bound=total)
    assert "costs less" not in words(page)
    assert "1 clash makes this board impossible" in words(page) and "Ada &lt;Berg&gt; is away." in page
    assert [row[0] for row in read(page).rows if row[0].endswith("!")] == ["2!"]


def test_colours_are_chosen_and_refused() -> None:
    assert ".strip.ext-day > * { background: #abcdef; }" in stripboard_page(
        invented_board(), colours=StripColours(ext_day="#abcdef")
    )
    for wrong in ("red", "#fff", "#ffffff}body{display:none", "#102030"):
        with pytest.raises(UsageError, match="ext-day"):
            StripColours(ext_day=wrong)


def test_words_are_escaped_and_bytes_repeat() -> None:
    shoot = invented_shoot(name="<script>alert(1)</script>")
    scenes = tuple(replace(one, description="=1+1 <b>") for one in shoot.scenes)
    board = invented_board(replace(shoot, scenes=scenes))
    page = stripboard_page(board)
    assert read(page) and page == stripboard_page(board)
    assert all("'=1+1 <b>" in row for row in csv_rows(strip_rows(board).csv())[1:])


def test_an_empty_board_is_all_boneyard() -> None:
    shoot = invented_shoot()
    page = stripboard_page(Board(shoot, (), tuple(one.number for one in shoot.scenes)))
    assert "Nothing is scheduled." in words(page) and "Boneyard not scheduled · 20 5/8 pages" in words(page)
