"""Looking for a member in everything that a project holds: decoded where the form is known, and byte by byte.

What a scan can say. A column `member`, the list of members of prepared histories, a value under `member` in JSON and a
field of a refused row are compared with any id. A distinctive id (see `names`) is also looked for in every other text,
file name and byte, in the spellings of JSON, HTML, CSV and SQL; so is the plain SHA-256 of every id.

What it cannot say. Whether '42' in free text means the member; what is inside compressed or encrypted files, which are
listed as unread; what is written by a process that is still running; and whether somebody could be recognised by what
they watched, without any id.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openslate.accounts.erasing.databases import payee_salt_is_idle
from openslate.accounts.erasing.looking import ways_in_file, ways_in_sqlite
from openslate.accounts.erasing.names import Name
from openslate.errors import ProjectError
from openslate.project import Project
from openslate.rights.consent import check_text
from openslate.storage.connections import SPILL_PREFIX
from openslate.storage.files import TEMPORARY_PREFIX
from openslate.storage.rewriting import without

COMPRESSED = frozenset({".gz", ".zip", ".zst", ".bz2", ".xz", ".7z", ".rar", ".tgz"})


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
            if _is_closed(path, place):
                unread.append(name.masked(place, "*"))
            try:
                found: list[str] = []
                if path != project.ledger_path and not path.name.startswith(TEMPORARY_PREFIX):
                    found.extend(ways_in_file(connection, path, name, besides_journal))
                files, size = files + 1, size + path.stat().st_size
            except FileNotFoundError:
                # Removed meanwhile, as temporary files of another process are.
                continue
            except OSError as error:
                found = [f"it cannot be read: {error.strerror}"]
            if name.inside(place):
                found.append("its name")
            findings.extend(Finding(place, how) for how in found)
    findings.extend(_idle_salt(project, name))
    return Scan(tuple(findings), in_ledger(project, name), tuple(unread), files, size, name.distinctive)


def _is_closed(path: Path, place: str) -> bool:
    """Whether what is in a file cannot be seen, or not yet: it is a link, compressed, or being written."""
    being_written = SPILL_PREFIX in place or path.name.startswith(TEMPORARY_PREFIX)
    return path.is_symlink() or path.suffix in COMPRESSED or being_written


def _files(project: Project, handed_over: Sequence[Path]) -> Iterator[Path]:
    for folder in (project.folder, *handed_over):
        yield from (path for path in sorted(folder.rglob("*")) if path.is_symlink() or path.is_file())


def _place(project: Project, path: Path) -> str:
    return (path.relative_to(project.folder) if path.is_relative_to(project.folder) else path).as_posix()


def in_ledger(project: Project, name: Name) -> tuple[str, ...]:
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


def scan_vault(project: Project, member: str) -> Scan:
    """Look for a member in the vault alone, its journal included."""
    found = list(ways_in_sqlite(project.vault.path, Name(member), besides_journal=False))
    place = _place(project, project.vault.path)
    findings = (*(Finding(place, how) for how in found), *_idle_salt(project, Name(member)))
    return Scan(findings, (), (), 1, project.vault.path.stat().st_size, Name(member).distinctive)


def _idle_salt(project: Project, name: Name) -> Iterator[Finding]:
    """What only the vault and the ledger together tell."""
    if project.vault.path.exists() and payee_salt_is_idle(project, name):
        yield Finding(_place(project, project.vault.path), "a payee's salt that no entry needs")


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
