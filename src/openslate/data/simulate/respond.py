"""Policy testing: show members of a simulated service your own pages, and see what they look at, play and finish."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate import seeds
from openslate.data.simulate.choosing import ideal_points, patience, pick_moods, race, want
from openslate.data.simulate.countries import COUNTRIES
from openslate.data.simulate.policy import looking
from openslate.data.simulate.service import Service
from openslate.data.simulate.sessions import first_microsecond, parts_of_week
from openslate.data.simulate.tastes import DAY
from openslate.data.simulate.truth import enjoyment
from openslate.data.simulate.watching import completions, finishes
from openslate.errors import UsageError


@dataclass(frozen=True)
class Response:
    """What one member did with one page.

    Stability: provisional.

    Attributes:
        looked: the titles the member looked at, in the order of the page.
        played: the title the member played, or None.
        completion: how much of it was watched, 0 to 1.
    """

    looked: tuple[str, ...]
    played: str | None
    completion: float


@dataclass(frozen=True)
class Responses:
    """What many members did with one page each.

    Stability: provisional.

    Attributes:
        looked: bool [members, places].
        played: int64 [members], the place that was played, or -1.
        completion: float32 [members], 0 to 1; 0 where nothing was played.
    """

    looked: NDArray[np.bool_]
    played: NDArray[np.int64]
    completion: NDArray[np.float32]


def respond(service: Service, member: str, slate: Sequence[str], at: int, seed: int) -> Response:
    """Show one member one page.

    Args:
        service: where the member is.
        member: such as 'm0000042'.
        slate: title ids in reading order; a row has `settings.slots` places.
        at: microseconds UTC, which decides the day and the part of the member's week.
        seed: of the member's chance; another seed is another evening.

    Raises:
        UsageError: no such member or title, or a title that is not released on that day.

    Example:
        >>> from openslate.data.simulate import SimulatorSettings
        >>> service = Service.open(SimulatorSettings(members=1_000, titles=120, days=14))
        >>> released = service.titles["title"][service.catalogue.release_days <= 0][:12].tolist()
        >>> evening = respond(service, "m0000042", released, at=1_767_900_000_000_000, seed=1)
        >>> evening.looked[0] == released[0], 0 <= evening.completion <= 1
        (True, True)
    """
    numbers = np.array([_title_number(service, title) for title in slate], dtype=np.int64)
    answers = respond_all(service, np.array([_member_number(service, member)]), numbers[None, :], at, seed)
    place = int(answers.played[0])
    return Response(
        looked=tuple(slate[int(seen)] for seen in np.flatnonzero(answers.looked[0])),
        played=None if place < 0 else slate[place],
        completion=float(answers.completion[0]),
    )


def respond_all(
    service: Service, members: NDArray[np.int64], slates: NDArray[np.int64], at: int, seed: int
) -> Responses:
    """Show each member their page; members choose as in the simulation, as if nothing had been watched before.

    Args:
        service: where the members are.
        members: int64 [members], numbers in the whole service (member 42 is 'm0000042').
        slates: int64 [members, places], title numbers in reading order; a row has `settings.slots` places.
        at: microseconds UTC, which decides the day and the part of each member's week.
        seed: of the members' chance.

    Raises:
        UsageError: no such member or title, or a title that is not released on that day.
    """
    settings, truth = service.settings, service.world.truth
    day = (at - first_microsecond(settings)) // DAY
    _require_released(service, slates, day)
    random = seeds.stream(seed, seeds.ANSWERS)
    tastes = service.tastes_of(members)
    n = len(members)
    clock = np.array([COUNTRIES[country].clock for country in settings.countries])[tastes.country]
    mood = pick_moods(random, tastes, parts_of_week(np.full(n, at), clock))
    points = ideal_points(tastes, mood, np.full(n, day, dtype=np.float32))
    wanted = want(truth, tastes, points, tastes.width[np.arange(n), mood], slates)
    looked = random.random(slates.shape, dtype=np.float32) < looking(settings, slates.shape[1])
    rings = np.where(looked, race(random, wanted), np.inf)
    best = np.argmin(rings, axis=1)
    plays = rings[np.arange(n), best] < patience(random, n)
    glad = enjoyment(wanted[np.arange(n), best], truth.substance[slates[np.arange(n), best]])
    watched = completions(random, finishes(random, glad), glad)
    return Responses(looked, np.where(plays, best, -1), np.where(plays, watched, np.float32(0)))


def _require_released(service: Service, slates: NDArray[np.int64], day: int) -> None:
    settings = service.settings
    if not 0 <= day < settings.days:
        raise UsageError(
            f"The moment lies on day {day} of the service.", f"Choose one on day 0 to {settings.days - 1}."
        )
    if slates.ndim != 2 or slates.shape[1] == 0:
        raise UsageError("A slate without titles was shown.", "Show at least one title to each member.")
    for number in slates[(slates < 0) | (slates >= settings.titles)]:
        raise UsageError(f"There is no title number {number}.", f"Titles are numbered 0 to {settings.titles - 1}.")
    for number in slates[service.catalogue.release_days[slates] > day]:
        raise UsageError(
            f"Title '{service.titles['title'][number]}' is released on {service.titles['released'][number]}.",
            "Show it from that day on, or choose a later moment.",
        )


def _title_number(service: Service, title: str) -> int:
    return _number(title, "t", service.titles["title"])


def _member_number(service: Service, member: str) -> int:
    return _number(member, "m", range(service.settings.members))


def _number(name: str, letter: str, known: Sequence[object] | NDArray[np.str_]) -> int:
    """The number in an id such as 't00042'."""
    digits = name.removeprefix(letter)
    if name.startswith(letter) and digits.isdecimal() and int(digits) < len(known):
        return int(digits)
    raise UsageError(f"'{name}' is not an id of this service.", f"Ids look like '{letter}{0:0{len(digits)}d}'.")
