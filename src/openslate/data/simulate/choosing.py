"""How members choose: the candidates in front of them, how much they want each, and which one wins.

A choice is a race of exponential clocks, each running as fast as exp(wanted): the first to ring wins, which is the
multinomial logit (Luce) model; the order in which they ring is Plackett-Luce.
"""

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate.tastes import MOODS, Tastes
from openslate.data.simulate.truth import Truth, wanting

PATIENCE = 4.0
"""How attractive it is to watch nothing, in the log odds of `wanting`."""

SHELF_PULL = 2.5
"""How surely a mood walks to the shelf that lies nearest to it."""

CLOSE = np.float32(6.0)
"""The squared distance within which two titles feel like more of the same."""


def pick_moods(random: np.random.Generator, tastes: Tastes, part_of_week: NDArray[np.int64]) -> NDArray[np.int64]:
    """The mood of each member's session, int64 [members].

    Args:
        random: where chance comes from.
        tastes: the members.
        part_of_week: int64 [members], from `parts_of_week`.
    """
    edges = np.cumsum(tastes.moods[np.arange(len(tastes)), part_of_week], axis=1)
    draws = random.random(len(tastes), dtype=np.float32)
    moods: NDArray[np.int64] = np.minimum((draws[:, None] >= edges).sum(axis=1), MOODS - 1)
    return moods


def ideal_points(tastes: Tastes, mood: NDArray[np.int64], days: NDArray[np.float32]) -> NDArray[np.float32]:
    """Where each member's mood points on a day, float32 [members, THEMES].

    Args:
        tastes: the members.
        mood: int64 [members].
        days: float32 [members], days since the first simulated day.
    """
    everyone = np.arange(len(tastes))
    return tastes.points[everyone, mood] + tastes.swing(days)[:, None] * tastes.drift[everyone, mood]


def shelf_chances(truth: Truth, points: NDArray[np.float32], width: NDArray[np.float32]) -> NDArray[np.float32]:
    """How likely each mood browses each genre's shelf, float32 [members, genres], summing to 1.

    Args:
        truth: shelves are used.
        points: float32 [members, THEMES].
        width: float32 [members].
    """
    away = points[:, None, :] - truth.shelves
    distances = np.einsum("mgd,mgd->mg", away, away)
    # a shelf holds many titles, some of them nearer than its middle: hence four times, not twice, the width
    pull = np.exp(np.float32(SHELF_PULL) * 4 * np.exp(-distances / (4 * width * width)[:, None]))
    chances: NDArray[np.float32] = pull / pull.sum(axis=1, keepdims=True)
    return chances


def want(
    truth: Truth,
    tastes: Tastes,
    points: NDArray[np.float32],
    width: NDArray[np.float32],
    titles: NDArray[np.int64],
    last: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """How much each member wants each candidate, in log odds: float32 [members, candidates].

    Args:
        truth: the hidden side of the titles.
        tastes: the members.
        points: float32 [members, THEMES], the ideal points of the moment.
        width: float32 [members], of the mood of the moment.
        titles: int64 [members, candidates].
        last: float32 [members, THEMES], where the last title watched lies; without it nobody is sated.
    """
    n_titles = len(truth.themes)
    themes = truth.themes.take(titles, axis=0)
    away = themes - points[:, None, :]
    crew = truth.crew.take(titles, axis=0)
    wanted = wanting(
        np.einsum("mcd,mcd->mc", away, away),
        width[:, None],
        truth.promise.take(titles),
        tastes.own_language[:, None] * truth.language_fit.take(tastes.country[:, None] * n_titles + titles),
        admires(crew, tastes.favourites),
    )
    if last is None:
        return wanted
    np.subtract(themes, last[:, None, :], out=away)
    wanted -= tastes.variety[:, None] * np.exp(np.einsum("mcd,mcd->mc", away, away) / -CLOSE)
    return wanted


def admires(crew: NDArray[np.int32], favourites: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether one of the member's favourites is in the crew, bool [members, candidates].

    Args:
        crew: int32 [members, candidates, 3], or [1, candidates, 3] for the same titles for everybody.
        favourites: int64 [members, 2].
    """
    first, second = favourites[:, :1].astype(np.int32), favourites[:, 1:].astype(np.int32)
    found = np.zeros(np.broadcast_shapes(crew.shape[:2], first.shape), dtype=bool)
    for role in range(crew.shape[2]):
        found |= (crew[:, :, role] == first) | (crew[:, :, role] == second)
    return found


def race(random: np.random.Generator, wanted: NDArray[np.float32]) -> NDArray[np.float32]:
    """When each candidate's clock rings: the earliest is the choice, the next the second choice, and so on.

    Args:
        random: where chance comes from.
        wanted: float32 [members, candidates].
    """
    waits: NDArray[np.float32] = random.standard_exponential(wanted.shape, dtype=np.float32)
    return waits * np.exp(-wanted)


def patience(random: np.random.Generator, n: int) -> NDArray[np.float32]:
    """When each of `n` members stops looking, on the clocks of `race`; choices that ring later are not made."""
    waits: NDArray[np.float32] = random.standard_exponential(n, dtype=np.float32)
    return waits * np.float32(np.exp(-PATIENCE))
