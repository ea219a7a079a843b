"""Top lists in bulk: many members' best unseen titles as columns of a table."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate import clock
from openslate.apps.personalize.recommender import ROUNDING, Recommender
from openslate.data.datasets import Viewing
from openslate.models.blend import seen_titles
from openslate.models.blocks import in_blocks
from openslate.models.histories import Histories
from openslate.models.top import top_titles

MEMBERS_AT_ONCE = 512
"""Members scored together, fewer on a large catalogue."""
WORTH_COMPILING = 2**18
"""Scores below which NumPy has found the best before the compiled loop is even loaded; it finds the same."""

Columns = dict[str, NDArray[Any]]


def lists_of(
    recommender: Recommender,
    data: Viewing,
    start: int,
    stop: int,
    count: int,
    moment: datetime,
    tell: Callable[[float], None],
) -> Columns:
    """The lists of members `start` up to, not including, `stop`.

    Args:
        recommender: the model that serves.
        data: everyone's events over the recommender's catalogue.
        start: the first member.
        stop: the member after the last.
        count: titles in each list; a member who has seen nearly all gets fewer.
        moment: titles released later are not listed.
        tell: told the share that is done.

    Returns:
        `member`, `rank` from 1, `title` and `score`, a row for each title; members in order, the best title first.
    """
    out, nothing = titles_out(recommender, moment), scores_of_nobody(recommender)
    titles = np.empty((stop - start, count), dtype=np.int32)
    scores = np.empty((stop - start, count), dtype=np.float32)

    def rank(first: int, last: int, block: Histories) -> int:
        countries = data.countries[start + first : start + last]
        titles[first:last], scores[first:last] = best_unseen(recommender, block, countries, out, nothing, count)
        return last

    for done in in_blocks(data.histories.part(start, stop), rank, MEMBERS_AT_ONCE):
        tell(done / (stop - start))
    members = np.array(data.members[start:stop], dtype=object)
    return {"member": np.repeat(members, count)[titles.ravel() >= 0], **_ranked(recommender, titles, scores)}


def lists_for_others(recommender: Recommender, count: int, moment: datetime) -> Columns:
    """What members get of whom nothing may be used or nothing is known: what is popular in their country.

    Args:
        recommender: the model that serves.
        count: titles in each list.
        moment: titles released later are not listed.

    Returns:
        `country` ('' for anywhere), `rank` from 1, `title` and `score`.
    """
    countries = ("", *recommender.fitted.order.countries)
    popular = np.array([recommender.popular_in(country) for country in countries], dtype=np.float32)
    popular[:, ~titles_out(recommender, moment)] = -np.inf
    titles = top_titles(popular, count)
    scores = np.take_along_axis(popular, titles, axis=1)
    named = np.repeat(np.array(countries, dtype=object), count)[titles.ravel() >= 0]
    return {"country": named, **_ranked(recommender, titles, scores)}


def titles_out(recommender: Recommender, moment: datetime) -> NDArray[np.bool_]:
    """Titles that are out by a moment, bool [n_titles]; never fewer than when the model was trained."""
    until = max(recommender.fitted.order.as_of, clock.to_microseconds(moment))
    return recommender.catalogue.release_microseconds <= until


def scores_of_nobody(recommender: Recommender) -> NDArray[np.float32]:
    """What the model says of a member without any event, float32 [1, n_titles]."""
    return recommender.scores(Histories.from_lists([[]], len(recommender.catalogue)))


def best_unseen(
    recommender: Recommender,
    histories: Histories,
    countries: tuple[str, ...],
    out: NDArray[np.bool_],
    nothing: NDArray[np.float32],
    count: int,
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Each member's best titles and their scores, the one place where a block of members is ranked.

    As in `recommend`, a member whose history changes no score gets what is popular in their country.

    Args:
        recommender: the model that serves.
        histories: a block of members, over the recommender's catalogue.
        countries: ISO 3166 alpha-2 [members], '' where unknown.
        out: bool [n_titles], titles that may be listed.
        nothing: of `scores_of_nobody`.
        count: how many.

    Returns:
        int32 and float32 [members, count], the best first; -1 where a member has fewer.
    """
    scores = recommender.scores(histories)
    personal = (np.abs(scores - nothing) >= ROUNDING).any(axis=1)
    for member in np.flatnonzero(~personal):
        scores[member] = recommender.popular_in(countries[member])
    scores[seen_titles(histories)] = -np.inf
    scores[:, ~out] = -np.inf
    if scores.size < WORTH_COMPILING:
        titles = top_titles(scores, count)
        return titles, np.take_along_axis(scores, titles, axis=1)
    from openslate.models.kernels.scoring import best_of_scores

    return best_of_scores(scores, count)


def _ranked(recommender: Recommender, titles: NDArray[np.int32], scores: NDArray[np.float32]) -> Columns:
    """Ranks, ids and scores of the places that hold a title."""
    there = titles.ravel() >= 0
    names = np.array([title.title for title in recommender.catalogue.titles], dtype=object)
    ranks = np.tile(np.arange(1, titles.shape[1] + 1, dtype=np.int32), len(titles))
    return {"rank": ranks[there], "title": names[titles.ravel()[there]], "score": scores.ravel()[there]}
