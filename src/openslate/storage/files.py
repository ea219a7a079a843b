"""Bytes that arrive whole or not at all: atomic writes, content hashes, and paths that stay inside the project."""

import hashlib
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from openslate.errors import AdmitError, ProjectError
from openslate.storage.lock import is_alive

TEMPORARY_PREFIX = ".tmp-"
OWNER_ONLY = 0o700
OWNER_FILE = 0o600
"""Of a file that says something about a person: its owner reads it, and hands it on to whom it is for."""


def content_hash(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def temporary_path(folder: Path, suffix: str) -> Path:
    """A fresh name in `folder` for a file that is still being written; `sweep` removes what a crash leaves."""
    return folder / f"{TEMPORARY_PREFIX}{os.getpid()}-{secrets.token_hex(8)}{suffix}"


def write_atomically(path: Path, data: bytes, mode: int | None = None) -> None:
    """Put `data` at `path` so that a reader, or a crash, sees the old bytes or the new ones and nothing between.

    Args:
        path: the file; its folder must exist.
        data: all of its bytes.
        mode: its permissions, from before the first byte is written; as the umask has them when left out.
    """
    temporary = temporary_path(path.parent, path.suffix)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        with os.fdopen(os.open(temporary, flags, 0o666 if mode is None else mode), "wb") as file:
            if mode is not None:
                os.fchmod(file.fileno(), mode)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_all_atomically(files: Mapping[Path, bytes]) -> None:
    """The same for many files, waiting for the disk once for all of them: each is its old bytes or its new ones.

    Args:
        files: all bytes by path; their folders must exist.
    """
    temporaries: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            temporaries[path] = temporary_path(path.parent, path.suffix)
            with temporaries[path].open("xb") as file:
                file.write(data)
        os.sync()
        for path, temporary in temporaries.items():
            temporary.replace(path)
        os.sync()
    finally:
        for temporary in temporaries.values():
            temporary.unlink(missing_ok=True)


def bounded_bytes(path: Path, most: int) -> bytes:
    """All bytes of a file of at most so many; what is no file, such as a device or a pipe, is never opened.

    Args:
        path: of the file.
        most: bytes.

    Raises:
        AdmitError: it is larger, or no file.
        OSError: it is not there, or cannot be read.
    """
    if path.exists() and not path.is_file():
        raise AdmitError(f"{path} is no file.", "Name a file.")
    with path.open("rb") as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise AdmitError(f"{path} is larger than {most:,} bytes.", "Name a smaller file.")
    return content


def adopt(temporary: Path, folder: Path, suffix: str) -> str:
    """Move a finished temporary file to the name its content gives it, durably.

    Args:
        temporary: the written file, on the same file system as `folder`.
        folder: where files are named by hash.
        suffix: the ending, such as `.parquet`.

    Returns:
        The SHA-256 that names the file.
    """
    sync_file(temporary)
    digest = content_hash(temporary)
    temporary.replace(folder / f"{digest}{suffix}")
    sync_folder(folder)
    return digest


def sweep(folder: Path) -> list[Path]:
    """Remove temporary files and folders that a killed process left in `folder`, and none that is being written."""
    left = [path for path in sorted(folder.glob(f"{TEMPORARY_PREFIX}*")) if not _is_being_written(path)]
    for path in left:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return left


def _is_being_written(temporary: Path) -> bool:
    """Whether the process that is named in a temporary file's name still runs."""
    process = temporary.name.removeprefix(TEMPORARY_PREFIX).split("-")[0]
    return process.isascii() and process.isdigit() and len(process) < 10 and is_alive(int(process))


def confined(root: Path, relative: str) -> Path:
    """`relative` inside `root`, refusing anything that would lead out of it.

    Raises:
        ProjectError: the path leaves the folder, through `..`, an absolute path or a link.

    Example:
        >>> confined(Path("/srv/project"), "models/a").as_posix()
        '/srv/project/models/a'
    """
    resolved_root = root.resolve()
    path = (resolved_root / relative).resolve()
    if not path.is_relative_to(resolved_root):
        raise ProjectError(
            f"The path {relative!r} leads out of the project {root}.",
            "Name a file inside the project folder.",
        )
    return path


def make_folder(path: Path, mode: int = 0o777) -> None:
    """Create a folder, with its parents, and give it `mode` (narrowed by the umask as usual)."""
    path.mkdir(parents=True, exist_ok=True)
    if mode == OWNER_ONLY:
        path.chmod(mode)


def sync_file(path: Path) -> None:
    """See that a file's bytes are on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """See that what was made, renamed or removed in a folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
