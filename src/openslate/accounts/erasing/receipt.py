"""The receipt of an erasure: what was done to which file, what is still to be done, and what nobody here can know.

It names nobody. The ledger's entry that closes the erasure holds its hash, so a receipt of which any field was changed
is refused.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from openslate.accounts.erasing import log
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import canonical, parsed

VERSION = 1

OUTSIDE = (
    "Backups and copies of the project folder, and snapshots that its file system keeps.",
    "Lists, pages and exports that were written outside the project folder and not named when the member was erased.",
    "The files that the data was imported from, and whatever other systems made of it.",
    "Blocks of the disk that held removed files until they are written over.",
)
"""Where copies may lie that Openslate cannot know of; whoever runs the service must see to them."""

PAPER = "erasure receipt"
"""The kind of paper under which the vault keeps receipts."""


@dataclass(frozen=True)
class FileChange:
    """A file that held the member.

    Stability: provisional.

    Attributes:
        file: its path in the project, with a token in the place of an id or its hash.
        old: SHA-256 of its bytes before; for a folder, of the names and hashes of its files.
        new: SHA-256 of what took its place, or None where it was removed.
        rows: how many rows, lines or pages of theirs it held.
        what: what sort of file it is.
    """

    file: str
    old: str
    new: str | None
    rows: int
    what: str


@dataclass(frozen=True)
class ErasureReceipt:
    """What an erasure did.

    Stability: provisional.

    Attributes:
        version: of this layout.
        subject: the member's salted commitment, the one that the ledger's entries hold.
        requested: when it was asked for, UTC.
        done: when everything in the project was done, UTC.
        reason: why, in the words given, without the id.
        files: every file that was rewritten or removed.
        snapshot_before: the tables that held the member.
        snapshot_after: the tables without them.
        models: what became of each model that learned from them.
        pending: what is not done, each with `what` and `deadline`; after it the thing may not be used.
        ledger_holds: entries of the ledger that hold the plain hash of the id, or the id in a name that somebody gave:
            the ledger is never rewritten.
        outside: where copies may lie that Openslate cannot know of.
        looked_at: what the last scan read: `files`, `bytes`, and `unread` for what it could not read.
        intent: hash of the ledger's entry that opened the erasure.
    """

    version: int
    subject: str
    requested: str
    done: str
    reason: str
    files: tuple[FileChange, ...]
    snapshot_before: str
    snapshot_after: str
    models: tuple[Mapping[str, Any], ...]
    pending: tuple[Mapping[str, Any], ...]
    ledger_holds: tuple[str, ...]
    outside: tuple[str, ...]
    looked_at: Mapping[str, Any]
    intent: str

    def to_bytes(self) -> bytes:
        """The receipt as canonical JSON."""
        return canonical(asdict(self))

    @property
    def hash(self) -> str:
        """SHA-256 of its bytes, which the ledger holds."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


def read_receipt(text: bytes) -> ErasureReceipt:
    """The receipt that `to_bytes` wrote.

    Args:
        text: canonical JSON.

    Raises:
        RightsError: it is none.
    """
    plain = parsed(text)
    names = {field.name for field in fields(ErasureReceipt)}
    if not isinstance(plain, dict) or set(plain) != names or plain["version"] != VERSION:
        raise RightsError("The file is no receipt of an erasure.", "Give the file as it was handed out.")
    try:
        listed = {name: tuple(plain[name]) for name in ("models", "pending", "ledger_holds", "outside")}
        files = tuple(FileChange(**change) for change in plain["files"])
    except TypeError:
        raise RightsError(
            "The receipt does not list its files as one does.", "Give the file as it was handed out."
        ) from None
    return ErasureReceipt(**{**plain, **listed, "files": files})


def receipts(project: Project) -> tuple[ErasureReceipt, ...]:
    """Every receipt that was issued, first to last.

    Raises:
        RightsError: the vault cannot be read, or a receipt in it is none.
    """
    rows = project.vault.rows("SELECT document FROM papers WHERE kind = ?", (PAPER,))
    found = [read_receipt(document) for (document,) in rows if isinstance(document, bytes)]
    return tuple(sorted(found, key=lambda one: (one.done, one.hash)))


def check_receipt(project: Project, receipt: ErasureReceipt | bytes) -> ErasureReceipt:
    """Make sure that a receipt is one that this project's ledger vouches for.

    Args:
        project: which says it erased somebody.
        receipt: as it was handed out.

    Returns:
        The receipt.

    Raises:
        RightsError: a field was changed, the ledger knows nothing of it, or the ledger itself is damaged.
    """
    given = read_receipt(receipt) if isinstance(receipt, bytes) else receipt
    ledger.verify(project)
    told = log.told(project, given.subject)
    closing = [entry for entry in told if entry.stage == log.DONE and entry.receipt == given.hash]
    opening = [entry for entry in told if entry.stage == log.BEGUN and entry.hash == given.intent]
    if not closing or not opening:
        raise RightsError(
            f"The ledger of {project.folder} does not vouch for this receipt ({given.hash[:12]}).",
            "Ask for the receipt as it was issued; one that was changed in any field is not valid.",
        )
    return given
