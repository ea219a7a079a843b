"""The pictures on typographic tiles: plain shapes on a square of 200, varied by a few bytes of chance.

Each function takes a palette and `grain`, eight bytes from the title's name, and returns SVG elements that stay
between x 0 and 200 and y 0 and 200 once the tile crops them.
"""

from collections.abc import Callable
from math import cos, pi, sin

from openslate.drawing.tile_palettes import Palette

Art = Callable[[Palette, bytes], str]


def circle(x: float, y: float, radius: float, fill: str) -> str:
    """A disc."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" fill="{fill}"/>'


def path(d: str, fill: str) -> str:
    """A filled shape, from SVG path data."""
    return f'<path d="{d}" fill="{fill}"/>'


def _line(d: str, stroke: str, width: float, more: str = "") -> str:
    return f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{width:g}"{more}/>'


def horizon(palette: Palette, grain: bytes) -> str:
    """A sun over water."""
    x, line, radius = 60 + grain[0] % 90, 118 + grain[1] % 26, 40 + grain[2] % 22
    glints = "".join(
        f"M{x - half} {line + 9 + 11 * step}h{2 * half}"
        for step, half in enumerate((radius - 6, radius - 16, radius - 26, radius - 33))
    )
    return (
        path("M0 0h200v200H0z", palette.soft)
        + circle(x, line - radius * (grain[3] % 3) / 4, radius, palette.bold)
        + path(f"M0 {line}h200V200H0z", palette.ground)
        + _line(glints, palette.bold, 3)
    )


def rings(palette: Palette, grain: bytes) -> str:
    """Circles within circles, around a point off the centre."""
    x, y, step = 30 + grain[0] % 141, 40 + grain[1] % 121, 15 + grain[2] % 9
    colours = (palette.bold, palette.ground, palette.soft, palette.ground)
    return "".join(circle(x, y, step * number, colours[number % 4 if number > 1 else 0]) for number in range(8, 0, -1))


def eclipse(palette: Palette, grain: bytes) -> str:
    """One disc before another, and a thin orbit."""
    x, y, radius = 84 + grain[0] % 33, 92 + grain[1] % 17, 52 + grain[2] % 16
    angle = grain[3] / 256 * 2 * pi
    offset = radius * (0.32 + grain[4] % 4 * 0.1)
    orbit = f"M{x - radius - 14} {y}a1 1 0 0 1 {2 * radius + 28} 0a1 1 0 0 1 {-2 * radius - 28} 0"
    return (
        _line(orbit, palette.soft, 2)
        + circle(x, y, radius, palette.bold)
        + circle(round(x + offset * cos(angle)), round(y + offset * sin(angle)), radius - 4, palette.ground)
    )


def dots(palette: Palette, grain: bytes) -> str:
    """A halftone: rows of dots that grow."""
    rows = range(8)
    order = rows if grain[0] % 2 else range(7, -1, -1)
    raster = "".join(
        _line(
            f"M19 {21 + 23 * row}h170",
            palette.bold,
            3 + 2.4 * size,
            ' stroke-linecap="round" stroke-dasharray="0 23.1"',
        )
        for row, size in zip(rows, order, strict=True)
    )
    column, row = grain[1] % 8, grain[2] % 8
    return raster + circle(19 + 23.1 * column, 21 + 23 * row, 11.5, palette.ink)


def quarters(palette: Palette, grain: bytes) -> str:
    """Nine quarter circles, each turned its own way."""
    turns = (
        "M{0} {1}h56a56 56 0 0 1 -56 56z",
        "M{2} {1}v56a56 56 0 0 1 -56 -56z",
        "M{2} {3}h-56a56 56 0 0 1 56 -56z",
        "M{0} {3}v-56a56 56 0 0 1 56 56z",
    )
    colours = (palette.bold, palette.soft, palette.bold, palette.ink)
    cells = []
    for cell in range(9):
        x, y = 16 + cell % 3 * 56, 16 + cell // 3 * 56
        chance = grain[cell % 8] >> (cell // 8)
        turn = turns[chance % 4].format(x, y, x + 56, y + 56)
        cells.append(path(turn, colours[chance // 4 % 4]))
    return "".join(cells)


def blinds(palette: Palette, grain: bytes) -> str:
    """A disc seen through slats."""
    x, y, radius = 70 + grain[0] % 61, 84 + grain[1] % 33, 62 + grain[2] % 18
    slats = "".join(f"M0 {24 + 19 * slat}h200v{2 + slat * (1.1 + grain[3] % 3 / 4):.1f}H0z" for slat in range(9))
    return circle(x, y, radius, palette.bold) + path(slats, palette.ground)


def peaks(palette: Palette, grain: bytes) -> str:
    """Mountains, one before the other, under a moon."""
    far, near = 40 + grain[0] % 60, 110 + grain[1] % 50
    return (
        circle(30 + grain[2] % 140, 38 + grain[3] % 22, 12 + grain[4] % 10, palette.ink)
        + path(f"M{far - 130} 200L{far} {60 + grain[5] % 30}L{far + 130} 200z", palette.soft)
        + path(f"M{near - 105} 200L{near} {96 + grain[6] % 34}L{near + 105} 200z", palette.bold)
    )


def waves(palette: Palette, grain: bytes) -> str:
    """Lines of swell."""
    lines = []
    for number in range(8):
        y, rise = 30 + 21 * number, 4 + (grain[0] % 4 + 1) * (number if grain[1] % 2 else 7 - number) // 2
        swell = f"M-10 {y}q27.5 {-2 * rise} 55 0t55 0t55 0t55 0"
        lines.append(_line(swell, palette.bold if (number + grain[2]) % 3 else palette.ink, 5))
    return "".join(lines)


def windows(palette: Palette, grain: bytes) -> str:
    """A house front at night with a light or two."""
    lit = {grain[0] % 30, grain[1] % 30} | ({grain[2] % 30} if grain[3] % 2 else set())
    panes = {True: "", False: ""}
    for pane in range(30):
        panes[pane in lit] += f"M{20 + pane % 5 * 34} {16 + pane // 5 * 31}h24v21h-24z"
    return path(panes[False], palette.soft) + path(panes[True], palette.bold)


def stairs(palette: Palette, grain: bytes) -> str:
    """Steps to somewhere, and a ball that might roll."""
    count = 4 + grain[0] % 3
    width, rise = 200 / count, 150 / count
    steps = "M0 200" + "".join(f"V{round(200 - rise * step)}H{round(width * step)}" for step in range(1, count + 1))
    top = 1 + grain[1] % count
    ball = circle(round(width * (top - 0.5)), round(200 - rise * top - 15), 15, palette.ink)
    art = path(f"{steps}V200z", palette.bold) + ball
    return art if grain[2] % 2 else f'<g transform="matrix(-1 0 0 1 200 0)">{art}</g>'


def band(palette: Palette, grain: bytes) -> str:
    """A broad diagonal and its shadow."""
    start, fall, breadth = 30 + grain[0] % 60, 50 + grain[1] % 60, 44 + grain[2] % 30
    art = path(f"M0 {start + fall}L200 {start}V{start + breadth}L0 {start + fall + breadth}z", palette.bold)
    second = start - 26
    art += path(f"M0 {second + fall}L200 {second}v{8 + grain[3] % 8}L0 {second + fall + 12}z", palette.soft)
    return art if grain[4] % 2 else f'<g transform="matrix(-1 0 0 1 200 0)">{art}</g>'


def halves(palette: Palette, grain: bytes) -> str:
    """A field of two colours and a disc that changes with them."""
    line, y, radius = 76 + grain[0] % 49, 84 + grain[1] % 33, 38 + grain[2] % 20
    return (
        path(f"M{line} 0H200V200H{line}z", palette.bold)
        + path(f"M{line} {y - radius}a1 1 0 0 0 0 {2 * radius}z", palette.soft)
        + path(f"M{line} {y - radius}a1 1 0 0 1 0 {2 * radius}z", palette.ground)
    )


def petals(palette: Palette, grain: bytes) -> str:
    """Leaves around a centre."""
    count = 5 + grain[0] % 4
    leaf = "M100 100C72 70 78 36 100 18C122 36 128 70 100 100z"
    turned = "".join(
        f'<path d="{leaf}" fill="{palette.bold if number % 2 else palette.soft}"'
        f' transform="rotate({round(360 * number / count) + grain[1] % 40} 100 100)"/>'
        for number in range(count)
    )
    return turned + circle(100, 100, 9 + grain[2] % 8, palette.ink)


ARTS: tuple[Art, ...] = (
    *(horizon, rings, eclipse, dots, quarters, blinds, peaks),
    *(waves, windows, stairs, band, halves, petals),
)
"""Every picture, in a fixed order: which one a title gets depends on its name."""
