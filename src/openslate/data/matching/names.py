"""What a title's name says: its words, its numbers, its season, and the year that some sources put into it."""

import re
from dataclasses import dataclass

from openslate.data.matching.spelling import words_of

_ORIGINAL = " // "
"""Between a title and its original name, as in the engagement reports."""
_YEAR = re.compile(r"\s*[(\[](1[89]\d\d|20\d\d)[)\]]\s*$")
_MOVED = re.compile(r"^(.*\S),\s+(the|a|an|le|la|les|l'|el|los|las|il|lo|der|die|das|den|det|un|une|una)$", re.I)
_SUBTITLE = re.compile(r":\s+|\s+[-–—]\s+|:\s*$")
_ARTICLES = frozenset({"the", "a", "an"})
_SEASONS = frozenset(
    {"season", "series", "staffel", "temporada", "saison", "stagione", "seizoen", "sasong", "sesong", "saeson", "sezon"}
    | {"kausi", "시즌", "シーズン"}
)
_ATTACHED = re.compile(r"^(?:s|season|시즌|シーズン|第)(\d{1,2})(?:季|期)?$")
_COUNTED = frozenset({"part", "volume", "chapter", "episode", "book"})
_LIMITED = ("limited", "series")
_OWNER = re.compile(r"^\S+(?:\s\S+)?['’]s\s+(?=\S)")
"""Whose it is: `Bram Stoker's Dracula`, `Disney's A Christmas Carol`."""
SHORTEST = 4
"""Letters that a part of a name has at least, to be compared by itself."""


@dataclass(frozen=True)
class Variant:
    """One name of a title.

    Attributes:
        whole: its words, one spelling, without the season.
        bare: the same without articles and spaces.
        head: what stands before the subtitle, as `bare`; empty without a subtitle.
        tail: the subtitle, or what follows whose it is, as `bare`; empty without either.
        numbers: those in the name, in order; those of seasons and years are not among them.
    """

    whole: str
    bare: str
    head: str
    tail: str
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Name:
    """What a title's name says.

    Attributes:
        variants: its names; more than one where the original name is given, too.
        season: number of the season, or None.
        limited: whether it calls itself a limited series.
        year: the year that the name ends with in brackets, or None.

    Example:
        >>> name = parse_name("The Glory: Season 1 // 더 글로리: 시즌 1")
        >>> [one.whole for one in name.variants], name.season
        (['the glory', '더 글로리'], 1)
        >>> parse_name("Godfather, The: Part II (1974)").variants[0].bare
        'godfather2'
        >>> parse_name("The Godfather 2").variants[0].bare
        'godfather2'
    """

    variants: tuple[Variant, ...]
    season: int | None = None
    limited: bool = False
    year: int | None = None


def parse_name(text: str) -> Name:
    """Take a name apart.

    Args:
        text: as a source writes it.
    """
    dated = _YEAR.search(text)
    undated = text[: dated.start()] if dated and dated.start() else text
    year = int(dated.group(1)) if dated and dated.start() else None
    parts = [_parts(one) for one in undated.split(_ORIGINAL) if one.strip()] or [_parts(undated)]
    seasons = [season for _, season, _ in parts if season is not None]
    variants = tuple(dict.fromkeys(variant for variant, _, _ in parts))
    return Name(variants, seasons[0] if seasons else None, any(limited for _, _, limited in parts), year)


def _parts(text: str) -> tuple[Variant, int | None, bool]:
    """One name, the season in it, and whether it is a limited series."""
    pieces = [piece for piece in _SUBTITLE.split(text.strip()) if piece.strip()] or [text]
    season: int | None = None
    limited = False
    spelled: list[list[str]] = []
    for piece in pieces:
        moved = _MOVED.match(piece.strip())
        words = words_of(f"{moved.group(2)} {moved.group(1)}" if moved else piece)
        words, found = _without_season(words)
        season = found if season is None else season
        if tuple(words[-2:]) == _LIMITED and (spelled or len(words) > 2):
            words, limited = words[:-2], True
        if words:
            spelled.append(_without_counters(words))
    every = [word for words in spelled for word in words] or words_of(text) or [text.strip().casefold()]
    head = _bare(spelled[0]) if len(spelled) > 1 else ""
    tail = _bare(spelled[-1]) if len(spelled) > 1 else _bare(_without_counters(words_of(_owned(pieces[0]))))
    numbers = tuple(int(word) for word in every if word.isdecimal() and len(word) < 10)
    return Variant(" ".join(every), _bare(every), _long(head), _long(tail), numbers), season, limited


def _owned(text: str) -> str:
    """What follows whose it is, or nothing."""
    found = _OWNER.match(text)
    return text[found.end() :] if found else ""


def _long(part: str) -> str:
    return part if len(part) >= SHORTEST else ""


def _without_season(words: list[str]) -> tuple[list[str], int | None]:
    """Words without the season's, and its number."""
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in _SEASONS and following.isdecimal() and len(following) < 4:
            return words[:place] + words[place + 2 :], int(following)
        attached = _ATTACHED.match(word)
        if attached and place + 1 == len(words):
            return words[:place], int(attached.group(1))
    if len(words) == 2 and words[1] in _SEASONS and words[0].rstrip("aª").isdecimal():
        return [], int(words[0].rstrip("aª"))
    return words, None


def _without_counters(words: list[str]) -> list[str]:
    """Words without `part`, `volume` and the like before a number, which stays."""
    after = [*words, ""][1:]
    kept = [word for word, following in zip(words, after, strict=True) if not (word in _COUNTED and _counts(following))]
    return kept or words


def _counts(word: str) -> bool:
    return word.isdecimal() and len(word) < 4


def _bare(words: list[str]) -> str:
    return "".join(word for word in words if word not in _ARTICLES) or "".join(words)
