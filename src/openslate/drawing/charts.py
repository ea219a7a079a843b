"""Charts of categories, as SVG text: models with their intervals, genres side by side, popularity by tenths."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from openslate.drawing.labels import cut_to, label_width, room_for
from openslate.drawing.svg import (
    Scale,
    colour,
    document,
    element,
    line,
    mark,
    percent,
    signed,
    tick_label,
    ticks,
    words,
)

WIDTH = 720
WIDEST_LABEL = 280
SIZE = 13

Kind = Literal["model", "baseline", "oracle", "part", "left out"]
THICKNESS = (11, 11, 6)
"""Of the bars of a group, so that the second and third differ in more than colour."""

KINDS: dict[Kind, tuple[int, str, str]] = {
    "model": (0, "series-1", "model"),
    "baseline": (1, "ink-dim", "baseline"),
    "oracle": (3, "series-2", "simulator's truth"),
    "part": (0, "series-1", "in the blend"),
    "left out": (1, "ink-dim", "left out"),
}
"""For each kind of row: its shape, its colour and its word."""


@dataclass(frozen=True)
class Estimate:
    """One row of a forest chart: a figure and the interval around it."""

    label: str
    mean: float
    low: float
    high: float
    kind: Kind = "model"


def forest(
    estimates: Sequence[Estimate],
    *,
    title: str,
    axis: str,
    reference: float | None = None,
    reference_label: str = "",
) -> str:
    """Figures as marks on one axis, each with its interval, one row per model.

    Args:
        estimates: the rows from top to bottom.
        title: what the chart shows, for screen readers and as its tooltip.
        axis: name of the axis, with its unit.
        reference: a value to compare with, drawn as a dashed line.
        reference_label: what that value is.

    Example:
        >>> chart = forest([Estimate("ease", 0.2, 0.18, 0.22)], title="nDCG@10", axis="nDCG@10")
        >>> "0.200" in chart and chart.startswith("<svg")
        True
    """
    gutter = _label_width([one.label for one in estimates], bold=True)
    top, pitch = (34, 32) if reference is not None else (14, 32)
    bottom = top + pitch * len(estimates)
    drawn = [end for one in estimates for end in (one.low, one.high)]
    drawn += [] if reference is None else [reference]
    spots = ticks(min(drawn), max(drawn))
    x = Scale(spots[0], spots[-1], gutter + 16, WIDTH - 196)
    body = [line(x(spot), top, x(spot), bottom, "hairline") for spot in spots]
    body += [
        words(tick_label(spot, spots), x(spot), bottom + 18, size=12, ink="ink-dim", text_anchor="middle")
        for spot in spots
    ]
    if reference is not None:
        middle = x(reference)
        body.append(line(middle, top - 8, middle, bottom, "ink-dim", stroke_dasharray="4 3"))
        body.append(words(reference_label, middle, top - 14, size=12, ink="ink-dim", text_anchor="middle"))
    for place, one in enumerate(estimates):
        body += _estimate(one, x, top + pitch * (place + 0.5), gutter)
    body.append(words(axis, (x.start + x.stop) / 2, bottom + 40, size=12, ink="ink-dim", text_anchor="middle"))
    body += _kinds([one.kind for one in estimates], x.start, bottom + 66)
    said = "; ".join(f"{one.label} {_figure(one.mean, one)} ({_range(one)})" for one in estimates)
    return document(title, f"{axis}, with 95% intervals: {said}.", WIDTH, bottom + 76, body)


def grouped_bars(labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], *, title: str) -> str:
    """Shares side by side for every label: the first series outlined, the second filled, the third thin.

    Args:
        labels: one per group, from top to bottom.
        series: (name, shares from 0 to 1), two or three of them, as many shares as labels.
        title: what the chart shows, for screen readers and as its tooltip.
    """
    gutter, top = _label_width(labels), 34
    starts = [sum(THICKNESS[:place]) + 3 * place for place in range(len(series) + 1)]
    pitch = starts[-1] + 12
    largest = max((share for _, shares in series for share in shares), default=0.0)
    x = Scale(0, largest or 1, gutter + 12, WIDTH - 52)
    body = _legend([(_bar(place, 0, 0, 18), name) for place, (name, _) in enumerate(series)], x.start)
    for row, label in enumerate(labels):
        upper = top + row * pitch
        middle = upper + starts[-1] / 2 + 3.5
        body.append(words(cut_to(label, gutter, SIZE), gutter, middle, text_anchor="end"))
        for place, (_, shares) in enumerate(series):
            y = upper + starts[place]
            body.append(_bar(place, x.start, y, x(shares[row]) - x.start))
            label_y = y + THICKNESS[place] / 2 + 4
            body.append(words(percent(shares[row]), x(shares[row]) + 6, label_y, size=11, ink="ink-dim"))
    height = top + pitch * len(labels)
    body.append(line(x.start, top - 4, x.start, height - 8, "ink-dim"))
    said = "; ".join(
        f"{label}: " + ", ".join(f"{name} {percent(shares[row])}" for name, shares in series)
        for row, label in enumerate(labels)
    )
    return document(title, f"{said}.", WIDTH, height, body)


def popularity_tenths(rows: Sequence[tuple[str, Sequence[float]]], *, title: str) -> str:
    """How plays or places spread over the tenths of a catalogue: one full-width bar per row, most watched first.

    Args:
        rows: (label, ten shares that sum to 1, the most watched tenth first).
        title: what the chart shows, for screen readers and as its tooltip.
    """
    gutter, thick, pitch, top = _label_width([label for label, _ in rows]), 24, 38, 38
    x = Scale(0, 1, gutter + 12, WIDTH - 4)
    body = [
        words("most watched tenth of titles", x.start, 14, size=12, ink="ink-dim"),
        words("least watched", x.stop, 14, size=12, ink="ink-dim", text_anchor="end"),
        line(x.start, 22, x.stop, 22, "hairline"),
        element(
            "polyline",
            points=f"{x.stop - 6:.1f},18 {x.stop:.1f},22 {x.stop - 6:.1f},26",
            fill="none",
            stroke=colour("ink-dim"),
        ),
    ]
    for row, (label, shares) in enumerate(rows):
        y = top + row * pitch
        body.append(words(cut_to(label, gutter, SIZE), gutter, y + thick / 2 + 4.5, text_anchor="end"))
        done = 0.0
        for tenth, share in enumerate(shares):
            body += _tenth(tenth, share, x(done), x(done + share), y, thick)
            done += share
    said = "; ".join(f"{label} {percent(shares[0])}" for label, shares in rows)
    description = f"Share that goes to the most watched tenth of titles: {said}."
    return document(title, description, WIDTH, top + pitch * len(rows) - 8, body)


def _estimate(one: Estimate, x: Scale, y: float, gutter: float) -> list[str]:
    shape, token, _ = KINDS[one.kind]
    weight = 600 if one.kind in ("model", "part") else 400
    return [
        words(cut_to(one.label, gutter, SIZE, weight == 600), gutter, y + 4.5, text_anchor="end", font_weight=weight),
        line(x.start, y, x.stop, y, "hairline", stroke_dasharray="1 3"),
        line(x(one.low), y, x(one.high), y, token, stroke_width=2.5, stroke_linecap="round"),
        mark(shape, x(one.mean), y, token),
        words(_figure(one.mean, one), WIDTH - 124, y + 4.5, text_anchor="end", font_weight=weight),
        words(_range(one), WIDTH, y + 4.5, size=12, ink="ink-dim", text_anchor="end"),
    ]


def _kinds(kinds: Sequence[Kind], x: float, y: float) -> list[str]:
    """What the marks stand for, those that occur."""
    present = [kind for kind in KINDS if kind in kinds]
    drawn = []
    for kind in present:
        shape, token, word = KINDS[kind]
        drawn += [mark(shape, x, y - 4, token), words(word, x + 12, y, size=12, ink="ink-dim")]
        x += 36 + label_width(word, 12)
    drawn.append(line(x - 6, y - 4, x + 14, y - 4, "ink-dim", stroke_width=2.5, stroke_linecap="round"))
    return [*drawn, words("95% interval", x + 20, y, size=12, ink="ink-dim")]


def _legend(entries: Sequence[tuple[str, str]], x: float) -> list[str]:
    drawn = []
    for swatch, name in entries:
        drawn.append(element("g", swatch, transform=f"translate({x:.1f} 3)"))
        drawn.append(words(name, x + 25, 12, size=12))
        x += 52 + label_width(name, 12)
    return drawn


def _bar(place: int, x: float, y: float, width: float) -> str:
    thick = THICKNESS[place]
    if place > 0:
        return element("rect", x=x, y=y, width=max(width, 1), height=thick, fill=colour(f"series-{place}"))
    inside = {"x": x + 0.75, "y": y + 0.75, "width": max(width - 1.5, 0.5), "height": thick - 1.5}
    return element("rect", fill=colour("sunken"), stroke=colour("ink-dim"), stroke_width=1.5, **inside)


def _tenth(tenth: int, share: float, left: float, right: float, y: float, thick: float) -> list[str]:
    """One segment, paler with every tenth, with its share where there is room."""
    strength = 1.0 if tenth == 0 else 0.54 - 0.05 * tenth
    width = max(right - left - 1, 0)
    drawn = [
        element(
            "rect", x=left, y=y, width=width, height=thick, fill=colour("series-2"), fill_opacity=round(strength, 2)
        )
    ]
    if width > 30:
        ink = "surface" if tenth == 0 else "ink"
        drawn.append(words(percent(share), left + 6, y + thick / 2 + 4.5, size=12, ink=ink))
    return drawn


def _label_width(labels: Sequence[str], bold: bool = False) -> float:
    return room_for(labels, WIDEST_LABEL, SIZE, bold)


def _figure(value: float, one: Estimate) -> str:
    """In four decimals where three would hide the interval."""
    decimals = 3 if max(abs(one.low), abs(one.high)) >= 0.01 else 4
    return signed(f"{round(value, decimals) + 0.0:.{decimals}f}")


def _range(one: Estimate) -> str:
    return f"{_figure(one.low, one)} to {_figure(one.high, one)}"
