"""Columns over equal parts, as SVG text: tenths of a histogram or of a ranking, with a height to compare with."""

from collections.abc import Callable, Sequence

from openslate.drawing.svg import Scale, colour, document, element, line, mark, tick_label, ticks, words

WIDTH = 720
LEFT, RIGHT, TOP, BASE = 60, 708, 40, 250


def columns(
    heights: Sequence[float],
    labels: Sequence[str],
    *,
    title: str,
    x_axis: str,
    written: Callable[[float], str],
    reference: float,
    reference_label: str,
    band: tuple[float, float] | None = None,
) -> str:
    """One column per part, its height written above it.

    Args:
        heights: from left to right, at least one, none below 0.
        labels: below each.
        title: what the chart shows, for screen readers and as its tooltip.
        x_axis: name of the parts.
        written: a height in words.
        reference: a height to compare with, drawn as a dashed line.
        reference_label: what that height is.
        band: heights between which chance explains a column; one outside is drawn in another colour, with a diamond.

    Example:
        >>> drawn = columns([0.4, 0.6], ["low", "high"], title="Halves", x_axis="half", written="{:.1f}".format,
        ...     reference=0.5, reference_label="alike", band=(0.45, 0.55))
        >>> drawn.count("<polygon")
        3
    """
    most = max(*heights, reference, *(band or ()))
    rows = ticks(0, most * 1.06, 4)
    y = Scale(0, rows[-1], BASE, TOP)
    pitch = (RIGHT - LEFT) / len(heights)
    body = [line(LEFT, y(spot), RIGHT, y(spot), "hairline") for spot in rows]
    body += [
        words(tick_label(spot, rows), LEFT - 9, y(spot) + 4, size=12, ink="ink-dim", text_anchor="end") for spot in rows
    ]
    if band is not None:
        tall = max(y(band[0]) - y(band[1]), 1.0)
        shade: dict[str, str | float] = {"fill": colour("series-6"), "fill_opacity": 0.25}
        body.append(element("rect", x=LEFT, y=y(band[1]), width=RIGHT - LEFT, height=tall, **shade))
    outside = [band is not None and not band[0] <= height <= band[1] for height in heights]
    for place, height in enumerate(heights):
        body += _column(LEFT + pitch * (place + 0.5), pitch, y(height), outside[place])
    body.append(line(LEFT, y(reference), RIGHT, y(reference), "ink", stroke_dasharray="5 4"))
    for place, (height, label) in enumerate(zip(heights, labels, strict=True)):
        middle = LEFT + pitch * (place + 0.5)
        body.append(_readable(written(height), middle, y(height) - 8))
        body.append(words(label, middle, BASE + 18, size=12, ink="ink-dim", text_anchor="middle"))
    body.append(words(x_axis, (LEFT + RIGHT) / 2, BASE + 40, size=12, ink="ink-dim", text_anchor="middle"))
    body += _legend(reference_label, band, any(outside))
    said = "; ".join(
        f"{label} {written(height)}{' (outside the band)' if out else ''}"
        for label, height, out in zip(labels, heights, outside, strict=True)
    )
    return document(title, f"{x_axis}: {said}. {reference_label} is {written(reference)}.", WIDTH, BASE + 50, body)


def _column(middle: float, pitch: float, top: float, outside: bool) -> list[str]:
    wide = pitch * 0.62
    token, opacity = ("bad", 0.75) if outside else ("series-2", 0.75)
    shade: dict[str, str | float] = {"fill": colour(token), "fill_opacity": opacity, "rx": 2}
    drawn = [element("rect", x=middle - wide / 2, y=top, width=wide, height=max(BASE - top, 0.5), **shade)]
    return [*drawn, mark(3, middle, BASE - 12, "bad", 4)] if outside and BASE - top > 24 else drawn


def _readable(text: str, x: float, y: float) -> str:
    """A figure with a halo, so that it can be read where it stands on a line."""
    halo = colour("surface")
    return words(text, x, y, size=12, text_anchor="middle", stroke=halo, stroke_width=4, paint_order="stroke")


def _legend(reference_label: str, band: tuple[float, float] | None, outside: bool) -> list[str]:
    drawn = [
        line(LEFT, 10, LEFT + 22, 10, "ink", stroke_dasharray="5 4"),
        words(reference_label, LEFT + 30, 14, size=12),
    ]
    x = LEFT + 60 + 6.6 * len(reference_label)
    if band is not None:
        drawn.append(
            element("rect", x=x, y=3, width=22, height=14, fill=colour("series-6"), fill_opacity=0.25),
        )
        drawn.append(words("what chance explains", x + 30, 14, size=12))
        x += 180
    if outside:
        drawn += [mark(3, x, 10, "bad", 4), words("outside it", x + 12, 14, size=12)]
    return drawn
