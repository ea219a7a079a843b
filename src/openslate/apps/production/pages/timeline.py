"""The cast over the dates: a bar a person, full where they work, hollow where they are held, broken where dropped."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date

from openslate.apps.production.pages.day_grid import DayGrid, GridRow
from openslate.apps.production.pages.weeks import weeks
from openslate.drawing.labels import cut_to
from openslate.drawing.page_words import day_in_words
from openslate.drawing.svg import Number, colour, document, element, line, words

WIDTH, LEFT, RIGHT, ROW, TOP = 720, 196, 712, 22, 66
ROWS_A_CHART = 18
_KEY = (("work", "W"), ("hold", "H"), ("off or idle", "I"), ("dropped", ""))


def cast_timelines(grid: DayGrid) -> tuple[str, ...]:
    """Gantt charts of the cast, so many in each as can be read on paper; none where nothing is scheduled.

    Args:
        grid: of the board; things are left out.
    """
    cast = [row for row in grid.rows if row.category == "Cast"] if grid.dates else []
    parts = [cast[at : at + ROWS_A_CHART] for at in range(0, len(cast), ROWS_A_CHART)]
    return tuple(_timeline(grid.dates, part) for part in parts)


def _timeline(dates: Sequence[date], cast: Sequence[GridRow]) -> str:
    pitch = (RIGHT - LEFT) / len(dates)
    height = TOP + ROW * len(cast) + 8
    body = [*weeks(dates, LEFT, RIGHT, TOP, height), *_key()]
    for place, row in enumerate(cast):
        middle = TOP + ROW * (place + 0.5)
        label = cut_to(f"{row.number}  {row.name}", LEFT - 14, 12)
        body += [words(label, 4, middle + 4, size=12), *_row(row, dates, pitch, middle)]
    said = "; ".join(_said(row) for row in cast)
    return document("Cast over the dates", f"{said}.", WIDTH, height, body, tall=True)


def _said(row: GridRow) -> str:
    if row.start is None or row.finish is None:
        return f"{row.name} plays on no day"
    tally = row.tally
    span = f"{day_in_words(row.start)} to {day_in_words(row.finish)}"
    return f"{row.name} {span}, {tally.work} of work, {tally.hold} held, {tally.idle} idle"


def _row(row: GridRow, dates: Sequence[date], pitch: float, middle: float) -> Iterator[str]:
    """A mark for each run of days that are alike; a shoot of many days would otherwise have thousands."""
    place = 0
    for kind, days in itertools.groupby(kinds_of(row, dates)):
        count = len(list(days))
        x, wide = LEFT + pitch * place, pitch * count
        if kind in ("work", "hold"):
            yield _box(x, middle, wide, held=kind == "hold")
        elif kind:
            dashes = {"stroke_dasharray": "2 4"} if kind == "dropped" else {}
            yield line(x, middle, x + wide, middle, "ink-dim", **dashes)
        place += count


def kinds_of(row: GridRow, dates: Sequence[date]) -> Iterator[str]:
    """Of each date what it is to somebody; empty before their first and after their last day of work."""
    dropped = False
    for day in dates:
        if row.start is None or row.finish is None or not row.start <= day <= row.finish:
            yield ""
            continue
        code = row.codes.get(day, "")
        dropped = code.endswith("D") or (dropped and not code)
        working = code not in ("", "/", "I", "H")
        yield "work" if working else "hold" if code == "H" else "dropped" if dropped else "off"


def _box(x: float, middle: float, pitch: float, *, held: bool) -> str:
    gap = 1.0
    look: dict[str, str | Number] = {"fill": colour("surface" if held else "series-2"), "stroke": colour("series-2")}
    return element("rect", x=x + gap, y=middle - 7, width=pitch - 2 * gap, height=14, stroke_width=1, **look)


def _key() -> Iterator[str]:
    for place, (name, code) in enumerate(_KEY):
        x = LEFT + (0, 92, 184, 306)[place]
        if code in ("W", "H"):
            yield _box(x, 16, 24, held=code == "H")
        else:
            dashes = {} if code else {"stroke_dasharray": "2 4"}
            yield line(x, 16, x + 24, 16, "ink-dim", **dashes)
        yield words(name, x + 31, 20, size=12)
