"""What means harm and what is broken, sent to the reader of feeds and pages: each is refused in words, or read.

`python -m benchmarks.press_hostile`, without the web: servers run on this machine, and only this benchmark's own
fetcher may reach them. Counts are of cases; a case counts where it was refused by a sentence, or read, and where it
neither raised anything else nor took more than its time. The peak of memory is the process's own.
"""

import gzip
import resource
import socket
import time
from collections.abc import Callable
from datetime import UTC, datetime
from ipaddress import ip_network

from benchmarks.machine import describe
from openslate.apps.press.feeds.opml import read_opml
from openslate.apps.press.feeds.plain import plain
from openslate.apps.press.feeds.reading import read_feed
from openslate.apps.press.feeds.sitemaps import read_sitemap
from openslate.apps.press.fetching.answers import Asked, FetchLimits
from openslate.apps.press.fetching.fetching import Fetcher
from openslate.apps.press.fetching.networks import Reach
from openslate.apps.press.fetching.refusals import Refused
from openslate.apps.press.ingest.page_facts import page_facts
from tests.apps.press.ingest.mutating import RSS, mutated
from tests.apps.press.ingest.serving import Reply, raw, site
from tests.apps.press.ingest.test_addresses import UNSAFE
from tests.apps.press.ingest.test_fetching import (
    cut_chunk,
    drip,
    drip_of_headers,
    endless,
    endless_chunks,
    endless_headers,
    no_http,
    nothing,
    shorter,
    silence,
    two_lengths,
)

URL = "https://www.slate.example/feed"
SEEN = datetime(2027, 5, 14, 12, tzinfo=UTC)
SERVERS = (drip, drip_of_headers, silence, endless, endless_chunks, endless_headers)
BROKEN = (shorter, cut_chunk, no_http, nothing, two_lengths)
LIMITS = FetchLimits(bytes=1_000_000, connect_seconds=1, read_seconds=1, total_seconds=2)
LOCAL = ip_network("127.0.0.1/32")


def refused(action: Callable[[], object]) -> bool:
    """Whether it was refused in words."""
    try:
        action()
    except Refused:
        return True
    return False


def unsafe_addresses() -> tuple[int, int]:
    """Addresses into one's own network, however spelled."""
    return sum(refused(lambda url=url: Fetcher().fetch(Asked(url))) for url in UNSAFE), len(UNSAFE)


def unsafe_redirects() -> tuple[int, int]:
    """Redirects there, one and five steps long, and a name that becomes private between two requests."""
    found, count = 0, 0
    with site() as served:
        public = lambda host, port: ["127.0.0.1"] if host == "www.slate.example" else ["10.0.0.1"]  # noqa: E731
        for target in [*UNSAFE, "http://rebinding.example/"]:
            for steps in (1, 5):
                for step in range(steps):
                    leads = target if step + 1 == steps else f"/{step + 1}"
                    leads = "".join(letter for letter in leads if " " < letter < "\x7f")
                    served.pages[f"/{step}"] = Reply(status=302, headers={"Location": leads or "http://10.0.0.1/"})
                fetcher = Fetcher(LIMITS, reach=served.reach, resolver=public)
                found += refused(lambda fetcher=fetcher: fetcher.fetch(Asked(served.url("/0"))))
                count += 1
    return found, count


def servers() -> tuple[int, int]:
    """Servers that answer without end, drop by drop, or not at all, and those that break off."""
    found = 0
    for answer in (*SERVERS, *BROKEN):
        with raw(answer) as port:
            fetcher = Fetcher(LIMITS, reach=Reach(frozenset((port,)), (LOCAL,)))
            began = time.monotonic()
            kept = refused(lambda fetcher=fetcher, port=port: fetcher.fetch(Asked(f"http://127.0.0.1:{port}/")))
            found += kept and time.monotonic() - began < LIMITS.total_seconds + 1
    return found, len(SERVERS) + len(BROKEN)


def bombs() -> tuple[int, int]:
    """Packed bodies of a gigabyte, a hundred megabytes of feed, sitemap and list, entities, and nesting."""
    gigabyte = gzip.compress(bytes(100_000_000)) * 10
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE l [<!ENTITY l0 "ha">{entities}]><rss><channel><title>&l11;</title></channel></rss>'.encode()
    quadratic = f'<!DOCTYPE l [<!ENTITY a "{"a" * 50_000}">]><rss>{"&a;" * 50_000}</rss>'.encode()
    outside = b'<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><title>&a;</title></channel></rss>'
    deep = b"<rss>" * 1_000_000
    found, count = 0, 0
    with site({"/": Reply(gigabyte, headers={"Content-Encoding": "gzip"})}) as served:
        found += refused(lambda: served.fetcher(LIMITS).fetch(Asked(served.url("/"))))
        count += 1
    for content in (bytes(100_000_000), laughs, laughs.decode().encode("utf-16"), quadratic, outside, deep):
        for reader in READERS.values():
            found += refused(lambda reader=reader, content=content: reader(content))
            count += 1
    found += refused(lambda: read_sitemap(gigabyte, URL))
    return found, count + 1


READERS: dict[str, Callable[[bytes], object]] = {
    "feed": lambda content: read_feed(content, URL, SEEN),
    "sitemap": lambda content: read_sitemap(content, URL),
    "list": lambda content: read_opml(content, URL),
}


def fuzzed(count: int = 10_000) -> tuple[int, int, int]:
    """Feeds, sitemaps and lists damaged by chance, through all readers: read, refused, and all."""
    read = kept = 0
    for content in mutated(count, seed=7):
        for reader in READERS.values():
            if refused(lambda reader=reader, content=content: reader(content)):
                kept += 1
            else:
                read += 1
    return read, kept, 3 * count


SLOW = ("<b", "<!--<a b=", "<a b='", "</a", "<![CDATA[", "<div>", "&", "<p><a>", "<table>", "<!x ", "<?x ", "<script>")


def markup() -> tuple[int, float]:
    """Markup that is slow to read on purpose, 400,000 letters of each kind: how many kinds, and the slowest."""
    slowest = 0.0
    for piece in SLOW:
        content = piece * (400_000 // len(piece))
        began = time.monotonic()
        plain(content)
        page_facts(content.encode(), URL)
        read_feed(RSS.replace("The crew", content[:100_000].replace("]]>", "")).encode(), URL, SEEN)
        slowest = max(slowest, time.monotonic() - began)
    return len(SLOW), slowest


def peak() -> float:
    """Megabytes that the process held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


def main() -> None:
    """Print the counts."""
    print(describe())
    for name, measure in (
        ("addresses of one's own network", unsafe_addresses),
        ("redirects there, and a name that changes", unsafe_redirects),
        ("endless, slow and broken servers", servers),
        ("bombs, 100 MB, entities, nesting", bombs),
    ):
        found, count = measure()
        print(f"{name}: {found} of {count} refused in words; peak {peak():,.0f} MB")
    before = peak()
    began = time.monotonic()
    read, kept, count = fuzzed()
    seconds = time.monotonic() - began
    print(
        f"10,000 damaged files by three readers: {read + kept} of {count} read ({read}) or refused ({kept}),", end=" "
    )
    print(f"{seconds:.1f} s, memory grew by {peak() - before:,.0f} MB")
    pieces, slowest = markup()
    print(f"{pieces} kinds of slow markup: the slowest took {slowest:.2f} s; peak {peak():,.0f} MB")


if __name__ == "__main__":
    socket.setdefaulttimeout(None)
    main()
