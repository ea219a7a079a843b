"""A one-line schedule has a line for every scene, below its day."""

from dataclasses import replace

from openslate.apps.production.board.board import Board
from openslate.apps.production.pages.one_liner import one_liner_page
from tests.apps.production.pages.invented import invented_board, invented_shoot
from tests.apps.production.pages.reading import read, words


def test_lines_and_days() -> None:
    reader = read(one_liner_page(invented_board()))
    assert set(reader.widths) == {5}
    lines = [row for row in reader.rows if len(row) == 5]
    assert len(lines) == 1 + 25
    assert lines[1] == ["1", "EXT DAY", "QUAY Mira comes ashore; nobody is waiting", "1 1/8", "1, 2"]
    assert lines[-1] == ["25", "EXT DAY", "HILL A voice, far off", "4/8", "8"]
    headings = [row[0] for row in reader.rows if len(row) == 1]
    assert headings[0] == "Day 1 · Monday 1 March 2027 Harbour · call 07:00, wrap 15:00 · 2 5/8 pages · 7 h"
    assert "Unit moves to Old town before call" in headings
    assert headings[-1] == "Boneyard not scheduled · 4/8 page"


def test_nothing_scheduled_and_words_escaped() -> None:
    shoot = invented_shoot()
    scenes = tuple(replace(one, description="<i>x") for one in shoot.scenes)
    board = Board(replace(shoot, scenes=scenes), (), tuple(one.number for one in scenes))
    page = one_liner_page(board)
    assert "Nothing is scheduled." in words(page) and "<i>" not in page
