"""An invented shoot: an ensemble that is spread over places, days that are short of room, and people who are away.

Scenes are of a page on average and the unit shoots some three and a half to four of them a day. The leads are in many
scenes; everybody else is in few, which their thread of the story spreads over several places. Some places may be shot
at for a few days alone, and some of the cast are away for some. So no order of days suits all, and much of the pay is
for waiting: `benchmarks.whole_shoots` says how much. A plain board is laid first, and no permit and no absence is
drawn against it, so that every invented shoot can be scheduled.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.invented.laid import Laid, absences, laid, permits
from openslate.apps.production.shoot.days import DayTerms
from openslate.apps.production.shoot.people import CastMember, Contract
from openslate.apps.production.shoot.places import Location, Move, Set
from openslate.apps.production.shoot.scenes import Scene, usual_shift
from openslate.apps.production.shoot.shoot import Shoot

Flags = NDArray[np.bool_]
NAMES = (
    "Ada Bram Cleo Dov Edda Finn Greta Hugo Ines Jonas Kaya Levi Mira Nils Oona Pavel Quill Rosa Sami Tove Ugo "
    "Vera Wim Xenia Yara Zeno Alba Boris Celia Davor Elke Fadi Gita Hana Ivo Juno Kasper Lina Milo Nora"
)
PLACES = (
    "Harbour Mill Hospital Station Farmhouse Court Arcade Chapel Quarry Hotel School Market Bridge Observatory "
    "Docks Archive Theatre Clinic Garage Orchard"
)
ROOMS = ("hall", "office", "kitchen", "yard", "stairs", "roof")
STARTS = date(2027, 3, 1)
DAY = DayTerms(cost=9_000, overtime_cost=60)


@dataclass(frozen=True)
class ShootSettings:
    """What is invented.

    Attributes:
        scenes: how many.
        cast: how many; None for as many as such a shoot has.
        places: how many locations; None likewise.
        seed: of everything that is drawn.
        away: share of the cast who are away for some days.
        permits: how many places may be shot at for some days alone.
    """

    scenes: int = 40
    cast: int | None = None
    places: int | None = None
    seed: int = 0
    away: float = 0.5
    permits: int = 6


def invented_shoot(settings: ShootSettings = ShootSettings()) -> Shoot:
    """An invented shoot; the same settings give the same one.

    Args:
        settings: how large, and which.

    Example:
        >>> shoot = invented_shoot(ShootSettings(scenes=12, seed=3))
        >>> len(shoot.scenes), shoot.scenes[0].number, len(shoot.cast) >= 6
        (12, '1', True)
    """
    drawn, n, names = np.random.default_rng(settings.seed), settings.scenes, PLACES.split()
    n_cast = settings.cast or int(np.clip(round(3 * n**0.5), 6, len(NAMES.split())))
    n_places = settings.places or int(np.clip(round(1.2 * n**0.5), 3, len(names)))
    place = drawn.choice(n_places, n, p=drawn.dirichlet(np.full(n_places, 2.0)))
    plays = _who_plays(drawn, place, n_cast)
    fees = [int(drawn.integers(2, 12)) * 250 for _ in range(n_places)]
    outdoors = drawn.random(n_places) < 0.4
    scenes = tuple(_scene(drawn, at, names[place[at]], bool(outdoors[place[at]]), plays[:, at]) for at in range(n))
    moves = _moves(drawn, names[:n_places])
    plain = laid(drawn, scenes, place, DAY, max(move.minutes for move in moves) if moves else 0, STARTS)
    narrow = set(drawn.permutation(n_places)[: settings.permits].tolist())
    locations = tuple(
        Location(name, fee, permits=permits(drawn, plain, np.flatnonzero(place == at)) if at in narrow else ())
        for at, (name, fee) in enumerate(zip(names[:n_places], fees, strict=True))
    )
    return Shoot(
        name=f"Invented {n}",
        currency="USD",
        scenes=scenes,
        cast=_cast(drawn, plays, settings.away, plain),
        locations=locations,
        sets=tuple(Set(name, name.split(" - ")[0].capitalize()) for name in dict.fromkeys(one.set for one in scenes)),
        calendar=plain.calendar,
        day=DAY,
        moves=moves,
    )


def _who_plays(drawn: np.random.Generator, place: NDArray[np.int64], n_cast: int) -> Flags:
    """(cast, scenes); leads are everywhere, and everybody else mostly in their own thread of the story."""
    n, threads, leads = len(place), max(n_cast // 3, 2), max(n_cast // 8, 2)
    thread = drawn.integers(0, threads, n)
    plays = np.zeros((n_cast, n), dtype=np.bool_)
    for member in range(leads):
        plays[member] = drawn.random(n) < (0.25 if member else 0.4)
    for member in range(leads, n_cast):
        mine = drawn.choice(threads, 1 + (drawn.random() < 0.6), replace=False)
        weight = np.where(np.isin(thread, mine), 1.0, 0.5 / max(threads - len(mine), 1))
        # How many scenes a part has grows slower than the script.
        _spread(drawn, plays[member], weight, place, max(round(float(drawn.gamma(4.0, 0.14)) * n**0.5), 2))
    for rare in np.flatnonzero(plays.sum(axis=1) < 2):
        plays[rare, drawn.choice(n, min(2, n), replace=False)] = True
    for at in np.flatnonzero(~plays.any(axis=0)):
        plays[drawn.integers(leads), at] = True
    return plays


def _spread(
    drawn: np.random.Generator, plays: Flags, weight: NDArray[np.float64], place: NDArray[np.int64], many: int
) -> None:
    """Give somebody so many scenes, rather at another place than at one where they are already."""
    left = weight.copy()
    for _ in range(min(many, len(left))):
        at = drawn.choice(len(left), p=left / left.sum())
        plays[at] = True
        left[at] = 0.0
        left[place == place[at]] *= 0.3


def _scene(drawn: np.random.Generator, at: int, place: str, outdoors: bool, plays: NDArray[np.bool_]) -> Scene:
    interior = "EXT" if outdoors else "INT"
    time = "night" if drawn.random() < 0.2 else "day"
    room = ROOMS[int(drawn.integers(2 if outdoors else len(ROOMS)))]
    return Scene(
        number=str(at + 1),
        set=f"{place.upper()} - {room.upper()}",
        interior="EXT" if outdoors else "INT",
        time=time,
        eighths=int(np.clip(round(drawn.gamma(2.2, 4.0)), 1, 28)),
        cast=tuple(str(member + 1) for member in np.flatnonzero(plays)),
        shift=usual_shift(interior, time),
    )


def _cast(drawn: np.random.Generator, plays: Flags, away: float, plain: Laid) -> tuple[CastMember, ...]:
    found = []
    for member, mine in enumerate(plays):
        share = float(mine.mean())
        rate = int(drawn.integers(8, 20)) * 100 + int(share * 30) * 100
        kind = drawn.random()
        contract = Contract("day", rate)
        if kind < 0.15:
            contract = Contract("weekly", rate * 5 * 4 // 5)
        elif kind < 0.25:
            contract = Contract("day", rate, drops=1, drop_days=11)
        gone = absences(drawn, plain, np.flatnonzero(mine), away)
        found.append(CastMember(str(member + 1), NAMES.split()[member].upper(), contract=contract, away=gone))
    return tuple(found)


def _moves(drawn: np.random.Generator, names: list[str]) -> tuple[Move, ...]:
    """By how far apart places are on an invented map of twenty by twenty miles."""
    spots = drawn.random((len(names), 2)) * 20
    found = []
    for one, name in enumerate(names):
        for other in range(one):
            miles = float(np.hypot(*(spots[one] - spots[other])))
            found.append(
                Move(names[other], name, 5 * round((20 + 2.5 * miles) / 5), 50 * round((500 + 120 * miles) / 50))
            )
    return tuple(found)
