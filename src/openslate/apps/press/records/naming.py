"""What a record is called: the name of its file, and its page on the network that caches pages for phones."""

import re
import unicodedata
from datetime import timedelta
from urllib.parse import urlsplit

from openslate.apps.press.records.record import Record

LONGEST_SLUG = 144
SHIFT = timedelta(hours=7)
"""Press is dated by UTC and so much more: a double shift of the collections that the form comes from, kept since their
readers find files by it. What a first party publishes on its own is dated by UTC."""


def slug_of(title: str) -> str:
    """A title as part of a file's name: small ASCII letters and digits, and words that are not cut.

    Args:
        title: of a record.

    Example:
        >>> slug_of("Pokémon Bubbles & more_cards: an “open” day")
        'pokemon-bubbles-more-cards-an-open-day'
    """
    ascii_only = unicodedata.normalize("NFD", title).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^\w\s-]", "", ascii_only.lower())
    slug = re.sub(r"[\s_-]+", "-", kept).strip("-")
    if len(slug) <= LONGEST_SLUG:
        return slug
    whole = slug[: LONGEST_SLUG + 1]
    return whole.rsplit("-", 1)[0] if "-" in whole else slug[:LONGEST_SLUG]


def file_name(record: Record, first_party: bool = False) -> str:
    """The name of a record's file.

    Args:
        record: to be kept.
        first_party: whether it is of a feed of one's own.

    Example:
        >>> from openslate.apps.press.records.record import Provider
        >>> late = Record("Ash", "", "2023-07-26T18:16:00Z", "https://a.org/1", Provider("A", "a.org"), ("AI",), "x;y")
        >>> file_name(late), file_name(late, first_party=True)
        ('2023-07-27-ash.md', '2023-07-26-ash.md')
    """
    day = (record.moment if first_party else record.moment + SHIFT).date()
    return f"{day.isoformat()}-{slug_of(record.title) or 'untitled'}.md"


def cdn_amp_url(amp_url: str) -> str:
    """Where a page for phones is cached.

    Args:
        amp_url: of the page, http or https.

    Raises:
        ValueError: it is no such address.

    Example:
        >>> cdn_amp_url("https://nypost.com/2023/07/27/strikes/amp/")
        'https://nypost-com.cdn.ampproject.org/c/s/nypost.com/2023/07/27/strikes/amp/'
    """
    parts = urlsplit(amp_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{amp_url!r} is no http or https address")
    host = parts.hostname.replace("-", "--").replace(".", "-")
    bare = amp_url[len(parts.scheme) + 3 :]
    return f"https://{host}.cdn.ampproject.org/c/{'s/' if parts.scheme == 'https' else ''}{bare}"
