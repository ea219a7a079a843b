"""Shares beside what chance explains, as SVG text: a dot for each, a band around what was promised."""

from collections.abc import Sequence
from dataclasses import dataclass

from openslate.drawing.labels import cut_to, room_for
from openslate.drawing.svg import Scale, colour, document, element, line, mark, percent, ticks, words

WIDTH = 720
WIDEST_LABEL = 240
LANE, BETWEEN = 16, 8


@dataclass(frozen=True)
class Share:
    """What was found, and what would be.

    Attributes:
        promised: the share that was promised, from 0 to 1.
        found: the one that was found.
        low: what chance lets a promise that is kept fall to.
        high: what it lets it rise to.
    """

    promised: float
    found: float
    low: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether chance explains it."""
        return self.low <= self.found <= self.high


@dataclass(frozen=True)
class Row:
    """One label with its shares, one below the other.

    Attributes:
        label: what they are of.
        shares: at least one.
        strong: whether there is enough to rest a judgement on; drawn heavier.
    """

    label: str
    shares: Sequence[Share]
    strong: bool = True


def banded_shares(rows: Sequence[Row], *, title: str, axis: str) -> str:
    """Rows of shares on one axis, each with its band and a stroke at what was promised.

    Args:
        rows: from top to bottom, at least one.
        title: what the chart shows, for screen readers and as its tooltip.
        axis: name of the axis.

    Example:
        >>> rows = [Row("films", [Share(0.8, 0.7, 0.75, 0.85)])]
        >>> "films 70% (promised 80%, outside 75% to 85%)" in banded_shares(rows, title="Held", axis="share held")
        True
    """
    gutter = room_for([one.label for one in rows], WIDEST_LABEL, 13, bold=True)
    ends = [end for row in rows for one in row.shares for end in (one.low, one.found, one.high)]
    spots = [spot for spot in ticks(min(ends), max(ends), 6) if -1e-9 <= spot <= 1 + 1e-9]
    x = Scale(min(spots[0], *ends), max(spots[-1], *ends), gutter + 16, WIDTH - 138)
    top = 30
    height = sum(LANE * len(row.shares) + BETWEEN for row in rows)
    bottom = top + height
    body = [line(x(spot), top, x(spot), bottom, "hairline") for spot in spots]
    body += [words(percent(spot), x(spot), bottom + 17, size=12, ink="ink-dim", text_anchor="middle") for spot in spots]
    body += _legend(rows)
    upper = top + BETWEEN / 2
    for row in rows:
        tall = LANE * len(row.shares)
        weight = 600 if row.strong else 400
        label = cut_to(row.label, gutter, 13, row.strong)
        body.append(words(label, gutter, upper + tall / 2 + 4.5, text_anchor="end", font_weight=weight))
        for place, one in enumerate(row.shares):
            body += _lane(one, x, upper + LANE * (place + 0.5), row.strong)
        upper += tall + BETWEEN
    body.append(words(axis, (x.start + x.stop) / 2, bottom + 38, size=12, ink="ink-dim", text_anchor="middle"))
    said = "; ".join(f"{row.label} {', '.join(_said(one) for one in row.shares)}" for row in rows)
    return document(title, f"{axis}: {said}.", WIDTH, bottom + 48, body)


def _lane(one: Share, x: Scale, y: float, strong: bool) -> list[str]:
    token = "series-2" if one.inside else "bad"
    shade: dict[str, str | float] = {"fill": colour("series-6"), "fill_opacity": 0.3 if strong else 0.16, "rx": 2}
    wide = max(x(one.high) - x(one.low), 1.0)
    figures = f"{percent(one.promised)}: {percent(one.found)}{'' if one.inside else ' outside'}"
    return [
        element("rect", x=x(one.low), y=y - 6, width=wide, height=12, **shade),
        line(x(one.promised), y - 6, x(one.promised), y + 6, "ink", stroke_width=1.5),
        mark(0 if one.inside else 3, x(one.found), y, token, 4),
        words(figures, WIDTH, y + 4, size=12, ink="ink-dim" if one.inside else "bad", text_anchor="end"),
    ]


def _legend(rows: Sequence[Row]) -> list[str]:
    drawn = [
        element("rect", x=2, y=3, width=22, height=12, fill=colour("series-6"), fill_opacity=0.3),
        line(13, 3, 13, 15, "ink", stroke_width=1.5),
        words("promised, and what chance explains", 32, 14, size=12),
        mark(0, 276, 9, "series-2", 4),
        words("held, inside", 287, 14, size=12),
    ]
    if any(not one.inside for row in rows for one in row.shares):
        drawn += [mark(3, 382, 9, "bad", 4), words("held, outside", 393, 14, size=12)]
    return drawn


def _said(one: Share) -> str:
    where = "inside" if one.inside else "outside"
    return f"{percent(one.found)} (promised {percent(one.promised)}, {where} {percent(one.low)} to {percent(one.high)})"
