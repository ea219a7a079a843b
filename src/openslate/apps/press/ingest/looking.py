"""One look at a source: what is new there, as far as its host lets us read it, and when to look again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.items import Added
from openslate.apps.press.extraction.extracting import NOTHING
from openslate.apps.press.extraction.overrides import Override
from openslate.apps.press.fetching.answers import Answer, Asked, FetchLimits
from openslate.apps.press.fetching.hosts import Hosts
from openslate.apps.press.fetching.refusals import Refused
from openslate.apps.press.ingest.source import PressSource, SourceState

FEEDS = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PAGES = "text/html, application/xhtml+xml, */*;q=0.1"
NO_TEXT = ("image/", "video/", "audio/", "font/", "application/pdf", "application/zip")
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Room:
    """What a look at a source works with.

    Attributes:
        hosts: that are asked.
        put: puts items on the desk at once.
        known: those of some addresses that the desk has already.
        stopped: whether somebody wants it to end.
        seen: moment that counts as that of the look, UTC.
        overrides: of the extraction, by host.
    """

    hosts: Hosts
    put: Callable[[Sequence[Item]], Added]
    known: Callable[[Sequence[str]], set[str]]
    stopped: Callable[[], bool]
    seen: datetime
    overrides: dict[str, Override] = field(default_factory=lambda: dict(NOTHING))


@dataclass
class Tally:
    """What came of a look so far.

    Attributes:
        new, changed: ids of items.
        known: how many were there already.
        left: how many are left for the next time.
        told: sentences about what could not be kept or had to be left.
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    known: int = 0
    left: int = 0
    told: list[str] = field(default_factory=list)

    def add(self, added: Added) -> None:
        """Count what was put on the desk."""
        self.new += added.new
        self.changed += added.changed
        self.known += added.known


def ask(source: PressSource, state: SourceState, room: Room, accept: str, limits: FetchLimits) -> Answer:
    """Ask for a source's own address, unless the copy that is there is still good.

    Args:
        source, state: whose.
        room: to work with.
        accept: kinds of content that are wanted.
        limits: of the request.

    Raises:
        Refused: it cannot be had, or is a picture, a film or the like.
    """
    answer = room.hosts.fetch(Asked(source.address, accept, state.etag, state.modified), limits)
    return answer if answer.status == 304 else of_text(answer)


def of_text(answer: Answer) -> Answer:
    """An answer that may be read as text.

    Raises:
        Refused: it says that it is a picture, a film or the like.
    """
    if answer.media_type.startswith(NO_TEXT):
        raise Refused(
            f"{answer.url} is {answer.media_type[:60]}, which has no text.", "Name a feed or an article's page.", "type"
        )
    return answer


def state_after(
    source: PressSource, answer: Answer, tally: Tally, state: SourceState, at: datetime, minutes: int
) -> SourceState:
    """The state of a source after a look that went well.

    Args:
        source: that was looked at.
        answer: of its own address.
        tally: what came of it.
        state: before.
        at: moment of the look, UTC.
        minutes: that the feed itself asks for between two looks.
    """
    etag, modified = (_kept(answer.headers.get(name, "")) for name in ("etag", "last-modified"))
    if answer.status == 304:
        etag, modified = etag or state.etag, modified or state.modified
    if tally.left:
        # What is left has to be found again, so the next look must get the whole list.
        etag, modified = "", ""
    wait = timedelta(minutes=max(source.minutes, min(minutes, 1_440)))
    told = "nothing has changed" if answer.status == 304 else f"{len(tally.new)} new, {len(tally.changed)} changed"
    if tally.left:
        told += f", {tally.left} left for the next time"
    return SourceState(etag, modified, at + wait, at, 0, told)


def state_after_failure(source: PressSource, refused: Refused, state: SourceState, at: datetime) -> SourceState:
    """The state of a source after a look that failed: each failure doubles the wait, up to a day.

    Args:
        source: that was looked at.
        refused: why it failed.
        state: before.
        at: moment of the look, UTC.
    """
    usual = timedelta(minutes=source.minutes)
    wait = min(usual * 2 ** min(state.failures + 1, 10), max(DAY, usual))
    if refused.kind == "later":
        wait = max(usual, timedelta(seconds=refused.seconds or 0.0))
    elif refused.kind == "gone":
        wait = WEEK
    elif refused.kind == "robots":
        wait = max(DAY, usual)
    failures = state.failures if refused.kind == "later" else state.failures + 1
    return replace(state, due=at + wait, asked=at, failures=failures, told=refused.what)


def _kept(value: str) -> str:
    return value if value.isascii() and value.isprintable() and len(value) <= 500 else ""
