"""Who speaks in a screenplay: cues in their parts, and everybody under one name."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openslate.apps.production.reading.script import Line, Notice
from openslate.drawing.words import printable, shortened

LONGEST = 80
BARE = {"V.O": "VO", "O.S": "OS", "O.C": "OC", "CONT'D": "CONTD", "CONT’D": "CONTD"}
"""What belongs into brackets, and some write at the end of a name without them."""
VOICES = frozenset({"VO", "VOICEOVER", "VOICE", "PRELAP"})
"""Brackets after a name, without signs and spaces, that say: heard and not seen."""
PERHAPS_VOICES = frozenset(
    {"FILTERED", "ONPHONE", "PHONE", "OVERPHONE", "OVERRADIO", "ONRADIO", "RADIO", "OVERINTERCOM"}
)
"""Brackets that say so as a rule; some write them for who is seen with the telephone in hand."""
_BRACKETS = re.compile(r"\(([^()]*)\)?")
_JOINED = re.compile(r" AND | & |/|\+")


@dataclass(frozen=True)
class Cue:
    """Who speaks next.

    Attributes:
        name: in capitals, without brackets.
        voice: heard and not seen.
        line: of the file.
        doubtful: the voice may be on set after all.
    """

    name: str
    voice: bool
    line: int
    doubtful: bool = False


def cue(line: Line) -> Cue:
    """A character's line in its parts. (O.S.) and (O.C.) are off screen, and yet on set.

    Example:
        >>> cue(Line("character", "Mira (V.O.) (CONT'D)", 4))
        Cue(name='MIRA', voice=True, line=4, doubtful=False)
        >>> cue(Line("character", "MIRA V.O.:", 4)).name
        'MIRA'
    """
    text = printable(line.text).upper()
    said = {re.sub(r"[^A-Z]", "", one) for one in _BRACKETS.findall(text)}
    words = text.partition("(")[0].removesuffix("^").split()
    while len(words) > 1 and (found := BARE.get(words[-1].rstrip(".:"))):
        said.add(found)
        words.pop()
    name = " ".join(words).rstrip(" :")
    heard = bool(said & VOICES)
    perhaps = bool(said & PERHAPS_VOICES)
    return Cue(name or text.strip("() "), heard or perhaps, line.line, perhaps and not heard)


def cues_of(lines: Iterable[Line], notices: list[Notice]) -> list[Cue]:
    """The cues among lines, in order; for those that are no names there is a notice instead."""
    found = []
    told = set()
    for line in lines:
        if line.kind != "character":
            continue
        one = cue(line)
        if not one.name or len(one.name) > LONGEST:
            notices.append(
                Notice(line.line, f"Who speaks here is no name of at most {LONGEST} letters: nobody is cast.")
            )
            continue
        found.append(one)
        if one.doubtful and one.name not in told:
            told.add(one.name)
            words = (
                f"{shortened(one.name, 40)} is taken as heard and not on set here; add them to the cast if they are."
            )
            notices.append(Notice(line.line, words))
    return found


def parted(one: Cue, known: Mapping[str, int]) -> Sequence[Cue]:
    """A cue of several who speak elsewhere on their own, such as 'MIRA AND TOM', as cues of each.

    Args:
        one: the cue.
        known: names that are cues of their own.

    Example:
        >>> [each.name for each in parted(Cue("MIRA & TOM", False, 1), {"MIRA": 0, "TOM": 1})]
        ['MIRA', 'TOM']
    """
    names = [name.strip() for name in _JOINED.split(one.name)]
    if len(names) > 1 and all(name in known for name in names):
        return [Cue(name, one.voice, one.line) for name in names]
    return [one]
