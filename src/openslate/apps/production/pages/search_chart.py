"""How a search closed in: the best cost found so far, and the bound below which none can lie, over its seconds."""

import itertools
from collections.abc import Sequence
from typing import TypeAlias

from openslate.drawing.svg import Number, Scale, colour, document, element, line, mark, spread, tick_label, ticks, words

Point: TypeAlias = tuple[float, int, int | None]
"""Seconds, the cost, and the bound; None, or 0, while nothing was proved."""
_LEFT, _RIGHT, _TOP, _BASE = 92, 630, 30, 260


def closing_in(points: Sequence[Point], currency: str) -> str:
    """Two stepped lines over seconds; empty where there is no point.

    Args:
        points: in order of time.
        currency: of costs and bounds.
    """
    if not points:
        return ""
    lines = [("cost", [(at, cost) for at, cost, _ in points], "series-1")]
    bounds = [(at, bound) for at, _, bound in points if bound]
    lines += [("bound", bounds, "series-2")] if bounds else []
    amounts = [amount for _, known, _ in lines for _, amount in known]
    across, up = ticks(0, points[-1][0], 6), ticks(min(amounts), max(amounts))
    x, y = Scale(across[0], across[-1], _LEFT, _RIGHT), Scale(up[0], up[-1], _BASE, _TOP)
    body = [*_grid(x, y, across, up), words(currency, _LEFT - 9, 12, size=12, ink="ink-dim", text_anchor="end")]
    ends = spread([y(known[-1][1]) for _, known, _ in lines], 16)
    for place, (name, known, token) in enumerate(lines):
        body += _line(place, [(x(at), y(amount)) for at, amount in known], x(points[-1][0]), token)
        body.append(words(name, x(points[-1][0]) + 12, ends[place] + 4, ink=token, font_weight=600))
    said = "; ".join(f"{name} from {known[0][1]:,} to {known[-1][1]:,} {currency}" for name, known, _ in lines)
    return document("Cost and bound over time", f"{points[-1][0]:g} seconds: {said}.", 720, _BASE + 48, body)


def _grid(x: Scale, y: Scale, across: Sequence[float], up: Sequence[float]) -> list[str]:
    drawn = []
    for amount in up:
        drawn.append(line(x.start, y(amount), x.stop, y(amount), "hairline"))
        drawn.append(words(f"{amount:,.0f}", x.start - 9, y(amount) + 4, size=12, ink="ink-dim", text_anchor="end"))
    for at in across:
        drawn.append(words(tick_label(at, across), x(at), _BASE + 19, size=12, ink="ink-dim", text_anchor="middle"))
    middle = (x.start + x.stop) / 2
    return [*drawn, words("seconds", middle, _BASE + 40, size=12, ink="ink-dim", text_anchor="middle")]


def _line(place: int, spots: Sequence[tuple[float, float]], stop: float, token: str) -> list[str]:
    """What was found stays until something better is."""
    corners = [spots[0]]
    for (_, before), (across, now) in itertools.pairwise(spots):
        corners += [(across, before), (across, now)]
    corners.append((stop, spots[-1][1]))
    path = " ".join(f"{across:.1f},{height:.1f}" for across, height in corners)
    look: dict[str, str | Number] = {"fill": "none", "stroke": colour(token), "stroke_width": 2}
    drawn = [element("polyline", points=path, stroke_dasharray="7 4" if place else "none", **look)]
    return drawn + [mark(place, across, height, token, 3.5) for across, height in spots]
