"""Members of an invented studio's service, and what they watched; many want more of one segment than there is."""

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.demonstration.commissioned import AUDIENCES, EPISODES, Studio
from openslate.data.simulate import seeds as streams
from openslate.data.simulate.catalogue import Columns
from openslate.data.simulate.countries import COUNTRIES
from openslate.data.simulate.tastes import AGE_BANDS
from openslate.rights.consent import PURPOSES

DAY = 86_400_000_000
FANS = 0.5
"""Share of members who want the planted segment."""
FAN_TASTE = 4.0
"""What a fan's taste adds to the logarithm of the odds of each of its titles."""
GENRE_TASTE = 0.7
OWN_LANGUAGE = 1.0
DROPPED = 0.1
"""Share of plays that end within two minutes."""
LAG_DAYS = 40.0
"""Days, on average, until somebody watches what came out before their eyes."""


def live(studio: Studio) -> dict[str, Columns]:
    """The tables members, plays and consents.

    Args:
        studio: the titles and their appeal.
    """
    settings = studio.settings
    random = streams.stream(settings.seed, AUDIENCES, 0)
    size = settings.members
    ids = np.array([f"m{number:06d}" for number in range(size)])
    names = list(COUNTRIES)
    weights = np.array([COUNTRIES[name].members for name in names])
    countries = random.choice(len(names), size=size, p=weights / weights.sum())
    first = np.datetime64(settings.until, "D") - 365 * settings.years_of_plays
    joined = first + np.where(random.random(size) < 0.7, 0, random.integers(0, 365, size=size))
    speaks = np.array([COUNTRIES[name].language for name in names])[countries]
    member, title = _chosen(random, studio, speaks)
    started = _when(random, studio, member, title, joined)
    there = started < (np.datetime64(settings.until, "D") + 1).astype("datetime64[us]")
    member, title, started = member[there], title[there], started[there]
    minutes = studio.table["runtime_minutes"] * np.where(studio.table["kind"] == "series", EPISODES, 1)
    dropped = random.random(len(member)) < DROPPED
    completion = np.where(dropped, 0.0, random.beta(4, 1.3, size=len(member)).clip(0.05))
    seconds = np.where(dropped, random.integers(5, 110, size=len(member)), completion * minutes[title] * 60)
    completion = np.where(dropped, seconds / (minutes[title] * 60), completion).clip(0, 1)
    order = np.lexsort((title, member, started))
    refuses = random.random(size) < settings.refusing
    moment = joined.astype("datetime64[us]")
    return {
        "members": {
            "member": ids,
            "joined": moment,
            "country": np.array(names)[countries],
            "age_band": np.array(AGE_BANDS)[random.integers(len(AGE_BANDS), size=size)],
        },
        "plays": {
            "member": ids[member[order]],
            "title": studio.table["title"][title[order]],
            "started": started[order],
            "seconds": np.round(seconds[order]),
            "completion": np.round(completion[order], 3),
        },
        "consents": {
            "member": np.repeat(ids, len(PURPOSES)),
            "purpose": np.tile(np.array(PURPOSES), size),
            "granted": np.repeat(~refuses, len(PURPOSES)),
            "recorded": np.repeat(moment, len(PURPOSES)),
        },
    }


def _chosen(
    random: np.random.Generator, studio: Studio, speaks: NDArray[np.str_]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of members and titles that they watch: as many as each has evenings, the most wanted first."""
    size, titles = len(speaks), len(studio.appeal)
    genres = sorted({genre for row in studio.table["genres"] for genre in row})
    has = np.array([[genre in row for genre in genres] for row in studio.table["genres"]], dtype=np.float64)
    tastes = random.normal(0, GENRE_TASTE, size=(size, len(genres)))
    fans = random.random(size) < FANS
    wanted = studio.appeal + tastes @ (has / has.sum(axis=1, keepdims=True)).T
    wanted += OWN_LANGUAGE * (studio.table["language"] == speaks[:, None])
    wanted += FAN_TASTE * (fans[:, None] & studio.in_planted)
    # The largest of Gumbel-disturbed wants are a draw without replacement.
    races = wanted + random.gumbel(size=wanted.shape)
    evenings = np.clip(random.gamma(1.5, studio.settings.plays_per_member / 1.5, size=size).astype(int), 1, titles)
    rank = np.argsort(np.argsort(-races, axis=1, kind="stable"), axis=1, kind="stable")
    member, title = np.nonzero(rank < evenings[:, None])
    return member.astype(np.int64), title.astype(np.int64)


def _when(
    random: np.random.Generator,
    studio: Studio,
    member: NDArray[np.int64],
    title: NDArray[np.int64],
    joined: NDArray[np.datetime64],
) -> NDArray[np.datetime64]:
    """Soon after release where that is seen, and else on any day since the member joined; most often in the evening."""
    released = studio.table["released"][title]
    new = released > joined[member]
    lag = random.exponential(LAG_DAYS, size=len(member))
    span = (np.datetime64(studio.settings.until, "D") - joined[member]).astype(np.int64)
    days = np.where(new, lag, random.random(len(member)) * span).astype(np.int64)
    start = np.where(new, released, joined[member]) + days
    evening = (random.beta(5, 2, size=len(member)) * DAY).astype(np.int64)
    moments: NDArray[np.datetime64] = start.astype("datetime64[us]") + evening.astype("timedelta64[us]")
    return moments
