"""How long days and moves are, as Openslate wrote it beside a stripboard; never what they cost."""

from collections.abc import Sequence
from typing import Any

from openslate.apps.production.reading.uss.own_fields import OwnDays
from openslate.apps.production.shoot.days import DayTerms
from openslate.apps.production.shoot.places import Location, Move


def own_terms(own: OwnDays | None, locations: Sequence[Location]) -> dict[str, Any]:
    """Fields of a shoot that a stripboard says under its private key.

    Args:
        own: what it says; None where Openslate wrote nothing.
        locations: of the shoot; moves to others count for nothing.
    """
    if own is None:
        return {}
    found: dict[str, Any] = {}
    names = {one.name for one in locations}
    if own.day is not None:
        found["day"] = DayTerms(**own.day.model_dump())
    if own.moves:
        moves = (Move(one, other, minutes, 0) for one, other, minutes in own.moves)
        found["moves"] = tuple(way for way in moves if {way.one, way.other} <= names)
    if own.usual_move is not None:
        found["usual_move"] = Move("", "", own.usual_move, 0)
    return found
