"""The chain of what was filed: rows are added and never changed, and each names the hash of the one before.

Every reading follows the whole chain, so that a row that was edited, taken out or put in is found; and the ledger holds
the hash of every row, so that rows cut off its end are missed. People are named in papers in the vault alone, which a
row names by their salted hash: erased there, they are gone, and the chain stands.

What makes it safe is the order. Papers come first, then the row, then its hash on the ledger; only then is it filed.
What a killed process leaves is mended by the next one that files: a row without its hash is put on the ledger, and a
paper that no row names is removed.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

from openslate.accounts.erasing.alone import no_erasure
from openslate.apps.greenlight import papers
from openslate.apps.greenlight.papers import Paper
from openslate.errors import ProjectError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import canonical, parsed

FileKind: TypeAlias = Literal["forecast", "decision", "outcome", "link"]
FILE_KINDS: tuple[FileKind, ...] = get_args(FileKind)
FIRST = "0" * 64
RESTORE = "Restore state.sqlite from a backup; it was changed outside Openslate."
ON_LEDGER = "greenlight"
"""The kind of the ledger's entries that hold the hashes of rows."""


@dataclass(frozen=True)
class Filed:
    """One row.

    Attributes:
        ordinal: its place, from 1.
        forecast: number of the forecast that it is about.
        kind: 'forecast', 'decision', 'outcome' or 'link'.
        hash: its own.
        document: what it says.
    """

    ordinal: int
    forecast: str
    kind: FileKind
    hash: str
    document: dict[str, Any]


@contextmanager
def alone(project: Project) -> Iterator[list[Filed]]:
    """While it lasts nobody else files, and nobody is erased; what a killed process left is mended first.

    Yields:
        Every row; those that are added are put to it.

    Raises:
        ProjectError: somebody else files or erases for longer than this one may wait, or the chain does not hold.
        RightsError: the ledger or the vault cannot be written.
    """
    with no_erasure(project):
        rows = read(project)
        known = _on_ledger(project)
        _anchor(project, [row for row in rows if row.ordinal not in known])
        papers.keep_only(project, {one for row in rows for one in papers.named_in(row.document)})
        yield rows


def add(
    project: Project,
    rows: list[Filed],
    kind: FileKind,
    forecast: str,
    document: dict[str, Any],
    written: Sequence[Paper] = (),
) -> None:
    """Put a row at the end of the chain; inside `alone`.

    Args:
        project: where.
        rows: of `alone`.
        kind: of the row.
        forecast: number of the forecast that it is about.
        document: what it says; of people, only the hashes of their papers.
        written: those papers.

    Raises:
        RightsError: the ledger or the vault cannot be written; saying the same again then files it once.
    """
    previous, ordinal = (rows[-1].hash, rows[-1].ordinal + 1) if rows else (FIRST, 1)
    text = canonical(document)
    digest = _hash(ordinal, previous, kind, forecast, text)
    # A row must never point to a paper that is not there.
    papers.keep(project, written)
    project.state.execute(
        "INSERT INTO greenlight_files VALUES (?, ?, ?, ?, ?, ?)", (ordinal, forecast, kind, previous, digest, text)
    )
    rows.append(Filed(ordinal, forecast, kind, digest, document))
    _anchor(project, rows[-1:])


def read(project: Project) -> list[Filed]:
    """Every row from first to last.

    Raises:
        ProjectError: the chain does not hold, or rows that the ledger knows are not there.
    """
    # Both before the rows, because somebody may file meanwhile. SQLite remembers the last number that it gave, so that
    # rows taken off the end are missed; whoever takes them off there, too, is found by the ledger.
    known = _on_ledger(project)
    given = project.state.rows("SELECT seq FROM sqlite_sequence WHERE name = 'greenlight_files'")
    found: list[Filed] = []
    previous = FIRST
    for row in project.state.rows("SELECT * FROM greenlight_files ORDER BY ordinal"):
        ordinal, forecast, kind, named, digest, text = row
        assert isinstance(text, bytes)
        assert isinstance(forecast, str)
        assert isinstance(ordinal, int)
        wanted = _hash(len(found) + 1, previous, str(kind), forecast, text)
        if (ordinal, named, digest) != (len(found) + 1, previous, wanted) or known.pop(ordinal, wanted) != wanted:
            raise ProjectError(
                f"Row {len(found) + 1} of the filed forecasts was changed, or one before it is gone.", RESTORE
            )
        found.append(Filed(len(found) + 1, forecast, _kind(kind), wanted, parsed(text)))
        previous = wanted
    filed = max([*known, *(int(str(number)) for (number,) in given)], default=0)
    if filed > len(found):
        raise ProjectError(f"{filed:,} rows were filed, and {len(found):,} are there.", RESTORE)
    return found


def _on_ledger(project: Project) -> dict[int, str]:
    entries = (one.entry for one in ledger.search(project, decision=ON_LEDGER))
    return {int(one["ordinal"]): str(one["hash"]) for one in entries}


def _anchor(project: Project, rows: Sequence[Filed]) -> None:
    """Put the hashes of rows on the ledger."""
    ledger.append_all(
        project,
        [{"decision": ON_LEDGER, "filed": row.kind, "ordinal": row.ordinal, "hash": row.hash} for row in rows],
    )


def _kind(kind: object) -> FileKind:
    return next(one for one in FILE_KINDS if one == kind)


def _hash(ordinal: int, previous: str, kind: str, forecast: str, text: bytes) -> str:
    return hashlib.sha256(canonical([ordinal, previous, kind, forecast, text.decode()])).hexdigest()
