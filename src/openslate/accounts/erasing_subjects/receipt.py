"""The receipt of a subject's erasure: what was removed, what others' consents still need, and what nobody can know.

It names nobody, and the ledger's entry that closes the erasure holds its hash.
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
PAPER = "receipt of a subject's erasure"
"""The kind of paper under which the vault keeps them."""
OUTSIDE = (
    "Backups and copies of the project folder, and snapshots that its file system keeps.",
    "The papers whose hashes the records named, the files of scans and replicas, and what was made with them.",
    "Statements, pages and bundles that were written outside the project or handed out.",
    "Blocks of the disk that held removed files until they are written over.",
)
"""Where copies may lie that Openslate cannot know of; whoever runs the project must see to them."""
_LISTS = ("kept", "dues", "ledger_holds", "outside")


@dataclass(frozen=True)
class SubjectReceipt:
    """What the erasure of a subject did.

    Stability: provisional.

    Attributes:
        version: of this layout.
        subject: the salted commitment that the ledger's entries hold, whose salt is gone.
        requested: when it was asked for, UTC.
        done: when everything was done, UTC.
        reason: why, in the words given, without the id.
        removed: how many there were of each sort of thing.
        kept: records and mandates of others that name the subject and rest on it, each with `what` and `why`.
        dues: what was owed when it was done in spite of it, each with `currency` and `amount`.
        override: commitment to who decided that, and `reason`; None where nothing was owed.
        ledger_holds: entries that hold the id in a name that somebody gave: the ledger is never rewritten.
        outside: where copies may lie that Openslate cannot know of.
        looked_at: what the last scan read: `files` and `bytes`.
        intent: hash of the ledger's entry that opened the erasure.
    """

    version: int
    subject: str
    requested: str
    done: str
    reason: str
    removed: Mapping[str, int]
    kept: tuple[Mapping[str, str], ...]
    dues: tuple[Mapping[str, str], ...]
    override: Mapping[str, str] | None
    ledger_holds: tuple[str, ...]
    outside: tuple[str, ...]
    looked_at: Mapping[str, int]
    intent: str

    def to_bytes(self) -> bytes:
        """The receipt as canonical JSON."""
        return canonical(asdict(self))

    @property
    def hash(self) -> str:
        """SHA-256 of its bytes, which the ledger holds."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


def read_subject_receipt(text: bytes) -> SubjectReceipt:
    """The receipt that `to_bytes` wrote.

    Raises:
        RightsError: it is none.
    """
    plain: Any = parsed(text)
    names = {field.name for field in fields(SubjectReceipt)}
    if not isinstance(plain, dict) or set(plain) != names or plain["version"] != VERSION:
        raise RightsError("The file is no receipt of a subject's erasure.", "Give the file as it was handed out.")
    return SubjectReceipt(**{**plain, **{name: tuple(plain[name]) for name in _LISTS}})


def check_subject_receipt(project: Project, receipt: SubjectReceipt | bytes) -> SubjectReceipt:
    """Make sure that a receipt is one that this project's ledger vouches for.

    Raises:
        RightsError: a field was changed, the ledger knows nothing of it, or the ledger itself is damaged.
    """
    given = read_subject_receipt(receipt) if isinstance(receipt, bytes) else receipt
    ledger.verify(project)
    told = log.told(project, given.subject)
    closing = any(one.stage == log.DONE and one.receipt == given.hash for one in told)
    if not closing or not any(one.stage == log.BEGUN and one.hash == given.intent for one in told):
        raise RightsError(
            f"The ledger of {project.folder} does not vouch for this receipt ({given.hash[:12]}).",
            "Ask for the receipt as it was issued; one that was changed in any field is not valid.",
        )
    return given
