"""An effect and what it may be under a growing confounder that nobody recorded: bands that widen from left to right."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from openslate.drawing.spreads import figure
from openslate.drawing.svg import Scale, colour, document, element, line, mark, percent, ticks, words
from openslate.drawing.words import shortened

WIDTH, HEIGHT = 720, 300
LONGEST_LABEL = 40


@dataclass(frozen=True)
class Band:
    """What an effect may be at one strength of confounding.

    Attributes:
        share: that the confounder explains, of what is left of the outcome and of the choice.
        low, high: of the effect, as a multiple above 0.
        surely_low, surely_high: the same with what chance adds.
    """

    share: float
    low: float
    high: float
    surely_low: float
    surely_high: float


@dataclass(frozen=True)
class Yardstick:
    """An observed confounder: what it is called, and the share at which one would bias as much."""

    label: str
    share: float


def confounding(
    bands: Sequence[Band], effect: float, *, title: str, axis: str, yardstick: Yardstick | None = None
) -> str:
    """The bands around an effect, on a logarithmic axis, with the line of no effect.

    Args:
        bands: from no confounding on, at least two.
        effect: as a multiple.
        title: what the chart shows, for screen readers and as its tooltip.
        axis: name of the vertical axis, with its unit.
        yardstick: the strongest observed confounder; None for none.

    Example:
        >>> bands = [Band(0.0, 1.4, 1.4, 1.1, 1.8), Band(0.1, 1.1, 1.8, 0.9, 2.2)]
        >>> chart = confounding(bands, 1.4, title="Worldwide", axis="multiple of views")
        >>> chart.startswith("<svg") and "no effect" in chart
        True
    """
    low = min(1.0, *(one.surely_low for one in bands)) * 0.95
    high = max(1.0, *(one.surely_high for one in bands)) * 1.05
    x = Scale(0.0, bands[-1].share, 76, WIDTH - 16)
    y = Scale(math.log(low), math.log(high), HEIGHT - 56, 14)
    body = []
    for spot in _multiples(low, high):
        body.append(line(x.start, y(math.log(spot)), x.stop, y(math.log(spot)), "hairline"))
        label = f"x{figure(spot)}"
        body.append(words(label, x.start - 9, y(math.log(spot)) + 4, size=12, ink="ink-dim", text_anchor="end"))
    body.append(_band([(one.share, one.surely_low, one.surely_high) for one in bands], x, y, 0.2))
    body.append(_band([(one.share, one.low, one.high) for one in bands], x, y, 0.45))
    body.append(line(x.start, y(0.0), x.stop, y(0.0), "ink", stroke_dasharray="6 4", stroke_width=1.5))
    body.append(words("no effect", x.stop - 4, y(0.0) - 6, size=12, text_anchor="end"))
    if yardstick is not None:
        body += _yardstick(yardstick, x, y)
    first = bands[0]
    body.append(
        line(x(0), y(math.log(first.surely_low)), x(0), y(math.log(first.surely_high)), "series-1", stroke_width=3)
    )
    body.append(mark(0, x(0), y(math.log(effect)), "series-1", 5))
    for spot in ticks(0.0, bands[-1].share):
        if spot <= bands[-1].share * 1.0001:
            place = x(spot)
            body.append(words(percent(spot), place, y.start + 18, size=12, ink="ink-dim", text_anchor="middle"))
    across, up = (x.start + x.stop) / 2, (y.start + y.stop) / 2
    beneath = "of what is left of outcome and choice, explained by a confounder that nobody recorded"
    body.append(words(beneath, across, y.start + 40, size=12, ink="ink-dim", text_anchor="middle"))
    turned = f"rotate(-90 13 {up:.1f})"
    body.append(words(axis, 13, up, size=12, ink="ink-dim", text_anchor="middle", transform=turned))
    return document(title, _said(bands, effect, axis, yardstick), WIDTH, HEIGHT, body)


def _band(edges: Sequence[tuple[float, float, float]], x: Scale, y: Scale, opacity: float) -> str:
    upper = [(x(share), y(math.log(high))) for share, _, high in edges]
    lower = [(x(share), y(math.log(low))) for share, low, _ in reversed(edges)]
    points = " ".join(f"{across:.1f},{up:.1f}" for across, up in upper + lower)
    return element("polygon", points=points, fill=colour("series-1"), fill_opacity=opacity)


def _yardstick(yardstick: Yardstick, x: Scale, y: Scale) -> list[str]:
    """A line where an observed confounder stands; at the edge where it is stronger than the axis is long."""
    place = x(min(yardstick.share, x.high))
    beyond = " or more" if yardstick.share > x.high else ""
    label = f"as strong as {shortened(yardstick.label, LONGEST_LABEL)}{beyond}"
    left = place > (x.start + x.stop) / 2
    side: dict[str, str | float] = {"text_anchor": "end" if left else "start"}
    return [
        line(place, y.stop, place, y.start, "series-2", stroke_dasharray="2 3", stroke_width=1.5),
        words(label, place + (-6 if left else 6), y.stop + 11, size=12, ink="series-2", **side),
    ]


def _multiples(low: float, high: float) -> list[float]:
    """Round multiples within two ends, 1 among them: closer ones where the ends are near."""
    ratio = high / low
    steps: tuple[float, ...] = (1.0,)
    if ratio < 3:
        steps = (1, 1.1, 1.2, 1.3, 1.5, 1.7, 2, 2.5, 3, 4, 5, 6, 7, 8, 9)
    elif ratio < 300:
        steps = (1, 1.5, 2, 3, 5, 7) if ratio < 20 else (1, 2, 5)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    found = [round(step * 10.0**power, 10 - power) for power in powers for step in steps]
    return [one for one in found if low <= one <= high]


def _said(bands: Sequence[Band], effect: float, axis: str, yardstick: Yardstick | None) -> str:
    first, last = bands[0], bands[-1]
    said = (
        f"{axis}: {effect:.2f}, 95% {first.surely_low:.2f} to {first.surely_high:.2f}; under a confounder that "
        f"explains {percent(last.share)} of both, {last.low:.2f} to {last.high:.2f}."
    )
    if yardstick is not None:
        said += f" {yardstick.label} is as strong as {percent(yardstick.share)} of both."
    return said
