"""The ledger as accounts see it: numbered entries, and new ones put at its end.

The one place of this package that reads and writes the ledger.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from weakref import WeakKeyDictionary

from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import JsonValue, canonical
from openslate.storage.files import OWNER_ONLY, make_folder
from openslate.storage.lock import write_lock

LOCK_FOLDER = "accounts"
LOCK_SECONDS = 60.0
_READ: "WeakKeyDictionary[Project, list[_Kept]]" = WeakKeyDictionary()
"""What this process has read: entries never change, and most of what accounts do asks for all of them."""


@dataclass(frozen=True)
class Numbered:
    """An entry of the ledger.

    Attributes:
        index: how many stand before it.
        id: its hash.
        at: when it was written, by the ledger's clock.
        entry: what it says.
    """

    index: int
    id: str
    at: datetime
    entry: Mapping[str, Any]


@dataclass(frozen=True)
class _Kept:
    """An entry as this process keeps it: as text, because whoever is given it may change what it is made of."""

    index: int
    id: str
    text: bytes

    def numbered(self) -> Numbered:
        return _numbered(ledger.Recorded(self.index, self.id, json.loads(self.text)))


def read(project: Project) -> list[Numbered]:
    """Every entry from first to last, each checked against the index when this process first reads it.

    Raises:
        RightsError: the ledger was changed, or cannot be read.
    """
    known = _READ.get(project, [])
    if known and ledger.entry(project, known[-1].index).hash != known[-1].id:
        # The ledger was put back to another state while this process ran.
        known = []
    found = [
        *known,
        *(_Kept(one.index, one.hash, canonical(one.entry)) for one in ledger.search(project, start=len(known))),
    ]
    _READ[project] = found
    return [one.numbered() for one in found]


def write(project: Project, entries: Iterable[Mapping[str, JsonValue]]) -> list[Numbered]:
    """Add entries that belong together, all or none, and return them as they stand on the ledger.

    Raises:
        RightsError: the ledger cannot be written.
    """
    return [_numbered(ledger.entry(project, one.index)) for one in ledger.append_all(project, list(entries))]


def _numbered(one: ledger.Recorded) -> Numbered:
    return Numbered(one.index, one.hash, datetime.fromisoformat(one.entry["at"]), one.entry)


@contextmanager
def alone(project: Project) -> Iterator[None]:
    """Keep others from changing accounts between what is read and what is then written.

    Raises:
        ProjectError: another process does so for longer than a minute.
    """
    folder = project.people / LOCK_FOLDER
    make_folder(folder, OWNER_ONLY)
    with write_lock(folder, LOCK_SECONDS):
        yield
