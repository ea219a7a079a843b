"""Who speaks is a person, and what they say can be shown."""

from openslate.drawing.words import printable
from openslate.errors import UsageError

NOBODY = frozenset(
    ("auto", "automatic", "bot", "computer", "machine", "model", "nobody", "openslate", "script", "system")
)
"""Names that stand for no person."""


def require_person(name: str, what: str) -> None:
    """Refuse what names nobody.

    Args:
        name: as it was given.
        what: they do, such as 'decides'.

    Raises:
        UsageError: it names no person, or cannot be shown.
    """
    named = name.strip()
    if not any(letter.isalpha() for letter in named) or named.lower() in NOBODY:
        raise UsageError(f"{name!r} names nobody who {what}.", "Give the name of the person.")
    require_readable(named, f"The name of who {what}")


def require_readable(words: str, what: str) -> None:
    """Refuse words that a terminal would not show as they are.

    Args:
        words: that somebody gave.
        what: they are, as the sentence begins.

    Raises:
        UsageError: they hold what cannot be printed.
    """
    # A terminal takes what moves its cursor or reverses a line literally, and these words are shown again for years.
    if printable(words) != " ".join(words.split()):
        raise UsageError(f"{what} holds characters that cannot be printed.", "Leave out all but letters and signs.")
