"""Bytes of the ledger that are on the disk for good, and the memory of a disk that failed to keep them."""

import os
from contextlib import suppress
from pathlib import Path

from openslate.rights.alarm import alarm

_failed: set[Path] = set()
"""Ledgers whose fsync has failed in this process: what a later one says of them is worth nothing."""


def trust_again(path: Path) -> None:
    """Let this process write again to a ledger whose fsync had failed; for `verify`, once all of it was read."""
    _failed.discard(path)


def refuse_failed(path: Path) -> None:
    """Refuse a ledger whose fsync has failed in this process.

    Raises:
        RightsError: it has.
    """
    if path in _failed:
        raise alarm(
            f"The disk of the ledger {path} failed to keep what was written, earlier in this process.",
            "Look after the disk, then start the process again and check the ledger with `openslate rights check`.",
        )


def write_durably(path: Path, end: int, data: bytes) -> None:
    """Write at the end of the whole lines, cutting off a torn one, and leave all as it was if that fails."""
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        os.ftruncate(descriptor, end)
        os.lseek(descriptor, end, os.SEEK_SET)
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            sync(descriptor, path)
        except BaseException:
            # Where even this fails, the next writer cuts a torn line off, and no line was acknowledged.
            with suppress(OSError):
                os.ftruncate(descriptor, end)
            raise
    finally:
        os.close(descriptor)


def sync(descriptor: int, path: Path) -> None:
    """Put a file's bytes on the disk. A failure is final: the system may call the same bytes clean the next time."""
    try:
        os.fsync(descriptor)
    except OSError:
        _failed.add(path)
        raise
