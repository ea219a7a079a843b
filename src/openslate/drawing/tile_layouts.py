"""Where picture and type stand on a typographic tile of 200 by 300."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape
from unicodedata import bidirectional

from openslate.drawing.tile_art import ARTS, Art, circle, path
from openslate.drawing.tile_palettes import Palette
from openslate.drawing.tile_type import LEADING, SANS, SERIF, Box, fitted


@dataclass(frozen=True)
class Design:
    """How a tile is made.

    Attributes:
        layout: which of `LAYOUTS`.
        palette: its colours.
        grain: bytes that vary the shapes.
    """

    layout: int
    palette: Palette
    grain: bytes


Layout = Callable[[str, str, Design], str]
"""A name, a short label and a design in, SVG elements out."""


def _pictured(art: Art, name: str, label: str, design: Design) -> str:
    """A square picture over the type, or under it."""
    on_top = design.grain[8] % 3 > 0
    square = f'<svg y="{0 if on_top else 100}" width="200" height="200">{art(design.palette, design.grain)}</svg>'
    if on_top:
        return square + _name(name, Box(14, 208, 172, 62), 34, 0.0, design) + _label(label, 14, 287, design)
    return square + _label(label, 14, 24, design) + _name(name, Box(14, 30, 172, 62), 34, 0.0, design)


def _large_type(name: str, label: str, design: Design) -> str:
    """The name as the picture."""
    bold, soft = design.palette.bold, design.palette.soft
    size = 84 + design.grain[0] % 40
    crowns = (
        circle(200, 0, size, bold) + circle(200, 0, size - 34, soft),
        path(f"M{100 - size} 0a{size} {size} 0 0 0 {2 * size} 0z", bold),
        path(f"M0 0h{size}L0 {size}z", bold) + path("M200 0v60h-60z", soft),
        path(f"M0 0h66v{size}H0z", bold) + path(f"M66 0h66v{size - 34}h-66z", soft),
    )
    return (
        crowns[design.grain[1] % len(crowns)]
        + _name(name, Box(14, 126, 172, 146), 56, 1.0, design)
        + _label(label, 14, 287, design)
    )


def _framed(name: str, label: str, design: Design) -> str:
    """An emblem and centred type within a frame."""
    bold, soft, ink = design.palette.bold, design.palette.soft, design.palette.ink
    emblems = (
        circle(100, 92, 36, bold) + circle(100, 92, 22, soft),
        path("M100 52L136 92L100 132L64 92z", bold) + path("M100 72V112L82 92z", soft),
        path("M62 124L100 54L138 124z", bold) + path("M100 54L138 124H100z", soft),
        path("M64 92a36 36 0 0 1 72 0z", bold) + path("M64 98a36 36 0 0 0 72 0z", soft),
        path("M66 58h30v30H66zM104 96h30v30h-30z", bold) + path("M104 58h30v30h-30zM66 96h30v30H66z", soft),
    )
    frame = f'<path d="M10 10h180v280H10zM15 15h170v270H15z" fill="none" stroke="{ink}"/>'
    emblem = emblems[design.grain[0] % len(emblems)]
    return (
        frame
        + emblem
        + _name(name, Box(26, 150, 148, 96), 32, 0.5, design, "middle")
        + _label(label, 100, 270, design, "middle")
    )


def _initial(name: str, label: str, design: Design) -> str:
    """The first letter, larger than the poster can hold."""
    letter = next((letter for letter in name if letter.isalnum()), "?").upper()
    x, tilt = 60 + design.grain[0] % 80, (-12, 0, 0, 9)[design.grain[1] % 4]
    giant = (
        f'<svg width="200" height="200"><text x="{x}" y="205" font-size="270" font-weight="700" text-anchor="middle"'
        f' font-family="{SANS}" fill="{design.palette.bold}" transform="rotate({tilt} 100 100)"'
        f' aria-hidden="true">{escape(letter)}</text></svg>'
    )
    return giant + _name(name, Box(14, 208, 172, 62), 34, 0.0, design) + _label(label, 14, 287, design)


LAYOUTS: tuple[Layout, ...] = (
    *(partial(_pictured, art) for art in ARTS),
    *(_large_type, _framed, _initial),
)
"""Every layout, in a fixed order: which one a title gets depends on its name."""


def _name(name: str, box: Box, largest: int, rest_above: float, design: Design, anchor: str = "start") -> str:
    """The name in a box: `rest_above` is the share of the free height left above it."""
    serif = design.grain[9] % 3 == 0
    loud = not serif and design.grain[10] % 2 and len(name) <= 24
    setting = fitted(name.upper() if loud else name, box, largest)
    if anchor == "start" and _runs_leftwards(name):
        anchor = "end"
    x = {"start": box.x, "middle": box.x + box.width // 2, "end": box.x + box.width}[anchor]
    first = box.y + (box.height - setting.height) * rest_above + setting.size * 0.86
    lines = "".join(
        f'<text x="{x}" y="{first + number * setting.size * LEADING:.0f}">{escape(line)}</text>'
        for number, line in enumerate(setting.lines)
    )
    return (
        f'<g fill="{design.palette.ink}" font-family="{SERIF if serif else SANS}" font-size="{setting.size}"'
        f' font-weight="700" text-anchor="{anchor}">{lines}</g>'
    )


def _label(label: str, x: int, y: int, design: Design, anchor: str = "start") -> str:
    return (
        f'<text x="{x}" y="{y}" fill="{design.palette.ink}" font-family="{SANS}" font-size="9" letter-spacing="1.4"'
        f' text-anchor="{anchor}">{escape(label)}</text>'
    )


def _runs_leftwards(name: str) -> bool:
    directions = (bidirectional(letter) for letter in name)
    return next((direction for direction in directions if direction in ("L", "R", "AL")), "L") != "L"
