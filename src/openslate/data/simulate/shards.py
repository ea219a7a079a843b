"""Shards: some thousand members at a time, with everything they did, as the tables another layer writes down."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate import seeds
from openslate.data.simulate.catalogue import Columns
from openslate.data.simulate.countries import COUNTRIES
from openslate.data.simulate.memory import Memory
from openslate.data.simulate.policy import propensities
from openslate.data.simulate.reactions import give_consents, give_ratings
from openslate.data.simulate.sessions import Sessions, first_microsecond, invent_sessions, parts_of_week
from openslate.data.simulate.settings import SimulatorSettings
from openslate.data.simulate.tastes import AGE_BANDS, DAY, Tastes, invent_tastes
from openslate.data.simulate.watching import SECOND, Watched, World, look_around, watch

AGE_KNOWN = 0.8
"""Share of members who have told their age band."""


A_LOOK = 60 * SECOND
"""The least time between two sessions of one member."""


@dataclass(frozen=True)
class Shard:
    """Everything about some members, as tables of columns.

    Stability: provisional.

    Attributes:
        members: member, joined, country, age_band (None where it is not known).
        plays: member, title, started, seconds, completion; by member, then by time.
        ratings: member, title, rated, rating.
        impressions: member, title, shown, page, row, position, propensity.
        consents: member, purpose, granted, recorded.
    """

    members: Columns
    plays: Columns
    ratings: Columns
    impressions: Columns
    consents: Columns


@dataclass(frozen=True)
class _Shown:
    """Pages that are written down: int64 member, session (from 0), started and day, uint16 pages [pages, places]."""

    member: NDArray[np.int64]
    session: NDArray[np.int64]
    started: NDArray[np.int64]
    day: NDArray[np.int64]
    pages: NDArray[np.uint16]


def simulate_shard(world: World, title_ids: NDArray[Any], fame: NDArray[np.float64], k: int) -> Shard:
    """Invent the members of shard `k` and live through all their sessions.

    Args:
        world: where they watch.
        title_ids: str [titles].
        fame: float64 [people].
        k: the shard, from 0.
    """
    settings = world.settings
    tastes = invent_tastes(settings, world.truth.communities, fame, k)
    random = seeds.stream(settings.seed, seeds.WATCHING, k)
    watched, shown = _live(random, world, tastes, invent_sessions(random, settings, tastes))
    start = k * settings.members_per_shard
    ids = member_ids(np.arange(start, start + len(tastes)))
    seconds = watched.completion * world.truth.seconds[watched.title] * random.normal(1, 0.004, size=len(watched.title))
    plays: Columns = {
        "member": ids[watched.member],
        "title": title_ids[watched.title],
        "started": watched.started.view("datetime64[us]"),
        "seconds": np.rint(np.minimum(seconds, world.truth.seconds[watched.title])).astype(np.int64),
        "completion": watched.completion.astype(np.float64).round(3),
    }
    return Shard(
        members=_members(random, settings, tastes, ids),
        plays=plays,
        ratings=give_ratings(random, world, tastes, watched, ids, title_ids),
        impressions=_impressions(world, tastes, shown, ids, title_ids),
        consents=give_consents(random, settings, tastes.joined, ids),
    )


def member_ids(members: NDArray[np.int64]) -> NDArray[np.str_]:
    """Members' ids from their numbers in the whole service.

    Example:
        >>> member_ids(np.array([0, 42])).tolist()
        ['m0000000', 'm0000042']
    """
    return np.array([f"m{member:07d}" for member in members.tolist()], dtype=np.str_)


def _live(random: np.random.Generator, world: World, tastes: Tastes, sessions: Sessions) -> tuple[Watched, _Shown]:
    """All rounds of a shard; members with most sessions come first, so that those still active are always a prefix."""
    settings = world.settings
    first = first_microsecond(settings)
    counts = np.diff(sessions.offsets)
    order = np.argsort(-counts, kind="stable")
    sorted_counts = counts[order]
    tastes = tastes.take(order)
    clock = np.array([COUNTRIES[country].clock for country in settings.countries])[tastes.country]
    memory = Memory.blank(tastes.joined, settings.titles)
    noted = _noted(random, sessions, settings.impression_pages_per_member)
    watched: list[Watched] = []
    shown: list[_Shown] = []
    for number in range(int(counts.max(initial=1))):
        n = int(np.searchsorted(-sorted_counts, -number, side="left"))
        session = sessions.offsets[order[:n]] + number
        started = np.maximum(sessions.started[session], memory.free[:n])
        day = np.minimum((started - first) // DAY, settings.days - 1)
        around = look_around(random, world, tastes.first(n), memory, day, parts_of_week(started, clock[:n]), started)
        watched += watch(random, world, memory, around)
        memory.free[:n] = np.maximum(memory.free[:n], started + A_LOOK)
        seen = np.flatnonzero(noted[session])
        shown.append(_Shown(seen, np.full(len(seen), number), started[seen], day[seen], around.pages[seen]))
    return _in_order(watched, order, first + settings.days * DAY), _gather(shown, order, settings, first)


def _noted(random: np.random.Generator, sessions: Sessions, pages: int) -> NDArray[np.bool_]:
    """At most `pages` sessions of each member, chosen evenly: bool [sessions]."""
    member = np.repeat(np.arange(len(sessions.offsets) - 1), np.diff(sessions.offsets))
    shuffled = np.lexsort((random.random(len(member)), member))
    noted = np.empty(len(member), dtype=bool)
    noted[shuffled] = np.arange(len(member)) - sessions.offsets[member] < pages
    return noted


def _in_order(rounds: list[Watched], order: NDArray[np.int64], end: int) -> Watched:
    """All plays that start before the last simulated moment, by member, then by time."""
    member = order[np.concatenate([part.member for part in rounds])]
    started = np.concatenate([part.started for part in rounds])
    kept = np.lexsort((started, member))
    kept = kept[started[kept] < end]
    return Watched(
        member[kept],
        np.concatenate([part.title for part in rounds])[kept],
        started[kept],
        np.concatenate([part.completion for part in rounds])[kept],
        np.concatenate([part.glad for part in rounds])[kept],
    )


def _gather(rounds: list[_Shown], order: NDArray[np.int64], settings: SimulatorSettings, first: int) -> _Shown:
    member = order[np.concatenate([part.member for part in rounds])]
    started = np.concatenate([part.started for part in rounds])
    kept = np.lexsort((started, member))
    kept = kept[started[kept] < first + settings.days * DAY]
    return _Shown(
        member[kept],
        np.concatenate([part.session for part in rounds])[kept],
        started[kept],
        np.concatenate([part.day for part in rounds])[kept],
        np.concatenate([part.pages for part in rounds])[kept],
    )


def _members(
    random: np.random.Generator, settings: SimulatorSettings, tastes: Tastes, ids: NDArray[np.str_]
) -> Columns:
    bands = np.array(AGE_BANDS, dtype=object)[tastes.age_band]
    bands[random.random(len(tastes)) >= AGE_KNOWN] = None
    return {
        "member": ids,
        "joined": tastes.joined.view("datetime64[us]"),
        "country": np.array(settings.countries)[tastes.country],
        "age_band": bands,
    }


def _impressions(
    world: World, tastes: Tastes, shown: _Shown, ids: NDArray[np.str_], title_ids: NDArray[Any]
) -> Columns:
    settings = world.settings
    country = tastes.country[shown.member]
    chances = propensities(settings, world.attention, shown.day, country, shown.pages)
    pages = [f"{ids[member]}-{session}" for member, session in zip(shown.member, shown.session, strict=True)]
    n_pages, places = len(pages), settings.places
    return {
        "member": np.repeat(ids[shown.member], places),
        "title": title_ids[shown.pages.ravel()],
        "shown": np.repeat(shown.started, places).view("datetime64[us]"),
        "page": np.repeat(np.array(pages, dtype=np.str_), places),
        "row": np.tile(np.arange(places) // settings.slots, n_pages),
        "position": np.tile(np.arange(places) % settings.slots, n_pages),
        "propensity": chances.ravel(),
    }
