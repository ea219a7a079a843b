"""The append-only file of decisions: one JSON line each, chained by hash, durable before anything takes effect."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from openslate import clock
from openslate.errors import RightsError
from openslate.storage.lock import write_lock

GENESIS = "0" * 64
LOCK_SECONDS = 60.0

JsonValue: TypeAlias = "str | int | float | bool | Sequence[JsonValue] | Mapping[str, JsonValue] | None"


def append(path: Path, entry: Mapping[str, JsonValue]) -> str:
    """Add one decision to the ledger and return its hash once it is on disk.

    Args:
        path: the ledger file.
        entry: what was decided; `at` and `previous` are added.

    Raises:
        RightsError: the ledger cannot be written, so nothing may take effect.
    """
    try:
        # The ledger has a lock of its own, so that a read is never held up by a long import.
        with write_lock(path.parent / "people", LOCK_SECONDS), path.open("a+b") as file:
            _drop_torn_tail(file.fileno(), path)
            line = {**entry, "at": clock.now().isoformat(), "previous": last_hash(path)}
            text = _canonical(line)
            file.write(text + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise RightsError(
            f"The ledger {path} cannot be written: {error.strerror}.",
            "Make room or mend the permissions; until then nothing about people may be read.",
        ) from error
    return hashlib.sha256(text).hexdigest()


def entries(path: Path) -> Iterator[dict[str, JsonValue]]:
    """Every decision from first to last, checking the chain on the way.

    Raises:
        RightsError: an entry was changed, dropped or reordered.
    """
    previous = GENESIS
    if not path.exists():
        return
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.endswith(b"\n"):
                return
            entry = _parse(line, path, number)
            if entry.get("previous") != previous:
                raise RightsError(
                    f"{path}, line {number}: the entry does not follow the one before it.",
                    "Restore the ledger from a backup; it was changed outside Openslate.",
                )
            previous = hashlib.sha256(line[:-1]).hexdigest()
            yield entry


def last_hash(path: Path) -> str:
    """The hash of the last whole entry, which the next one names; zeros before the first."""
    line = _last_line(path)
    return hashlib.sha256(line).hexdigest() if line else GENESIS


def _last_line(path: Path, torn: bool = False) -> bytes:
    """The last line without its end, read from the back; with `torn`, what stands after the last end of line."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        step = 4096
        while True:
            file.seek(max(0, size - step))
            lines = file.read().split(b"\n")
            if len(lines) > 2 or step >= size:
                return lines[-1] if torn else lines[-2] if len(lines) > 1 else b""
            step *= 2


def _drop_torn_tail(descriptor: int, path: Path) -> None:
    """Cut off an entry that a crash left half-written: it was never acknowledged."""
    torn = _last_line(path, torn=True)
    if torn:
        os.ftruncate(descriptor, path.stat().st_size - len(torn))


def _parse(line: bytes, path: Path, number: int) -> dict[str, JsonValue]:
    try:
        entry = json.loads(line)
    except ValueError:
        entry = None
    if not isinstance(entry, dict):
        raise RightsError(
            f"{path}, line {number}: the entry is not a JSON object.",
            "Restore the ledger from a backup; it was changed outside Openslate.",
        )
    return entry


def _canonical(entry: Mapping[str, JsonValue]) -> bytes:
    return json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
