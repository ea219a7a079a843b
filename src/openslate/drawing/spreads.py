"""Distributions side by side on one logarithmic axis: the wide interval first, the point last."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from openslate.drawing.labels import cut_to, room_for
from openslate.drawing.svg import Scale, colour, document, element, line, mark, words

WIDTH = 720
WIDEST_LABEL = 230
SHADES = ((9, 0.28), (15, 0.5), (21, 1.0))
"""Height and opacity of the 90, 80 and 50% intervals: the narrower, the higher and darker."""


@dataclass(frozen=True)
class Spread:
    """One row.

    Attributes:
        label: what it is.
        quantiles: at 5, 10, 25, 50, 75, 90 and 95%, above 0; or one value alone, drawn as a mark.
        token: of its colour.
        at_most: whether the one value is only known not to be more.
    """

    label: str
    quantiles: Sequence[float]
    token: str = "series-1"  # noqa: S105  (of a colour)
    at_most: bool = False


def spreads(rows: Sequence[Spread], *, title: str, axis: str) -> str:
    """Rows of intervals and marks on one axis.

    Args:
        rows: from top to bottom, at least one.
        title: what the chart shows, for screen readers and as its tooltip.
        axis: name of the axis, with its unit.

    Example:
        >>> chart = spreads([Spread("this pitch", (1, 2, 4, 8, 16, 32, 64))], title="Views", axis="views")
        >>> "this pitch" in chart and chart.startswith("<svg")
        True
    """
    gutter = room_for([one.label for one in rows], WIDEST_LABEL, 12)
    low, high = min(one.quantiles[0] for one in rows), max(one.quantiles[-1] for one in rows)
    x = Scale(math.log(low * 0.9), math.log(high * 1.1), gutter + 12, WIDTH - 12)
    top, heights = 8, [30 if len(one.quantiles) > 1 else 20 for one in rows]
    bottom = top + sum(heights)
    body = []
    for spot in round_values(low, high):
        body.append(line(x(math.log(spot)), top, x(math.log(spot)), bottom, "hairline"))
        body.append(words(figure(spot), x(math.log(spot)), bottom + 16, size=11, ink="ink-dim", text_anchor="middle"))
    upper = float(top)
    for one, height in zip(rows, heights, strict=True):
        middle = upper + height / 2
        label = cut_to(one.label, gutter, 12)
        body.append(words(label, gutter, middle + 4, size=12, text_anchor="end"))
        body += _intervals(one, x, middle) if len(one.quantiles) > 1 else _value(one, x, middle)
        upper += height
    body.append(words(axis, (x.start + x.stop) / 2, bottom + 34, size=11, ink="ink-dim", text_anchor="middle"))
    said = "; ".join(_said(one) for one in rows)
    return document(title, f"{axis}: {said}.", WIDTH, bottom + 42, body)


def round_values(low: float, high: float) -> list[float]:
    """Round values within two ends of a logarithmic axis; powers of ten alone where there would be many.

    Example:
        >>> round_values(300, 70_000)
        [300.0, 1000.0, 3000.0, 10000.0, 30000.0]
    """
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    steps = (1, 2, 5) if high / low < 200 else (1, 3) if high / low < 3000 else (1,)
    return [step * 10.0**power for power in powers for step in steps if low * 0.95 <= step * 10.0**power <= high * 1.05]


def figure(value: float) -> str:
    """A figure in two or three digits, in thousands, millions or billions.

    Example:
        >>> [figure(one) for one in (9_412_000, 61_000_000, 420_000, 950, 1.2e9, 0.5)]
        ['9.4M', '61M', '420k', '950', '1.2bn', '0.5']
    """
    if value < 0.95:
        return f"{value:.2g}"
    for size, letter in ((1e9, "bn"), (1e6, "M"), (1e3, "k"), (1.0, "")):
        # What rounds up to the next letter has it.
        if value >= size * 0.9995 or size == 1.0:
            part = value / size
            return f"{part:.0f}{letter}" if part >= 9.95 else f"{part:.1f}".removesuffix(".0") + letter
    raise AssertionError


def _intervals(one: Spread, x: Scale, middle: float) -> list[str]:
    drawn = []
    for place, (height, opacity) in enumerate(SHADES):
        left, right = x(math.log(one.quantiles[place])), x(math.log(one.quantiles[-1 - place]))
        shade: dict[str, str | float] = {"fill": colour(one.token), "fill_opacity": opacity, "rx": 2}
        wide = max(right - left, 1.0)
        drawn.append(element("rect", x=left, y=middle - height / 2, width=wide, height=height, **shade))
    centre = x(math.log(one.quantiles[len(one.quantiles) // 2]))
    drawn.append(line(centre, middle - 13, centre, middle + 13, "surface", stroke_width=5))
    drawn.append(line(centre, middle - 13, centre, middle + 13, "ink", stroke_width=2))
    return drawn


def _value(one: Spread, x: Scale, middle: float) -> list[str]:
    place = x(math.log(one.quantiles[0]))
    if not one.at_most:
        return [mark(0, place, middle, one.token, 4)]
    return [
        line(x.start, middle, place, middle, one.token, stroke_dasharray="2 3"),
        mark(1, place, middle, one.token, 4),
    ]


def _said(one: Spread) -> str:
    if len(one.quantiles) == 1:
        return f"{one.label} {'at most ' if one.at_most else ''}{figure(one.quantiles[0])}"
    ends = f"{figure(one.quantiles[1])} to {figure(one.quantiles[-2])}"
    return f"{one.label} {ends} with 80%, median {figure(one.quantiles[len(one.quantiles) // 2])}"
