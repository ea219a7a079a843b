"""Which topics an item has: those of its source, and those whose keywords it mentions."""

from openslate.apps.press.desk.item import Item
from openslate.apps.press.scores.quality import matches
from openslate.apps.press.scores.taxonomy import Taxonomy

MOST = 3
"""Topics of a record: the form's records have no more."""
ANY = "News"
"""The topic of what has none, where the taxonomy has none either: a record cannot be without."""


def topics_of(item: Item, taxonomy: Taxonomy) -> tuple[str, ...]:
    """The topics of an item, those that its title names first; at most three.

    Args:
        item: whose title and excerpt are looked at.
        taxonomy: with the topics and how keywords are looked for.

    Example:
        >>> from openslate.apps.press.desk.item import Item
        >>> from openslate.apps.press.records.record import Provider
        >>> from openslate.apps.press.scores.taxonomy_file import film_and_tv
        >>> from openslate.clock import from_microseconds
        >>> then = from_microseconds(0)
        >>> source = Provider("A", "a.example")
        >>> item = Item("https://a.example/1", "Strike ends", "Oscars next.", then, then, source, "a")
        >>> topics_of(item, film_and_tv())
        ('Labour', 'Awards and festivals')
    """
    in_title = _named(item.title, taxonomy)
    in_excerpt = _named(item.excerpt, taxonomy)
    found = tuple(dict.fromkeys((*in_title, *item.topics, *in_excerpt)))[:MOST]
    # The form wants a topic of every record: what names none goes by the collection's own, the first of its file.
    return found or (next(iter(taxonomy.topics), ANY),)


def _named(text: str, taxonomy: Taxonomy) -> list[str]:
    return [name for name, topic in taxonomy.topics.items() if matches(text, topic.keywords, taxonomy)]
