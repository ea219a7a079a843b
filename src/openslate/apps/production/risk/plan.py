"""What may be shot on which day when a board goes otherwise than planned: the policy, in plain words.

Planned days stay: nothing is cancelled, so the unit, fees, moves and everybody called are paid as planned, shot or not.
On each the scenes planned there come first, then what is left over from earlier days, then cover. `longest` is as far
as a day goes. What is left in the end is shot on added days, near locations together.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.costs import minutes_of_day, places_of
from openslate.apps.production.risk.groups import Group, groups_of
from openslate.apps.production.rules.limits import hard_rest, longest_day, rest_between
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.arrays import is_open
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import UsageError

LEAST_DAY = 60
"""Minutes that an added day has at least, whatever rests ask for; else nothing could ever be finished."""


@dataclass(frozen=True)
class Plan:
    """A board and its rules, and what the policy makes of them.

    Raises:
        UsageError: nothing is on the board.
    """

    board: Board
    rules: Rules = Rules()

    def __post_init__(self) -> None:
        if not self.board.days:
            raise UsageError("The board has no day with a scene on it.", "Schedule the shoot first.")

    @property
    def shoot(self) -> Shoot:
        """That the board is of."""
        return self.board.shoot

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Numbers of all scenes on days, in the order of the plan."""
        return tuple(number for day in self.board for number in day.scenes)

    @cached_property
    def day_index(self) -> dict[str, int]:
        """The place among the days of each scene."""
        return {number: at for at, day in enumerate(self.board) for number in day.scenes}

    def before(self, number: str) -> tuple[str, ...]:
        """Scenes that must be finished on an earlier day; those alone for which the plan keeps that itself."""
        on = self.day_index
        return tuple(one for one in self.shoot.scene_of[number].after if one in on and on[one] < on[number])

    def called(self, at: int) -> set[str]:
        """Ids of everybody who is called on a day."""
        return {one for number in self.board.days[at].scenes for one in self.shoot.scene_of[number].cast}

    def carried(self, at: int) -> tuple[str, ...]:
        """Scenes of earlier days that a day could take, in the order of the plan."""
        return tuple(one for one in self.order if self.day_index[one] < at and self._fits(one, at))

    def cover(self, at: int) -> tuple[str, ...]:
        """Interiors of later days that a day could take where weather empties it; nothing that is locked."""
        locked = {number for number, _ in self.board.locks.scenes}
        return tuple(
            one
            for one in self.order
            if self.day_index[one] > at
            and not is_exposed(self.shoot, self.shoot.scene_of[one])
            and one not in locked
            and not self.board.days[self.day_index[one]].locked
            and self._fits(one, at)
        )

    @cached_property
    def longest(self) -> tuple[int, ...]:
        """Minutes of shooting and moves that each day goes on at most: overtime, while hard rests are kept."""
        return tuple(self._longest(at) for at in range(len(self.board.days)))

    @cached_property
    def longest_added(self) -> int:
        """The same of an added day, which another one may follow at once."""
        rest = rest_between(self.shoot, 0, False, False, 1)
        return max(min(longest_day(self.shoot), rest - self._hardest_rest()), LEAST_DAY)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """What added days finish together, in the order in which they are added: first in the last day's light."""
        return groups_of(self.board)

    def added_days(self) -> Iterator[date]:
        """Working days after the last planned one, without end: the calendar's own end does not stop them."""
        day = self.board.days[-1].date
        while True:
            day += timedelta(days=1)
            if self.shoot.calendar.works(day):
                yield day

    def _fits(self, number: str, at: int) -> bool:
        """Whether a day has the cast, the location, the light and the date that a scene needs."""
        shoot, day = self.shoot, self.board.days[at]
        scene, place = shoot.scene_of[number], shoot.place_of(shoot.scene_of[number])
        early = scene.earliest is not None and day.date < scene.earliest
        late = scene.latest is not None and day.date > scene.latest
        return (
            not day.locked
            and not early
            and not late
            and set(scene.cast) <= self.called(at)
            and place in places_of(shoot, day)
            and self._stands(number, at)
            and is_open(shoot.location_of[place], day.date)
            and all(shoot.member_of[one].can_work(day.date) for one in scene.cast)
            and scene.shift in ("any", "night" if day.night else "day")
        )

    def _stands(self, number: str, at: int) -> bool:
        """Whether the set of a scene is built by then, and of one that shares its stage, not struck yet."""
        one = self.shoot.set_of[self.shoot.scene_of[number].set]
        days = [self.day_index[each] for each in self.order if self.shoot.scene_of[each].set == one.name]
        built = not (one.build_days or one.stage) or at >= min(days)
        return built and (not one.stage or at <= max(days))

    def _longest(self, at: int) -> int:
        days, shoot = self.board.days, self.shoot
        most = longest_day(shoot)
        for member in (None, *(shoot.member_of[one] for one in sorted(self.called(at)))):
            after = next((day for day in days[at + 1 :] if member is None or plays(shoot, member, day)), None)
            hard = hard_rest(self.rules, "crew" if member is None else "cast", member)
            if hard and after is not None:
                nights = (after.date - days[at].date).days
                most = min(most, rest_between(shoot, 0, days[at].night, after.night, nights) - hard)
        if at == len(days) - 1:
            most = min(most, self.longest_added)
        return max(most, minutes_of_day(shoot, days[at]))

    def _hardest_rest(self) -> int:
        cast = [hard_rest(self.rules, "cast", one) for one in self.shoot.cast]
        return max([hard_rest(self.rules, "crew"), *cast])


def is_exposed(shoot: Shoot, scene: Scene) -> bool:
    """Whether wet weather takes a scene.

    EXT and INT/EXT are exposed, but nothing is that plays in a set with a `stage`: it stands under a roof.

    Args:
        shoot: that the scene is of.
        scene: with its set.
    """
    return "EXT" in scene.interior and not shoot.set_of[scene.set].stage


def plays(shoot: Shoot, member: CastMember, day: ShootDay) -> bool:
    """Whether a member plays on a day."""
    return any(member.id in shoot.scene_of[number].cast for number in day.scenes)


def moving_minutes(shoot: Shoot, day: ShootDay) -> int:
    """Minutes of a day's moves."""
    places = places_of(shoot, day)
    return sum(shoot.move_between(one, other).minutes for one, other in itertools.pairwise(places))
