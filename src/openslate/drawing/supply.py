"""Demand against supply, as SVG text: one mark with its interval for each part of a catalogue."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from openslate.drawing.labels import cut_to, label_width, room_for
from openslate.drawing.scatter import powers
from openslate.drawing.svg import Scale, document, line, mark, spread, words

WIDTH = 720
WIDEST_LABEL = 240
KINDS = ((0, "series-1", "surely above"), (1, "ink-dim", "not sure"))
"""Shape, colour and word of marks that lie above the reference for sure, and of the others."""


@dataclass(frozen=True)
class Supplied:
    """One mark.

    Attributes:
        label: what it is; drawn only where `named`.
        supply: how much there is of it, above 0.
        demand: how much each of it finds, above 0.
        low, high: ends of the interval of `demand`.
        named: whether its label is drawn beside it.
        sure: whether it is taken to lie above the reference.
    """

    label: str
    supply: float
    demand: float
    low: float
    high: float
    named: bool = False
    sure: bool = False


def against_supply(points: Sequence[Supplied], *, title: str, x_axis: str, y_axis: str, reference_label: str) -> str:
    """Marks with their intervals over logarithmic axes; the reference lies at a demand of 1.

    Args:
        points: at least one.
        title: what the chart shows, for screen readers and as its tooltip.
        x_axis: name of the supply, with its unit.
        y_axis: name of the demand, with its unit.
        reference_label: what a demand of 1 is.

    Example:
        >>> drawn = against_supply([Supplied("Crime", 4, 2.0, 1.4, 2.9, True, True)], title="Gaps", x_axis="titles",
        ...     y_axis="demand", reference_label="catalogue")
        >>> drawn.startswith("<svg"), "Crime" in drawn
        (True, True)
    """
    columns = powers([one.supply for one in points])
    rows = powers([end for one in points for end in (one.low, one.high, 1.0)])
    names = room_for([one.label for one in points if one.named], WIDEST_LABEL, 12)
    x = Scale(math.log(columns[0]), math.log(columns[-1]), 64, WIDTH - 10 - names)
    y = Scale(math.log(rows[0]), math.log(rows[-1]), 340, 34)
    body = [line(x.start, y(math.log(spot)), x.stop, y(math.log(spot)), "hairline") for spot in rows]
    for spot in rows:
        body.append(words(f"{spot:g}×", x.start - 9, y(math.log(spot)) + 4, size=12, ink="ink-dim", text_anchor="end"))
    for spot in columns:
        across = x(math.log(spot))
        body.append(words(f"{spot:g}", across, y.start + 19, size=12, ink="ink-dim", text_anchor="middle"))
    body.append(line(x.start, y(0), x.stop, y(0), "ink-dim", stroke_dasharray="4 3"))
    # Those that are surely above come last, so that none of the others lies over them.
    for one in sorted(points, key=lambda one: one.sure):
        body += _point(one, x, y)
    body += _names([one for one in points if one.named], x, y, names)
    body += _legend(x.start, reference_label)
    middle = (y.start + y.stop) / 2
    body += [
        words(x_axis, (x.start + x.stop) / 2, y.start + 42, size=12, ink="ink-dim", text_anchor="middle"),
        words(y_axis, 13, middle, size=12, ink="ink-dim", text_anchor="middle", transform=f"rotate(-90 13 {middle:g})"),
    ]
    said = "; ".join(
        f"{one.label}: {one.supply:g} titles, {one.demand:.2f} times ({one.low:.2f} to {one.high:.2f})"
        for one in points
        if one.named
    )
    above = sum(one.sure for one in points)
    description = f"{y_axis} over {x_axis}, {len(points)} segments, {above} of them surely above 1. {said}."
    return document(title, description, WIDTH, y.start + 52, body)


def _point(one: Supplied, x: Scale, y: Scale) -> list[str]:
    shape, token, _ = KINDS[not one.sure]
    across = x(math.log(one.supply))
    ends = y(math.log(one.low)), y(math.log(one.high))
    # Many lie on one another: of those that are neither above nor named, the interval is there to be sensed.
    opacity = 0.7 if one.sure or one.named else 0.15
    return [
        line(across, ends[0], across, ends[1], token, stroke_width=1.5, stroke_opacity=opacity),
        mark(shape, across, y(math.log(one.demand)), token, 4 if one.sure else 3),
    ]


def _names(named: Sequence[Supplied], x: Scale, y: Scale, room: float) -> list[str]:
    """Labels at the right, each with a line to its mark, moved apart where they would lie on one another."""
    drawn = []
    heights = spread([y(math.log(one.demand)) for one in named], 15)
    for one, height in zip(named, heights, strict=True):
        across = x(math.log(one.supply))
        drawn.append(line(across + 6, y(math.log(one.demand)), x.stop + 2, height, "hairline", stroke_dasharray="1 2"))
        drawn.append(words(cut_to(one.label, room, 12), x.stop + 6, height + 4, size=12, ink="ink"))
    return drawn


def _legend(start: float, reference_label: str) -> list[str]:
    """What marks and lines stand for; the reference is named here, because marks lie along its line."""
    drawn = []
    for shape, token, word in KINDS:
        drawn += [mark(shape, start + 5, 10, token, 4), words(word, start + 16, 14, size=12)]
        start += 44 + label_width(word, 12)
    drawn.append(line(start + 4, 3, start + 4, 17, "ink-dim", stroke_width=1.5))
    drawn.append(words("90% interval", start + 12, 14, size=12, ink="ink-dim"))
    start += 36 + label_width("90% interval", 12)
    drawn.append(line(start, 10, start + 22, 10, "ink-dim", stroke_dasharray="4 3"))
    return [*drawn, words(reference_label, start + 30, 14, size=12, ink="ink-dim")]
