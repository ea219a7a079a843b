"""A board: which scenes are shot on which day, in which order, and what may not be changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import UsageError


@dataclass(frozen=True)
class ShootDay:
    """A day of shooting.

    Attributes:
        date: of the day.
        scenes: numbers of scenes, in the order in which they are shot; never empty.
        night: whether the unit is called for the night.
        locked: whether nothing of it may be changed.
    """

    date: date
    scenes: tuple[str, ...]
    night: bool = False
    locked: bool = False


@dataclass(frozen=True)
class Locks:
    """What a person has fixed besides whole days.

    Attributes:
        scenes: number to the day on which it stays.
        cast: ids whose days of work stay as they are.
        orders: numbers of scenes that are shot in this order, each run of them.
    """

    scenes: tuple[tuple[str, date], ...] = ()
    cast: tuple[str, ...] = ()
    orders: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Board:
    """A schedule of a shoot.

    Stability: provisional.

    Attributes:
        shoot: that it is of.
        days: in order of date, none twice.
        boneyard: numbers of scenes that are not scheduled.
        locks: what may not be changed.

    Raises:
        UsageError: a scene is missing, unknown or there twice, days are out of order, or a lock names a scene or a
            cast member that the shoot does not have.
    """

    shoot: Shoot
    days: tuple[ShootDay, ...]
    boneyard: tuple[str, ...] = ()
    locks: Locks = Locks()

    def __post_init__(self) -> None:
        dates = [day.date for day in self.days]
        if dates != sorted(set(dates)):
            raise UsageError("The days of the board are not in order, or one is there twice.", "Sort them by date.")
        there = [number for day in self.days for number in day.scenes] + list(self.boneyard)
        twice = next((number for number in there if there.count(number) > 1), None)
        if twice is not None:
            raise UsageError(f"Scene {twice} is on the board twice.", "Keep one of the two.")
        unknown = next((number for number in there if number not in self.shoot.scene_of), None)
        if unknown is not None:
            raise UsageError(f"The board has a scene {unknown}, which the shoot does not have.", "Remove it.")
        missing = next((one.number for one in self.shoot.scenes if one.number not in set(there)), None)
        if missing is not None:
            raise UsageError(
                f"Scene {missing} is neither on a day of the board nor in its boneyard.", "Put it on one of them."
            )
        self._check_locks()

    def __iter__(self) -> Iterator[ShootDay]:
        return iter(self.days)

    def day_of(self, number: str) -> date | None:
        """The day on which a scene is shot; None while it is in the boneyard."""
        return next((day.date for day in self.days if number in day.scenes), None)

    def work_days(self, member: str) -> tuple[date, ...]:
        """The days on which a cast member plays, in order."""
        scenes = self.shoot.scene_of
        return tuple(day.date for day in self.days if any(member in scenes[number].cast for number in day.scenes))

    def _check_locks(self) -> None:
        scenes = [number for number, _ in self.locks.scenes] + [one for order in self.locks.orders for one in order]
        for what, names, known in (
            ("scene", scenes, self.shoot.scene_of),
            ("cast member", self.locks.cast, self.shoot.member_of),
        ):
            unknown = next((name for name in names if name not in known), None)
            if unknown is not None:
                raise UsageError(
                    f"A lock of the board names the {what} {unknown!r}, which the shoot does not have.",
                    "Remove the lock.",
                )
