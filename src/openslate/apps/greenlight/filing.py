"""The chain of what was filed: rows are added and never changed, and each names the hash of the one before.

Every reading follows the whole chain, so that a row that was edited, taken out or put in is found.
"""

import hashlib
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from openslate.errors import ProjectError
from openslate.project import Project
from openslate.rights.canonical import canonical, parsed

FileKind: TypeAlias = Literal["forecast", "decision", "outcome"]
FIRST = "0" * 64
RESTORE = "Restore state.sqlite from a backup; it was changed outside Openslate."


@dataclass(frozen=True)
class Filed:
    """One row.

    Attributes:
        ordinal: its place, from 1.
        forecast: number of the forecast that it is about.
        kind: 'forecast', 'decision' or 'outcome'.
        hash: its own.
        document: what it says.
    """

    ordinal: int
    forecast: str
    kind: FileKind
    hash: str
    document: dict[str, Any]


def add(project: Project, kind: FileKind, forecast: str, document: dict[str, Any]) -> Filed:
    """Put a row at the end of the chain; inside a transaction, after `read` in the same one."""
    before = read(project)
    previous, ordinal = (before[-1].hash, before[-1].ordinal + 1) if before else (FIRST, 1)
    text = canonical(document)
    digest = _hash(ordinal, previous, kind, forecast, text)
    project.state.execute(
        "INSERT INTO greenlight_files VALUES (?, ?, ?, ?, ?, ?)", (ordinal, forecast, kind, previous, digest, text)
    )
    return Filed(ordinal, forecast, kind, digest, document)


def read(project: Project) -> list[Filed]:
    """Every row from first to last.

    Raises:
        ProjectError: the chain does not hold.
    """
    found: list[Filed] = []
    previous = FIRST
    for row in project.state.rows("SELECT * FROM greenlight_files ORDER BY ordinal"):
        ordinal, forecast, kind, named, digest, text = row
        assert isinstance(text, bytes)
        assert isinstance(forecast, str)
        wanted = _hash(len(found) + 1, previous, str(kind), forecast, text)
        if (ordinal, named, digest) != (len(found) + 1, previous, wanted):
            raise ProjectError(
                f"Row {len(found) + 1} of the filed forecasts was changed, or one before it is gone.", RESTORE
            )
        found.append(Filed(len(found) + 1, forecast, _kind(kind), wanted, parsed(text)))
        previous = wanted
    # SQLite remembers the last number that it gave, so that rows taken off the end are missed.
    last = project.state.rows("SELECT seq FROM sqlite_sequence WHERE name = 'greenlight_files'")
    if last and last[0][0] != len(found):
        raise ProjectError(f"{last[0][0]!r} rows were filed, and {len(found)} are there.", RESTORE)
    return found


def _kind(kind: object) -> FileKind:
    assert kind in ("forecast", "decision", "outcome")
    return kind


def _hash(ordinal: int, previous: str, kind: str, forecast: str, text: bytes) -> str:
    return hashlib.sha256(canonical([ordinal, previous, kind, forecast, text.decode()])).hexdigest()
