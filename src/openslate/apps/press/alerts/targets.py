"""Where an alert goes: a console, a mail's file, or a webhook, whose address is a secret."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from openslate.errors import UsageError

Kind = Literal["console", "file", "webhook"]
_WAY_OUT = "Write --to console, --to file:PATH.eml or --to webhook:https://HOST/PATH."


@dataclass(frozen=True)
class Target:
    """Where an alert goes.

    Attributes:
        kind: of it.
        place: path of a mail's file, or address of a webhook; empty for the console.
    """

    kind: Kind
    place: str = ""

    @property
    def text(self) -> str:
        """As `parse_target` reads it."""
        return f"{self.kind}:{self.place}" if self.place else self.kind

    @property
    def shown(self) -> str:
        """As people are told of it: a webhook's path is often what it is known by, and is left out."""
        if self.kind != "webhook":
            return self.text
        parts = urlsplit(self.place)
        return f"webhook:{parts.scheme}://{parts.netloc}/..."


def parse_target(text: str) -> Target:
    """The target that a person named.

    Args:
        text: console, file:PATH.eml or webhook:ADDRESS.

    Raises:
        UsageError: it is none of them.

    Example:
        >>> parse_target("webhook:https://hooks.example/T0/secret").shown
        'webhook:https://hooks.example/...'
    """
    kind, _, place = text.partition(":")
    if kind == "console" and not place:
        return Target("console")
    if kind == "file" and place.endswith(".eml") and "\x00" not in place:
        return Target("file", place)
    if kind == "webhook" and _is_address(place):
        return Target("webhook", place)
    # What was written may hold a secret, and is not repeated.
    raise UsageError(f"This is no place for an alert to go to: {kind[:20]!r} and what follows it.", _WAY_OUT)


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host, named = parts.hostname, parts.username
    except ValueError:
        return False
    clean = text.isprintable() and " " not in text
    return clean and parts.scheme in ("http", "https") and bool(host) and named is None
