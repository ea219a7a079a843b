"""The folder of a site: written so that readers never see half of it, and never over what is not ours."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from openslate.errors import ProjectError, UsageError
from openslate.progress import Progress, silent
from openslate.storage.files import confined, make_folder, sweep, write_all_atomically, write_atomically

MANIFEST = ".openslate-press.json"
"""Which files are ours, and what they held when we wrote them."""
SHARED = ("_posts", "_data")
"""Folders in which others may have files: records of another service, logos of organisations."""
AT_ONCE = 1_000
"""Files for which the disk is waited for together."""


@dataclass(frozen=True)
class Written:
    """What came of writing a site.

    Attributes:
        written: paths that are new or changed.
        unchanged: how many held the same already.
        removed: paths of ours that have no place in the site any more.
        left: paths that are others', and stay as they are.
    """

    written: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]
    left: tuple[str, ...]


@dataclass(frozen=True)
class OutputFolder:
    """A folder that a site is written into.

    Attributes:
        folder: where it lies.
        ours: paths that we wrote, with the SHA-256 of what they held then.
    """

    folder: Path
    ours: Mapping[str, str]

    @classmethod
    def open(cls, folder: Path) -> "OutputFolder":
        """A folder of ours, a new or an empty one, or one that has nothing but records and their data.

        Args:
            folder: that is looked at; nothing is written.

        Raises:
            UsageError: it is a file.
            ProjectError: it holds files of others, or what says which are ours was damaged.
        """
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"{folder} is a file.", "Name a folder.")
        manifest = folder / MANIFEST
        if manifest.is_file():
            return cls(folder, _read(manifest))
        there = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
        others = [one for one in there if one not in SHARED and not one.startswith(".git")]
        if others:
            raise ProjectError(
                f"{folder} holds files that are not of a site of ours, such as {others[0]}.",
                "Name a new folder, or one that `openslate press publish` wrote.",
            )
        return cls(folder, {})

    def existing(self, path: str) -> str:
        """The text of a file that is there; empty for none.

        Args:
            path: within the folder.

        Raises:
            ProjectError: it leads out of the folder, or cannot be read.
        """
        file = confined(self.folder, path)
        try:
            return file.read_bytes().decode("utf-8") if file.is_file() else ""
        except (OSError, UnicodeDecodeError) as error:
            raise ProjectError(f"{file} cannot be read as text.", "Move it away, and publish again.") from error

    def write(self, files: Mapping[str, str], progress: Progress = silent) -> Written:
        """Bring the folder to a site: each file whole or not at all, what leads to others after them.

        A crash leaves pages of the site before beside pages of this one, and all of them ours to mend.

        Args:
            files: text by path, in the order in which they are written.
            progress: told how far it is.

        Raises:
            ProjectError: a path is another's file, or something cannot be written.
        """
        left = tuple(path for path in files if self._is_of_others(path))
        wanted = {path: text.encode() for path, text in files.items() if path not in left}
        hashes = {path: hashlib.sha256(content).hexdigest() for path, content in wanted.items()}
        try:
            make_folder(self.folder)
            if {**self.ours, **hashes} != self.ours:
                self._keep({**self.ours, **hashes})
            written = tuple(self._written(wanted, progress))
            removed = tuple(self._removed(set(files)))
            if set(self.ours) - set(hashes):
                self._keep(hashes)
        except OSError as error:
            raise ProjectError(
                f"{error.filename or self.folder} cannot be written: {error.strerror}.", "Mend its permissions."
            ) from error
        return Written(written, len(wanted) - len(written), removed, left)

    def _is_of_others(self, path: str) -> bool:
        if path in self.ours or not confined(self.folder, path).exists():
            return False
        if path.startswith("_data/"):
            return True
        if path.startswith("_posts/"):
            return False
        raise ProjectError(f"{self.folder / path} is there and is not ours.", "Move it away, and publish again.")

    def _written(self, wanted: Mapping[str, bytes], progress: Progress) -> Iterator[str]:
        files = {path: confined(self.folder, path) for path in wanted}
        changed = [path for path, file in files.items() if not file.is_file() or file.read_bytes() != wanted[path]]
        for folder in {files[path].parent for path in changed}:
            make_folder(folder)
            sweep(folder)
        for start in range(0, len(changed), AT_ONCE):
            part = changed[start : start + AT_ONCE]
            write_all_atomically({files[path]: wanted[path] for path in part})
            yield from part
            progress("Writing the site", (start + len(part)) / len(changed))

    def _removed(self, wanted: set[str]) -> Iterator[str]:
        for path in sorted(set(self.ours) - wanted):
            file = confined(self.folder, path)
            if file.is_file():
                file.unlink()
                yield path
            for parent in file.parents:
                if parent == self.folder.resolve() or not parent.is_dir() or any(parent.iterdir()):
                    break
                parent.rmdir()

    def _keep(self, files: Mapping[str, str]) -> None:
        document = {"openslate_press": 1, "files": dict(sorted(files.items()))}
        write_atomically(self.folder / MANIFEST, (json.dumps(document, indent=0) + "\n").encode())


def _read(manifest: Path) -> dict[str, str]:
    try:
        document = json.loads(manifest.read_bytes())
        return {str(path): str(content) for path, content in document["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ProjectError(
            f"{manifest}, which says which files are ours, cannot be read.", "Publish into a new folder."
        ) from error
