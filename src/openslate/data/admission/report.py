"""What an import says when it is done: every row that was read is added, repeated or quarantined."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from openslate.errors import AdmitError
from openslate.rights.consent import Basis


@dataclass(frozen=True)
class TableCounts:
    """What became of one table's rows.

    Stability: stable.

    Attributes:
        read: rows in the source.
        added: rows that are new to the project.
        repeated: rows the project had already.
        quarantined: rows that were refused.
    """

    read: int
    added: int
    repeated: int
    quarantined: int

    def checked(self, table: str) -> "TableCounts":
        """Itself, once the counts add up.

        Raises:
            AdmitError: a row would be lost or counted twice.
        """
        if self.read != self.added + self.repeated + self.quarantined:
            raise AdmitError(
                f"The {table} do not add up: {self.read} read, {self.added} added, {self.repeated} repeated, "
                f"{self.quarantined} quarantined.",
                "Nothing was imported; please report this with the file.",
            )
        return self


@dataclass(frozen=True)
class ImportReport:
    """What one import did.

    Stability: stable.

    Attributes:
        source: the name under which the rows' basis is kept.
        location: what was read.
        tables: counts per table.
        quarantine: the file of refused rows, or None.
        problems: the first few refusals, each a sentence.
        ignored: columns of the source that were not taken, per table.
        already_imported: whether the same content had been imported before.
        seconds: how long it took.
        basis: the basis that was stated, or None.
        advice: what to do next, '' where nothing is missing.
        notes: what the source did not take as it stood, each a sentence.
    """

    source: str
    location: str
    tables: Mapping[str, TableCounts]
    quarantine: str | None
    problems: tuple[str, ...]
    ignored: Mapping[str, tuple[str, ...]]
    already_imported: bool
    seconds: float
    basis: Basis | None
    advice: str
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The report as plain dictionaries, lists, numbers and texts."""
        return asdict(self)
