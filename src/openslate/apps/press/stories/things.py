"""The things that the engine speaks of: headlines, their places, names of stories, and what changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

PASSING = -1
ChangeKind = Literal["new", "joined", "merged", "split", "moved"]


@dataclass(frozen=True)
class Headline:
    """One item, as far as its story goes.

    Attributes:
        id: of the item.
        title, excerpt, text: plain; all but the title may be empty.
        published, seen: moments, UTC; `seen` is when it arrived here.
        quality: by the record's rule; 0 where unknown.
        address: canonical.
    """

    id: str
    title: str
    excerpt: str
    text: str
    published: datetime
    seen: datetime
    quality: int = 0
    address: str = ""


class Place(NamedTuple):
    """Where an item is.

    Attributes:
        story: id.
        copy_of: id of the item that it is a copy of; empty for none.
        fresh: whether it came since its neighbourhood was grouped last.
        hour: hours since 1970 at which it arrived.
    """

    story: str
    copy_of: str
    fresh: bool
    hour: int


class Named(NamedTuple):
    """A story that is or was.

    Attributes:
        begun: hours since 1970 at which it began; `PASSING` of an id that was seen within an hour, and that the hour
            did not end with: it may be given again.
        first: moment at which its first lead was published, microseconds since 1970.
        item: id of its first lead, which gave it its id.
        became: id of the story that it is now; empty for itself.
        last: hour in which it began or became another.
    """

    begun: int
    first: int
    item: str
    became: str
    last: int


@dataclass(frozen=True)
class Change:
    """Something that happened to a story.

    Attributes:
        kind: new: it began. joined: an item came to it. merged: it became another. split: it was taken out of another.
            moved: an item went over to it from another.
        story: id; of a merge, that which was.
        other: of a merge, the story that is kept; of a split or a move, the story it was taken out of.
        item: id, where it is about one; of a new story, its lead.
        why: in a sentence.
    """

    kind: ChangeKind
    story: str
    other: str
    item: str
    why: str
