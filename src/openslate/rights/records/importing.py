"""Importing a file of records and mandates: what is right is kept, what is wrong waits in quarantine, with why."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights.records.following import follow
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.reading import Entry, Refusal, read_records
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.returning import check_returning
from openslate.rights.records.store import Granted, keep
from openslate.rights.records.versions import Stored, id_of, versions
from openslate.storage.files import OWNER_ONLY, make_folder, write_atomically

QUARANTINE = "quarantine"


@dataclass(frozen=True)
class ImportedRecords:
    """What became of a file.

    Attributes:
        granted: each record and mandate that stands as the file says, the mandates first.
        refused: each that was not taken, and why.
        quarantine: where those wait, relative to the project; None where all were taken.
    """

    granted: tuple[Granted, ...]
    refused: tuple[Refusal, ...]
    quarantine: str | None

    @property
    def new(self) -> int:
        """How many versions were kept that did not stand before."""
        return sum(one.entry is not None for one in self.granted)


def import_records(project: Project, path: str | Path) -> ImportedRecords:
    """Keep every record and mandate of a file that is right, all of them at once, and set aside the others.

    Importing a file again changes nothing, until something in it was mended.

    Args:
        project: whose vault and ledger.
        path: a .toml, .json or .csv file; see `rights.records.reading` for the form.

    Raises:
        AdmitError: the file as a whole cannot be read.
        UsageError: a record or mandate is of somebody who was erased or names them, and was not given since.
        RightsError: the vault, the ledger or the quarantine cannot be written; then nothing was kept.
    """
    file = Path(path)
    entries = read_records(file)
    refused = [(entry, entry.refusal) for entry in entries if entry.refusal is not None]
    values = []
    standing: dict[str, Stored | None] = {}
    for entry in entries:
        if entry.value is None:
            continue
        trouble = _take(project, entry.value, standing)
        if trouble is None:
            values.append(entry.value)
        else:
            refused.append((entry, Refusal(file.name, entry.line, entry.number, entry.table, "", "", trouble)))
    # Before anything is set aside, because what waits there would name whoever was erased.
    check_returning(project, values)
    kept_apart = _set_aside(project, refused)
    granted = keep(project, values)
    return ImportedRecords(tuple(granted), tuple(refusal for _, refusal in refused), kept_apart)


def _take(project: Project, value: ConsentRecord | Mandate, standing: dict[str, Stored | None]) -> str | None:
    """Let a value follow the version which stands; or why it cannot."""
    identity = id_of(value)
    if identity not in standing:
        kept = versions(project, identity)
        standing[identity] = kept[-1] if kept else None
    try:
        step = follow(value, standing[identity])
    except UsageError as error:
        return error.what.rstrip(".")
    standing[identity] = Stored(step.value, step.hash)
    return None


def _set_aside(project: Project, refused: list[tuple[Entry, Refusal]]) -> str | None:
    """Write refused rows down, before anything is kept, and return where."""
    if not refused:
        return None
    lines = [
        json.dumps({**asdict(refusal), "row": entry.row}, ensure_ascii=False, sort_keys=True, default=str)
        for entry, refusal in refused
    ]
    text = "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")
    folder = project.people / QUARANTINE
    path = folder / f"records-{hashlib.sha256(text).hexdigest()[:32]}.jsonl"
    try:
        make_folder(folder, OWNER_ONLY)
        write_atomically(path, text)
    except OSError as error:
        raise RightsError(
            f"{path} cannot be written: {error.strerror}.", "Make room or mend the permissions."
        ) from error
    return path.relative_to(project.folder).as_posix()
