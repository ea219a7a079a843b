"""Topics and organisations as the form's collections keep them: `_data/topics` and `_data/organizations`."""

import hashlib
import re
from collections.abc import Iterator

from openslate.apps.press.publishing.edition_types import Edition
from openslate.apps.press.publishing.paths import topic_name
from openslate.apps.press.records.record import Provider
from openslate.apps.press.records.scalars import plain, quoted
from openslate.apps.press.scores.taxonomy import Topic

_DOMAIN = re.compile(r"[a-z0-9_][a-z0-9_.-]{0,252}")


def data_files(edition: Edition, taxonomy_name: str) -> Iterator[tuple[str, str]]:
    """Both kinds of files with their paths.

    Args:
        edition: with its taxonomy, and the providers of its items.
        taxonomy_name: what the topics are called together.
    """
    for number, topic in enumerate(edition.taxonomy.topics.values(), start=1):
        yield f"_data/topics/{number:02d}-{topic_name(topic.name)}.yaml", _topic(topic, taxonomy_name)
    providers = {one.item.provider.domain: one.record.provider for one in edition.items}
    for domain, provider in sorted(providers.items()):
        if _DOMAIN.fullmatch(domain):
            yield f"_data/organizations/{domain}.md", _organisation(provider)


def _topic(topic: Topic, taxonomy_name: str) -> str:
    lines = [
        f"taxonomy: {plain(taxonomy_name)}",
        f"_id: {_id('topic', topic.name)}",
        f"name: {plain(topic.name)}",
        *([f"parent: {plain(topic.parent)}"] if topic.parent else []),
        *(["keywords:", *(f"  - {quoted(word)}" for word in topic.keywords)] if topic.keywords else ["keywords: []"]),
        "hashtags: []",
        "services: []",
    ]
    return "\n".join([*lines, ""])


def _organisation(provider: Provider) -> str:
    fields = [
        f"_id: {_id('organization', provider.domain)}",
        f"name: {plain(provider.name)}",
        f"domain: {plain(provider.domain)}",
    ]
    return "\n".join(["---", *fields, "---", "", ""])


def _id(kind: str, name: str) -> str:
    return hashlib.sha256(f"{kind}\x00{name}".encode()).hexdigest()[:24]
