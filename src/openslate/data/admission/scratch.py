"""Files that live for one import: extracted, converted and spooled; the next writer sweeps what a crash leaves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from openslate.project import Project
from openslate.storage.files import OWNER_ONLY, make_folder, temporary_path


@dataclass(frozen=True)
class Scratch:
    """Gives out paths inside the project's owner-only folder.

    Attributes:
        folder: where the files lie.
        paths: what was given out.
    """

    folder: Path
    paths: list[Path] = field(default_factory=list)

    def path(self, suffix: str) -> Path:
        """A fresh path that ends in `suffix`."""
        path = temporary_path(self.folder, suffix)
        self.paths.append(path)
        return path


@contextmanager
def scratch_in(project: Project) -> Iterator[Scratch]:
    """Scratch paths whose files are gone afterwards; call it inside `lake.writing`, which sweeps older ones."""
    folder = project.people / "spill"
    make_folder(folder, OWNER_ONLY)
    scratch = Scratch(folder)
    try:
        yield scratch
    finally:
        for path in scratch.paths:
            path.unlink(missing_ok=True)
