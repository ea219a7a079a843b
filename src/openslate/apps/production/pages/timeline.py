"""The cast over the dates: a bar a person, full where they work, hollow where they are held, broken where dropped."""

from collections.abc import Iterator, Sequence
from datetime import date

from openslate.apps.production.pages.day_grid import DayGrid, GridRow
from openslate.drawing.labels import cut_to
from openslate.drawing.page_words import day_in_words
from openslate.drawing.svg import Number, colour, document, element, line, words

WIDTH, LEFT, RIGHT, ROW, TOP = 720, 196, 712, 22, 66
_KEY = (("work", "W"), ("hold", "H"), ("off or idle", "I"), ("dropped", ""))


def cast_timeline(grid: DayGrid) -> str:
    """A Gantt chart of the cast; empty where nothing is scheduled.

    Args:
        grid: of the board; things are left out.
    """
    cast = [row for row in grid.rows if row.category == "Cast"]
    if not grid.dates or not cast:
        return ""
    pitch = (RIGHT - LEFT) / len(grid.dates)
    height = TOP + ROW * len(cast) + 8
    body = [*_weeks(grid.dates, pitch, height), *_key()]
    for place, row in enumerate(cast):
        middle = TOP + ROW * (place + 0.5)
        label = cut_to(f"{row.number}  {row.name}", LEFT - 14, 12)
        body += [words(label, 4, middle + 4, size=12), *_row(row, grid.dates, pitch, middle)]
    said = "; ".join(_said(row) for row in cast)
    return document("Cast over the dates", f"{said}.", WIDTH, height, body)


def _said(row: GridRow) -> str:
    if row.start is None or row.finish is None:
        return f"{row.name} plays on no day"
    tally = row.tally
    span = f"{day_in_words(row.start)} to {day_in_words(row.finish)}"
    return f"{row.name} {span}, {tally.work} of work, {tally.hold} held, {tally.idle} idle"


def _row(row: GridRow, dates: Sequence[date], pitch: float, middle: float) -> Iterator[str]:
    if row.start is None or row.finish is None:
        return
    begins, ends = dates.index(row.start), dates.index(row.finish)
    for place in range(begins, ends + 1):
        x, code = LEFT + pitch * place, row.codes.get(dates[place], "")
        if code in ("", "/", "I"):
            yield _between(row, dates, place, x, pitch, middle)
        else:
            yield _box(x, middle, pitch, held=code == "H")


def _between(row: GridRow, dates: Sequence[date], place: int, x: float, pitch: float, middle: float) -> str:
    """A line through days without work: dotted in a drop, whole where somebody stays under contract."""
    before = max(day for day in row.codes if day < dates[place])
    dropped = row.codes[before].endswith("D")
    dashes = {"stroke_dasharray": "2 4"} if dropped else {}
    return line(x, middle, x + pitch, middle, "ink-dim", **dashes)


def _box(x: float, middle: float, pitch: float, *, held: bool) -> str:
    gap = min(1.0, pitch * 0.08)
    look: dict[str, str | Number] = {"fill": colour("surface" if held else "series-2"), "stroke": colour("series-2")}
    return element("rect", x=x + gap, y=middle - 7, width=pitch - 2 * gap, height=14, stroke_width=1, **look)


def _weeks(dates: Sequence[date], pitch: float, height: float) -> Iterator[str]:
    room = 0.0
    for place, day in enumerate(dates):
        x = LEFT + pitch * place
        if day.weekday() == 0 or place == 0:
            yield line(x, TOP - 6, x, height, "hairline")
            if x >= room:
                label = f"{day.day} {day_in_words(day).split()[1][:3]}"
                yield words(label, x, TOP - 12, size=12, ink="ink-dim")
                room = x + 52


def _key() -> Iterator[str]:
    for place, (name, code) in enumerate(_KEY):
        x = LEFT + (0, 92, 184, 306)[place]
        if code in ("W", "H"):
            yield _box(x, 16, 24, held=code == "H")
        else:
            dashes = {} if code else {"stroke_dasharray": "2 4"}
            yield line(x, 16, x + 24, 16, "ink-dim", **dashes)
        yield words(name, x + 31, 20, size=12)
