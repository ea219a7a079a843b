"""Prepared histories: permitted events as memory-mapped arrays, made once and used by every read that is the same.

They lie in the owner-only folder, under a hash of all that decides their content: the files, the moment, the purposes,
who was let through, the catalogue, and the code that made them. They are no way around the gate: a read first passes
it and leaves its entry on the ledger, and finds here only what was made for exactly those whom it let through.
Half-made ones are continued after a kill; of finished ones the last few are kept, because training that counts only
what is new must know what it had counted.
"""

import hashlib
import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import numpy as np
from numpy.typing import NDArray

from openslate.data import encoding
from openslate.data.catalogue import Catalogue
from openslate.data.growing import GrowingArrays
from openslate.errors import ProjectError
from openslate.models.histories import Histories
from openslate.progress import Progress, within
from openslate.project import Project
from openslate.rights.gate import Decision
from openslate.storage.files import OWNER_ONLY, confined, content_hash, make_folder, write_atomically
from openslate.storage.lake import quoted
from openslate.storage.lock import write_lock
from openslate.storage.manifest import Snapshot
from openslate.storage.replaced import require_current

MANIFEST = "manifest.json"
PROGRESS = "progress.json"
MEMBERS, TITLES = "members.json", "titles.json"
HALF_MADE = ".half"
KEPT = 2
"""Finished ones that are kept for each combination of purposes and columns."""

Manifest: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Prepared:
    """Histories on the disk, as the files they were made from had them.

    Stability: provisional.

    Attributes:
        folder: where they lie; its name is the hash of all that decides their content.
        manifest: `snapshot`, `shards`, `as_of`, `purposes`, `columns`, and the SHA-256 of every file.
        histories: the events, over `titles`, as views of the files.
        completion: float64 [events], share watched, or None where it was not asked for.
    """

    folder: Path
    manifest: Manifest
    histories: Histories
    completion: NDArray[np.float64] | None

    @cached_property
    def members(self) -> tuple[str, ...]:
        """Ids by member index."""
        return tuple(json.loads((self.folder / MEMBERS).read_bytes()))

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Ids by title index."""
        return tuple(json.loads((self.folder / TITLES).read_bytes()))


@dataclass(frozen=True)
class Asked:
    """A read that has passed the gate, and what it wants prepared.

    Attributes:
        project: where.
        connection: where the gate left the view `events` and the table `events_allowed`, and `member_codes` is.
        files: which files are read.
        as_of: the moment up to which events are seen, as ISO 8601 text, or None.
        decision: what the gate let through.
        members: those members, in order of their index.
        catalogue: the titles, in order of their index.
        columns: some of `encoding.COLUMNS`.
    """

    project: Project
    connection: duckdb.DuckDBPyConnection
    files: Snapshot
    as_of: str | None
    decision: Decision
    members: tuple[str, ...]
    catalogue: Catalogue
    columns: tuple[str, ...]

    @property
    def titles(self) -> list[str]:
        """Ids by title index."""
        return [title.title for title in self.catalogue.titles]

    @cached_property
    def description(self) -> Manifest:
        """All that decides what is prepared; hashes stand for what is long."""
        pairs = "string_agg(sha256(member) || sha256(source), '' ORDER BY member, source)"
        allowed = self.connection.execute(f"SELECT sha256({pairs}) FROM events_allowed").fetchall()[0][0]
        return {
            "snapshot": self.files.id,
            "shards": [[shard.table, shard.hash] for shard in self.files.shards],
            "as_of": self.as_of,
            "purposes": list(self.decision.purposes),
            "allowed": str(allowed),
            "titles": hashlib.sha256(json.dumps(self.titles).encode()).hexdigest(),
            "columns": list(self.columns),
            "code": content_hash(Path(encoding.__file__)),
        }

    @cached_property
    def folder(self) -> Path:
        """Where it is prepared."""
        return prepared_folder(self.project) / _key(self.description)


def prepared_folder(project: Project) -> Path:
    """Where a project's prepared histories lie."""
    return project.people / "prepared"


def prepare(asked: Asked, progress: Progress) -> Prepared:
    """The histories a read asks for: those prepared earlier where they are whole, else made now.

    Args:
        asked: the read, which has passed the gate.
        progress: told what is done.

    Raises:
        ProjectError: another process prepares histories for longer than this one may wait, or a member was erased
            meanwhile.
    """
    make_folder(prepared_folder(asked.project), OWNER_ONLY)
    with write_lock(prepared_folder(asked.project), asked.project.settings.limits.lock_wait_seconds):
        if not _whole(asked.folder):
            shutil.rmtree(asked.folder, ignore_errors=True)
            _make(asked, progress)
        _require_current(asked)
        manifest = asked.folder / MANIFEST
        # The time of the last use decides which are kept.
        manifest.touch()
        _clean(asked)
        return _opened(asked.folder)


def named(project: Project, name: str) -> Prepared | None:
    """The histories prepared earlier under a name, or None where they are gone or damaged.

    They hold whatever was permitted when they were made: it is for telling what sums had counted, and never for
    learning from it anew.

    Args:
        project: where.
        name: the name of their folder.
    """
    folder = confined(prepared_folder(project), name)
    return _opened(folder) if _whole(folder) else None


def _require_current(asked: Asked) -> None:
    """Keep nothing of a member who was erased while it was made."""
    try:
        require_current(asked.files, asked.project.lake.snapshot())
    except ProjectError:
        shutil.rmtree(asked.folder)
        raise


def _make(asked: Asked, progress: Progress) -> None:
    """Encode what was asked for, from where a killed process left it."""
    half = asked.folder.with_name(asked.folder.name + HALF_MADE)
    make_folder(half, OWNER_ONLY)
    parts = encoding.parts_of(asked.connection)
    rows = encoding.numbered(asked.connection, asked.catalogue, asked.columns)
    passes = encoding.passes_over(asked.files) if len(parts) > 1 else []
    for number, shards in enumerate(passes):
        progress("Encoding the events", 0.7 * number / len(passes))
        if not (half / f"pass-{number}").exists():
            encoding.write_parts(asked.connection, rows, shards, half / f"pass-{number}")
    _sort(asked, half, rows, parts, within(progress, 0.7 if passes else 0.0, 0.95))
    progress("Keeping the prepared histories", 0.95)
    for folder in half.glob("pass-*"):
        shutil.rmtree(folder)
    (half / PROGRESS).unlink(missing_ok=True)
    # None of this need be on the disk before the next step: what a power cut takes away, the hashes will tell.
    (half / MEMBERS).write_bytes(json.dumps(asked.members).encode())
    (half / TITLES).write_bytes(json.dumps(asked.titles).encode())
    hashes = {path.name: content_hash(path) for path in sorted(half.iterdir())}
    (half / MANIFEST).write_bytes(json.dumps({**asked.description, "files": hashes}, indent=1).encode())
    half.rename(asked.folder)


def _sort(asked: Asked, half: Path, rows: str, parts: Sequence[encoding.Part], progress: Progress) -> None:
    """Sort part after part, and append each to the arrays; of several, each is safe from a kill at once."""
    done = json.loads((half / PROGRESS).read_bytes()) if (half / PROGRESS).exists() else {}
    dtypes = {"lengths": np.dtype(np.int64), **{name: encoding.COLUMNS[name] for name in asked.columns}}
    arrays = GrowingArrays.at(half, dtypes)
    arrays.cut(done.get("lengths", {}))
    several = len(parts) > 1
    for place in range(done.get("parts", 0), len(parts)):
        progress("Sorting the events", place / len(parts))
        here = _rows_of(half, parts[place], rows) if several else rows
        counts, columns = encoding.sorted_part(asked.connection, parts[place], here, asked.columns)
        arrays.append({"lengths": counts, **columns}, durably=several)
        if several:
            write_atomically(half / PROGRESS, json.dumps({"parts": place + 1, "lengths": arrays.lengths()}).encode())
    arrays.finish()
    lengths = np.load(half / "lengths.npy")
    np.save(half / "offsets.npy", np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))
    (half / "lengths.npy").unlink()


def _rows_of(half: Path, part: encoding.Part, rows: str) -> str:
    """SQL of a part's events, which the passes have written."""
    paths = [quoted(path) for path in sorted(half.glob(f"pass-*/part={part.number}/*.parquet"))]
    # Where all its events are on unknown titles, nothing was written.
    return f"FROM read_parquet([{', '.join(paths)}])" if paths else f"{rows} WHERE false"


def _opened(folder: Path) -> Prepared:
    """Prepared histories as views of their files."""
    manifest: Manifest = json.loads((folder / MANIFEST).read_bytes())
    arrays = {name: _mapped(folder / f"{name}.npy") for name in ("offsets", *manifest["columns"])}
    completion = arrays.pop("completion", None)
    n_titles = len(json.loads((folder / TITLES).read_bytes()))
    return Prepared(folder, manifest, Histories(**arrays, n_titles=n_titles), completion)


def _mapped(path: Path) -> NDArray[Any]:
    # As plain arrays: compiled functions take them at once, and subclasses the long way.
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))


def _key(description: Mapping[str, Any]) -> str:
    """The name of the folder of what is described so."""
    return hashlib.sha256(json.dumps(description, sort_keys=True).encode()).hexdigest()


def _described(folder: Path) -> Manifest | None:
    """The manifest of a finished folder, or None where there is none after which the folder could be named."""
    try:
        manifest: Manifest = json.loads((folder / MANIFEST).read_bytes())
        named_so = _key({name: value for name, value in manifest.items() if name != "files"}) == folder.name
    except (OSError, ValueError, AttributeError):
        return None
    return manifest if named_so and isinstance(manifest.get("files"), dict) else None


def _whole(folder: Path) -> bool:
    """Whether a finished folder is the one it is named for, and every file of it what its manifest says."""
    manifest = _described(folder)
    try:
        return manifest is not None and all(
            content_hash(folder / name) == digest for name, digest in manifest["files"].items()
        )
    except OSError:
        return False


def _finished(project: Project) -> list[Path]:
    """The folders that hold a manifest, however damaged, the last used first."""
    found = [path.parent for path in prepared_folder(project).glob(f"*/{MANIFEST}") if path.parent.suffix != HALF_MADE]
    return sorted(found, key=lambda folder: (folder / MANIFEST).stat().st_mtime_ns, reverse=True)


def _clean(asked: Asked) -> None:
    """Remove what nobody will ask for again: older ones of the same kind, damaged ones, and all that are half-made."""
    kind = (asked.description["purposes"], asked.description["columns"])
    described = {folder: _described(folder) for folder in _finished(asked.project)}
    damaged = [folder for folder, manifest in described.items() if manifest is None]
    alike = [folder for folder, one in described.items() if one and (one["purposes"], one["columns"]) == kind]
    for folder in (*damaged, *alike[KEPT:], *prepared_folder(asked.project).glob(f"*{HALF_MADE}")):
        shutil.rmtree(folder)
