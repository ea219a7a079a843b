"""Charts of one quantity over another, as SVG text: reliability against the diagonal, lines over time or setting."""

from collections.abc import Sequence
from dataclasses import dataclass

from openslate.drawing.labels import label_width
from openslate.drawing.svg import (
    Scale,
    colour,
    document,
    element,
    line,
    mark,
    percent,
    spread,
    tick_label,
    ticks,
    words,
)

DASHES = ("", "7 4", "2 4", "10 3 2 3", "5 2", "1 3")
"""Stroke patterns in the order of series, so that lines differ without colour."""

SHAPES = (0, 1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Series:
    """A named line.

    Attributes:
        name: set beside the line's end.
        points: (x, y) from left to right.
        weights: how many observations each point rests on, drawn as its size; empty draws all alike.
    """

    name: str
    points: Sequence[tuple[float, float]]
    weights: Sequence[float] = ()


def reliability(series: Sequence[Series], *, title: str, x_axis: str, y_axis: str, ideal: str) -> str:
    """Observed against expected shares, with the diagonal on which the two agree.

    Args:
        series: lines of shares from 0 to 1 on both axes.
        title: what the chart shows, for screen readers and as its tooltip.
        x_axis: name of the expected share.
        y_axis: name of the observed share.
        ideal: what the diagonal means, set along it.
    """
    side, left, top = 400, 64, 16
    largest = ticks(0, max((value for one in series for point in one.points for value in point), default=1.0))[-1]
    x, y = Scale(0, largest, left, left + side), Scale(0, largest, top + side, top)
    spots = ticks(0, largest)
    body = [part for spot in spots for part in _grid(x, y, spot)]
    body.append(line(x(0), y(0), x(largest), y(largest), "ink-dim", stroke_dasharray="4 3"))
    body.append(
        words(
            ideal,
            x(largest) - 14,
            y(largest) - 7,
            size=12,
            ink="ink-dim",
            text_anchor="end",
            transform=f"rotate(-45 {x(largest):.1f} {y(largest):.1f})",
        )
    )
    body += _lines(series, x, y)
    body += _axis_names(x_axis, y_axis, x, y)
    said = "; ".join(
        f"{one.name}: " + ", ".join(f"{percent(across)} gets {percent(up)}" for across, up in one.points)
        for one in series
    )
    width = left + side + 40 + max((label_width(one.name, 13, bold=True) for one in series), default=0)
    return document(title, f"{x_axis} and {y_axis}. {said}.", width, top + side + 52, body)


def line_chart(series: Sequence[Series], *, title: str, x_axis: str, y_axis: str) -> str:
    """Lines over one axis, each named at its end.

    Args:
        series: the lines.
        title: what the chart shows, for screen readers and as its tooltip.
        x_axis: name of the horizontal axis, with its unit.
        y_axis: name of the vertical axis, with its unit.
    """
    across = [point[0] for one in series for point in one.points]
    up = [point[1] for one in series for point in one.points]
    columns, rows = ticks(min(across), max(across), 6), ticks(min(up), max(up))
    names = 40 + max(label_width(one.name, 13, bold=True) for one in series)
    x, y = Scale(columns[0], columns[-1], 64, 720 - names), Scale(rows[0], rows[-1], 276, 16)
    body = [line(x.start, y(spot), x.stop, y(spot), "hairline") for spot in rows]
    body += [_left_label(tick_label(spot, rows), x, y(spot)) for spot in rows]
    body += [_lower_label(tick_label(spot, columns), x(spot), y) for spot in columns]
    body += _lines(series, x, y)
    body += _axis_names(x_axis, y_axis, x, y)
    said = "; ".join(
        f"{one.name} from {one.points[0][1]:g} to {one.points[-1][1]:g}, highest {max(y for _, y in one.points):g}"
        for one in series
    )
    return document(title, f"{y_axis} over {x_axis}. {said}.", 720, 330, body)


def _lines(series: Sequence[Series], x: Scale, y: Scale) -> list[str]:
    """The lines with their marks, and each name beside the last mark, in the line's colour."""
    drawn = []
    ends = spread([y(one.points[-1][1]) for one in series], 16)
    for place, (one, end) in enumerate(zip(series, ends, strict=True)):
        token = f"series-{place % 6 + 1}"
        points = [(x(across), y(up)) for across, up in one.points]
        path = " ".join(f"{across:.1f},{up:.1f}" for across, up in points)
        stroke: dict[str, str | float] = {"fill": "none", "stroke": colour(token), "stroke_width": 2}
        drawn.append(element("polyline", points=path, stroke_dasharray=DASHES[place % 6] or "none", **stroke))
        sizes = _sizes(one)
        drawn += [
            mark(SHAPES[place % 6], across, up, token, size) for (across, up), size in zip(points, sizes, strict=True)
        ]
        drawn.append(words(one.name, points[-1][0] + sizes[-1] + 8, end + 4, ink=token, font_weight=600))
    return drawn


def _sizes(one: Series) -> list[float]:
    """Half widths of the marks: their areas follow the weights."""
    if not one.weights:
        return [3.5] * len(one.points)
    largest = max(one.weights)
    return [2.5 + 4.5 * (weight / largest) ** 0.5 for weight in one.weights]


def _grid(x: Scale, y: Scale, spot: float) -> list[str]:
    return [
        line(x.start, y(spot), x.stop, y(spot), "hairline"),
        line(x(spot), y.start, x(spot), y.stop, "hairline"),
        _left_label(percent(spot), x, y(spot)),
        _lower_label(percent(spot), x(spot), y),
    ]


def _left_label(text: str, x: Scale, y: float) -> str:
    return words(text, x.start - 9, y + 4, size=12, ink="ink-dim", text_anchor="end")


def _lower_label(text: str, x: float, y: Scale) -> str:
    return words(text, x, y.start + 19, size=12, ink="ink-dim", text_anchor="middle")


def _axis_names(x_axis: str, y_axis: str, x: Scale, y: Scale) -> list[str]:
    across, up = (x.start + x.stop) / 2, (y.start + y.stop) / 2
    name: dict[str, str | float] = {"text_anchor": "middle"}
    return [
        words(x_axis, across, y.start + 42, size=12, ink="ink-dim", **name),
        words(y_axis, 13, up, size=12, ink="ink-dim", transform=f"rotate(-90 13 {up:.1f})", **name),
    ]
