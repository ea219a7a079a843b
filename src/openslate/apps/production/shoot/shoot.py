"""A shoot: everything that a schedule is made from."""

from dataclasses import dataclass
from functools import cached_property

from openslate.apps.production.shoot.days import Calendar, DayTerms
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.shoot.places import Location, Move, Set
from openslate.apps.production.shoot.scenes import Scene
from openslate.errors import UsageError


@dataclass(frozen=True)
class ReadFrom:
    """The schedule of another program that a shoot was read from: what else it holds goes back into files for others.

    Attributes:
        file: a `.uss` file in the shoot's folder.
        stripboard: id of the one that was read; empty for the first.
    """

    file: str
    stripboard: str = ""


SAME_PLACE = Move("", "", 0, 0)


@dataclass(frozen=True)
class Shoot:
    """A shoot.

    Stability: provisional.

    Attributes:
        name: of the production.
        currency: ISO 4217, of every amount.
        scenes: in the order of the script.
        cast: in the order of the board.
        locations, sets: that scenes name.
        moves: between locations; a way that is not among them takes `usual_move`.
        usual_move: what a move takes where nothing is said of the two.
        calendar: the days there are.
        day: how long a day is and what it costs.
        rules: ids of the rule packs that hold, such as 'crew-2026'.
        read_from: the schedule of another program that it was read from; None where it was not.

    Raises:
        UsageError: two scenes share a number, or a scene names a set, a person or a scene that is not there; it says
            which.
    """

    name: str
    currency: str
    scenes: tuple[Scene, ...]
    cast: tuple[CastMember, ...]
    locations: tuple[Location, ...]
    sets: tuple[Set, ...]
    calendar: Calendar
    day: DayTerms = DayTerms()
    moves: tuple[Move, ...] = ()
    usual_move: Move = Move("", "", 45, 0)
    rules: tuple[str, ...] = ()
    read_from: ReadFrom | None = None

    def __post_init__(self) -> None:
        _distinct("scene", [one.number for one in self.scenes])
        _distinct("cast member", [one.id for one in self.cast])
        _distinct("location", [one.name for one in self.locations])
        _distinct("set", [one.name for one in self.sets])
        for one in self.sets:
            _named(f"The set {one.name!r}", "location", one.location, self.location_of)
        for scene in self.scenes:
            who = f"Scene {scene.number}"
            _named(who, "set", scene.set, self.set_of)
            for person in scene.cast:
                _named(who, "cast member", person, self.member_of)
            for number in scene.after:
                _named(who, "scene", number, self.scene_of)

    @cached_property
    def scene_of(self) -> dict[str, Scene]:
        """Scenes by number."""
        return {one.number: one for one in self.scenes}

    @cached_property
    def member_of(self) -> dict[str, CastMember]:
        """Cast members by id."""
        return {one.id: one for one in self.cast}

    @cached_property
    def location_of(self) -> dict[str, Location]:
        """Locations by name."""
        return {one.name: one for one in self.locations}

    @cached_property
    def set_of(self) -> dict[str, Set]:
        """Sets by name."""
        return {one.name: one for one in self.sets}

    def minutes_of(self, scene: Scene) -> int:
        """Minutes that shooting a scene takes."""
        return self.day.minutes_per_eighth * scene.eighths if scene.minutes is None else scene.minutes

    def place_of(self, scene: Scene) -> str:
        """The location of a scene."""
        return self.set_of[scene.set].location

    def move_between(self, one: str, other: str) -> Move:
        """The way between two locations; none takes nothing where they are the same."""
        if one == other:
            return SAME_PLACE
        found = next((way for way in self.moves if {way.one, way.other} == {one, other}), None)
        return self.usual_move if found is None else found


def _distinct(what: str, names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise UsageError(f"There are two {what}s {name!r}.", "Give each a name or number of its own.")
        seen.add(name)


def _named(who: str, what: str, name: str, known: object) -> None:
    assert isinstance(known, dict)
    if name not in known:
        raise UsageError(f"{who} names the {what} {name!r}, which the shoot does not have.", f"Add that {what}.")
