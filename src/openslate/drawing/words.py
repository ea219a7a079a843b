"""Words made safe and short enough to draw: names come from anywhere, and a screen takes them literally."""

import re
import unicodedata

_JOINERS = "\u200c\u200d"
"""Invisible, yet part of the spelling of Persian, of Indic scripts and of many emoji."""


def printable(text: str) -> str:
    """Text without what moves a cursor, reverses a line or draws nothing; runs of space become one.

    Args:
        text: any text.

    Example:
        >>> printable("Night\\x1b[31m\\n  Train\\u202e")
        'Night[31m Train'
    """
    drawn = "".join(letter for letter in re.sub(r"\s+", " ", text) if _draws(letter))
    # What draws nothing may have stood between two spaces.
    return re.sub(" +", " ", drawn).strip()


def shortened(text: str, longest: int) -> str:
    """Text of at most so many characters, with an ellipsis where something was left out.

    Args:
        text: any text.
        longest: the most characters, the ellipsis included.

    Example:
        >>> shortened("A very long name", 7)
        'A very…'
    """
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _draws(letter: str) -> bool:
    if letter in _JOINERS:
        return True
    never_a_character = ord(letter) & 0xFFFE == 0xFFFE
    return not never_a_character and unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
