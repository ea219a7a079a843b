"""Whole pages in bulk: many members' home pages as columns of a table, a row for each tile."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.apps.personalize.home import page_of
from openslate.apps.personalize.recommender import Recommender
from openslate.data.datasets import MemberHistory, Viewing
from openslate.models.histories import Histories
from openslate.serving.page_types import Page

COLUMNS: dict[str, type[Any]] = {
    "row": np.int32,
    "place": np.int32,
    "kind": object,
    "heading": object,
    "title": object,
    "reason": object,
    "score": np.float64,
    "propensity": np.float64,
    "progress": np.float64,
}
"""Columns of a page's tiles; `row` and `place` count from 0, as impressions do, and `progress` is NaN where none is."""

Columns = dict[str, NDArray[Any]]


def pages_of(
    recommender: Recommender, data: Viewing, start: int, stop: int, moment: datetime, tell: Callable[[float], None]
) -> Columns:
    """The pages of members `start` up to, not including, `stop`.

    Args:
        recommender: the model that serves.
        data: everyone's events over the recommender's catalogue, with the shares watched.
        start: the first member.
        stop: the member after the last.
        moment: when the pages are shown.
        tell: told the share that is done.

    Returns:
        `member` and `COLUMNS`, members in order, each page from the top and each row from the left.
    """

    def named() -> Iterable[tuple[str, Page]]:
        for member in range(start, stop):
            yield data.members[member], page_of(recommender, _history(data, member), moment)
            tell((member + 1 - start) / (stop - start))

    return _tiles("member", named())


def pages_for_others(recommender: Recommender, moment: datetime) -> Columns:
    """The pages of whom nothing may be used or nothing is known, by country ('' for anywhere)."""
    countries = ("", *recommender.fitted.order.countries)
    return _tiles("country", [(one, page_of(recommender, _nobody(recommender, one), moment)) for one in countries])


def _history(data: Viewing, member: int) -> MemberHistory:
    first, last = data.histories.offsets[member : member + 2]
    assert data.completion is not None
    return MemberHistory(
        member=data.members[member],
        permitted=True,
        known=True,
        country=data.countries[member],
        histories=data.histories.part(member, member + 1),
        completion=data.completion[first:last],
    )


def _nobody(recommender: Recommender, country: str) -> MemberHistory:
    nothing = Histories.from_lists([[]], len(recommender.catalogue))
    return MemberHistory("", False, False, country, nothing, np.zeros(0))


def _tiles(key: str, pages: Iterable[tuple[str, Page]]) -> Columns:
    """One row a tile."""
    names: list[str] = []
    tiles: list[tuple[object, ...]] = []
    for name, page in pages:
        for row, shown in enumerate(page.rows):
            for place, slot in enumerate(shown.slots):
                names.append(name)
                begun = np.nan if slot.progress is None else slot.progress
                said = (slot.title, slot.reason, slot.score, slot.propensity, begun)
                tiles.append((row, place, shown.kind, shown.heading, *said))
    columns = {
        name: np.array([tile[place] for tile in tiles], dtype=kind)
        for place, (name, kind) in enumerate(COLUMNS.items())
    }
    return {key: np.array(names, dtype=object), **columns}
