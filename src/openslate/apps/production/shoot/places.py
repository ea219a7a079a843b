"""Where scenes are shot: locations with their permits and the way between them, and sets that are built and struck."""

from dataclasses import dataclass

from openslate.apps.production.shoot.people import Span


@dataclass(frozen=True)
class Location:
    """A place that the unit goes to.

    Attributes:
        name: such as 'Harbour'; the sets of a stage lie at one location.
        fee: for each day on which something is shot there, in whole units of the currency.
        permits: spans in which it may be shot at; empty where it always may.
        closed: days on which it may not.
        latitude, longitude: degrees, for the sun's rise and set on call sheets; None where unknown.
    """

    name: str
    fee: int = 0
    permits: tuple[Span, ...] = ()
    closed: tuple[Span, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Set:
    """Where a scene plays.

    Attributes:
        name: as scenes name it.
        location: where it is; a `Location` by name.
        build_days: working days before its first scene in which it is built; 0 where nothing is built.
        strike_days: working days after its last scene in which it is struck.
        stage: the floor that it stands on; two sets of one stage never stand at the same time. Empty where it matters
            not.
        standing: for each working day from its first to its last scene, in whole units of the currency.
    """

    name: str
    location: str
    build_days: int = 0
    strike_days: int = 0
    stage: str = ""
    standing: int = 0


@dataclass(frozen=True)
class Move:
    """The way between two locations; the same in either direction.

    Attributes:
        one, other: locations by name.
        minutes: that a move within a day takes from it.
        cost: of a move, within a day or overnight.
    """

    one: str
    other: str
    minutes: int
    cost: int
