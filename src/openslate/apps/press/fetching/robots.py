"""robots.txt of a host: what it lets us read, how slowly, and what follows where it cannot be had."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from openslate.apps.press.fetching.refusals import Refused
from openslate.rights.reservations.robots import LARGEST, from_robots

KEPT_FOR = timedelta(days=1)
"""RFC 9309, section 2.4: a copy is used no longer."""
ASKED_AGAIN = timedelta(minutes=30)
"""After which a host whose robots.txt could not be had is asked again."""
LONGEST_DELAY = 60.0
"""Seconds; a crawl delay above it is taken for this long, and the sources of that host need patience."""


@dataclass(frozen=True)
class Robots:
    """What a host said.

    Attributes:
        status: of the answer: 200 with rules, another below 500 for none, 0 or 5xx where it could not be had.
        content: of the file; empty where there is none.
        read: moment, UTC.
    """

    status: int
    content: bytes
    read: datetime

    def is_fresh(self, at: datetime) -> bool:
        """Whether it may still be used.

        Args:
            at: moment, UTC.
        """
        return self.read <= at < self.read + (KEPT_FOR if self.may_be_asked else ASKED_AGAIN)

    @property
    def may_be_asked(self) -> bool:
        """Whether the host's silence lets anybody in (RFC 9309, 2.3.1.3), or shuts everybody out (2.3.1.4)."""
        return 200 <= self.status < 500 and self.status != 429

    def allows(self, url: str, product: str) -> bool:
        """Whether a page may be read.

        Args:
            url: of it.
            product: by which robots.txt knows who asks.
        """
        if self.status != 200:
            return self.may_be_asked
        said = from_robots(self.content, (product,), url)
        return said is None or not said.reserved

    def delay(self, product: str) -> float:
        """Seconds between two requests that it asks for; 0 where it asks for none.

        Not part of RFC 9309, and asked for all the same.

        Args:
            product: by which robots.txt knows who asks.
        """
        return crawl_delay(self.content, product) if self.status == 200 else 0.0


def crawl_delay(content: bytes, product: str) -> float:
    """What `Crawl-delay` asks of a crawler, or of everybody where it is not named.

    Args:
        content: of robots.txt.
        product: of the crawler.

    Example:
        >>> crawl_delay(b"User-agent: *\\nCrawl-delay: 5\\n", "openslate")
        5.0
    """
    delays: dict[str, float] = {}
    agents: list[str] = []
    naming = False
    for line in content[:LARGEST].decode("utf-8-sig", "replace").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            agents = [*agents, value.lower()] if naming else [value.lower()]
        elif key == "crawl-delay":
            for agent in agents:
                delays.setdefault(agent, _seconds(value))
        naming = key == "user-agent"
    return delays.get(product, delays.get("*", 0.0))


def robots_of(refused: Refused, at: datetime) -> Robots:
    """What an answer that is no file says of a host: one that leads in circles has none, one that is silent may.

    Args:
        refused: when the file was asked for.
        at: moment, UTC.
    """
    none = refused.kind in ("status", "content") and not refused.status
    return Robots(404 if none else refused.status, b"", at)


def _seconds(value: str) -> float:
    try:
        found = float(value[:20])
    except ValueError:
        return 0.0
    return min(max(found, 0.0), LONGEST_DELAY) if found == found else 0.0
