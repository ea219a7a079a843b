"""Looking for a member in everything that a project holds: decoded where the form is known, and byte by byte.

What a scan can say. A column `member`, the list of members of prepared histories, a value under `member` in JSON and a
field of a refused row are compared with any id. A distinctive id (see `names`) is also looked for in every other text,
file name and byte, in the spellings of JSON, HTML, CSV and SQL; so is the plain SHA-256 of every id.

What it cannot say. Whether '42' in free text means the member; what is inside compressed or encrypted files, which are
listed as unread; what is written by a process that is still running; and whether somebody could be recognised by what
they watched, without any id.
"""

import json
import mmap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openslate.accounts.erasing.databases import subjects_of
from openslate.accounts.erasing.keepsakes import report_names
from openslate.accounts.erasing.names import Name
from openslate.accounts.erasing.tables import is_theirs, line_of
from openslate.errors import ProjectError
from openslate.project import Project
from openslate.rights.consent import check_text
from openslate.storage.lake import SPILL_PREFIX
from openslate.storage.rewriting import Connection, rows_of, without
from openslate.storage.searching import parquet_values, sqlite_values
from openslate.storage.vault import NAME as VAULT

SQLITE = b"SQLite format 3\0"
JOURNAL = frozenset({"erasures", "erased_files"})
"""Tables of the vault that know whose an unfinished erasure is."""
COMPRESSED = frozenset({".gz", ".zip", ".zst", ".bz2", ".xz", ".7z", ".rar", ".tgz"})
LARGEST_JSON = 512 << 20


@dataclass(frozen=True)
class Finding:
    """A place that holds the member.

    Attributes:
        place: the file, relative to the project where it lies in it.
        how: in what way, in words.
    """

    place: str
    how: str


@dataclass(frozen=True)
class Scan:
    """What a scan came to.

    Stability: provisional.

    Attributes:
        findings: places that hold the member, the ledger aside.
        ledger: what the ledger holds, which is never rewritten.
        unread: files that could not be looked into.
        files: how many were looked into.
        bytes: how many bytes they have.
        distinctive: whether the id could be looked for everywhere.
    """

    findings: tuple[Finding, ...]
    ledger: tuple[str, ...]
    unread: tuple[str, ...]
    files: int
    bytes: int
    distinctive: bool


def scan(project: Project, member: str, besides_journal: bool = False, handed_over: Sequence[Path] = ()) -> Scan:
    """Look for a member in every file of the project.

    Args:
        project: where.
        member: the member's id.
        besides_journal: whether to leave the journal of an unfinished erasure aside.
        handed_over: folders outside the project to look into as well.

    Raises:
        UsageError: the id cannot be written as UTF-8.
        ProjectError: a file is damaged.
    """
    check_text(member)
    name, findings, unread = Name(member), list[Finding](), list[str]()
    files = size = 0
    with without(project.lake, member) as connection:
        for path in _files(project, handed_over):
            place = _place(project, path)
            if path.is_symlink() or path.suffix in COMPRESSED or SPILL_PREFIX in place:
                unread.append(name.masked(place, "*"))
            try:
                found = [] if path == project.ledger_path else list(_in_file(connection, path, name, besides_journal))
                files, size = files + 1, size + path.stat().st_size
            except FileNotFoundError:
                # Removed meanwhile, as temporary files of another process are.
                continue
            except OSError as error:
                found = [f"it cannot be read: {error.strerror}"]
            if name.inside(place):
                found.append("its name")
            findings.extend(Finding(place, how) for how in found)
    return Scan(tuple(findings), _in_ledger(project, name), tuple(unread), files, size, name.distinctive)


def _files(project: Project, handed_over: Sequence[Path]) -> Iterator[Path]:
    for folder in (project.folder, *handed_over):
        yield from (path for path in sorted(folder.rglob("*")) if path.is_symlink() or path.is_file())


def _place(project: Project, path: Path) -> str:
    return (path.relative_to(project.folder) if path.is_relative_to(project.folder) else path).as_posix()


def _in_file(connection: Connection, path: Path, name: Name, besides_journal: bool) -> Iterator[str]:
    """Every way in which a file holds the member."""
    with path.open("rb") as file:
        start = file.read(len(SQLITE))
    if path.suffix == ".parquet" and start[:4] == b"PAR1":
        yield from _in_parquet(connection, path, name)
    elif start == SQLITE:
        yield from _in_sqlite(path, name, besides_journal)
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


def _in_sqlite(path: Path, name: Name, besides_journal: bool) -> Iterator[str]:
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


def _in_ledger(project: Project, name: Name) -> tuple[str, ...]:
    """Entries that hold the plain hash of the id, or the id in a name that somebody gave."""
    if not project.ledger_path.exists():
        return ()
    found: list[str] = []
    with project.ledger_path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            text = line.decode(errors="replace")
            if name.hashes[0] in text:
                found.append(f"entry {number} holds the plain SHA-256 of the id")
            elif name.inside(text):
                found.append(f"entry {number} holds the id in a text that somebody gave")
    return tuple(found)


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


def scan_vault(project: Project, member: str) -> Scan:
    """Look for a member in the vault alone, its journal included."""
    found = list(_in_sqlite(project.vault.path, Name(member), besides_journal=False))
    findings = tuple(Finding(_place(project, project.vault.path), how) for how in found)
    return Scan(findings, (), (), 1, project.vault.path.stat().st_size, Name(member).distinctive)


def refuse_what_is_left(project: Project, found: Scan) -> None:
    """Stop an erasure that has left something behind.

    Raises:
        ProjectError: it has.
    """
    if found.findings:
        first = found.findings[0]
        more = f" and {len(found.findings) - 1} other places" if len(found.findings) > 1 else ""
        raise ProjectError(
            f"The member is still in {first.place} ({first.how}){more}, so the erasure is not finished.",
            "If the file is not Openslate's, remove or move it; then run the command again.",
        )
