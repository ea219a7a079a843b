"""What a scene's heading says: indoors or out, where, and at what time of the day."""

import re
from dataclasses import dataclass

from openslate.apps.production.shoot.scenes import Interior
from openslate.drawing.words import printable

TIMES = (
    *("day", "night", "dawn", "dusk", "morning", "afternoon", "evening", "midnight", "noon", "midday", "sunrise"),
    *("sunset", "twilight"),
)
CARRIED = ("continuous", "same", "later", "moments")
"""Words that begin a time which goes on from the scene before."""
_INTERIOR = re.compile(r"(INT\.?\s?/\s?EXT|EXT\.?\s?/\s?INT|I/E|E/I|INT|EXT|EST)(?:\.\s*|\s+)", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True)
class Heading:
    """A heading in its parts.

    Attributes:
        interior: 'INT', 'EXT', 'INT/EXT', or empty where it does not say.
        set: in capitals.
        time: one of `TIMES`; empty where it does not say, or goes on from the scene before.
        goes_on: the time is that of the scene before.
        said: the time as it is written, in lower case.
    """

    interior: Interior
    set: str
    time: str
    goes_on: bool
    said: str


def heading_parts(text: str) -> Heading:
    """Take a heading apart; the time stands after the last dash or comma, or is the last word.

    Args:
        text: of the heading, without the scene's number.

    Example:
        >>> one = heading_parts("Int. Lighthouse - Lamp room - LATE NIGHT")
        >>> one.interior, one.set, one.time
        ('INT', 'LIGHTHOUSE - LAMP ROOM', 'night')
        >>> heading_parts("I/E CAR, CONTINUOUS").goes_on, heading_parts("THE SEA").interior
        (True, '')
    """
    # Long runs of space would be looked at again and again; afterwards there are none.
    text = printable(text)
    found = _INTERIOR.match(text)
    rest = text[found.end() :].strip() if found else text
    place, said = _time_at_the_end(rest)
    words = _WORD.findall(said.lower())
    time = next((one for one in words if one in TIMES), "")
    place = place.strip(" -–—,.").upper()
    return Heading(_interior(found[1]) if found else "", place, time, not time and bool(words), said.lower())


def _interior(prefix: str) -> Interior:
    prefix = prefix.upper().replace(".", "")
    if "/" in prefix:
        return "INT/EXT"
    return "INT" if prefix == "INT" else "EXT"


def _time_at_the_end(text: str) -> tuple[str, str]:
    parted = _last_part(text)
    if parted and parted[0].strip(" -") and _is_time(parted[1]):
        return parted
    before, _, word = text.rpartition(" ")
    if before.strip() and word.strip(".").lower() in TIMES:
        return before, word.strip(".")
    return text, ""


def _last_part(text: str) -> tuple[str, str] | None:
    place = max(text.rfind(mark) for mark in (" -", ",", "–", "—"))
    return (text[:place], text[place:].strip(" -,–—")) if place >= 0 else None


def _is_time(text: str) -> bool:
    words = _WORD.findall(text.lower())
    return bool(words) and (words[0] in CARRIED or any(word in TIMES for word in words))
