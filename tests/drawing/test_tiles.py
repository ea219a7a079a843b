import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.drawing.theme import contrast
from openslate.drawing.tile_layouts import LAYOUTS, Design
from openslate.drawing.tile_palettes import Palette, all_palettes, palettes_for
from openslate.drawing.tile_type import LEADING, Box, fitted, text_width
from openslate.drawing.tiles import row_of_tiles, tile

HOSTILE = [
    *(
        "<script>alert('x')</script>",
        '"><img src=x onerror=alert(1)>',
        "]]></svg>&amp;",
        "\x00\x1b[31m\u202edrow",
        "\ufffe\uffff",
    ),
    *("שלום עולם", "🎬🍿👩‍👩‍👧", "東京物語の夜明けと夕暮れのあいだに", "x" * 300, "a b " * 75, "", "   "),
]
GENRES = ["Drama", "Horror", "Comedy", "Sci-Fi", "Documentary", "Romance", "Action", "Unheard of"]

names = st.one_of(st.text(max_size=320), st.sampled_from(HOSTILE))
genre_lists = st.lists(st.one_of(st.sampled_from(GENRES), st.text(max_size=40)), max_size=3)


@settings(max_examples=200, deadline=None)
@given(names, genre_lists)
def test_a_tile_is_well_formed_small_and_inert(name: str, genres: list[str]) -> None:
    svg = tile(name, genres)
    root = ElementTree.fromstring(svg)
    assert root[0].tag == "title"
    assert root[0].text
    assert {element.tag for element in root.iter()} <= {"svg", "title", "path", "circle", "g", "text"}
    assert len(svg.encode()) < 3000
    assert not re.search(r'\sid="|\son\w+=|href|url\(', re.sub(r">[^<]*<", "><", svg))
    assert svg == tile(name, genres)


@given(st.lists(st.tuples(names, genre_lists), max_size=14))
def test_neighbours_never_share_their_colours(titles: list[tuple[str, list[str]]]) -> None:
    grounds = [re.search(r'v300H0z" fill="(#\w+)"', svg) for svg in row_of_tiles(titles)]
    assert len(grounds) == len(titles)
    assert all(left and right and left[1] != right[1] for left, right in pairwise(grounds))


def test_the_same_title_side_by_side_takes_its_second_design() -> None:
    first, second, third = row_of_tiles([("Salt", ["Drama"])] * 3)
    assert first == third == tile("Salt", ["Drama"])
    assert first != second


def test_names_use_every_layout_and_every_palette_of_a_mood() -> None:
    tiles = [tile(f"Name {number}", ["Horror"]) for number in range(300)]
    grounds = {ground for svg in tiles for ground in re.findall(r'v300H0z" fill="(#\w+)"', svg)}
    assert grounds == {palette.ground for palette in palettes_for(["Horror"])}
    assert len(set(tiles)) == len(tiles)


@pytest.mark.parametrize("palette", all_palettes(), ids=lambda palette: palette.ground + palette.bold)
def test_type_reads_on_its_ground_and_shapes_are_seen(palette: Palette) -> None:
    assert contrast(palette.ink, palette.ground) >= 4.5
    assert contrast(palette.bold, palette.ground) >= 1.8


def test_grounds_within_a_mood_differ_so_neighbours_can() -> None:
    for genre in GENRES:
        grounds = [palette.ground for palette in palettes_for([genre])]
        assert len(set(grounds)) == len(grounds) >= 3


@pytest.mark.parametrize("layout", range(len(LAYOUTS)))
def test_a_layout_varies_with_its_grain(layout: int) -> None:
    palette = palettes_for(["Drama"])[0]
    drawn = {
        LAYOUTS[layout]("Salt", "DRAMA", Design(layout, palette, bytes([seed * 37 % 256] * 12))) for seed in range(6)
    }
    assert len(drawn) >= 3


@given(name=st.text(max_size=320).filter(lambda name: bool(name.split())), largest=st.integers(12, 60))
def test_type_stays_within_its_box(name: str, largest: int) -> None:
    box = Box(0, 0, 168, 62)
    setting = fitted(name, box, largest)
    assert setting.height <= box.height
    assert len(setting.lines) * setting.size * LEADING == setting.height
    assert all(text_width(line, setting.size) <= box.width + setting.size for line in setting.lines)


def test_short_names_are_set_larger_and_nothing_of_them_is_lost() -> None:
    box = Box(0, 0, 168, 62)
    short, long = fitted("Salt", box, 34), fitted("The Cartographer's Second Daughter", box, 34)
    assert short.size == 34 > long.size
    assert " ".join(long.lines) == "The Cartographer's Second Daughter"
    assert fitted("word " * 100, box, 34).lines[-1].endswith("…")


def test_words_are_kept_whole_unless_they_would_be_tiny() -> None:
    box = Box(0, 0, 168, 62)
    assert fitted("Counterintelligence", box, 34).lines == ("Counterintelligence",)
    assert len(fitted("Supercalifragilisticexpialidocious", box, 34).lines) == 2
    assert fitted("東京物語の夜明けと夕暮れ", box, 34).size > 20
