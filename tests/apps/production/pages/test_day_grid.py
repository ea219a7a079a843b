"""A day-out-of-days has every date, the codes of the cast and of things, and totals that are their sums."""

import json
from dataclasses import replace

from openslate.apps.production.board.board import Board
from openslate.apps.production.pages.day_grid import day_grid, grid_rows
from openslate.apps.production.pages.day_grid_page import day_grid_page
from openslate.apps.production.shoot.scenes import Element
from tests.apps.production.pages.invented import HOLIDAY, day, invented_board, invented_shoot
from tests.apps.production.pages.reading import csv_rows, read, words


def test_dates_run_through_days_off_and_shooting_days_are_numbered() -> None:
    grid = day_grid(invented_board())
    assert grid.dates == tuple(day(number) for number in range(15))
    assert grid.shot == {day(at): number for number, at in enumerate((0, 1, 2, 3, 4, 7, 8, 10, 11, 14), 1)}


def test_rows_of_the_cast_then_of_things() -> None:
    grid = day_grid(invented_board())
    assert [row.number for row in grid.rows[:8]] == ["1", "2", "3", "4", "5", "6", "7A", "8"]
    assert [(row.category, row.name) for row in grid.rows[8:]] == [
        ("Background", "20 dockers"),
        ("SFX", "rain bars"),
        ("Vehicles", "vintage tram"),
    ]
    assert len(day_grid(invented_board(), things=False).rows) == 8


def test_a_drop_of_the_board_is_in_the_grid() -> None:
    oskar = day_grid(invented_board()).rows[1].codes
    assert (oskar[day(8)], oskar[day(14)]) == ("WD", "PWF")
    assert not any(day(8) < one < day(14) for one in oskar)
    mira = day_grid(invented_board()).rows[0].codes
    assert mira[HOLIDAY] == "/"


def test_a_part_that_plays_on_no_day_is_still_there() -> None:
    radio = day_grid(invented_board()).rows[7]
    assert (radio.codes, radio.start, radio.tally.days) == ({}, None, 0)


def test_the_page_has_a_cell_for_every_date_and_all_totals() -> None:
    reader = read(day_grid_page(invented_board()))
    assert set(reader.widths) == {2 + 15 + 5}
    harbour_master = next(row for row in reader.rows if "THE HARBOUR MASTER" in row)
    assert harbour_master[-5:] == ["5", "4", "0", "1", "9"]
    assert harbour_master[2:7] == ["", "SW", "W", "H", "H"]


def test_long_shoots_take_several_sheets_with_totals_on_the_last() -> None:
    board = invented_board()
    late = (*board.days[:-1], replace(board.days[-1], date=day(60)))
    reader = read(day_grid_page(Board(board.shoot, late, board.boneyard)))
    assert reader.tags.count("table") == 3
    assert set(reader.widths) == {2 + 28, 2 + 5 + 5}


def test_csv_and_values_say_the_same() -> None:
    table = grid_rows(day_grid(invented_board()))
    written = csv_rows(table.csv())
    assert written[0][:4] == ["number", "name", "category", "start"] and len(written) == 12
    values = json.loads(json.dumps(table.values()))
    assert values[1]["2027-03-09"] == written[2][written[0].index("2027-03-09")] == "WD"
    assert (values[1]["start"], values[7]["start"]) == ("2027-03-01", None)


def test_names_are_escaped_and_no_formula_leaves() -> None:
    shoot = invented_shoot()
    cast = (replace(shoot.cast[0], character="=<b>MIRA</b>"), *shoot.cast[1:])
    scenes = (replace(shoot.scenes[0], elements=(Element("+crane", "<i>Grip</i>"),)), *shoot.scenes[1:])
    board = invented_board(replace(shoot, cast=cast, scenes=scenes))
    page = day_grid_page(board)
    assert "<b>MIRA" not in page and "<i>Grip" not in page
    assert "=<b>MIRA</b>" in words(page)
    cells = {cell for row in csv_rows(grid_rows(day_grid(board)).csv()) for cell in row}
    assert {"'=<b>MIRA</b>", "'+crane"} <= cells


def test_a_board_without_days_says_so() -> None:
    shoot = invented_shoot()
    empty = Board(shoot, (), tuple(one.number for one in shoot.scenes))
    assert "Nothing is scheduled." in words(day_grid_page(empty))
    assert day_grid_page(invented_board()) == day_grid_page(invented_board())
