"""The cast before and after, one above the other over the same dates: who works otherwise than was agreed, and when."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from openslate.apps.production.board.board import Board
from openslate.apps.production.pages.day_grid import GridRow, day_grid
from openslate.apps.production.pages.timeline import kinds_of
from openslate.apps.production.pages.weeks import weeks
from openslate.drawing.labels import cut_to
from openslate.drawing.svg import Number, colour, document, element, line, words

WIDTH, LEFT, RIGHT, ROW, TOP = 720, 172, 712, 32, 70
ROWS_A_CHART = 14
BAR = 10
Inks = tuple[str, str]
BEFORE: Inks = ("series-6", "surface")
AFTER: Inks = ("series-2", "surface")


def before_and_after(before: Board, after: Board, begins: date, changed: Sequence[str]) -> tuple[str, ...]:
    """Charts of the cast whose days change: before above, after below; none where nobody's do.

    Args:
        before, after: boards of one shoot.
        begins: the first day that was planned anew.
        changed: ids of those whose days change.
    """
    was = {row.number: row for row in day_grid(before, things=False).rows if row.number in changed}
    rows = [row for row in day_grid(after, things=False).rows if row.number in was]
    days = [day.date for board in (before, after) for day in board]
    if not rows or not days:
        return ()
    dates = [min(days) + timedelta(days=at) for at in range((max(days) - min(days)).days + 1)]
    pairs = [(was[row.number], row) for row in rows]
    parts = [pairs[at : at + ROWS_A_CHART] for at in range(0, len(pairs), ROWS_A_CHART)]
    return tuple(_chart(dates, part, begins) for part in parts)


def _chart(dates: Sequence[date], pairs: Sequence[tuple[GridRow, GridRow]], begins: date) -> str:
    pitch = (RIGHT - LEFT) / len(dates)
    height = TOP + ROW * len(pairs) + 8
    body = [*_key(), *weeks(dates, LEFT, RIGHT, TOP, height), *_now(dates, pitch, height, begins)]
    for place, (was, now) in enumerate(pairs):
        top = TOP + ROW * place
        label = cut_to(f"{now.number}  {now.name}", LEFT - 14, 12)
        body += [words(label, 4, top + ROW / 2 + 2, size=12)]
        body += [*_bars(was, dates, pitch, top + 8, BEFORE), *_bars(now, dates, pitch, top + 8 + BAR + 1, AFTER)]
    said = "; ".join(_said(was, now) for was, now in pairs)
    return document("The cast before and after", f"{said}.", WIDTH, height, body, tall=True)


def _said(was: GridRow, now: GridRow) -> str:
    return f"{now.name} worked on {was.tally.work} days with {was.tally.hold} held, and does on {now.tally.work} with \
{now.tally.hold} held"


def _bars(row: GridRow, dates: Sequence[date], pitch: float, middle: float, inks: Inks) -> Iterator[str]:
    place = 0
    for kind, run in itertools.groupby(kinds_of(row, dates)):
        count = len(list(run))
        x, wide = LEFT + pitch * place, pitch * count
        if kind in ("work", "hold"):
            yield _box(x, middle, wide, inks, held=kind == "hold")
        elif kind:
            yield line(x, middle, x + wide, middle, "ink-dim")
        place += count


def _box(x: float, middle: float, wide: float, inks: Inks, *, held: bool) -> str:
    full, empty = inks
    look: dict[str, str | Number] = {"fill": colour(empty if held else full), "stroke": colour(full)}
    return element("rect", x=x + 1, y=middle - BAR / 2 + 1, width=max(wide - 2, 1), height=BAR - 2, **look)


def _now(dates: Sequence[date], pitch: float, height: float, begins: date) -> Iterator[str]:
    """Where what is shot ends."""
    if dates[0] < begins <= dates[-1]:
        x = LEFT + pitch * (begins - dates[0]).days
        yield line(x, TOP - 34, x, height, "accent", stroke_dasharray="5 3")
        right = x > (LEFT + RIGHT) / 2
        yield words("planned anew", x - 6 if right else x + 6, TOP - 28, size=12, ink="accent",
                    text_anchor="end" if right else "start")  # fmt: skip


def _key() -> Iterator[str]:
    for x, name, inks, held in (
        (4, "before", BEFORE, False),
        (84, "after", AFTER, False),
        (156, "held", AFTER, True),
    ):
        yield _box(x, 16, 22, inks, held=held)
        yield words(name, x + 28, 20, size=12)
