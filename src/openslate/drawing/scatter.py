"""Scatters, as SVG text: one mark for each of many things, alone or in small panels side by side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from openslate.drawing.labels import label_width
from openslate.drawing.svg import Scale, document, line, mark, tick_label, ticks, words

WIDTH = 720
PER_ROW = 3
PANEL = 232
PANEL_HEIGHT = 132


@dataclass(frozen=True)
class Cloud:
    """Points of one kind.

    Attributes:
        name: what they are.
        points: (x, y).
    """

    name: str
    points: Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Panel:
    """A small scatter.

    Attributes:
        name: what lies on its horizontal axis.
        points: (x, y).
        highlight: places among the points that are drawn in another shape and colour.
        log: whether x is drawn on a logarithmic scale; then every x lies above zero.
    """

    name: str
    points: Sequence[tuple[float, float]]
    highlight: Sequence[int] = ()
    log: bool = False


def scatter(
    clouds: Sequence[Cloud],
    *,
    title: str,
    x_axis: str,
    y_axis: str,
    reference: float | None = None,
    reference_label: str = "",
) -> str:
    """Points over a logarithmic and a plain axis, each kind in a shape and colour of its own, named in a legend.

    Args:
        clouds: at most six kinds, at least one with a point; every x lies above zero.
        title: what the chart shows, for screen readers and as its tooltip.
        x_axis: name of the horizontal axis, with its unit.
        y_axis: name of the vertical axis, with its unit.
        reference: a height to compare with, drawn as a dashed line.
        reference_label: what that height is.

    Example:
        >>> drawn = scatter([Cloud("tried", [(1, 0.1), (2, 0.2)])], title="Score", x_axis="seconds", y_axis="nDCG@10")
        >>> drawn.count("<circle")
        3
    """
    points = [point for cloud in clouds for point in cloud.points]
    up = [point[1] for point in points] + ([] if reference is None else [reference])
    columns, rows = powers([point[0] for point in points]), ticks(min(up), max(up))
    x = Scale(math.log(columns[0]), math.log(columns[-1]), 64, WIDTH - 16)
    y = Scale(rows[0], rows[-1], 290, 34)
    body = [line(x.start, y(spot), x.stop, y(spot), "hairline") for spot in rows]
    body += [
        words(tick_label(spot, rows), x.start - 9, y(spot) + 4, size=12, ink="ink-dim", text_anchor="end")
        for spot in rows
    ]
    body += [
        words(f"{spot:g}", x(math.log(spot)), y.start + 19, size=12, ink="ink-dim", text_anchor="middle")
        for spot in columns
    ]
    if reference is not None:
        body.append(line(x.start, y(reference), x.stop, y(reference), "ink-dim", stroke_dasharray="4 3"))
        body.append(words(reference_label, x.start + 6, y(reference) - 6, size=12, ink="ink-dim"))
    legend = x.start
    for place, cloud in enumerate(clouds):
        body += [
            mark(place, x(math.log(across)), y(height), f"series-{place + 1}", 4) for across, height in cloud.points
        ]
        body += [mark(place, legend + 5, 10, f"series-{place + 1}", 4), words(cloud.name, legend + 16, 14, size=12)]
        legend += 44 + label_width(cloud.name, 12)
    middle = (y.start + y.stop) / 2
    body += [
        words(x_axis, (x.start + x.stop) / 2, y.start + 42, size=12, ink="ink-dim", text_anchor="middle"),
        words(y_axis, 13, middle, size=12, ink="ink-dim", text_anchor="middle", transform=f"rotate(-90 13 {middle:g})"),
    ]
    said = "; ".join(f"{len(cloud.points)} {cloud.name}, highest {_highest(cloud):.4g}" for cloud in clouds)
    return document(title, f"{y_axis} over {x_axis}. {said}.", WIDTH, y.start + 52, body)


def powers(values: Sequence[float]) -> list[float]:
    """Round values around the given ones for a logarithmic axis: 1, 2 and 5 times powers of ten, at least two.

    Example:
        >>> powers([0.3, 4.0])
        [0.2, 0.5, 1.0, 2.0, 5.0]
    """
    first, last = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1
    steps = [float(f"{factor}e{power}") for power in range(first - 1, last + 1) for factor in (1, 2, 5)]
    start = max(place for place, step in enumerate(steps) if step <= min(values))
    stop = min(place for place, step in enumerate(steps) if step >= max(values))
    return steps[start : max(stop, start + 1) + 1]


def panels(given: Sequence[Panel], *, title: str, y_axis: str, reference: float) -> str:
    """Small scatters side by side over one vertical scale, with one height marked in all of them.

    Args:
        given: the panels, each with a point at least.
        title: what the chart shows, for screen readers and as its tooltip.
        y_axis: name of the vertical axis of all.
        reference: a height to compare with, drawn as a dashed line.
    """
    up = [point[1] for panel in given for point in panel.points] + [reference]
    low, high = min(up), max(up) if max(up) > min(up) else min(up) + 1
    body: list[str] = []
    for place, panel in enumerate(given):
        left, top = (place % PER_ROW) * (PANEL + 12), (place // PER_ROW) * (PANEL_HEIGHT + 18)
        body += _panel(panel, left, top, low, high, reference)
    height = -(-len(given) // PER_ROW) * (PANEL_HEIGHT + 18)
    said = ", ".join(f"{panel.name} ({len(panel.points)} values)" for panel in given)
    return document(title, f"{y_axis}, from {low:.4g} to {high:.4g}, over {said}.", WIDTH, height, body)


def _panel(panel: Panel, left: float, top: float, low: float, high: float, reference: float) -> list[str]:
    values = [math.log(across) if panel.log else across for across, _ in panel.points]
    least, most = min(values), max(values)
    x = Scale(least, most if most > least else least + 1, left + 8, left + PANEL - 8)
    y = Scale(low, high, top + PANEL_HEIGHT - 24, top + 28)
    ends = [min(across for across, _ in panel.points), max(across for across, _ in panel.points)]
    base = top + PANEL_HEIGHT - 16
    drawn = [
        words(panel.name, left, top + 14, size=12, font_weight=600),
        line(left, base, left + PANEL, base, "hairline"),
        line(left, y(reference), left + PANEL, y(reference), "ink-dim", stroke_dasharray="4 3"),
        words(f"{ends[0]:g}", left, base + 14, size=11, ink="ink-dim"),
        words(f"{ends[1]:g}", left + PANEL, base + 14, size=11, ink="ink-dim", text_anchor="end"),
    ]
    order = sorted(range(len(values)), key=lambda place: place in panel.highlight)
    for place in order:
        shape, token, size = (2, "series-2", 5.0) if place in panel.highlight else (0, "series-1", 3.0)
        drawn.append(mark(shape, x(values[place]), y(panel.points[place][1]), token, size))
    return drawn


def _highest(cloud: Cloud) -> float:
    return max((point[1] for point in cloud.points), default=math.nan)
