"""Cast members on days on which they cannot work."""

from collections.abc import Iterator
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.board.words import are, listed, member_words, scenes_words, span_words, weekday_words
from openslate.apps.production.shoot.people import CastMember


def cast_clashes(board: Board) -> Iterator[Clash]:
    """A clash for each member and each day on which they play and cannot."""
    for day in board:
        for member in board.shoot.cast:
            own = tuple(number for number in day.scenes if member.id in board.shoot.scene_of[number].cast)
            if own and not member.can_work(day.date):
                when = f"{scenes_words(own)} {are(own)} on {weekday_words(day.date)}"
                said = f"{member_words(member)} {_why_not(member, day.date)}, and {when}."
                yield Clash("away", "hard", said, (day.date,), own, (member.id,))


def _why_not(member: CastMember, day: date) -> str:
    away = next((span for span in member.away if day in span), None)
    if away is not None:
        return f"is away {span_words(away)}"
    return f"is there only {listed([span_words(span) for span in member.available])}"
