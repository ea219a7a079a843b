"""What a clash is: something that a board asks for and a fact or a rule forbids, or has a price for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from openslate.apps.production.rules.rules import Source, Strength

ClashKind = Literal[
    "calendar",
    "day-length",
    "locations",
    "shift",
    "unit",
    "away",
    "location",
    "too-early",
    "too-late",
    "after",
    "stage",
    "building",
    "crew-rest",
    "cast-rest",
    "minor-work",
    "minor-on-set",
    "minor-window",
    "days-in-a-row",
    "premium",
    "lock",
    "order",
    "scan-notice",
    "boneyard",
]


@dataclass(frozen=True)
class Clash:
    """A clash.

    Stability: provisional.

    Attributes:
        kind: what clashes.
        strength: 'hard' for what makes a board impossible, 'penalty' for what is paid, or is only told.
        words: one plain sentence with names and days.
        dates: of it, in order.
        scenes: numbers that it concerns.
        people: ids of cast members that it concerns.
        cost: of a penalty, in whole units of the currency.
        source: of the rule, where a rule says so.
    """

    kind: ClashKind
    strength: Strength
    words: str
    dates: tuple[date, ...] = ()
    scenes: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    cost: int = 0
    source: Source | None = None


def penalties(clashes: Iterable[Clash]) -> int:
    """What all penalties cost together."""
    return sum(clash.cost for clash in clashes)


def impossible(clashes: Iterable[Clash]) -> tuple[Clash, ...]:
    """Those that make a board impossible."""
    return tuple(clash for clash in clashes if clash.strength == "hard")
