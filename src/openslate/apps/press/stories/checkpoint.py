"""What the desk keeps of the engine between commands: one JSON document, checked when it is read."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from openslate.apps.press.stories.by_hand import Links, Pair
from openslate.apps.press.stories.copies import Copies
from openslate.apps.press.stories.engine import StoryState
from openslate.apps.press.stories.held import Held
from openslate.apps.press.stories.things import Headline, Named, Place
from openslate.apps.press.stories.window import Window

Places = list[tuple[str, str, str, bool, int]]
Names = list[tuple[str, int, int, str, str, int]]


class Checkpoint(BaseModel):
    """The state without headlines, of which the desk has the words."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    hour: int
    rows: list[str]
    arrived: list[str]
    frozen: Places
    frozen_stories: Names
    open: list[str]
    now: Places
    now_stories: Names
    joins: list[Pair]
    parts: list[Pair]
    catalogue: str = ""


def checkpoint_of(state: StoryState, links: Links, catalogue: str = "") -> Checkpoint:
    """What is kept of a state.

    Args:
        state: of stories.
        links: by hand, that hold in it.
        catalogue: id of the titles that were looked for in its items.
    """
    frozen, now = state.frozen, state.now
    return Checkpoint(
        hour=state.hour,
        rows=list(frozen.window.ids),
        arrived=list(frozen.copies.ids),
        frozen=[(item, *place) for item, place in frozen.places.items()],
        frozen_stories=[(story, *named) for story, named in frozen.stories.items()],
        open=list(state.open),
        now=[(item, *place) for item, place in now.places.items() if frozen.places.get(item) != place],
        now_stories=[(story, *named) for story, named in now.stories.items() if frozen.stories.get(story) != named],
        joins=list(links.joins),
        parts=list(links.parts),
        catalogue=catalogue,
    )


def state_of(kept: Checkpoint, known: Mapping[str, Headline]) -> StoryState:
    """The state that was kept, with the same later results as if it had never been put away.

    Args:
        kept: of it.
        known: headlines of all its items that the desk still has.
    """
    frozen = {row[0]: Place(*row[1:]) for row in kept.frozen if row[0] in known}
    rows = [item for item in kept.rows if item in frozen]
    heads = set(rows)
    # Something else stands for copies of what was taken off the desk.
    for item, place in frozen.items():
        if (place.copy_of and place.copy_of not in heads) or (not place.copy_of and item not in heads):
            frozen[item] = place._replace(copy_of="")
            rows.append(item)
            heads.add(item)
    window = Window().with_more(rows, [known[item].title for item in rows])
    copies = Copies().with_more([known[item] for item in kept.arrived if item in known])
    frozen_stories = {row[0]: Named(*row[1:]) for row in kept.frozen_stories}
    held = Held(frozen, frozen_stories, window, copies)
    places = {**frozen, **{row[0]: Place(*row[1:]) for row in kept.now if row[0] in known}}
    stories = {**frozen_stories, **{row[0]: Named(*row[1:]) for row in kept.now_stories}}
    gone = frozenset(item for item, place in places.items() if frozen.get(item) != place)
    return StoryState(
        kept.hour,
        {item: known[item] for item in places},
        held,
        tuple(item for item in kept.open if item in known),
        Held(places, stories, window, copies, gone),
    )
