"""What a board costs, building up over its dates."""

import itertools
from collections.abc import Sequence

from openslate.apps.production.pages.spending import Spent
from openslate.drawing.page_words import day_in_words
from openslate.drawing.svg import Number, Scale, colour, document, element, line, ticks, words

WIDTH, LEFT, RIGHT, TOP, BASE = 720, 84, 700, 44, 280
PARTS = (("days", "series-2", 0.95), ("cast", "series-1", 0.75), ("sets", "series-3", 0.45))
"""From the ground up: name, colour, and how dark, so that a grey printer keeps them apart."""


def build_up(spent: Sequence[Spent], currency: str) -> str:
    """What was spent up to each date, as columns of days, cast and sets; empty where nothing is spent."""
    if not spent or not sum(one.total for one in spent):
        return ""
    sums = [
        list(itertools.accumulate(amounts))
        for amounts in ([one.days for one in spent], [one.cast for one in spent], [one.sets for one in spent])
    ]
    rows = ticks(0, sum(part[-1] for part in sums))
    up, pitch = Scale(0, rows[-1], BASE, TOP), (RIGHT - LEFT) / len(spent)
    body = [line(LEFT, up(spot), RIGHT, up(spot), "hairline") for spot in rows]
    body += [words(f"{spot:,.0f}", LEFT - 9, up(spot) + 4, size=12, ink="ink-dim", text_anchor="end") for spot in rows]
    for place in range(len(spent)):
        body += _column([part[place] for part in sums], LEFT + pitch * (place + 0.5), pitch * 0.72, up)
    body += _dates(spent, pitch)
    body += _legend(currency)
    total = sum(part[-1] for part in sums)
    said = ", ".join(f"{name} {part[-1]:,}" for (name, _, _), part in zip(PARTS, sums, strict=True))
    span = f"{day_in_words(spent[0].date)} to {day_in_words(spent[-1].date)}"
    return document("Cost building up", f"{span}, to {total:,} {currency}: {said}.", WIDTH, BASE + 40, body)


def _column(heights: Sequence[int], middle: float, wide: float, up: Scale) -> list[str]:
    box: dict[str, str | Number] = {"x": middle - wide / 2, "width": wide}
    # The ground below it, so that no line of the grid shows through a lighter part.
    drawn = [element("rect", y=up(sum(heights)), height=up(0) - up(sum(heights)), fill=colour("surface"), **box)]
    ground = 0
    for height, (_, token, shade) in zip(heights, PARTS, strict=True):
        top = ground + height
        look: dict[str, str | Number] = {"fill": colour(token), "fill_opacity": shade, "stroke": colour("surface")}
        if height:
            drawn.append(element("rect", y=up(top), height=up(ground) - up(top), **box, **look))
        ground = top
    return drawn


def _dates(spent: Sequence[Spent], pitch: float) -> list[str]:
    every = -(-46 // int(pitch)) if pitch < 46 else 1
    shown = [(place, one) for place, one in enumerate(spent) if place % every == 0]
    return [
        words(
            f"{one.date.day} {day_in_words(one.date).split()[1][:3]}",
            LEFT + pitch * (place + 0.5),
            BASE + 20,
            size=12,
            ink="ink-dim",
            text_anchor="middle",
        )
        for place, one in shown
    ]


def _legend(currency: str) -> list[str]:
    drawn = [words(currency, LEFT - 9, 18, size=12, ink="ink-dim", text_anchor="end")]
    for place, (name, token, shade) in enumerate(PARTS):
        x = LEFT + 90 * place
        drawn.append(element("rect", x=x, y=6, width=16, height=14, fill=colour(token), fill_opacity=shade))
        drawn.append(words(name, x + 23, 18, size=12))
    return drawn
