"""Which members like the titles that are akin to something: counted together where they like the same of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from openslate.data.audience.plays import Plays
from openslate.storage.lake import quoted

LEAST_TITLES = 2
"""Who watched one title of a kind has tried it."""
MOST_MEMBERS = 4_000
"""Of more members, so many stand for all: they are numbered by a digest, so that the first ones are a fair sample."""


@dataclass(frozen=True)
class Served:
    """Members by what they like.

    Attributes:
        likes: bool [kinds of members, things]: rows differ, and the one that likes nothing is left out.
        members: float64 [kinds of members], how many each stands for.
        counted: members who were looked at.
        of: members whose plays may be counted.
        since, until: first and last day of the period.
    """

    likes: NDArray[np.bool_]
    members: NDArray[np.float64]
    counted: int
    of: int
    since: date
    until: date


def count_served(
    plays: Plays, titles: Sequence[str], akin: NDArray[np.bool_], as_of: date, days: int, most: int = MOST_MEMBERS
) -> Served:
    """Count members by which things they like, from what they watched of the titles akin to each.

    A member likes a thing who watched at least two titles akin to it in the period, and to whom these are a larger part
    of what they watched than to all members together.

    Args:
        plays: from `permitted_plays`.
        titles: ids.
        akin: bool [titles, things].
        as_of: the last day.
        days: of the period.
        most: members to look at.
    """
    until = min(as_of, plays.last)
    since = max(until - timedelta(days=days - 1), plays.first)
    numbers, things = np.nonzero(akin)
    connection = plays.connection
    connection.register("given_titles", {"number": np.arange(len(titles)), "title": np.array(titles, dtype=object)})
    connection.register("given_akin", {"number": numbers, "thing": things})
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE tried AS SELECT DISTINCT code, number FROM plays_of "
        "JOIN given_titles USING (title) WHERE counted AND code IN (SELECT code FROM chosen ORDER BY code LIMIT $most) "
        f"AND started >= {quoted(since.isoformat())}::DATE",
        {"most": most},
    )
    rows = connection.execute(
        "WITH of_thing AS (SELECT code, thing, count(*) AS titles FROM tried JOIN given_akin USING (number) "
        "GROUP BY code, thing), whole AS (SELECT code, count(*) AS titles FROM tried GROUP BY code), "
        "usual AS (SELECT thing, sum(titles) AS titles FROM of_thing GROUP BY thing) "
        "SELECT liked, count(*) FROM (SELECT code, list(of_thing.thing ORDER BY of_thing.thing) AS liked "
        "FROM of_thing JOIN whole USING (code) JOIN usual USING (thing) "
        f"WHERE of_thing.titles >= {LEAST_TITLES} AND of_thing.titles * (SELECT sum(titles) FROM whole) "
        "> whole.titles * usual.titles GROUP BY code) GROUP BY liked ORDER BY liked"
    ).fetchall()
    connection.unregister("given_titles")
    connection.unregister("given_akin")
    counted = min(most, plays.members)
    likes = np.zeros((len(rows), akin.shape[1]), dtype=np.bool_)
    for row, (liked, _) in enumerate(rows):
        likes[row, liked] = True
    share = plays.members / counted
    members = np.array([count for _, count in rows], dtype=np.float64) * share
    return Served(likes, members, counted, plays.members, since, until)
