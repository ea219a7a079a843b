"""An edition: what of the desk readers see at a moment, after everything that people decided by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.story import former_ids
from openslate.apps.press.publishing.decided import Decided, corrected, decided
from openslate.apps.press.publishing.edition_types import Edition, Entity, ShownItem, ShownStory
from openslate.apps.press.publishing.later import Candidate, related_in
from openslate.apps.press.publishing.on_desk import Grouped, grouped_items, grouped_stories, mentioned, waiting
from openslate.apps.press.publishing.plain_record import record_of
from openslate.apps.press.publishing.topics import topics_of
from openslate.apps.press.scores.heat import standing_of
from openslate.apps.press.scores.quality import quality_of
from openslate.apps.press.scores.taxonomy import Taxonomy

ANOTHER_LEADS = "It leads for now: what led the story is not shown, and of what is this has the highest quality."


def edition_of(desk: Desk, taxonomy: Taxonomy, at: datetime, since: datetime | None = None) -> Edition:
    """What readers see at a moment.

    Args:
        desk: with items, stories and decisions; nothing of it is changed.
        taxonomy: topics, tiers and the rule of what is published.
        at: the moment, UTC: what was published or arrived later is not there, and an embargo that ends later holds.
        since: stories whose latest item is from before are left out; none when left out.

    Raises:
        ProjectError: the desk cannot be read.
    """
    decisions, about = decided(desk), mentioned(desk)
    stories, hidden = [], 0
    leads = grouped_stories(desk)
    for story, items in grouped_items(desk, at).items():
        seen = [one for one in items if not decisions.hides(one.item, story, about.get(one.item.id, ()), at)]
        hidden += len(items) - len(seen)
        if seen:
            lead, why = leads[story]
            shown = _items(story, seen, about, decisions, taxonomy)
            stories.append(_story(story, shown, lead, why, taxonomy))
    kept = [one for one in stories if since is None or one.latest >= since]
    kept.sort(key=lambda one: (-one.latest.timestamp(), one.id))
    ids = {one.id for one in kept}
    former = {old: new for old, new in former_ids(desk).items() if new in ids}
    return Edition(at, taxonomy, tuple(kept), former, hidden, waiting(desk, at))


def _items(
    story: str,
    seen: Sequence[Grouped],
    about: Mapping[str, tuple[Entity, ...]],
    decisions: Decided,
    taxonomy: Taxonomy,
) -> tuple[ShownItem, ...]:
    originals = _originals(seen)
    prepared = []
    for one in seen:
        item, notes = corrected(one.item, decisions.corrections.get(one.item.id, ()))
        plain = record_of(item, topics_of(item, taxonomy))
        candidate = Candidate(item, 0, originals.get(one.item.id, ""))
        prepared.append((plain, quality_of(plain, taxonomy), candidate, notes))
    candidates = [replace(candidate, quality=quality.value) for _, quality, candidate, _ in prepared]
    shown = []
    every = zip(prepared, candidates, related_in(candidates), strict=True)
    for (plain, quality, _, notes), candidate, related in every:
        standing = standing_of(quality.value, [other.quality for other in related], taxonomy.rule)
        record = replace(
            plain, quality=quality.value, heat=standing.heat, published=standing.published, related=related
        )
        entities = about.get(candidate.item.id, ())
        shown.append(ShownItem(candidate.item, story, candidate.copy_of, record, quality, standing, entities, notes))
    return tuple(sorted(shown, key=lambda one: (one.item.published, one.id)))


def _originals(seen: Sequence[Grouped]) -> dict[str, str]:
    """What each copy is a copy of; of what is not shown, the first of its copies stands for it."""
    there = {one.item.id for one in seen}
    standing: dict[str, str] = {}
    for one in seen:
        if one.copy_of and one.copy_of not in there:
            standing.setdefault(one.copy_of, one.item.id)
    found = {one.item.id: standing.get(one.copy_of, one.copy_of) for one in seen if one.copy_of}
    return {item: original for item, original in found.items() if item != original}


def _story(story: str, items: tuple[ShownItem, ...], lead: str, why: str, taxonomy: Taxonomy) -> ShownStory:
    chosen = next((one for one in items if one.id == lead), None)
    if chosen is None:
        why = ANOTHER_LEADS
        chosen = max((one for one in items if not one.copy_of), key=lambda one: one.quality.value)
    found = ShownStory(story, chosen, why, items, published=False)
    counted = found.heat if taxonomy.rule.by == "heat" else chosen.quality.value
    return replace(found, published=counted >= taxonomy.rule.least)
