"""All sources whose time has come, several hosts at once: each is told of by itself, and none stops another."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from contextvars import copy_context
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event
from urllib.parse import urlsplit

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item, item_id
from openslate.apps.press.desk.items import Added, add_items, known_addresses
from openslate.apps.press.extraction.overrides import Override
from openslate.apps.press.fetching.answers import FetchLimits
from openslate.apps.press.fetching.fetching import Fetcher, user_agent
from openslate.apps.press.fetching.hosts import Hosts
from openslate.apps.press.fetching.refusals import Refused
from openslate.apps.press.ingest.kept_sources import kept_hosts, kept_sources, register_sources, save_hosts, save_state
from openslate.apps.press.ingest.looking import Room
from openslate.apps.press.ingest.one_source import Looked, look_at
from openslate.apps.press.ingest.source import PressSource, SourceState
from openslate.clock import now
from openslate.progress import Progress, silent
from openslate.project import Project
from openslate.storage.files import make_folder
from openslate.storage.lock import write_lock

AT_ONCE = 8
"""Hosts that are asked at the same time."""
PAUSE = 1.0
"""Seconds between two requests of one host, unless it asks for more."""


def not_stopped() -> bool:
    """Nobody wants it to end."""
    return False


@dataclass(frozen=True)
class Manner:
    """How sources are looked at.

    Attributes:
        contact: whom a host may write to; empty for nobody.
        now_too: whether those are looked at whose time has not come.
        overrides: of the extraction, by host.
        fetcher: that asks; the web's own when None. Only tests give one.
        pause: seconds between two requests of one host.
        sleep: waits so many seconds; None for really waiting.
    """

    contact: str = ""
    now_too: bool = False
    overrides: dict[str, Override] | None = None
    fetcher: Fetcher | None = None
    pause: float = PAUSE
    sleep: Callable[[float], None] | None = None


def ingest_sources(
    project: Project,
    sources: Sequence[PressSource] | None = None,
    manner: Manner = Manner(),
    progress: Progress = silent,
    stopped: Callable[[], bool] = not_stopped,
) -> list[Looked]:
    """Look at sources, and put on the project's desk what is new there.

    Args:
        project: whose desk it is.
        sources: to be known from now on, and looked at; all that are known when left out.
        manner: of looking.
        progress: called as they are done.
        stopped: whether it should end; what was ingested by then is kept.

    Returns:
        What came of each source whose time had come, by name.

    Raises:
        ProjectError: the desk cannot be used, or another command is looking at sources.
    """
    with _asking(project) as desk:
        if sources is not None:
            register_sources(desk, sources)
        names = None if sources is None else {one.name for one in sources}
        due = [(one, state) for one, state in kept_sources(desk) if _is_due(one, state, names, manner)]
        return _Looking(project, desk, manner, stopped).all(due, progress)


def ingest_once(
    project: Project,
    sources: Sequence[PressSource],
    manner: Manner = Manner(),
    progress: Progress = silent,
    stopped: Callable[[], bool] = not_stopped,
) -> list[Looked]:
    """Look at addresses once, without keeping them as sources; otherwise as `ingest_sources`.

    Args:
        project, manner, progress, stopped: as for `ingest_sources`.
        sources: to look at.
    """
    with _asking(project) as desk:
        due = [(one, SourceState()) for one in sources]
        return _Looking(project, desk, manner, stopped, keeps=False).all(due, progress)


@contextmanager
def _asking(project: Project) -> Iterator[Desk]:
    """The desk, while nobody else asks hosts for it: two would each think the host free."""
    with closing(Desk(project)) as desk:
        make_folder(desk.folder / "asking")
        with write_lock(desk.folder / "asking", 0.0):
            yield desk


def _is_due(source: PressSource, state: SourceState, names: set[str] | None, manner: Manner) -> bool:
    wanted = names is None or source.name in names
    return wanted and (manner.now_too or state.due is None or state.due <= now())


class _Looking:
    def __init__(
        self, project: Project, desk: Desk, manner: Manner, stopped: Callable[[], bool], keeps: bool = True
    ) -> None:
        self._project, self._desk, self._manner, self._keeps = project, desk, manner, keeps
        self._stopped_by, self._stop = stopped, Event()
        fetcher = manner.fetcher or Fetcher(FetchLimits(), user_agent(manner.contact))
        self._hosts = Hosts(fetcher, kept_hosts(desk), manner.pause, manner.sleep or self._sleep)
        self._done: SimpleQueue[Looked | None] = SimpleQueue()

    def all(self, due: Sequence[tuple[PressSource, SourceState]], progress: Progress) -> list[Looked]:
        # Sources of one host wait for one another anyway, and must not keep others from being asked.
        hosts: dict[str, list[tuple[PressSource, SourceState]]] = {}
        for source, state in due:
            hosts.setdefault(urlsplit(source.address).netloc, []).append((source, state))
        found: list[Looked] = []
        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                # Each thread with a context of its own, by which the clock may stand still.
                futures = [pool.submit(copy_context().run, self._host, together) for together in hosts.values()]
                self._collect(futures, len(due), found, progress)
            finally:
                self._stop.set()
        for future in futures:
            future.result()
        save_hosts(self._desk, self._hosts.take_changes())
        return sorted(found, key=lambda one: one.source.name)

    def _collect(self, futures: list[Future[None]], count: int, found: list[Looked], progress: Progress) -> None:
        open_hosts = len(futures)
        while open_hosts:
            if self._stopped_by():
                self._stop.set()
            try:
                looked = self._done.get(timeout=0.1)
            except Empty:
                continue
            if looked is None:
                open_hosts -= 1
                continue
            found.append(looked)
            progress(looked.source.name, len(found) / count)
            save_hosts(self._desk, self._hosts.take_changes())

    def _host(self, together: Sequence[tuple[PressSource, SourceState]]) -> None:
        """Look at the sources of one host, one after another, by a connection of this thread's own."""
        try:
            with closing(Desk(self._project)) as desk:
                for source, state in together:
                    if self._stop.is_set():
                        return
                    looked, after = look_at(source, state, self._room(desk, source))
                    if self._keeps:
                        save_state(desk, source, after)
                    self._done.put(looked)
        finally:
            self._done.put(None)

    def _room(self, desk: Desk, source: PressSource) -> Room:
        return Room(
            hosts=self._hosts,
            put=lambda items: put_of(desk, source, items),
            known=lambda addresses: set(known_addresses(desk, addresses)),
            stopped=self._stop.is_set,
            seen=now(),
            overrides=dict(self._manner.overrides or {}),
        )

    def _sleep(self, seconds: float) -> None:
        if self._stop.wait(seconds):
            raise Refused("It was stopped.", "Run the command again.", "later")


def put_of(desk: Desk, source: PressSource, items: Sequence[Item]) -> Added:
    """Put the items of a source on the desk; what another source brought first stays as that one has it.

    Two sources word one article differently, and it would change with every look.

    Args:
        desk: that takes them.
        source: whose they are.
        items: of it.
    """
    own: list[Item] = []
    for item in items:
        known = known_addresses(desk, [item.address, item.found_at])
        there = known.get(item.address) or known.get(item.found_at)
        brought_by = desk.rows("SELECT source FROM items WHERE id = ?", (there,)) if there else []
        if not brought_by or (brought_by[0][0] == source.name and there == item_id(item.address)):
            own.append(item)
    added = add_items(desk, own)
    return Added(added.new, added.changed, added.known + len(items) - len(own))
