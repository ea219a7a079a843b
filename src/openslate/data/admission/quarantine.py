"""Where refused rows wait, with the reason, for somebody to mend them: one JSON Lines file per import, owner-only."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from openslate.data.admission.fields import fields_of
from openslate.data.admission.refusals import Refusal, without_row
from openslate.project import Project
from openslate.rights.erased import Marks, marks
from openslate.storage.files import OWNER_ONLY, make_folder, temporary_path

FIRST_FEW = 5


@dataclass
class Quarantine:
    """Takes refused rows of one import and counts them.

    Attributes:
        path: where the file will lie.
        counts: how many, per table.
        first: the first few.
    """

    path: Path
    _temporary: Path
    _file: TextIO
    _erased: Marks | None = None
    counts: Counter[str] = field(default_factory=Counter)
    first: list[Refusal] = field(default_factory=list)

    def add(self, table: str, refusal: Refusal) -> None:
        """Write one refused row down; of an erased member only where it stood."""
        if self._erased is not None and self._erased.hold({*fields_of(refusal.spot.row), refusal.value or ""}):
            refusal = without_row(refusal)
        self.counts[table] += 1
        if len(self.first) < FIRST_FEW:
            self.first.append(refusal)
        record = {
            "table": table,
            "file": refusal.file,
            "line": refusal.spot.line,
            "column": refusal.column,
            "value": refusal.value,
            "reason": refusal.reason,
            "way_out": refusal.way_out,
            "row": refusal.spot.row,
        }
        self._file.write(json.dumps(record, ensure_ascii=False) + "\n")

    def keep(self) -> Path | None:
        """Put the file in its place, durably; None where nothing was refused."""
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._temporary.replace(self.path) if self.counts else None


@contextmanager
def quarantine(project: Project, name: str) -> Iterator[Quarantine]:
    """A quarantine file, which vanishes unless it is kept.

    Args:
        project: where.
        name: the import's name.
    """
    folder = project.people / "quarantine"
    make_folder(folder, OWNER_ONLY)
    temporary = temporary_path(folder, ".jsonl")
    try:
        with temporary.open("w", encoding="utf-8", errors="backslashreplace") as file:
            yield Quarantine(folder / f"{name}.jsonl", temporary, file, marks(project))
    finally:
        temporary.unlink(missing_ok=True)
