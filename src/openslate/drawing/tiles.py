"""Designed tiles for titles without artwork: small film posters made of type and plain shapes, as inline SVG.

A tile depends on the title's name and genres alone, so that a title looks the same wherever it stands; only where
two neighbours would share a design does the right one take its second. No script, no font file, no ids: any number
of tiles can stand in one document.
"""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from html import escape

from openslate.drawing.tile_layouts import LAYOUTS, Design
from openslate.drawing.tile_palettes import palettes_for
from openslate.drawing.words import printable, shortened


def tile(name: str, genres: Sequence[str] = ()) -> str:
    """A poster for a title, 2 wide by 3 high, as one `<svg>` element under 3 kB.

    Args:
        name: the title's name; it is escaped, and set as large as it fits.
        genres: the title's genres, most telling first; they choose the colours.

    Example:
        >>> tile("The Long Night", ["Drama"]).startswith('<svg class="tile" viewBox="0 0 200 300" role="img">')
        True
    """
    return _drawn(name, genres, next(_designs(name, genres)))


def row_of_tiles(titles: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """Posters for titles that stand side by side: no two neighbours have the same layout or the same colours.

    Args:
        titles: (name, genres) from left to right.
    """
    tiles: list[str] = []
    left: Design | None = None
    for name, genres in titles:
        left = next(design for design in _designs(name, genres) if left is None or _differ(left, design))
        tiles.append(_drawn(name, genres, left))
    return tiles


def _designs(name: str, genres: Sequence[str]) -> Iterator[Design]:
    """A title's first design, its second, and its third: one of them differs from any neighbour's."""
    grain = sha256("\x1f".join([name, *genres]).encode("utf-8", "replace")).digest()
    palettes = palettes_for(genres)
    for choice in range(3):
        palette = palettes[(grain[1] + choice) % len(palettes)]
        yield Design((grain[0] + choice) % len(LAYOUTS), palette, grain[2:])


def _differ(one: Design, other: Design) -> bool:
    return one.layout != other.layout and one.palette != other.palette


def _drawn(name: str, genres: Sequence[str], design: Design) -> str:
    shown = printable(name) or "Untitled"
    label = shortened(printable(genres[0]), 20).upper() if genres else ""
    return (
        f'<svg class="tile" viewBox="0 0 200 300" role="img"><title>{escape(shortened(shown, 160))}</title>'
        f'<path d="M0 0h200v300H0z" fill="{design.palette.ground}"/>'
        f"{LAYOUTS[design.layout](shown, label, design)}</svg>"
    )
