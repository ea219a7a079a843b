"""Stories that a decision held together or apart, grouped anew once it is withdrawn, in hours that are past as well."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from openslate.apps.press.stories.engine import StoryState
from openslate.apps.press.stories.grouping import grouped
from openslate.apps.press.stories.grouping_hour import Groups
from openslate.apps.press.stories.held import Held
from openslate.apps.press.stories.hour import groups_of
from openslate.apps.press.stories.placing import placed
from openslate.apps.press.stories.settling import LOCAL
from openslate.apps.press.stories.things import Headline


def loosened(state: StoryState, items: Collection[str]) -> StoryState:
    """The state with the stories of some items grouped anew, as if nobody had said anything of them.

    What still holds by hand is put on top of it by `arrive`, which is to follow.

    Args:
        state: as it was.
        items: ids that a withdrawn decision was about.
    """
    frozen = _regrouped(state.frozen, items, state.headlines, state.hour)
    moved = {item for item, place in frozen.places.items() if state.frozen.places[item].story != place.story}
    # What changes is told of all that was touched since.
    now = replace(state.now, touched=state.now.touched | moved)
    return replace(state, frozen=frozen, now=now)


def _regrouped(held: Held, items: Collection[str], known: Mapping[str, Headline], hour: int) -> Held:
    stories = {held.places[item].story for item in items if item in held.places}
    ids = held.window.ids
    mine = np.array([held.places[row].story in stories for row in ids], dtype=np.bool_)
    if not mine.any():
        return held
    rows = np.flatnonzero(mine)
    # Few headlines need others beside them, or all of them look alike.
    beside = np.flatnonzero(~mine)[-max(LOCAL - len(rows), 0) :]
    found = grouped([known[ids[row]].title for row in (*rows, *beside)])[: len(rows)]
    start = groups_of(held)
    labels = start.labels.copy()
    labels[rows] = found + int(labels.max()) + 1
    copy_of = {item: place.copy_of for item, place in held.places.items() if place.copy_of}
    done = placed(held, start, Groups(held.window, labels, start.fresh), copy_of, known, hour)
    return Held(done.places, done.stories, held.window, held.copies)
