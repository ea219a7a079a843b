"""Quality by the format's rule, term by term: relevance, what can be shown, the source, less for long titles.

It is no judgement of the writing. Source of the rule: derived from the records of the collections that the form comes
from; docs/press-scores.md tells it in full, and `benchmarks.press_records` holds it to shared records.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from openslate.apps.press.records.record import Provider, Record, Related
from openslate.apps.press.scores.taxonomy import Taxonomy

TOPIC, KEYWORD, IMAGE, AMP, PLAYS = 2, 15, 20, 20, 50
SHORT = 70
"""Letters of a title, beyond which two cost a point."""


@dataclass(frozen=True)
class Term:
    """One part of a quality.

    Attributes:
        name: of what it is for, in words.
        points: that it adds, or takes.
    """

    name: str
    points: int


@dataclass(frozen=True)
class Quality:
    """A quality and what it is made of.

    Attributes:
        terms: that add up to it, unless they are below 0 together.
    """

    terms: tuple[Term, ...]

    @property
    def value(self) -> int:
        """Whole, and never below 0."""
        return max(sum(one.points for one in self.terms), 0)


def quality_of(record: Record, taxonomy: Taxonomy) -> Quality:
    """The quality of a record.

    Args:
        record: that is scored; its own `quality` is not looked at.
        taxonomy: topics and tiers.

    Example:
        >>> title, when = "Studio lists AI job worth $900,000 amid twin strikes", "2023-07-26T18:16:00Z"
        >>> record = Record(title, "", when, "https://a.org/1", Provider("A", "a.org"), ("AI",), "x;y")
        >>> from openslate.apps.press.scores.taxonomy import Topic
        >>> quality_of(record, Taxonomy({"AI": Topic("AI", ("ai",))})).value
        17
    """
    plays = record.type == "video" or bool(record.featured_content)
    terms = _terms(record, record.topics, plays, record.original_url, taxonomy)
    return Quality(tuple(terms))


def related_quality(item: Related, topics: Sequence[str], taxonomy: Taxonomy) -> Quality:
    """The quality of a related item, of which the record does not say the topics.

    Args:
        item: that is scored.
        topics: of the item.
        taxonomy: topics and tiers.
    """
    return Quality(tuple(_terms(item, topics, item.type == "video", item.web_url, taxonomy)))


def tier_of(provider: Provider, url: str, taxonomy: Taxonomy) -> tuple[str, int]:
    """By which name a source is looked up, and its points.

    Args:
        provider: of the item.
        url: of the item, whose host counts where the domain goes by hosts.
        taxonomy: with the tiers.
    """
    host, domain = urlsplit(url).hostname or "", provider.domain
    # What somebody publishes elsewhere, such as on a video service, goes by their own domain.
    own = domain in taxonomy.by_host and (host == domain or host.endswith(f".{domain}"))
    known = host if own else domain
    return known, taxonomy.tiers.get(known, 0)


def matches(title: str, keywords: Sequence[str], taxonomy: Taxonomy) -> tuple[str, ...]:
    """The entries of a topic that are found in a title, each as often as it is an entry.

    Args:
        title: of the item.
        keywords: of the topic.
        taxonomy: which says how they are looked for.

    Example:
        >>> matches("Britain's canvas apps", ("ai", "canvas app", "canvas apps"), Taxonomy())
        ('ai', 'canvas app', 'canvas apps')
        >>> matches("Britain's canvas apps", ("ai", "canvas app", "canvas apps"), Taxonomy(matching="word"))
        ('canvas apps',)
    """
    small = title.lower()
    if taxonomy.matching == "substring":
        return tuple(word for word in keywords if word in small)
    # Most are not there at all, which is known far sooner.
    there = (word for word in keywords if word in small)
    return tuple(word for word in there if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", small))


def _terms(item: Record | Related, topics: Sequence[str], plays: bool, url: str, taxonomy: Taxonomy) -> Iterator[Term]:
    for name in topics:
        yield Term(f"topic {name}", TOPIC)
        for word in matches(item.title, taxonomy.topic(name).keywords, taxonomy):
            yield Term(f"{word!r} in the title", KEYWORD)
    if item.images:
        yield Term("an image", IMAGE)
    if item.amp_url:
        yield Term("a page for phones", AMP)
    if plays:
        yield Term("a video to play", PLAYS)
    source, points = tier_of(item.provider, url, taxonomy)
    if points:
        yield Term(f"source {source}", points)
    long = (len(item.title) - SHORT) // 2
    if long > 0:
        yield Term(f"a title of {len(item.title)} letters", -long)
