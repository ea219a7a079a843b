"""The learned interest of what is shown, where a score was learned: told beside the rules, and deciding nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.interest.kept import open_interest, scores_of, told_of
from openslate.apps.press.publishing.edition_types import Edition


@dataclass(frozen=True)
class ShownInterest:
    """Interest.

    Attributes:
        scores: 0 to 100, of the lead of each story, by its id.
        fitted_on: what the score was fitted on, in a sentence; empty where none was learned.
    """

    scores: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    fitted_on: str = ""


def interest_of(desk: Desk, edition: Edition) -> ShownInterest:
    """The interest of the leads of an edition, by the score that was learned last.

    Args:
        desk: of the project whose score it is.
        edition: what is shown.

    Raises:
        RegistryError: the score is damaged.
    """
    opened = open_interest(desk.project)
    if opened is None:
        return ShownInterest()
    leads = [story.lead for story in edition.stories]
    told = [told_of(one.item, one.story, len(one.entities), edition.taxonomy) for one in leads]
    return ShownInterest(scores_of(opened, told), opened.fitted_on)
