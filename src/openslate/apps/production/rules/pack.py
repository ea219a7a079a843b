"""What a rule pack is: rules of one agreement or law, and what of it a person has to watch."""

from dataclasses import dataclass

from openslate.apps.production.rules.rules import Rules, Source


@dataclass(frozen=True)
class Watched:
    """A rule that is told and not checked, because a board does not hold what it speaks of.

    Attributes:
        text: what it says, in a sentence or two.
    """

    text: str
    source: Source


@dataclass(frozen=True)
class Pack:
    """A rule pack.

    Stability: provisional.

    Attributes:
        id: such as 'us-iatse-basic'.
        title: for people.
        rules: that boards are held to.
        watched: that a person has to watch.
        currency: ISO 4217, of its amounts; empty where it has none.
        note: what should be known before it is relied on.
    """

    id: str
    title: str
    rules: Rules
    watched: tuple[Watched, ...] = ()
    currency: str = ""
    note: str = ""
