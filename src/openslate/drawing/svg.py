"""The few marks that charts are made of: elements, words, scales and ticks, as SVG text with the theme's colours."""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from itertools import pairwise

from openslate.drawing.theme import LIGHT
from openslate.drawing.words import printable

Number = float | int


def colour(token: str) -> str:
    """A colour of the theme, with its daylight value for where no theme is loaded.

    Example:
        >>> colour("ink")
        'var(--ink,#14181d)'
    """
    return f"var(--{token},{LIGHT[token]})"


def element(name: str, *children: str, **attributes: str | Number) -> str:
    """One SVG element; attribute values are escaped, children are SVG already.

    Args:
        name: of the element.
        children: SVG text, see `words` for plain text.
        attributes: an underscore in a name stands for a hyphen, one at its end is dropped.

    Example:
        >>> element("line", x1=0, x2=10.504, stroke_width=1)
        '<line x1="0" x2="10.5" stroke-width="1"/>'
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def words(text: str, x: float, y: float, *, size: float = 13, ink: str = "ink", **attributes: str | Number) -> str:
    """A line of text with its baseline at y; escaped, without what moves a cursor.

    Args:
        text: any text.
        x: where it starts, or ends or centres with `text_anchor`.
        y: of its baseline.
        size: of the type.
        ink: token of its colour.
        attributes: further SVG attributes.
    """
    return element("text", escape(printable(text)), x=x, y=y, font_size=size, fill=colour(ink), **attributes)


def line(x1: float, y1: float, x2: float, y2: float, token: str, **attributes: str | Number) -> str:
    """A straight stroke in a colour of the theme, one unit wide unless told otherwise."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour(token), **attributes)


def document(
    title: str, description: str, width: float, height: float, body: Sequence[str], *, tall: bool = False
) -> str:
    """A whole chart: an image with a name and a description for those who do not see it.

    Args:
        title: what the chart shows, its name for a screen reader.
        description: what there is to be seen in it, figures included.
        width: of the drawing; it shrinks with a narrower page.
        height: of the drawing.
        body: its elements.
        tall: whether it is of many rows, which paper then has the height for.
    """
    name = "chart-" + sha256("\x1f".join([title, description, *body]).encode("utf-8", "replace")).hexdigest()[:10]
    return element(
        "svg",
        element("title", escape(printable(title)), id=f"{name}-title"),
        element("desc", escape(printable(description)), id=f"{name}-desc"),
        *body,
        xmlns="http://www.w3.org/2000/svg",
        class_="chart tall" if tall else "chart",
        viewBox=f"0 0 {_value(width)} {_value(height)}",
        width=width,
        role="img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        font_family="var(--text-font,system-ui,sans-serif)",
        style="max-width:100%;height:auto;font-variant-numeric:tabular-nums",
    )


def mark(shape: int, x: float, y: float, token: str, size: float = 5) -> str:
    """One of six shapes that can be told apart without colour, in the order in which series use them.

    Args:
        shape: 0 disc, 1 ring, 2 square, 3 hollow diamond, 4 triangle, 5 hollow square; then again.
        x: of its centre.
        y: of its centre.
        token: of its colour.
        size: half its width.
    """
    ink, inner = colour(token), colour("surface") if shape % 6 in (1, 3, 5) else colour(token)
    drawn: dict[str, str | Number] = {"fill": inner, "stroke": ink, "stroke_width": 2}
    match shape % 6:
        case 0 | 1:
            return element("circle", cx=x, cy=y, r=size, **drawn)
        case 2 | 5:
            return element("rect", x=x - size, y=y - size, width=2 * size, height=2 * size, **drawn)
        case 3:
            return _polygon([(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)], x, y, size, drawn)
        case _:
            return _polygon([(0, -1.2), (1.15, 0.9), (-1.15, 0.9)], x, y, size, drawn)


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` laid along the drawing from `start` to `stop`."""

    low: float
    high: float
    start: float
    stop: float

    def __call__(self, value: float) -> float:
        """Where a value stands in the drawing."""
        return self.start + (value - self.low) / (self.high - self.low) * (self.stop - self.start)


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round values from at most `low` to at least `high`, in steps of 1, 2 or 5 times a power of ten.

    Example:
        >>> ticks(0.118, 0.243)
        [0.1, 0.15, 0.2, 0.25]
    """
    rough = max((high - low or abs(high) or 1.0) / about, sys.float_info.min)
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * magnitude for factor in (1, 2, 5, 10) if factor * magnitude >= rough * 0.999)
    digits = max(0, 1 - math.floor(math.log10(step)))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(place * step, digits) for place in range(first, max(last, first + 1) + 1)]


def tick_label(value: float, every: Sequence[float]) -> str:
    """A tick in as many decimals as its neighbours need.

    Example:
        >>> tick_label(0.2, [0.1, 0.15, 0.2])
        '0.20'
    """
    digits = max(len(f"{tick:.12f}".rstrip("0").partition(".")[2]) for tick in every)
    return signed(f"{value:.{digits}f}")


def signed(figure: str) -> str:
    """A figure with a true minus sign.

    Example:
        >>> signed("-0.1")
        '−0.1'
    """
    return figure.replace("-", "−")


def percent(share: float) -> str:
    """A share in whole per cent, with "<1%" for what is there but rounds to nothing.

    Example:
        >>> percent(0.183), percent(0.001), percent(0)
        ('18%', '<1%', '0%')
    """
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"


def spread(places: Sequence[float], apart: float) -> list[float]:
    """The same places moved as little as a downward sweep must, so that no two labels are closer than `apart`.

    Example:
        >>> spread([10, 30, 12], 5)
        [10, 30, 15]
    """
    moved = list(places)
    order = sorted(range(len(places)), key=lambda one: (places[one], one))
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + apart)
    return moved


def _polygon(
    corners: list[tuple[float, float]], x: float, y: float, size: float, drawn: dict[str, str | Number]
) -> str:
    points = " ".join(f"{_value(x + size * right)},{_value(y + size * down)}" for right, down in corners)
    return element("polygon", points=points, stroke_linejoin="round", **drawn)


def _value(value: str | Number) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
