"""What members say: stars for some of what they saw, and what their data may be used for."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate.catalogue import Columns
from openslate.data.simulate.sessions import first_microsecond
from openslate.data.simulate.settings import SimulatorSettings
from openslate.data.simulate.tastes import DAY, Tastes
from openslate.data.simulate.watching import SECOND, Watched, World

PURPOSES = ("train", "evaluate", "personalize")

SAW_ENOUGH = 0.5
"""Completion from which a title may be rated."""


def give_ratings(
    random: np.random.Generator,
    world: World,
    tastes: Tastes,
    watched: Watched,
    ids: NDArray[np.str_],
    title_ids: NDArray[Any],
) -> Columns:
    """Half-star ratings from .5 to 5, at most one for each member and title, soon after the play.

    The very glad and the disappointed rate more often than the lukewarm, as on real services: missing not at random.

    Args:
        random: where chance comes from.
        world: seconds and rating_share are used.
        tastes: generosity is used.
        watched: from `watch`, by member, then by time.
        ids: str [members].
        title_ids: str [titles].
    """
    seen = np.flatnonzero(watched.completion >= SAW_ENOUGH)
    pairs = watched.member[seen] * world.settings.titles + watched.title[seen]
    seen = np.sort(seen[np.unique(pairs, return_index=True)[1]])
    glad = watched.glad[seen]
    eager = 0.9 + 4 * np.abs(glad - 0.5) ** 1.5
    rated = seen[random.random(len(seen)) < world.settings.rating_share * eager]
    member, title = watched.member[rated], watched.title[rated]
    stars = 1.6 + 3.0 * watched.glad[rated] + tastes.generosity[member] + random.normal(scale=0.5, size=len(rated))
    runtime = world.truth.seconds[title] * watched.completion[rated]
    after = ((runtime + random.exponential(600, size=len(rated))) * SECOND).astype(np.int64)
    end = first_microsecond(world.settings) + world.settings.days * DAY
    moments = watched.started[rated] + after
    in_time = moments < end
    return {
        "member": ids[member][in_time],
        "title": title_ids[title][in_time],
        "rated": moments[in_time].view("datetime64[us]"),
        "rating": np.clip(np.rint(2 * stars) / 2, 0.5, 5.0)[in_time],
    }


def give_consents(
    random: np.random.Generator, settings: SimulatorSettings, joined: NDArray[np.int64], ids: NDArray[np.str_]
) -> Columns:
    """Every member's answer for every purpose at joining, and the withdrawals of those who change their mind.

    Args:
        random: where chance comes from.
        settings: the three shares, start and days are used.
        joined: int64 [members], microseconds UTC.
        ids: str [members].
    """
    n = len(ids)
    draws = random.random(n)
    refuses_all = draws < settings.refusing_all
    refuses_training = ~refuses_all & (draws < settings.refusing_all + settings.refusing_training)
    granted = np.repeat(~refuses_all[:, None], len(PURPOSES), axis=1)
    granted[refuses_training, PURPOSES.index("train")] = False
    withdraws = np.flatnonzero(draws >= 1 - settings.withdrawing)
    first = first_microsecond(settings)
    since = np.maximum(joined[withdraws], first)
    left = first + settings.days * DAY - since
    changed = since + (random.random(len(withdraws)) * left).astype(np.int64)
    again = len(withdraws) * len(PURPOSES)
    return {
        "member": np.repeat(np.concatenate([ids, ids[withdraws]]), len(PURPOSES)),
        "purpose": np.tile(np.array(PURPOSES), n + len(withdraws)),
        "granted": np.concatenate([granted.ravel(), np.zeros(again, dtype=bool)]),
        "recorded": np.repeat(np.concatenate([joined, changed]), len(PURPOSES)).view("datetime64[us]"),
    }
