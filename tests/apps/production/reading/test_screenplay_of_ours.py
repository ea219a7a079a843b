"""The screenplay that comes with the project gives one breakdown from both of its files."""

from dataclasses import replace
from pathlib import Path

from openslate.apps.production.reading.lengths import LINES_A_PAGE, lines_on_paper
from openslate.apps.production.reading.screenplays import read_breakdown, read_screenplay
from openslate.apps.production.shoot.scenes import eighths_in

FOLDER = Path(__file__).parents[4] / "examples" / "production"
FOUNTAIN, FINAL_DRAFT = FOLDER / "slack-water.fountain", FOLDER / "slack-water.fdx"


def test_both_files_give_the_same_breakdown() -> None:
    one, other = read_breakdown(FOUNTAIN), read_breakdown(FINAL_DRAFT)
    assert replace(one, notices=()) == replace(other, notices=())
    assert [notice.words for notice in one.notices] == [notice.words for notice in other.notices]


def test_both_files_hold_the_same_text() -> None:
    one, other = read_screenplay(FOUNTAIN), read_screenplay(FINAL_DRAFT)
    assert (one.title, one.author) == (other.title, other.author) == ("SLACK WATER", "The Openslate contributors")
    for mine, its in zip(one.scenes, other.scenes, strict=True):
        assert [(line.kind.replace("centred", "action"), line.text) for line in mine.lines] == [
            (line.kind, line.text) for line in its.lines
        ]


def test_what_it_asks_for() -> None:
    found = read_breakdown(FOUNTAIN)
    assert len(found.scenes) == 28
    assert [one.character for one in found.cast[:3]] == ["MIRA", "IRIS", "BRIDE"]
    assert len(found.cast) == 10
    characters = {one.id: one.character for one in found.cast}
    assert {characters[one] for _, one in found.voices} == {"LARS", "COASTGUARD"}
    assert {one.shift for one in found.scenes} == {"any", "day", "night"}
    pages = sum(lines_on_paper(one) for one in read_screenplay(FOUNTAIN).scenes) / LINES_A_PAGE
    assert 0 <= eighths_in(found.scenes) / 8 - pages < 1 / 4
    assert [one.words for one in found.notices if "'continuous'" in one.words]
