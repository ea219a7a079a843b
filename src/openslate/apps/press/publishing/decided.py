"""What people decided, applied to items: fields that are shown otherwise, and items that are not shown."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from openslate.apps.press.desk.decisions import Decision, decisions
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.story import former_ids
from openslate.apps.press.publishing.edition_types import Correction, Entity

FIELDS = ("title", "excerpt", "provider", "published")
"""What can be corrected."""


@dataclass(frozen=True)
class Decided:
    """What holds, by what it is about.

    Attributes:
        corrections: by item.
        mutes: subjects that nobody is shown.
        embargoes: subjects, and the moment from which each is shown.
        words: subjects that are words, as patterns.
    """

    corrections: Mapping[str, Sequence[Decision]]
    mutes: frozenset[str]
    embargoes: Mapping[str, datetime]
    words: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    def hides(self, item: Item, story: str, entities: Iterable[Entity], at: datetime) -> bool:
        """Whether readers are not shown an item at a moment.

        Args:
            item: as its publisher has it.
            story: id of its story.
            entities: that it is about.
            at: the moment, UTC.
        """
        about = {item.id, f"source:{item.source}", f"source:{item.provider.domain}", f"story:{story}"}
        about |= {f"title:{one.id}" for one in entities if one.kind == "title"}
        text = f"{item.title}\n{item.excerpt}"
        about |= {subject for subject, pattern in self.words.items() if pattern.search(text)}
        if about & self.mutes:
            return True
        return any(at < until for subject, until in self.embargoes.items() if subject in about)


def decided(desk: Desk) -> Decided:
    """What holds on a desk now, for whatever moment is shown: what was found wrong since is not shown again.

    Args:
        desk: with the decisions.
    """
    former = former_ids(desk)
    corrections: dict[str, list[Decision]] = {}
    for one in decisions(desk, "correct"):
        corrections.setdefault(one.subject, []).append(one)
    mutes = {_subject(one.subject, former) for one in decisions(desk, "mute")}
    embargoes: dict[str, datetime] = {}
    for one in decisions(desk, "embargo"):
        # Of two embargoes the later decision holds: that is how one is lengthened or shortened.
        embargoes[_subject(one.subject, former)] = moment_of_text(one.value)
    subjects = {*mutes, *embargoes}
    words = {one: _pattern(one.removeprefix("word:")) for one in sorted(subjects) if one.startswith("word:")}
    return Decided(corrections, frozenset(mutes), embargoes, words)


def corrected(item: Item, made: Sequence[Decision]) -> tuple[Item, tuple[Correction, ...]]:
    """An item with its corrections, and what each changed.

    Args:
        item: as its publisher has it.
        made: corrections of it, in the order in which they were made; of two of one field the later holds.
    """
    last = {one.value.partition("=")[0]: one for one in made}
    shown, notes = item, []
    for name, one in last.items():
        text = one.value.partition("=")[2]
        notes.append(Correction(name, _value(item, name), text, one.by, one.at, one.why))
        shown = _with(shown, name, text)
    return shown, tuple(notes)


def moment_of_text(text: str) -> datetime:
    """A moment in ISO 8601; UTC where it names no zone.

    Raises:
        ValueError: it is none of the years 1900 to 2199.
    """
    moment = datetime.fromisoformat(text)
    # Before the zone is looked at: at the ends of the calendar no zone can be.
    if not 1900 <= moment.year < 2200:
        raise ValueError(f"{moment.year} is no year of coverage")
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _subject(subject: str, former: Mapping[str, str]) -> str:
    """A story that was merged since goes by the id that it has now."""
    kind, _, name = subject.partition(":")
    return f"story:{former.get(name, name)}" if kind == "story" else subject


def _pattern(words: str) -> re.Pattern[str]:
    spaced = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def _value(item: Item, name: str) -> str:
    match name:
        case "title":
            return item.title
        case "excerpt":
            return item.excerpt
        case "provider":
            return item.provider.name
        case _:
            return item.published.astimezone(UTC).isoformat()


def _with(item: Item, name: str, text: str) -> Item:
    match name:
        case "title":
            return replace(item, title=text)
        case "excerpt":
            return replace(item, excerpt=text)
        case "provider":
            return replace(item, provider=replace(item.provider, name=text))
        case _:
            return replace(item, published=moment_of_text(text))
