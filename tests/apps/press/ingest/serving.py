"""A real web server of the test's own on this machine, and a fetcher that may reach it and nothing else."""

import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network
from threading import Thread
from typing import Any, TypeAlias

from openslate.apps.press.fetching.answers import FetchLimits
from openslate.apps.press.fetching.fetching import Fetcher
from openslate.apps.press.fetching.networks import Reach

QUICK = FetchLimits(bytes=100_000, connect_seconds=2, read_seconds=1, total_seconds=2)


@dataclass(frozen=True)
class Reply:
    """What a page answers."""

    body: bytes = b""
    kind: str = "text/html"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Page: TypeAlias = Reply | Callable[["Handler"], Reply | None]


class Handler(BaseHTTPRequestHandler):
    """Answers from the server's own pages."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server: Any = self.server
        server.asked.append((self.path, dict(self.headers)))
        page = server.pages.get(self.path, Reply(b"no such page", status=404))
        reply = page if isinstance(page, Reply) else page(self)
        if reply is None:
            return
        self.send_response(reply.status)
        headers = {"Content-Type": reply.kind, "Content-Length": str(len(reply.body)), **reply.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@dataclass
class Site:
    """A server that runs."""

    port: int
    pages: dict[str, Page]
    asked: list[tuple[str, dict[str, str]]]

    def url(self, path: str, host: str = "www.slate.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    @property
    def reach(self) -> Reach:
        return Reach(frozenset((80, 443, self.port)), (ip_network("127.0.0.1/32"),))

    def fetcher(self, limits: FetchLimits = QUICK, resolver: Callable[[str, int], list[str]] | None = None) -> Fetcher:
        return Fetcher(limits, "Openslate/test", self.reach, resolver or (lambda host, port: ["127.0.0.1"]))


@contextmanager
def site(pages: dict[str, Page] | None = None) -> Iterator[Site]:
    """Serve some pages for a while."""
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close = True, False
    server.pages, server.asked = {} if pages is None else pages, []
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield Site(server.server_address[1], server.pages, server.asked)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def raw(answer: Callable[[socket.socket], None], reads: bool = True) -> Iterator[int]:
    """A port on which every connection is handed to a function, after its request was read unless it reads itself."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                try:
                    if reads:
                        connection.recv(65_536)
                    answer(connection)
                except OSError:
                    pass

    Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
