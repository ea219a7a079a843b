"""One request of the web: checked addresses, redirects by hand, caps on bytes and on time."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from openslate.apps.press.fetching.addresses import Resolver, WebAddress, resolved, web_address
from openslate.apps.press.fetching.answers import Answer, Asked, FetchLimits, refused_status
from openslate.apps.press.fetching.bodies import capped, too_large
from openslate.apps.press.fetching.connecting import CheckedBackend, Deadline
from openslate.apps.press.fetching.networks import PUBLIC, Reach
from openslate.apps.press.fetching.refusals import Refused
from openslate.native import load

if TYPE_CHECKING:
    import httpcore2
else:
    httpcore2 = load("httpcore2", "Reading from the web", "pip install 'openslate[press]'")

PRODUCT = "openslate"
"""The name by which robots.txt knows us."""
REDIRECTS = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)
LATER = "Try again later."


def user_agent(contact: str = "") -> str:
    """Who asks, and whom to write to.

    Args:
        contact: an address of mail or of a page; empty for none.
    """
    told = f"; {contact}" if contact else ""
    return f"Openslate/{version('openslate')} (reads feeds for a press office{told})"


def no_preparation(address: WebAddress) -> None:
    """Ask at once."""


@dataclass(frozen=True)
class Fetcher:
    """How requests are made.

    Stability: internal.

    Attributes:
        limits: of one request.
        agent: who asks.
        reach: what may be asked besides public addresses.
        resolver: of names; the system's when None.
        trust: certificates of TLS; the system's when None.
    """

    limits: FetchLimits = FetchLimits()
    agent: str = "Openslate"
    reach: Reach = PUBLIC
    resolver: Resolver | None = None
    trust: ssl.SSLContext | None = None

    def fetch(self, asked: Asked, before: Callable[[WebAddress], None] = no_preparation) -> Answer:
        """Ask for an address, and follow where it leads.

        Args:
            asked: what.
            before: called with every address before it is asked, each redirect's included; it may refuse it.

        Raises:
            Refused: an address is not public, the answer is too large, too slow, no page, or none.
        """
        deadline = Deadline(self.limits.total_seconds)
        address, for_good = web_address(asked.url, self.reach), True
        for hop in range(self.limits.redirects + 1):
            before(address)
            if hop == 0:
                # Waiting for one's turn is no part of the request.
                deadline = Deadline(self.limits.total_seconds)
            answer = self._hop(address, asked, deadline)
            if answer.status not in REDIRECTS:
                moved = address.url if hop and for_good else ""
                return Answer(answer.url, answer.status, answer.headers, answer.body, moved)
            for_good = for_good and answer.status in FOR_GOOD
            address = web_address(_target(address, answer), self.reach)
        raise Refused(
            f"{asked.url} leads on more than {self.limits.redirects} times.",
            "Name the page itself.",
            "status",
        )

    def _hop(self, address: WebAddress, asked: Asked, deadline: Deadline) -> Answer:
        shown = address.url
        try:
            return self._answer(address, asked, deadline)
        except httpcore2.TimeoutException:
            seconds = f"{self.limits.total_seconds:g} seconds"
            raise Refused(f"{shown} did not answer in full within {seconds}.", LATER, "time") from None
        except httpcore2.ConnectError as error:
            raise Refused(f"{shown} cannot be connected to: {_words(error)}.", LATER, "network") from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise Refused(f"{shown} broke off its answer: {_words(error)}.", LATER, "network") from None

    def _answer(self, address: WebAddress, asked: Asked, deadline: Deadline) -> Answer:
        resolver = self.resolver or partial(resolved, seconds=self.limits.connect_seconds)
        backend = CheckedBackend(resolver, self.reach, deadline)
        read = self.limits.read_seconds
        timeout = {"connect": self.limits.connect_seconds, "read": read, "write": read, "pool": read}
        with (
            httpcore2.ConnectionPool(self.trust or _trust(), max_connections=1, network_backend=backend) as pool,
            pool.stream(
                "GET", address.url, headers=self._headers(address, asked), extensions={"timeout": timeout}
            ) as response,
        ):
            headers: dict[str, str] = {}
            for name, value in response.headers:
                key, text = name.decode("latin-1").lower(), value.decode("latin-1")
                headers[key] = f"{headers[key]}, {text}" if key in headers else text
            if response.status in REDIRECTS:
                return Answer(address.url, response.status, headers)
            if response.status == 304 and (asked.etag or asked.modified):
                return Answer(address.url, 304, headers)
            if response.status != 200:
                raise refused_status(address.url, response.status, headers)
            most, cut = self.limits.bytes, self.limits.cut
            self._announced(headers, address.url)
            body = capped(response.iter_stream(), headers.get("content-encoding", ""), most, address.url, cut)
            return Answer(address.url, 200, headers, body)

    def _headers(self, address: WebAddress, asked: Asked) -> list[tuple[str, str]]:
        headers = [
            ("Host", address.origin.partition("://")[2]),
            ("User-Agent", self.agent),
            ("Accept", asked.accept),
            ("Accept-Encoding", "gzip, deflate"),
            ("Connection", "close"),
        ]
        if asked.etag:
            headers.append(("If-None-Match", asked.etag))
        if asked.modified:
            headers.append(("If-Modified-Since", asked.modified))
        return headers

    def _announced(self, headers: dict[str, str], shown: str) -> None:
        """Refuse what says itself that it is too large, before any of it is read."""
        length = headers.get("content-length", "")
        if not self.limits.cut and length.isdigit() and int(length[:19]) > self.limits.bytes:
            raise too_large(shown, self.limits.bytes)


@cache
def _trust() -> ssl.SSLContext:
    return httpcore2.default_ssl_context()


def _target(address: WebAddress, answer: Answer) -> str:
    location = answer.headers.get("location", "").strip()
    if not location:
        raise Refused(f"{address.url} leads on, and does not say where.", "Name the page itself.", "status")
    try:
        return urljoin(address.url, location)
    except ValueError:
        raise Refused(f"{address.url} leads to what is no address.", "Name the page itself.", "address") from None


def _words(error: Exception) -> str:
    return str(error).split("\n")[0][:200] or type(error).__name__
