"""The one-line schedule: a line a scene, day after day, on paper held upright."""

from collections.abc import Sequence
from typing import Any

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.costs import places_of
from openslate.apps.production.board.words import lasting, listed, weekday_words
from openslate.apps.production.pages.lengths import clock_words, pages_words
from openslate.apps.production.pages.strips import Strip, StripDay, boneyard, strip_days
from openslate.apps.production.shoot.scenes import eighths_in, pages
from openslate.drawing.printed import printed_document


def one_liner_page(board: Board) -> str:
    """The one-line schedule as a complete HTML document; `strips.strip_rows` has the same as a table.

    Args:
        board: to be shown; its boneyard comes last.
    """
    days, left = strip_days(board), boneyard(board)
    shown = [_day(board, one) for one in days]
    if left:
        shown.append({"heading": "Boneyard", "facts": f"not scheduled · {_length(left)}", "lines": _lines(left)})
    return printed_document(
        "one_line", overline="One-line schedule", heading=board.shoot.name, made=_made(board, days), days=shown
    )


def _made(board: Board, days: Sequence[StripDay]) -> str:
    if not days:
        return "Nothing is scheduled."
    strips = [strip for one in days for strip in one.strips]
    span = f"{weekday_words(board.days[0].date)} to {weekday_words(board.days[-1].date)}"
    return f"{span} · {len(days)} days, {len(strips)} scenes, {_length(strips)}"


def _day(board: Board, one: StripDay) -> dict[str, Any]:
    shift = "night call" if one.day.night else "call"
    places = listed(list(dict.fromkeys(places_of(board.shoot, one.day))))
    times = f"{shift} {clock_words(one.call)}, wrap {clock_words(one.wrap)}"
    return {
        "heading": f"Day {one.number} · {weekday_words(one.day.date)}",
        "facts": f"{places} · {times} · {pages_words(one.eighths)} · {lasting(one.minutes)}",
        "lines": _lines(one.strips),
    }


def _lines(strips: Sequence[Strip]) -> list[dict[str, str]]:
    return [
        {
            "banner": one.banner,
            "number": one.scene.number,
            "plays": " ".join(filter(None, [one.scene.interior, one.scene.time.upper()])) or "–",
            "set": one.scene.set,
            "description": one.scene.description,
            "pages": pages(one.scene.eighths),
            "cast": ", ".join(one.scene.cast),
        }
        for one in strips
    ]


def _length(strips: Sequence[Strip]) -> str:
    return pages_words(eighths_in([one.scene for one in strips]))
