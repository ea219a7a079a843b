"""The append-only file of decisions: one JSON line each, chained by hash, durable before anything takes effect.

The state remembers the last entry. So a file that was cut, swapped or removed is noticed, and nothing is added to it;
a file that is ahead by whole entries, which a crash between file and state leaves behind, is taken as it is.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from openslate import clock
from openslate.errors import RightsError
from openslate.project import Project
from openslate.storage.files import write_atomically
from openslate.storage.lock import write_lock

GENESIS = "0" * 64
LOCK_SECONDS = 60.0
RESTORE = "Restore the ledger from a backup; it was changed outside Openslate."

JsonValue: TypeAlias = "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"


@dataclass(frozen=True)
class Head:
    """The last entry of a ledger.

    Attributes:
        entries: how many there are up to it.
        hash: its own, which the next one names; zeros before the first.
        start: the byte at which its line begins.
    """

    entries: int = 0
    hash: str = GENESIS
    start: int = 0


def append(project: Project, entry: Mapping[str, JsonValue]) -> str:
    """Add one decision to the ledger and return its hash once it is on disk.

    Args:
        project: whose ledger.
        entry: what was decided; `at` and `previous` are added.

    Raises:
        RightsError: the ledger cannot be written or is not the one the state remembers, so nothing may take effect.
    """
    path = project.ledger_path
    try:
        # The ledger has a lock of its own, so that a read is never held up by a long import.
        with write_lock(project.people, LOCK_SECONDS):
            remembered = _remembered(project)
            if remembered == Head() and not path.exists():
                # So that the folder, too, holds the new file for good before anything depends on it.
                write_atomically(path, b"")
            last, end = _last(path, remembered)
            text = _canonical({**entry, "at": clock.now().isoformat(), "previous": last.hash})
            with path.open("ab") as file:
                # Cuts off an entry that a crash left half-written: it was never acknowledged.
                file.truncate(end)
                file.write(text + b"\n")
                file.flush()
                os.fsync(file.fileno())
            head = Head(last.entries + 1, hashlib.sha256(text).hexdigest(), end)
            _remember(project, head)
    except OSError as error:
        raise RightsError(
            f"The ledger {path} cannot be written: {error.strerror}.",
            "Make room or mend the permissions; until then nothing about people may be read.",
        ) from error
    return head.hash


def entries(path: Path) -> Iterator[dict[str, JsonValue]]:
    """Every decision from first to last, checking the chain on the way.

    Args:
        path: the ledger file.

    Raises:
        RightsError: an entry was changed, dropped or reordered, or the file cannot be read.
    """
    return (entry for entry, _ in _chain(path))


def verify(project: Project) -> tuple[int, str]:
    """How many decisions the ledger holds, and the hash of the last one, once all of it has been checked.

    Raises:
        RightsError: an entry was changed, dropped or reordered, or the ledger is not the one the state remembers.
    """
    head = _remembered(project)
    count, last, met = 0, GENESIS, head == Head()
    for count, (_, last) in enumerate(_chain(project.ledger_path), start=1):
        met = met or (count, last) == (head.entries, head.hash)
    if not met:
        raise _another(project.ledger_path, head)
    return count, last


def _chain(path: Path) -> Iterator[tuple[dict[str, JsonValue], str]]:
    """Every whole entry and its hash, each following the one before it."""
    try:
        with path.open("rb") as file:
            previous = GENESIS
            for number, line in enumerate(file, start=1):
                if not line.endswith(b"\n"):
                    return
                entry = _parse(line, path, number, previous)
                previous = hashlib.sha256(line[:-1]).hexdigest()
                yield entry, previous
    except FileNotFoundError:
        return
    except OSError as error:
        raise RightsError(f"The ledger {path} cannot be read: {error.strerror}.", RESTORE) from error


def _last(path: Path, head: Head) -> tuple[Head, int]:
    """The last whole entry, walked to from the remembered one, and the byte at which it ends."""
    try:
        with path.open("rb") as file:
            file.seek(head.start)
            last, end = head, head.start
            if head.entries:
                line = file.readline()
                if not line.endswith(b"\n") or hashlib.sha256(line[:-1]).hexdigest() != head.hash:
                    raise _another(path, head)
                end += len(line)
            for line in file:
                if not line.endswith(b"\n"):
                    break
                _parse(line, path, last.entries + 1, last.hash)
                last = Head(last.entries + 1, hashlib.sha256(line[:-1]).hexdigest(), end)
                end += len(line)
    except FileNotFoundError:
        raise _another(path, head) from None
    return last, end


def _remembered(project: Project) -> Head:
    rows = project.state.rows("SELECT entries, hash, start FROM ledger_head")
    return Head(int(str(rows[0][0])), str(rows[0][1]), int(str(rows[0][2]))) if rows else Head()


def _remember(project: Project, head: Head) -> None:
    project.state.execute(
        "INSERT OR REPLACE INTO ledger_head VALUES (1, ?, ?, ?)", (head.entries, head.hash, head.start)
    )


def _another(path: Path, head: Head) -> RightsError:
    return RightsError(
        f"The ledger {path} is not the one the state remembers, with {head.entries} decisions up to {head.hash[:12]}.",
        RESTORE,
    )


def _parse(line: bytes, path: Path, number: int, previous: str) -> dict[str, JsonValue]:
    """One entry, which must be an object that names the one before it."""
    try:
        entry = json.loads(line)
    except ValueError:
        entry = None
    if not isinstance(entry, dict):
        raise RightsError(f"{path}, line {number}: the entry is not a JSON object.", RESTORE)
    if entry.get("previous") != previous:
        raise RightsError(f"{path}, line {number}: the entry does not follow the one before it.", RESTORE)
    return entry


def _canonical(entry: Mapping[str, JsonValue]) -> bytes:
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
