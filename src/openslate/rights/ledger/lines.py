"""The lines of the ledger file: what one says about itself, and the walk from line to line that finds any damage."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from openslate import clock
from openslate.errors import RightsError
from openslate.rights.alarm import CLOCK, alarm
from openslate.rights.canonical import JsonValue, canonical, parsed
from openslate.rights.checkpoint import ORIGIN, is_moment
from openslate.rights.merkle import leaf_hash

FORMAT = "openslate-ledger-2"
NOTHING = bytes(32)
"""What the first entry names as the one before it."""
LARGEST_LINE = 1 << 24
GENESIS = "genesis"
KEY = "key"
RESERVED = (GENESIS, KEY)
"""Decisions that the ledger itself writes."""


class Line(NamedTuple):
    """One entry in its place.

    Attributes:
        number: its place in the tree, from 0.
        start: the byte at which it begins.
        end: the byte after its newline.
        hash: its leaf hash.
        value: what it says.
    """

    number: int
    start: int
    end: int
    hash: bytes
    value: dict[str, Any]

    @property
    def at(self) -> str:
        """When it was written."""
        return str(self.value["at"])


class Place(NamedTuple):
    """Where a walk begins: what the entry before left behind.

    Attributes:
        number: of the next entry.
        start: the byte at which it begins.
        previous: leaf hash of the entry before.
        at: when the entry before was written.
    """

    number: int = 0
    start: int = 0
    previous: bytes = NOTHING
    at: str = ""


def complete(entry: Mapping[str, JsonValue], at: str, previous: bytes) -> dict[str, Any]:
    """An entry with what the ledger adds.

    Raises:
        RightsError: the entry says itself what the ledger adds.
    """
    if "at" in entry or "previous" in entry:
        raise RightsError("The entry says 'at' or 'previous' itself.", "Leave both to the ledger, which adds them.")
    return {**entry, "at": at, "previous": previous.hex()}


def line_text(value: dict[str, Any]) -> bytes:
    """The canonical text of a complete entry, without the newline.

    Raises:
        RightsError: the entry cannot be written as canonical JSON, or is too long.
    """
    text = canonical(value)
    if len(text) >= LARGEST_LINE:
        raise RightsError(
            f"The entry takes {len(text):,} bytes, and {LARGEST_LINE - 1:,} are the most.",
            "Put what is long into the vault or a file, and its hash into the entry.",
        )
    return text


def walk(path: Path, place: Place = Place()) -> Iterator[Line]:
    """Every whole line from a place on, each checked; a last line without its newline was never acknowledged.

    Args:
        path: the ledger file; an absent one has no lines.
        place: where to begin.

    Raises:
        RightsError: a line was changed, dropped, reordered or cut, or the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            file.seek(place.start)
            # Bounded, so that a file without newlines does not fill the memory.
            while line := file.readline(LARGEST_LINE + 1):
                if not line.endswith(b"\n"):
                    if len(line) > LARGEST_LINE:
                        raise _wrong(path, place.number, "is longer than any entry")
                    return
                found = _checked(line, path, place)
                yield found
                place = Place(found.number + 1, found.end, found.hash, found.at)
    except FileNotFoundError:
        return
    except OSError as error:
        raise alarm(f"The ledger {path} cannot be read: {error.strerror}.") from error


def read_line(path: Path, index: int, start: int, hash: bytes) -> Line:
    """The line that begins at a byte, if it is still the one with that leaf hash.

    Raises:
        RightsError: another line is there, or none.
    """
    try:
        with path.open("rb") as file:
            file.seek(start)
            line = file.readline(LARGEST_LINE + 1)
    except FileNotFoundError:
        line = b""
    except OSError as error:
        raise alarm(f"The ledger {path} cannot be read: {error.strerror}.") from error
    if not line.endswith(b"\n") or leaf_hash(line[:-1]) != hash:
        raise _wrong(path, index, "is not the one the index remembers")
    return Line(index, start, start + len(line), hash, json.loads(line))


def moment(last: str, yielding: bool = False) -> str:
    """The present moment as an entry has it.

    Args:
        last: the latest moment that is on record.
        yielding: whether a clock that is behind is overruled by what is on record.

    Raises:
        RightsError: the clock is behind it.
    """
    now = clock.now().isoformat(timespec="microseconds")
    if now < last and yielding:
        return last
    if now < last:
        raise RightsError(
            f"The clock has gone backwards: it says {now}, and the ledger's last entry or checkpoint is of {last}.",
            "Set the clock right; until it has passed that moment nothing about people may be read.",
            CLOCK,
        )
    return now


def _checked(line: bytes, path: Path, place: Place) -> Line:
    try:
        value = parsed(line[:-1])
    except RightsError as error:
        raise _wrong(path, place.number, f"cannot be read ({error.what.rstrip('.')})") from None
    if not isinstance(value, dict):
        raise _wrong(path, place.number, "is not a JSON object")
    if value.get("previous") != place.previous.hex():
        raise _wrong(path, place.number, "does not follow the one before it: one of them was changed, or one is gone")
    at = value.get("at")
    # Entries that were written together have one moment, which is looked at once.
    if at != place.at:
        if not is_moment(at):
            raise _wrong(path, place.number, "has no moment")
        if str(at) < place.at:
            raise _wrong(path, place.number, "is older than the one before it")
    if (value.get("decision") == GENESIS) != (place.number == 0):
        raise _wrong(path, place.number, "is no beginning" if place.number == 0 else "begins the ledger again")
    if place.number == 0 and (value.get("format") != FORMAT or not ORIGIN.fullmatch(str(value.get("origin")))):
        raise _wrong(path, 0, f"names no ledger of the format {FORMAT}")
    return Line(place.number, place.start, place.start + len(line), leaf_hash(line[:-1]), value)


def _wrong(path: Path, index: int, how: str) -> RightsError:
    # Lines are counted from 1, as editors do, and entries from 0, as the tree does.
    return alarm(f"{path}, line {index + 1}: the entry {how}.")
