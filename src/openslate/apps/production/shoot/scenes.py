"""Scenes as a breakdown tells them: where and when they play, how long they are, and who and what is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Interior = Literal["INT", "EXT", "INT/EXT", ""]
Shift = Literal["any", "day", "night"]
TIMES_OF_NIGHT = ("night", "midnight", "dawn", "dusk", "evening")
"""Words of a heading's time that ask for darkness, or for the edge of it, outdoors."""


@dataclass(frozen=True)
class Element:
    """Something that a scene needs besides its cast.

    Attributes:
        name: such as 'vintage tram' or 'rain bars'.
        category: such as 'Props', 'Vehicles', 'Stunts', 'Background'; in the words of the breakdown.
    """

    name: str
    category: str


@dataclass(frozen=True)
class Replica:
    """A digital replica that a scene uses, or a scan of a person that it makes; the rights gate answers for it.

    Attributes:
        person: id of the cast member, or the name of the background group.
        use: what is done: 'replica' uses one, 'scan' makes one, 'background' uses or makes one of background people.
        request: file beside the shoot that says everything the gate asks for, as `openslate rights ask` reads it;
            empty where nobody has written one.
        asked: the day on which the person was asked for a scan; None where nobody said.
    """

    person: str
    use: Literal["replica", "scan", "background"]
    request: str = ""
    asked: date | None = None


@dataclass(frozen=True)
class Scene:
    """A scene.

    Attributes:
        number: as the script numbers it, such as '12' or '12A'; no two scenes share one.
        set: where it plays, such as 'LIGHTHOUSE - LAMP ROOM'; a `Set` of the shoot by name.
        interior: 'INT', 'EXT', 'INT/EXT', or empty where the script does not say.
        time: of the day that it plays in, lower case, such as 'day', 'night', 'dawn'; empty where it is not said.
        eighths: length in eighths of a page, at least 1.
        cast: ids of the cast members who are on set, in order of first mention.
        minutes: that shooting it takes; None to take the shoot's pace for its length.
        description: what happens, in a line.
        shift: in which it may be shot; 'any' indoors as a rule.
        script_page, script_day: as the breakdown has them.
        elements: what else it needs.
        replicas: that the rights gate is asked about.
        after: numbers of scenes that must have been shot on an earlier day.
        earliest, latest: days between which it must be shot; None where it does not matter.
        unit: 'main', or the name of another unit, which is not scheduled here.
    """

    number: str
    set: str
    interior: Interior
    time: str
    eighths: int
    cast: tuple[str, ...]
    minutes: int | None = None
    description: str = ""
    shift: Shift = "any"
    script_page: str = ""
    script_day: str = ""
    elements: tuple[Element, ...] = ()
    replicas: tuple[Replica, ...] = ()
    after: tuple[str, ...] = ()
    earliest: date | None = None
    latest: date | None = None
    unit: str = "main"

    @property
    def heading(self) -> str:
        """The heading as a script has it.

        Example:
            >>> Scene("3", "QUAY", "EXT", "night", 5, ("1",)).heading
            'EXT. QUAY - NIGHT'
        """
        before = f"{self.interior}. " if self.interior else ""
        return f"{before}{self.set}{' - ' + self.time.upper() if self.time else ''}"


def usual_shift(interior: str, time: str) -> Shift:
    """In which shift a scene is shot where nobody says otherwise: outdoors in the light that it plays in.

    Example:
        >>> usual_shift("EXT", "night"), usual_shift("EXT", "day"), usual_shift("INT", "night")
        ('night', 'day', 'any')
    """
    if "EXT" not in interior:
        return "any"
    return "night" if time in TIMES_OF_NIGHT else "day" if time else "any"


def pages(eighths: int) -> str:
    """A length as it is printed: whole pages and eighths.

    Example:
        >>> pages(12), pages(8), pages(3)
        ('1 4/8', '1', '3/8')
    """
    whole, rest = divmod(eighths, 8)
    if not rest:
        return str(whole)
    return f"{whole} {rest}/8" if whole else f"{rest}/8"


def eighths_in(scenes: Sequence[Scene]) -> int:
    """The length of several scenes."""
    return sum(one.eighths for one in scenes)
