"""Looking for a member in one file: decoded where its form is known, and byte by byte."""

import json
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openslate.accounts.erasing.databases import subjects_of
from openslate.accounts.erasing.keepsakes import report_names
from openslate.accounts.erasing.names import Name
from openslate.accounts.erasing.tables import is_theirs, line_of
from openslate.storage.rewriting import Connection, rows_of
from openslate.storage.searching import parquet_values, sqlite_values
from openslate.storage.vault import NAME as VAULT

SQLITE = b"SQLite format 3\0"
JOURNAL = frozenset({"erasures", "erased_files"})
"""Tables of the vault that know whose an unfinished erasure is."""
LARGEST_JSON = 512 << 20


def ways_in_file(connection: Connection, path: Path, name: Name, besides_journal: bool) -> Iterator[str]:
    """Every way in which a file holds the member."""
    with path.open("rb") as file:
        start = file.read(len(SQLITE))
    if path.suffix == ".parquet" and start[:4] == b"PAR1":
        yield from _in_parquet(connection, path, name)
    elif start == SQLITE:
        yield from ways_in_sqlite(path, name, besides_journal)
    elif path.parent.name == "quarantine" and path.suffix == ".jsonl":
        lines = path.read_bytes().decode(errors="replace").split("\n")
        theirs = sum(is_theirs(line_of(text), name) for text in lines)
        yield from [f"{theirs} refused rows"] if theirs else []
        yield from _in_text(path, name)
    elif path.parent.name == "reports" and report_names(path, name):
        yield "a page of theirs, or the id"
    else:
        yield from _in_json(path, name) if path.suffix == ".json" else ()
        yield from _in_text(path, name)


def _in_parquet(connection: Connection, path: Path, name: Name) -> Iterator[str]:
    rows = rows_of(connection, path)
    if rows:
        yield f"{rows} rows of theirs"
        return
    words = [*([name.member] if name.distinctive else []), name.hashes[1]]
    values = [held for word in words for held in parquet_values(connection, path, word)]
    theirs = sorted({held.where for held in values if name.inside(held.value)})
    yield from theirs
    if not values:
        yield from _in_bytes(path, name)


def ways_in_sqlite(path: Path, name: Name, besides_journal: bool) -> Iterator[str]:
    """Every way in which a database holds the member, and once no value does, its bytes."""
    in_journal = besides_journal and path.name == VAULT
    others = False
    for held in sqlite_values(path, JOURNAL if in_journal else frozenset()):
        whole = held.where.endswith(".subject") and held.value in subjects_of(name)
        if whole or name.inside(held.value):
            yield held.where
        others = others or name.touches(held.value)
    # Others' ids may contain this one, and then bytes alone say nothing; nor do they while the journal is needed.
    if not others and not in_journal:
        yield from _in_bytes(path, name)


def _in_json(path: Path, name: Name) -> Iterator[str]:
    """Whole values that are known to be ids, and every text of a distinctive one."""
    if path.stat().st_size > LARGEST_JSON:
        return
    try:
        value = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return
    listed = path.name == "members.json" and isinstance(value, list) and name.member in value
    if listed or any(name.inside(text) for text in _texts(value)) or name.member in _members(value):
        yield "its values"


def _in_text(path: Path, name: Name) -> Iterator[str]:
    """Bytes, and where they are text, only as a word."""
    if not any(True for _ in _in_bytes(path, name)):
        return
    try:
        text = path.read_bytes().decode()
    except UnicodeDecodeError:
        yield "its bytes"
        return
    if name.inside(text):
        yield "its text"


def _in_bytes(path: Path, name: Name) -> Iterator[str]:
    if not path.stat().st_size:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if any(data.find(word) >= 0 for word in name.raw()):
            yield "its bytes"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _members(value: Any) -> Iterator[str]:
    """Values under `member`, at any depth."""
    if isinstance(value, dict):
        if isinstance(value.get("member"), str):
            yield value["member"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _members(inner)
