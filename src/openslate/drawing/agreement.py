"""Forecasts over outcomes, as SVG text: on logarithmic axes, each with its interval, and the line of agreement."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from openslate.drawing.spreads import figure, round_values
from openslate.drawing.svg import Scale, colour, document, element, line, mark, words
from openslate.drawing.words import printable

WIDTH, SIDE, LEFT, TOP = 720, 560, 76, 34


@dataclass(frozen=True)
class Forecast:
    """A forecast and what came; all above 0.

    Attributes:
        name: of what.
        outcome: what came.
        low, middle, high: of the interval.
        doubted: whether the forecast was given with a warning not to rely on it; drawn in another shape and colour.
    """

    name: str
    outcome: float
    low: float
    middle: float
    high: float
    doubted: bool = False

    @property
    def held(self) -> bool:
        """Whether the outcome lay inside the interval."""
        return self.low <= self.outcome <= self.high


def agreement(forecasts: Sequence[Forecast], *, title: str, unit: str, doubted: str) -> str:
    """A mark for each forecast at its middle, a stroke for its interval, which crosses the diagonal where it held.

    Args:
        forecasts: at least one.
        title: what the chart shows, for screen readers and as its tooltip.
        unit: of outcome and forecast.
        doubted: what those are called that are drawn otherwise.

    Example:
        >>> drawn = agreement([Forecast("a", 2.0, 1.0, 3.0, 9.0)], title="Agreement", unit="views", doubted="abstained")
        >>> "1 of 1 intervals hold" in drawn
        True
    """
    low = min(min(one.outcome, one.low) for one in forecasts) * 0.9
    high = max(max(one.outcome, one.high) for one in forecasts) * 1.1
    ends = math.log(low), math.log(high)
    x, y = Scale(*ends, LEFT, LEFT + WIDTH - LEFT - 12), Scale(*ends, TOP + SIDE - 60, TOP)
    body = _axes(round_values(low, high), x, y, unit)
    body.append(line(x.start, y.start, x.stop, y.stop, "ink-dim", stroke_dasharray="5 4"))
    for strange in (False, True):
        chosen = [one for one in forecasts if one.doubted is strange]
        if chosen:
            body.append(_intervals(chosen, x, y, strange))
            body += [_mark(one, x, y) for one in chosen]
    body += _legend(doubted, any(one.doubted for one in forecasts))
    held = sum(one.held for one in forecasts)
    said = (
        f"{held} of {len(forecasts)} intervals hold the outcome; outcomes from "
        f"{figure(min(one.outcome for one in forecasts))} to {figure(max(one.outcome for one in forecasts))}"
    )
    return document(title, f"Forecast over outcome, {unit}: {said}.", WIDTH, y.start + 52, body)


def _axes(spots: Sequence[float], x: Scale, y: Scale, unit: str) -> list[str]:
    drawn = []
    for spot in spots:
        across, up = x(math.log(spot)), y(math.log(spot))
        drawn += [
            line(across, y.start, across, y.stop, "hairline"),
            line(x.start, up, x.stop, up, "hairline"),
            words(figure(spot), across, y.start + 18, size=12, ink="ink-dim", text_anchor="middle"),
            words(figure(spot), x.start - 9, up + 4, size=12, ink="ink-dim", text_anchor="end"),
        ]
    middle = (y.start + y.stop) / 2
    turned = f"rotate(-90 14 {middle:.1f})"
    return [
        *drawn,
        words(f"outcome, {unit}", (x.start + x.stop) / 2, y.start + 42, size=12, ink="ink-dim", text_anchor="middle"),
        words(f"forecast, {unit}", 14, middle, size=12, ink="ink-dim", text_anchor="middle", transform=turned),
    ]


def _intervals(chosen: Sequence[Forecast], x: Scale, y: Scale, strange: bool) -> str:
    """All in one path, so that thousands stay a small file."""
    path = "".join(
        f"M{x(math.log(one.outcome)):.1f} {y(math.log(one.low)):.1f}V{y(math.log(one.high)):.1f}" for one in chosen
    )
    token = "series-4" if strange else "series-2"
    return element("path", d=path, fill="none", stroke=colour(token), stroke_opacity=0.3)


def _mark(one: Forecast, x: Scale, y: Scale) -> str:
    across, up = x(math.log(one.outcome)), y(math.log(one.middle))
    told = f"{printable(one.name)}: forecast {figure(one.middle)} ({figure(one.low)} to {figure(one.high)}), "
    name = element("title", escape(f"{told}outcome {figure(one.outcome)}"))
    drawn = mark(3, across, up, "series-4", 3.2) if one.doubted else mark(0, across, up, "series-2", 1.4)
    return element("g", name, drawn)


def _legend(doubted: str, strange: bool) -> list[str]:
    drawn = [
        line(LEFT, 10, LEFT + 22, 10, "ink-dim", stroke_dasharray="5 4"),
        words("forecast = outcome", LEFT + 30, 14, size=12),
        line(LEFT + 172, 2, LEFT + 172, 18, "series-2", stroke_opacity=0.5),
        mark(0, LEFT + 172, 10, "series-2", 2.5),
        words("median, 80% interval", LEFT + 184, 14, size=12),
    ]
    if strange:
        drawn += [mark(3, LEFT + 340, 10, "series-4", 3.5), words(doubted, LEFT + 352, 14, size=12)]
    return drawn
