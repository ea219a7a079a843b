"""The interest score of a project: learned from its desk, stored as a model, opened again."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from openslate import clock
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.item_document import item_of
from openslate.apps.press.interest.learning import Interest, Learned, learn
from openslate.apps.press.interest.taken_up import WINDOW, Told
from openslate.apps.press.scores.quality import tier_of
from openslate.apps.press.scores.taxonomy import Taxonomy
from openslate.clock import to_microseconds
from openslate.errors import RegistryError
from openslate.project import Project
from openslate.registry import artifacts

KIND = "press interest"


@dataclass(frozen=True)
class Opened:
    """A stored score.

    Attributes:
        artifact: where it is stored.
        interest: the score.
    """

    artifact: artifacts.Artifact
    interest: Interest

    @property
    def fitted_on(self) -> str:
        """What it was fitted on, in a sentence."""
        said = self.artifact.manifest
        tested = (
            f"tested on {said['tested']:,} later ones, rank correlation {said['rank']:.2f} "
            f"(by the tier of the source alone {said['rank_of_tier']:.2f})"
            if said["rank"] is not None and said["rank_of_tier"] is not None
            else "and tested on none: too few came later"
        )
        return (
            f"Fitted on {said['items']:,} items of {said['sources']:,} sources, {said['begins'][:10]} to "
            f"{said['ends'][:10]}, by how many other sources took each up within two days; {tested}. "
            f"{said['reserved']:,} items were left out, because their sources reserve them."
        )


def learn_interest(desk: Desk, taxonomy: Taxonomy) -> tuple[artifacts.Artifact, Learned]:
    """Learn interest from the desk, and store it.

    Args:
        desk: with items in stories.
        taxonomy: with the tiers.

    Raises:
        FitError: too few items may be learned from.
    """
    now = clock.now()
    found = learn(told_until(desk, taxonomy, now), now)
    manifest: Mapping[str, Any] = {
        "items": found.items,
        "sources": found.sources,
        "begins": found.begins.isoformat(),
        "ends": found.ends.isoformat(),
        "reserved": found.reserved,
        "open": found.open,
        "tested": found.tested,
        "rank": _number(found.rank),
        "rank_of_tier": _number(found.rank_of_tier),
        "outcome": f"other sources within {WINDOW.total_seconds() / 3600:.0f} hours",
    }
    return artifacts.save(desk.project, KIND, {"interest": found.interest}, manifest), found


def open_interest(project: Project) -> Opened | None:
    """The score that was learned last; None where none was.

    Args:
        project: where.

    Raises:
        RegistryError: it is damaged.
    """
    rows = project.state.rows(
        "SELECT id FROM artifacts WHERE kind = ? ORDER BY recorded DESC, rowid DESC LIMIT 1", (KIND,)
    )
    if not rows:
        return None
    artifact = artifacts.find(project, str(rows[0][0]))
    interest = artifacts.load(artifact, {"Interest": Interest})["interest"]
    if not isinstance(interest, Interest):
        raise RegistryError(f"Model {artifact.id[:12]} holds no interest score.", "Learn one: `openslate press learn`.")
    return Opened(artifact, interest)


def told_until(desk: Desk, taxonomy: Taxonomy, at: datetime) -> list[Told]:
    """The items in stories that had arrived by a moment.

    Args:
        desk: that is asked.
        taxonomy: with the tiers.
        at: the moment, UTC.
    """
    rows = desk.rows(
        "SELECT story, address, published, seen, source, document FROM story_items "
        "JOIN items ON items.id = story_items.item WHERE seen <= ? ORDER BY items.id",
        (to_microseconds(at),),
    )
    many = Counter(str(item) for (item,) in desk.rows("SELECT item FROM mentions"))
    items = [
        (str(story), item_of(str(address), cast(int, published), cast(int, seen), str(source), str(document)))
        for story, address, published, seen, source, document in rows
    ]
    return [told_of(item, story, many[item.id], taxonomy) for story, item in items]


def told_of(item: Item, story: str, entities: int, taxonomy: Taxonomy) -> Told:
    """An item, as far as learning and scoring look at it.

    Args:
        item: of the desk.
        story: id of its story.
        entities: how many titles and people of the catalogue it names.
        taxonomy: with the tiers.
    """
    points = tier_of(item.provider, item.address, taxonomy)[1]
    words = f"{item.title} {item.excerpt}"
    return Told(item.id, story, item.seen, item.provider.domain, words, points, entities, item.training)


def scores_of(opened: Opened, items: Sequence[Told]) -> dict[str, int]:
    """The interest of items, 0 to 100, by id.

    Args:
        opened: the score.
        items: by `told_of`.
    """
    return dict(zip([one.item for one in items], opened.interest.score(items).tolist(), strict=True))


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 4)
