"""Hosts as guests should treat them: never two requests in quick succession, and their own rules first."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Lock

from openslate.apps.press.fetching.addresses import WebAddress
from openslate.apps.press.fetching.answers import Answer, Asked, FetchLimits
from openslate.apps.press.fetching.fetching import PRODUCT, Fetcher
from openslate.apps.press.fetching.refusals import Refused
from openslate.apps.press.fetching.robots import Robots, robots_of
from openslate.clock import now
from openslate.rights.reservations.robots import LARGEST
from openslate.rights.reservations.tdmrep import WELL_KNOWN

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
PATIENCE = 120.0
"""Seconds that one waits for a host's turn; one that asks for more is left for the next time."""
Sleep = Callable[[float], None]
UNREADABLE = b"unreadable"


@dataclass(frozen=True)
class Host:
    """What is known of one origin: scheme, host and port.

    Attributes:
        free: moment from which it may be asked again, UTC.
        robots: what it said; None where it was not asked yet.
        tdmrep: its file of reservations, empty where it has none; None where it was not asked yet.
    """

    free: datetime = BEGINNING
    robots: Robots | None = None
    tdmrep: bytes | None = None


class Hosts:
    """All hosts that are asked, shared by everybody who asks.

    Stability: internal.

    Args:
        fetcher: that asks.
        known: what was known before, by origin.
        pause: seconds between two requests of one host, unless it asks for more.
        sleep: waits so many seconds.
    """

    def __init__(
        self, fetcher: Fetcher, known: Mapping[str, Host] | None = None, pause: float = 1.0, sleep: Sleep = time.sleep
    ) -> None:
        self._fetcher, self._pause, self._sleep = fetcher, pause, sleep
        self.reach = fetcher.reach
        self._known = dict(known or {})
        self._changed: set[str] = set()
        self._lock = Lock()
        self._turns: dict[str, Lock] = {}

    def fetch(self, asked: Asked, limits: FetchLimits | None = None) -> Answer:
        """Ask for a page as its host wants to be asked; every redirect's host as well.

        Args:
            asked: what.
            limits: of this request; the fetcher's when left out.

        Raises:
            Refused: the host does not want it to be read, or asks for more patience than there is; or as
                `Fetcher.fetch`.
        """
        fetcher = self._fetcher if limits is None else replace(self._fetcher, limits=limits)
        asked_at: list[str] = []

        def before(address: WebAddress) -> None:
            self._ask_leave(address)
            asked_at.append(address.origin)

        try:
            return fetcher.fetch(asked, before)
        except Refused as refused:
            if refused.status and refused.seconds is not None:
                self._postpone(asked_at[-1], refused.seconds)
            raise

    def robots(self, address: WebAddress) -> Robots:
        """What a host's robots.txt says; it is asked for once a day.

        Args:
            address: of any page of it.
        """
        with self._turn(address.origin):
            return self._robots(address)

    def tdmrep(self, address: WebAddress) -> bytes:
        """A host's file of reservations; empty where it has none. It is asked for as often as robots.txt.

        Args:
            address: of any page of it.
        """
        with self._turn(address.origin):
            self._robots(address)
            known = self._of(address.origin)
            if known.tdmrep is None:
                self._wait(address.origin, self._pause)
                found = self._file(f"{address.origin}{WELL_KNOWN}")
                known = replace(self._of(address.origin), tdmrep=found)
                self._learn(address.origin, known)
            return known.tdmrep or b""

    def take_changes(self) -> dict[str, Host]:
        """What was learned of hosts since it was last asked, by origin."""
        with self._lock:
            changed = {origin: self._known[origin] for origin in sorted(self._changed)}
            self._changed.clear()
        return changed

    def _ask_leave(self, address: WebAddress) -> None:
        with self._turn(address.origin):
            robots = self._robots(address)
            if not robots.may_be_asked:
                raise Refused(
                    f"{address.origin}/robots.txt cannot be read now, so nothing there may be.",
                    "It is asked again later.",
                    "later",
                )
            if not robots.allows(address.url, PRODUCT):
                raise Refused(
                    f"robots.txt of {address.host} does not let Openslate read {address.target[:200]}.",
                    "Ask its owner, or save the page by hand.",
                    "robots",
                )
            self._wait(address.origin, max(self._pause, robots.delay(PRODUCT)))

    def _robots(self, address: WebAddress) -> Robots:
        known = self._of(address.origin).robots
        if known is not None and known.is_fresh(now()):
            return known
        self._wait(address.origin, self._pause)
        fetcher = replace(self._fetcher, limits=replace(self._fetcher.limits, bytes=LARGEST, cut=True))
        try:
            # Where it leads on, other hosts are asked for nothing but this one file.
            found = Robots(200, fetcher.fetch(Asked(f"{address.origin}/robots.txt", "text/plain")).body, now())
        except Refused as refused:
            if refused.kind == "address":
                raise
            found = robots_of(refused, now())
        self._learn(address.origin, replace(self._of(address.origin), robots=found, tdmrep=None))
        return found

    def _file(self, url: str) -> bytes:
        fetcher = replace(self._fetcher, limits=replace(self._fetcher.limits, bytes=LARGEST))
        try:
            return fetcher.fetch(Asked(url, "application/json")).body
        except Refused as refused:
            # Where it may be there and cannot be read, somebody may have meant to reserve something.
            return b"" if 400 <= refused.status < 500 else UNREADABLE

    def _wait(self, origin: str, pause: float) -> None:
        host, at = self._of(origin), now()
        seconds = (host.free - at).total_seconds()
        if seconds > PATIENCE:
            raise Refused(f"{origin} asked to be left alone for now.", "It is asked again later.", "later", seconds)
        if seconds > 0:
            self._sleep(seconds)
        self._learn(origin, replace(host, free=max(host.free, at) + timedelta(seconds=pause)))

    def _postpone(self, origin: str, seconds: float) -> None:
        host = self._of(origin)
        self._learn(origin, replace(host, free=max(host.free, now() + timedelta(seconds=seconds))))

    def _of(self, origin: str) -> Host:
        with self._lock:
            return self._known.get(origin, Host())

    def _learn(self, origin: str, host: Host) -> None:
        with self._lock:
            self._known[origin] = host
            self._changed.add(origin)

    def _turn(self, origin: str) -> Lock:
        with self._lock:
            return self._turns.setdefault(origin, Lock())
