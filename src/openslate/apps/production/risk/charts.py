"""How cost and wrap date are spread over the runs, and what drives them, as SVG."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from openslate.apps.production.risk.events import Minutes
from openslate.drawing.svg import Scale, colour, document, element, line, ticks, words

WIDTH, LEFT, RIGHT, TOP, BASE = 720, 48, 672, 84, 236
MOST_COLUMNS = 40
ROW, GUTTER = 26, 250
LONGEST_LABEL = 38


@dataclass(frozen=True)
class Mark:
    """A line across a distribution: where, and its words."""

    value: int
    label: str
    dashed: bool = False


@dataclass(frozen=True)
class Bar:
    """A driver: its name, what falls away without it, and the standard error of that."""

    label: str
    value: float
    error: float


def distribution(
    values: Minutes, marks: Sequence[Mark], *, title: str, axis: str, written: Callable[[float], str]
) -> str:
    """Columns of how many runs fall where, with marks across.

    Args:
        values: of every run.
        marks: lines across, such as percentiles.
        title: of the drawing.
        axis: what lies along it.
        written: a value in words.
    """
    spots = [int(values.min()), int(values.max()), *(one.value for one in marks)]
    low, high = min(spots), max(spots)
    step = max(math.ceil((high - low + 1) / MOST_COLUMNS), 1)
    edges = np.arange(low, high + step + 1, step)
    counts = np.histogram(values, edges)[0]
    x = Scale(float(edges[0]), float(edges[-1]), LEFT, RIGHT)
    y = Scale(0, max(int(counts.max()), 1), BASE, TOP)
    look: dict[str, str | float] = {"fill": colour("series-2"), "fill_opacity": 0.75}
    body = [
        element("rect", x=x(at), y=y(count), width=max(x(at + step) - x(at) - 1, 0.5), height=BASE - y(count), **look)
        for at, count in zip(edges.tolist(), counts.tolist(), strict=False)
        if count
    ]
    body.append(line(LEFT, BASE, RIGHT, BASE, "ink"))
    # The columns of single days stand between two edges, and what is said of a day at its middle.
    body += _marks(marks, x, 0.5 if step == 1 else 0.0)
    for spot in dict.fromkeys(np.linspace(low, high, 5).round().tolist()):
        middle = x(spot + 0.5) if step == 1 else x(spot)
        body.append(words(written(spot), middle, BASE + 19, size=12, ink="ink-dim", text_anchor="middle"))
    body.append(words(axis, (LEFT + RIGHT) / 2, BASE + 40, size=12, ink="ink-dim", text_anchor="middle"))
    said = "; ".join(f"{one.label} {written(one.value)}" for one in marks)
    return document(title, f"{len(values):,} runs. {said}.", WIDTH, BASE + 50, body)


def _marks(marks: Sequence[Mark], x: Scale, middle: float) -> list[str]:
    """Lines, each with its words at a height of its own."""
    drawn = []
    for row, one in enumerate(marks):
        height, across = 14 + 17 * row, x(one.value + middle)
        drawn.append(line(across, height + 4, across, BASE, "ink", stroke_dasharray="5 4" if one.dashed else "none"))
        left = across > (LEFT + RIGHT) / 2
        anchor: dict[str, Any] = {"text_anchor": "end" if left else "start"}
        halo: dict[str, Any] = {"stroke": colour("surface"), "stroke_width": 4, "paint_order": "stroke"}
        drawn.append(words(one.label, across + (-5 if left else 5), height + 6, size=12, **anchor, **halo))
    return drawn


def bars(rows: Sequence[Bar], *, title: str, axis: str) -> str:
    """Drivers as bars with a whisker of two standard errors on either side; empty where there is none.

    Args:
        rows: the largest first.
        title: of the drawing.
        axis: what the lengths are.
    """
    if not rows:
        return ""
    most = max(max(one.value + 2 * one.error for one in rows), 1.0)
    least = min(min(one.value - 2 * one.error for one in rows), 0.0)
    across = ticks(least, most, 4)
    x, base = Scale(across[0], across[-1], GUTTER, RIGHT - 20), 10 + ROW * len(rows)
    body = [line(x(spot), 6, x(spot), base, "hairline") for spot in across]
    for spot in across:
        body.append(words(f"{spot:,.0f}", x(spot), base + 18, size=12, ink="ink-dim", text_anchor="middle"))
    for row, one in enumerate(rows):
        middle = 10 + ROW * (row + 0.5)
        start, end = sorted((x(0), x(one.value)))
        body.append(words(_short(one.label), GUTTER - 10, middle + 4, size=12, text_anchor="end"))
        look: dict[str, str | float] = {"fill": colour("series-2"), "fill_opacity": 0.75}
        body.append(element("rect", x=start, y=middle - 8, width=max(end - start, 0.5), height=16, **look))
        body.append(line(x(one.value - 2 * one.error), middle, x(one.value + 2 * one.error), middle, "ink"))
    body.append(words(axis, (GUTTER + RIGHT) / 2, base + 38, size=12, ink="ink-dim", text_anchor="middle"))
    said = "; ".join(f"{one.label} {one.value:,.0f}" for one in rows)
    return document(title, f"{said}.", WIDTH, base + 48, body)


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
