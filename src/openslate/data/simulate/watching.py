"""One shard of members watching: session after session, what they look at, choose, abandon, finish and binge.

All members of a shard live through their first session together, then all who have one through their second, and so
on: NumPy works across members, while each member's later sessions know what the earlier ones left behind.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate.attention import SHELF_CARDS, SHELF_DAYS, Attention
from openslate.data.simulate.choosing import ideal_points, patience, pick_moods, race, shelf_chances, want
from openslate.data.simulate.memory import Memory
from openslate.data.simulate.policy import looking, show_pages
from openslate.data.simulate.settings import SimulatorSettings
from openslate.data.simulate.tastes import Tastes
from openslate.data.simulate.truth import SEEN, Truth, enjoyment

SECOND = 1_000_000
SHELF_LOOKS = 16
"""How many titles of one genre's shelf a member looks through in a session."""

ABANDONED = 0.25
"""Who stops before this completion may choose something else in the same session."""

MOST_EPISODES = 6


@dataclass(frozen=True)
class World:
    """Everything members watch in: the settings, the truth about titles, and what is talked about."""

    settings: SimulatorSettings
    truth: Truth
    attention: Attention


@dataclass(frozen=True)
class Round:
    """One session of each of the first members of a shard, before anybody has chosen.

    Attributes:
        started: int64 [sessions], microseconds UTC.
        pages: uint16 [sessions, places], what was shown.
        titles: int64 [sessions, candidates], everything that could be chosen: the page, then the shelf.
        wanted: float32 [sessions, candidates].
        rings: float32 [sessions, candidates], when each candidate's clock rings; infinity where nobody looked.
        gives_up: float32 [sessions], when the member stops looking.
    """

    started: NDArray[np.int64]
    pages: NDArray[np.uint16]
    titles: NDArray[np.int64]
    wanted: NDArray[np.float32]
    rings: NDArray[np.float32]
    gives_up: NDArray[np.float32]


@dataclass(frozen=True)
class Watched:
    """Plays in no particular order: int64 member and title, int64 started, float32 completion and glad."""

    member: NDArray[np.int64]
    title: NDArray[np.int64]
    started: NDArray[np.int64]
    completion: NDArray[np.float32]
    glad: NDArray[np.float32]


def look_around(
    random: np.random.Generator,
    world: World,
    tastes: Tastes,
    memory: Memory,
    day: NDArray[np.int64],
    part_of_week: NDArray[np.int64],
    started: NDArray[np.int64],
) -> Round:
    """Show each member a page and a shelf, and let the clocks of everything they look at run.

    Args:
        random: where chance comes from.
        world: where they are.
        tastes: the members, one session each.
        memory: of the same members, and maybe more after them.
        day: int64 [sessions].
        part_of_week: int64 [sessions].
        started: int64 [sessions], microseconds UTC.
    """
    settings, truth, n = world.settings, world.truth, len(tastes)
    mood = pick_moods(random, tastes, part_of_week)
    points = ideal_points(tastes, mood, day.astype(np.float32))
    width = tastes.width[np.arange(n), mood]
    pages = show_pages(random, settings, world.attention, day, tastes.country)
    chances = shelf_chances(truth, points, width)
    shelf = np.argmin(random.standard_exponential(chances.shape, dtype=np.float32) / chances, axis=1)
    cards = random.integers(SHELF_CARDS, size=(n, SHELF_LOOKS), dtype=np.uint16)
    found = world.attention.shelves[(day // SHELF_DAYS)[:, None], shelf[:, None], cards]
    titles = np.concatenate([pages, found], axis=1).astype(np.int64)
    wanted = want(truth, tastes, points, width, titles, memory.last[:n])
    wanted -= np.float32(SEEN) * memory.has_seen(titles)
    rings = race(random, wanted)
    overlooked = random.random(pages.shape, dtype=np.float32) >= looking(settings, settings.places)
    rings[:, : settings.places][overlooked] = np.inf
    return Round(started, pages, titles, wanted, rings, patience(random, n))


def watch(random: np.random.Generator, world: World, memory: Memory, around: Round) -> list[Watched]:
    """Let each member follow their series, or choose, watch, and maybe choose once more; memory is updated.

    Args:
        random: where chance comes from.
        world: where they are.
        memory: of the members of the round, and maybe more after them.
        around: from `look_around`.
    """
    n = len(around.started)
    following = memory.following[:n]
    goes_on = (following >= 0) & (random.random(n) < 0.8 * memory.glad[:n])
    same = np.flatnonzero(goes_on)
    followed = _play(random, world, memory, same, following[same], memory.glad[same], around.started[same])
    looked = np.flatnonzero(~goes_on)
    first, chosen = _choose(random, world, memory, around, looked)
    # whoever abandons the first choice may take the next best
    disappointed = first.member[first.completion < ABANDONED]
    rejected = around.titles[disappointed] == chosen[disappointed, None]
    around.rings[disappointed] = np.where(rejected, np.inf, around.rings[disappointed])
    second, _ = _choose(random, world, memory, around, disappointed)
    return [followed, first, second]


def _choose(
    random: np.random.Generator, world: World, memory: Memory, around: Round, members: NDArray[np.int64]
) -> tuple[Watched, NDArray[np.int64]]:
    """The plays of the members who find something, and what every member of the round chose (-1: nothing)."""
    best = np.argmin(around.rings[members], axis=1)
    found = around.rings[members, best] < around.gives_up[members]
    members, best = members[found], best[found]
    titles = around.titles[members, best]
    glad = enjoyment(around.wanted[members, best], world.truth.substance[titles])
    memory.left[members] = world.truth.episodes[titles]
    started = np.maximum(around.started[members], memory.free[members])
    chosen = np.full(len(around.started), -1, dtype=np.int64)
    chosen[members] = titles
    return _play(random, world, memory, members, titles, glad, started), chosen


def _play(
    random: np.random.Generator,
    world: World,
    memory: Memory,
    members: NDArray[np.int64],
    titles: NDArray[np.int64],
    glad: NDArray[np.float32],
    started: NDArray[np.int64],
) -> Watched:
    """Press play; remember; one row for each film or episode."""
    n = len(members)
    to_the_end = finishes(random, glad)
    last_completion = completions(random, to_the_end, glad)
    # one more episode, and one more, while it lasts
    appetite = np.floor(np.log(1 - random.random(n)) / np.log(0.02 + 0.5 * glad)).astype(np.int64)
    wished = np.where(to_the_end, 1 + appetite, 1)
    episodes = np.minimum(np.minimum(wished, MOST_EPISODES), memory.left[members])
    runtime = (world.truth.seconds[titles] * SECOND).astype(np.int64)
    delay = random.integers(10 * SECOND, 180 * SECOND, size=n)
    memory.free[members] = started + delay + episodes * runtime + 60 * SECOND
    memory.left[members] -= np.where(to_the_end, episodes, 0)
    memory.following[members] = np.where(to_the_end & (memory.left[members] > 0), titles, -1)
    memory.glad[members] = glad
    memory.last[members] = world.truth.themes[titles]
    memory.note_seen(members, titles)
    session = np.repeat(np.arange(n), episodes)
    episode = np.arange(len(session)) - np.repeat(np.cumsum(episodes) - episodes, episodes)
    completion = np.where(episode == episodes[session] - 1, last_completion[session], np.float32(1))
    return Watched(
        members[session],
        titles[session],
        (started + delay)[session] + episode * runtime[session],
        completion,
        glad[session],
    )


def completions(
    random: np.random.Generator, finished: NDArray[np.bool_], glad: NDArray[np.float32]
) -> NDArray[np.float32]:
    """How much of a film or episode is watched: float32 [plays], 0 to 1.

    Finished means all but some of the end titles; the less glad, the earlier the others leave.

    Args:
        random: where chance comes from.
        finished: bool [plays], from `finishes`.
        glad: float32 [plays], from `enjoyment`.
    """
    draws = random.random(len(glad), dtype=np.float32)
    left = np.float32(0.01) + np.float32(0.88) * draws ** (np.float32(3) - np.float32(2.5) * glad)
    return np.where(finished, np.minimum(np.float32(0.93) + np.float32(0.1) * draws, 1), left).astype(np.float32)


def finishes(random: np.random.Generator, glad: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Who stays to the end: nearly all who are glad, and a few who are not.

    Args:
        random: where chance comes from.
        glad: float32 [plays], from `enjoyment`.
    """
    stays: NDArray[np.bool_] = random.random(len(glad)) < 0.1 + 0.85 * glad
    return stays
