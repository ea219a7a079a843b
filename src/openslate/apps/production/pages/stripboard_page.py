"""A stripboard as a page: a row a strip in its colour, a column for each of the cast, day breaks and the boneyard."""

from collections.abc import Sequence
from typing import Any

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import Clash, impossible
from openslate.apps.production.board.conditions import Condition
from openslate.apps.production.board.words import lasting, weekday_words
from openslate.apps.production.pages.lengths import clock_words, pages_words
from openslate.apps.production.pages.proof import Proof, proof_of
from openslate.apps.production.pages.strip_colours import StripColours
from openslate.apps.production.pages.strips import Strip, StripDay, boneyard, light_of, strip_days
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.shoot.scenes import eighths_in, pages
from openslate.drawing.printed import printed_document
from openslate.drawing.words import shortened

CAST_COLUMNS = 16
"""As many of the cast as have a column of their own across A4 or Letter; the others are named in one."""
LONGEST_NAME = 18
"""Letters of a character above a column."""
LIGHTS = {
    "int-day": "INT DAY",
    "ext-day": "EXT DAY",
    "int-night": "INT NIGHT",
    "ext-night": "EXT NIGHT",
    "unsaid": "not said",
}


def stripboard_page(
    board: Board,
    *,
    colours: StripColours | None = None,
    clashes: Sequence[Clash] = (),
    bound: int | None = None,
    condition: Condition = Condition(),
    permissions: Sequence[str] = (),
) -> str:
    """The stripboard as a complete HTML document.

    Args:
        board: to be shown.
        colours: of strips; the usual ones where left out.
        clashes: of the board; their scenes are marked, and each is told below.
        bound: below which no board of this shoot can cost; None, or 0, where nothing is proved.
        condition: on which it was proved; it is told in words.
        permissions: what the rights gate answers for replicas and scans, in sentences.
    """
    days, left = strip_days(board), boneyard(board)
    marked = {number for clash in clashes for number in clash.scenes}
    columns = board.shoot.cast[:CAST_COLUMNS]
    used = {light_of(scene) for scene in board.shoot.scenes}
    return printed_document(
        "stripboard",
        overline="Stripboard",
        heading=board.shoot.name,
        made=_made(board),
        notices=[
            *_costs(proof_of(board, clashes, bound, condition), board.shoot.currency),
            *_impossible(clashes),
            *permissions,
        ],
        styles=(colours or StripColours()).styles(),
        cast=[{"number": one.id, "name": shortened(one.character, LONGEST_NAME)} for one in columns],
        others=board.shoot.cast[CAST_COLUMNS:],
        days=[_day(day, columns, marked) for day in days],
        boneyard=[_strip(strip, columns, marked) for strip in left],
        boneyard_pages=pages_words(eighths_in([strip.scene for strip in left])),
        clashes=[{"hard": clash.strength == "hard", "words": clash.words} for clash in clashes],
        lights=[(name, words) for name, words in LIGHTS.items() if name in used],
    )


def _made(board: Board) -> str:
    scenes = [board.shoot.scene_of[number] for day in board for number in day.scenes]
    if not board.days:
        return "Nothing is scheduled."
    span = f"{weekday_words(board.days[0].date)} to {weekday_words(board.days[-1].date)}"
    return f"{len(board.days)} days, {span} · {len(scenes)} scenes, {pages_words(eighths_in(scenes))}"


def _costs(proof: Proof, currency: str) -> list[str]:
    said = f"This board costs {proof.cost:,} {currency}"
    if proof.bound is None:
        return [f"{said}."]
    if proof.least:
        return [f"{said}; no {proof.among} costs less."]
    return [f"{said}; no {proof.among} can cost less than {proof.bound:,} {currency}."]


def _impossible(clashes: Sequence[Clash]) -> list[str]:
    hard = len(impossible(clashes))
    if not hard:
        return []
    return [f"{hard} clash{'es make' if hard > 1 else ' makes'} this board impossible; see the end of the page."]


def _day(one: StripDay, columns: Sequence[CastMember], marked: set[str]) -> dict[str, Any]:
    shift = "night" if one.day.night else "day"
    return {
        "number": one.number,
        "date": weekday_words(one.day.date),
        "strips": [_strip(strip, columns, marked) for strip in one.strips],
        "facts": f"{pages_words(one.eighths)} · {lasting(one.minutes)} · {shift} call {clock_words(one.call)}, "
        f"wrap {clock_words(one.wrap)}{' · locked' if one.day.locked else ''}",
    }


def _strip(strip: Strip, columns: Sequence[CastMember], marked: set[str]) -> dict[str, Any]:
    one, shown = strip.scene, {member.id for member in columns}
    return {
        "banner": strip.banner,
        "light": strip.light,
        "number": one.number,
        "marked": one.number in marked,
        "where": one.interior or "–",
        "time": one.time.upper() or "–",
        "set": one.set,
        "description": one.description,
        "pages": pages(one.eighths),
        "minutes": strip.minutes,
        "cast": [member.id if member.id in one.cast else "" for member in columns],
        "others": ", ".join(number for number in one.cast if number not in shown),
    }
