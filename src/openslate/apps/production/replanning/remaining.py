"""What is shot, what stays where it is, and what is left to be planned."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from openslate.apps.production.board.board import Board, Locks, ShootDay
from openslate.apps.production.board.words import weekday_words
from openslate.apps.production.replanning.standing import Hold, standing_locks
from openslate.apps.production.scheduling.arrays import is_open
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import UsageError


@dataclass(frozen=True)
class Remaining:
    """A shoot that has begun.

    Attributes:
        before: the board as it was.
        shoot: as facts have left it, with every scene.
        begins: the first day that may be planned.
        shot: days before it, which are never touched.
        left: numbers of scenes that are on no day: other units' aside, those of the boneyard and those left on purpose.
        holds: what is locked of what is ahead, and stays as it is.
        released: numbers of scenes whose lock the facts have broken.
    """

    before: Board
    shoot: Shoot
    begins: date
    shot: tuple[ShootDay, ...]
    left: tuple[str, ...]
    holds: tuple[Hold, ...]
    released: tuple[str, ...]

    @property
    def fixed(self) -> dict[str, date]:
        """Number of a scene that is not shot to the day on which it stays; a lock of its own counts most."""
        return {number: day for hold in self.holds for number, day in hold.fixed.items()}

    @property
    def closed(self) -> frozenset[date]:
        """Days that no other scene may join."""
        return frozenset(hold.closed for hold in self.holds if hold.closed is not None)

    @property
    def shot_scenes(self) -> frozenset[str]:
        """Numbers of scenes that are shot."""
        return frozenset(number for day in self.shot for number in day.scenes)

    @property
    def searched(self) -> Shoot:
        """The shoot of the scenes that are on a day."""
        return _without(self.shoot, self.left)

    @property
    def ahead(self) -> Shoot:
        """The shoot of what is left to be planned, on the days that are left."""
        left = _without(self.shoot, {*self.left, *self.shot_scenes})
        return replace(left, calendar=replace(left.calendar, starts=max(self.begins, left.calendar.starts)))

    @property
    def locks(self) -> Locks:
        """Those of the board that facts have left standing."""
        held, fixed = self.before.locks, self.fixed
        shot = self.shot_scenes
        kept = tuple(one for one in held.scenes if one[0] in shot or fixed.get(one[0]) == one[1] or one[0] in self.left)
        return replace(held, scenes=tuple(one for one in kept if one[0] not in self.released), orders=self._orders())

    @property
    def turned(self) -> tuple[str, ...]:
        """Numbers of scenes that are shot, though a pinned order has one before them that is still ahead."""
        return tuple(one for order in self.before.locks.orders for one in self._turned(order))

    def _orders(self) -> tuple[tuple[str, ...], ...]:
        """Pinned orders as far as what is shot lets them be kept."""
        orders = [tuple(one for one in order if one not in self._turned(order)) for order in self.before.locks.orders]
        return tuple(one for one in orders if len(one) > 1)

    def _turned(self, order: Sequence[str]) -> list[str]:
        done = [one in self.shot_scenes for one in order]
        ahead = [one not in self.shot_scenes and one not in self.left for one in order]
        return [one for place, one in enumerate(order) if done[place] and any(ahead[:place])]

    def without(self, hold: Hold) -> "Remaining":
        """The same with one lock let go."""
        return replace(self, holds=tuple(one for one in self.holds if one != hold))


def remaining(before: Board, shoot: Shoot, lost: Collection[date], begins: date, leave: Collection[str]) -> Remaining:
    """Part a board into what is shot and what is ahead.

    Args:
        before: the board as it was.
        shoot: as facts have left it.
        lost: days that are lost; scenes on them are not shot, though the day may lie before `begins`.
        begins: the first day that may be planned.
        leave: numbers of scenes that are not planned.

    Raises:
        UsageError: a scene to be left is none or is shot, a day before `begins` contradicts the facts, or nothing is
            left to be planned.
    """
    shot = tuple(day for day in before if day.date < begins and day.date not in lost)
    done = {number for day in shot for number in day.scenes}
    for number in leave:
        if number not in shoot.scene_of:
            raise UsageError(
                f"The shoot has no scene {number!r} to leave.",
                f"Leave one by its number in the shoot, such as {', '.join(one.number for one in shoot.scenes[:12])}.",
            )
        if number in done:
            raise UsageError(f"Scene {number} is shot before {begins.isoformat()}.", "Leave one that is still ahead.")
    _check_shot(shoot, shot)
    left = tuple(one.number for one in shoot.scenes if one.number in {*before.boneyard, *leave})
    holds, released = standing_locks(before, shoot, begins, {*done, *left})
    found = Remaining(before, shoot, begins, shot, left, holds, released)
    if not any(day >= begins for day in shoot.calendar.working_days()):
        raise UsageError(
            f"The crew works on no day from {weekday_words(begins)} on.",
            "Name an earlier day with --from, or let the shoot's calendar end later.",
        )
    if not any(one.unit == "main" for one in found.ahead.scenes):
        raise UsageError(
            f"Nothing is left to be planned from {weekday_words(begins)} on.", "Name an earlier day with --from."
        )
    return found


def _without(shoot: Shoot, numbers: Collection[str]) -> Shoot:
    """The shoot without some scenes; what was to come after one of them comes when it will."""
    gone = set(numbers)
    kept = [one for one in shoot.scenes if one.number not in gone]
    return replace(
        shoot, scenes=tuple(replace(one, after=tuple(n for n in one.after if n not in gone)) for one in kept)
    )


def _check_shot(shoot: Shoot, shot: tuple[ShootDay, ...]) -> None:
    """What is shot was shot: facts that say otherwise are about another day."""
    for day in shot:
        when = weekday_words(day.date)
        if not shoot.calendar.starts <= day.date <= shoot.calendar.ends or not shoot.calendar.works(day.date):
            raise UsageError(
                f"{when} counts as shot, and the crew does not work on it.",
                "Move its scenes on the board, or name an earlier day with --from.",
            )
        for number in day.scenes:
            scene = shoot.scene_of[number]
            out = [one for one in scene.cast if not shoot.member_of[one].can_work(day.date)]
            place = shoot.place_of(scene)
            if out or not is_open(shoot.location_of[place], day.date):
                who = f"{shoot.member_of[out[0]].character} cannot work" if out else f"{place} is closed"
                raise UsageError(
                    f"Scene {number} counts as shot on {when}, and {who} then.",
                    "Name an earlier day with --from, or a span that begins later.",
                )
