"""Zip archives: only the files that are wanted come out, under names of our own, and never more than they claim."""

import shutil
import zipfile
import zlib
from collections.abc import Collection
from pathlib import Path, PurePosixPath

from openslate.data.admission.scratch import Scratch
from openslate.errors import AdmitError

LARGEST = 32 << 30
"""Bytes that one unpacked file may have."""
LARGEST_RATIO = 200
"""How many times its packed size a file may be; text packs five- to tenfold."""
_SMALL = 1 << 20


def unpack(path: Path, wanted: Collection[str], scratch: Scratch) -> dict[str, Path]:
    """The wanted files of an archive, by name, unpacked into scratch files.

    Folders within the archive are left out of account, so no name in it decides where anything is written.

    Args:
        path: the archive.
        wanted: names of files.
        scratch: where they are unpacked.

    Raises:
        AdmitError: the archive is cut off, damaged, locked or suspiciously large, or names a file twice.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            chosen: dict[str, zipfile.ZipInfo] = {}
            for info in archive.infolist():
                name = PurePosixPath(info.filename.replace("\\", "/")).name
                if info.is_dir() or name not in wanted:
                    continue
                if name in chosen:
                    raise AdmitError(
                        f"{path.name} holds {name} twice: {chosen[name].filename!r} and {info.filename!r}.",
                        "Unpack it and name the folder that is meant.",
                    )
                _check_size(path, info)
                chosen[name] = info
            return {name: _unpacked(archive, info, scratch.path(".part")) for name, info in chosen.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise AdmitError(
            f"{path.name} is no complete zip archive: {str(error).rstrip('.') or 'it ends too early'}.",
            "Download it again.",
        ) from None
    except RuntimeError as error:
        raise AdmitError(f"{path.name} cannot be unpacked: {error}.", "Unpack it and name the folder.") from None


def _check_size(path: Path, info: zipfile.ZipInfo) -> None:
    allowed = max(info.compress_size * LARGEST_RATIO, _SMALL)
    if info.file_size > min(allowed, LARGEST):
        raise AdmitError(
            f"{path.name} packs {info.file_size:,} bytes of {info.filename!r} into {info.compress_size:,}, "
            "which no table of text does.",
            "If you trust it, unpack it and name the folder.",
        )


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path) -> Path:
    # ZipExtFile never yields more bytes than the archive claims, and checks what it yields.
    with archive.open(info) as packed, target.open("wb") as file:
        shutil.copyfileobj(packed, file, _SMALL)
    return target
