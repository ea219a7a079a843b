"""What the engine holds of stories at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from openslate.apps.press.stories.copies import Copies
from openslate.apps.press.stories.things import Named, Place
from openslate.apps.press.stories.window import Window


@dataclass(frozen=True)
class Held:
    """Stories at the end of an hour, or within it.

    Attributes:
        places: of the items of the window.
        stories: by id, those that are and those that were.
        window: the items that are no copies, as rows.
        copies: what copies of items are known by.
        touched: items that are elsewhere than at the end of the hour before, or new.
    """

    places: Mapping[str, Place] = field(default_factory=lambda: MappingProxyType({}))
    stories: Mapping[str, Named] = field(default_factory=lambda: MappingProxyType({}))
    window: Window = field(default_factory=Window, compare=False, repr=False)
    copies: Copies = field(default_factory=Copies, compare=False, repr=False)
    touched: frozenset[str] = field(default=frozenset(), compare=False, repr=False)

    @property
    def story_of(self) -> dict[str, str]:
        """The story of each item of the window."""
        return {item: place.story for item, place in self.places.items()}

    @property
    def became(self) -> dict[str, str]:
        """Ids that stories had, and what each is known by now; never one of these again."""
        return {story: named.became for story, named in self.stories.items() if named.became}
