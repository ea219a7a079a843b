"""Connections that go to the address that was checked, and end when the time of the whole request is over."""

import ssl
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from openslate.apps.press.fetching.addresses import Resolver, checked
from openslate.apps.press.fetching.networks import Reach
from openslate.clock import stopwatch
from openslate.native import load

if TYPE_CHECKING:
    import httpcore2
else:
    httpcore2 = load("httpcore2", "Reading from the web", "pip install 'openslate[press]'")


class Deadline:
    """The moment at which a request has taken long enough, whatever it is doing.

    Args:
        seconds: from now.
    """

    def __init__(self, seconds: float) -> None:
        self._end = stopwatch() + seconds

    def within(self, seconds: float | None) -> float:
        """What is left, and at most `seconds`.

        Raises:
            httpcore2.ReadTimeout: nothing is left.
        """
        left = self._end - stopwatch()
        if left <= 0:
            raise httpcore2.ReadTimeout("the whole request took too long")
        return left if seconds is None else min(left, seconds)


class CheckedBackend(httpcore2.NetworkBackend):
    """Resolves a host once, checks every answer, and connects to one of those that were checked.

    The name is never resolved again, so a resolver that changes its mind changes nothing. TLS still verifies the
    certificate against the name.

    Args:
        resolver: of names.
        reach: what may be asked besides public addresses.
        deadline: of the whole request.
    """

    def __init__(self, resolver: Resolver, reach: Reach, deadline: Deadline) -> None:
        self._resolver, self._reach, self._deadline = resolver, reach, deadline
        self._sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first of a host's addresses that answers.

        Raises:
            Refused: one of its addresses is not public.
            httpcore2.ConnectError: none answers.
        """
        addresses = checked(host, self._resolver(host, port), self._reach)
        for place, address in enumerate(addresses[:4]):
            try:
                within = self._deadline.within(timeout)
                return _Timed(
                    self._sockets.connect_tcp(str(address), port, within, local_address, socket_options),
                    self._deadline,
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                if place + 1 == len(addresses[:4]):
                    raise
        raise httpcore2.ConnectError("no address")


class _Timed(httpcore2.NetworkStream):
    """A connection on which every step ends with the request's time, so that no drop by drop keeps it open."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        within = self._deadline.within(timeout)
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, within), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
