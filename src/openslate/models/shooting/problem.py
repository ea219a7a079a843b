"""A whole shoot as arrays: scenes to be put on days, who is paid for which of them, and what days and moves cost."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.shoot_search import FAR, MOST_PLACES, SPANNED, Terms

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
NEVER = FAR
"""A limit that nothing reaches."""


@dataclass(frozen=True)
class Payees:
    """Whoever is paid by days: the cast, and the sets that stand. Arrays are (payees,).

    Attributes:
        kind: 0 for every slot from the first to the last, 1 for weeks that are begun, 2 for slots with work alone.
        rate: for a slot, or a week.
        drops: gaps that are not paid, of at least `drop_days` calendar days.
        least: slots, or weeks, that are paid at least.
        work_limit: minutes of a day that they may be in scenes.
        no_night: whether they never work at night.
        rest_cost: of a rest that is cut short; below 0 for those who do not rest, such as sets.
        stage: on which a set stands, -1 for none; two of one stage never stand together.
        build, strike: slots before its first and after its last scene in which a set stands as well.
    """

    kind: Numbers
    rate: Numbers
    drops: Numbers
    drop_days: Numbers
    least: Numbers
    work_limit: Numbers
    no_night: Numbers
    rest_cost: Numbers
    stage: Numbers
    build: Numbers
    strike: Numbers

    @classmethod
    def of(cls, rate: Numbers, **more: Numbers) -> "Payees":
        """Payees of whom only some things are said; the others are usual.

        Example:
            >>> import numpy as np
            >>> int(Payees.of(np.array([100, 200])).rate.sum())
            300
        """
        usual = {
            "kind": SPANNED,
            "drops": 0,
            "drop_days": 0,
            "least": 0,
            "work_limit": NEVER,
            "no_night": 0,
            "rest_cost": 0,
            "stage": -1,
            "build": 0,
            "strike": 0,
        }
        filled = {name: np.full(len(rate), value, np.int64) for name, value in usual.items()}
        return cls(rate=rate.astype(np.int64), **{**filled, **more})

    def __len__(self) -> int:
        return len(self.rate)

    def columns(self) -> Numbers:
        """(payees, 11) in the order of the search."""
        names = ("kind", "rate", "drops", "drop_days", "least", "work_limit", "no_night", "rest_cost")
        rest = ("stage", "build", "strike")
        return np.ascontiguousarray(np.stack([getattr(self, name) for name in (*names, *rest)], axis=1))


@dataclass(frozen=True)
class Day:
    """How long a day is, what it costs, and the rests between days; minutes and money.

    Attributes:
        minutes, overtime_minutes: of a day, and what may be added.
        overtime_cost: of a minute of these.
        cost: of a day on which anything is shot.
        places: at which may be shot on one day.
        meal: minutes that lengthen the day from call to wrap.
        day_call, night_call: minutes after midnight.
        crew_rest, cast_rest: minutes that are never cut short.
        paid_crew_rest, paid_cast_rest: minutes that are paid for when they are.
        crew_rest_cost: of that, for the unit.
        in_a_row: days in a row that may be shot.
        premiums: (n,) what the nth day in a row costs more; the last stands for all further ones.
    """

    minutes: int
    overtime_minutes: int = 0
    overtime_cost: int = 0
    cost: int = 0
    places: int = 2
    meal: int = 60
    day_call: int = 420
    night_call: int = 1020
    crew_rest: int = 0
    paid_crew_rest: int = 0
    crew_rest_cost: int = 0
    cast_rest: int = 0
    paid_cast_rest: int = 0
    in_a_row: int = 365
    premiums: tuple[int, ...] = (0,)

    @property
    def longest(self) -> int:
        """Minutes with overtime."""
        return self.minutes + self.overtime_minutes


@dataclass(frozen=True)
class Problem:
    """A shoot to be scheduled. A slot is a day on which the crew works.

    Stability: provisional.

    Attributes:
        minutes: (scenes,) that shooting each takes.
        place: (scenes,) where each is shot.
        shift: (scenes,) 0 for any, 1 for a day, 2 for a night.
        allowed: (scenes, slots) whether it may be shot on it.
        needs: (payees, scenes) who is in it.
        dates: (slots,) day numbers of the calendar, in order.
        payees: what they cost.
        day: how long a day is.
        fee: (places,) of each slot on which something is shot there.
        way_minutes, way_cost: (places, places) of a move.
        after: (pairs, 3) the first scene of a pair is on an earlier slot than the second, by so many at least; 0 where
            one slot may have both.
        preferred: (scenes,) slots that they stay on if it costs nothing else; -1 where none is.
        change_cost: of a scene on another slot than that.
        usual: (some payees, slots) on which the first of the payees worked before; none where that does not matter.
        call_cost: of each slot on which one of them works now and did not, or did and does not.

    Raises:
        ValueError: the shapes do not fit, or a day may have more places than can be ordered.
    """

    minutes: Numbers
    place: Numbers
    shift: Numbers
    allowed: Flags
    needs: Flags
    dates: Numbers
    payees: Payees
    day: Day
    fee: Numbers
    way_minutes: Numbers
    way_cost: Numbers
    after: Numbers = field(default_factory=lambda: np.empty((0, 2), np.int64))
    preferred: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    change_cost: int = 0
    usual: Flags = field(default_factory=lambda: np.empty((0, 0), np.bool_))
    call_cost: int = 0

    def __post_init__(self) -> None:
        scenes, slots, places = len(self.minutes), len(self.dates), len(self.fee)
        shapes = {
            "place": (self.place.shape, (scenes,)),
            "shift": (self.shift.shape, (scenes,)),
            "allowed": (self.allowed.shape, (scenes, slots)),
            "needs": (self.needs.shape, (len(self.payees), scenes)),
            "way_minutes": (self.way_minutes.shape, (places, places)),
            "way_cost": (self.way_cost.shape, (places, places)),
        }
        for name, (found, wanted) in shapes.items():
            if found != wanted:
                raise ValueError(f"{name} has the shape {found} and not {wanted}")
        if self.day.places > MOST_PLACES:
            raise ValueError(f"a day has at most {MOST_PLACES} places")
        if len(self.preferred) not in (0, scenes):
            raise ValueError("preferred has one slot for each scene, or none at all")
        if len(self.usual) and (len(self.usual) > len(self.payees) or self.usual.shape[1] != slots):
            raise ValueError("usual has a row for some of the payees, with every slot")

    def terms(self) -> Terms:
        """The same as the search takes it."""
        scenes = len(self.minutes)
        lengths = self.needs.sum(axis=0)
        day = self.day
        numbers = (
            day.minutes,
            day.overtime_minutes,
            day.overtime_cost,
            day.cost,
            day.places,
            day.meal,
            day.day_call,
            day.night_call,
            day.crew_rest,
            day.paid_crew_rest,
            day.crew_rest_cost,
            day.cast_rest,
            day.paid_cast_rest,
            max(day.crew_rest, day.paid_crew_rest, day.cast_rest, day.paid_cast_rest),
            day.in_a_row,
            self.change_cost,
            self.call_cost,
        )
        return Terms(
            minutes=self.minutes.astype(np.int64),
            place=self.place.astype(np.int64),
            shift=self.shift.astype(np.int64),
            allowed=np.ascontiguousarray(self.allowed),
            dates=self.dates.astype(np.int64),
            needs_from=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            needs=np.nonzero(self.needs.T)[1].astype(np.int64),
            payees=self.payees.columns(),
            fee=self.fee.astype(np.int64),
            way_minutes=np.ascontiguousarray(self.way_minutes.astype(np.int64)),
            way_cost=np.ascontiguousarray(self.way_cost.astype(np.int64)),
            after=np.ascontiguousarray(self.after.astype(np.int64)),
            premiums=np.array([0, *day.premiums], dtype=np.int64),
            preferred=self.preferred.astype(np.int64) if len(self.preferred) else np.full(scenes, -1, np.int64),
            usual=np.ascontiguousarray(self.usual),
            day=np.array(numbers, dtype=np.int64),
        )
