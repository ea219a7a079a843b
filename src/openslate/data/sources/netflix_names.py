"""What the names in Netflix's tables say: the title, its season, whether it is limited, and an id to know it by.

A row is a film or one season: 'Bridgerton: Season 3', 'Dear Child: Limited Series // Liebes Kind: Miniserie', where
what follows the two strokes is the name in the original language.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

ORIGINAL = " // "
"""Stands between the international name and the original one."""
_LONGEST = 120
_SEASON = re.compile(
    r"(?P<series>.+?): (?:"
    r"(?:season|series|part|volume|vol\.|chapter|book|collection|staffel|temporada) ?(?P<number>\d{1,4})\b.*"
    r"|(?P<ordinal>\d{1,3})(?:st|nd|rd|th|ª)? (?:season|temporada)\b.*)",
    re.IGNORECASE,
)
_LIMITED = re.compile(r"(?P<series>.+?): (?:limited series|miniseries)\b.*", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """What a name says.

    Attributes:
        series: the series that a season belongs to, or None.
        season: its number, or None.
        limited: whether it is a limited series; None where the name does not say.
    """

    series: str | None = None
    season: int | None = None
    limited: bool | None = None


def parse_name(name: str) -> Named:
    """What a season's name says of its series.

    Example:
        >>> parse_name("Money Heist: Part 5 // La casa de papel: Parte 5")
        Named(series='Money Heist', season=5, limited=False)
        >>> parse_name("Baby Reindeer: Limited Series").limited, parse_name("Sly").series
        (True, None)
    """
    international = name.split(ORIGINAL)[0].strip()
    season = _SEASON.fullmatch(international)
    if season is not None:
        number = int(season["number"] or season["ordinal"])
        return Named(season["series"].strip(), number or None, False)
    limited = _LIMITED.fullmatch(international)
    return Named() if limited is None else Named(limited["series"].strip(), None, True)


def original_name(name: str) -> str:
    """The name in the original language, '' where there is none beside the international one.

    Example:
        >>> original_name("Society of the Snow // La sociedad de la nieve"), original_name("Leo")
        ('La sociedad de la nieve', '')
    """
    return name.partition(ORIGINAL)[2].strip()


def slug(name: str) -> str:
    """A name as the end of an id: small letters and digits of any script, without accents, and hyphens.

    Example:
        >>> slug("Élite: Season 8"), slug("ONE PIECE!"), slug("표적")
        ('elite-season-8', 'one-piece', '표적')
    """
    apart = unicodedata.normalize("NFKD", name).casefold()
    plain = unicodedata.normalize("NFC", "".join(letter for letter in apart if unicodedata.category(letter) != "Mn"))
    words = re.sub(r"[\W_]+", "-", plain.replace("'", "").replace("’", "")).strip("-") or _digest(name)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}-{_digest(name)}"


def base_id(kind: str | None, name: str) -> str:
    """The id a name leads to, which two titles of one name share.

    Args:
        kind: 'film', 'series', or None where the report does not say.
        name: as printed.

    Example:
        >>> base_id("series", "The Gentlemen: Season 1"), base_id(None, "Leo // Leo: El León")
        ('netflix:series:the-gentlemen-season-1', 'netflix:title:leo')
    """
    return f"netflix:{kind or 'title'}:{slug(name.split(ORIGINAL)[0])}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
