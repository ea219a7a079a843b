"""Reasons in words: kept in the vault, because words can name people, with a salted hash of them on the ledger."""

import hashlib
import secrets

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.canonical import canonical, parsed

PAPER = "reason"


def keep_reason(project: Project, number: str, subject: str, text: str) -> str:
    """Keep a reason, and return the hash that the ledger holds.

    Args:
        project: whose vault.
        number: of what it is the reason for.
        subject: id in the vault of whoever it is about: erasing that id erases the words.
        text: in a sentence.

    Raises:
        RightsError: the text is empty, or the vault cannot be written.
    """
    if not text.strip():
        raise RightsError("The reason says nothing.", "Say why, in a sentence; the words are kept in the vault.")
    paper = canonical({"text": text, "salt": secrets.token_hex(32)})
    project.vault.execute(
        "INSERT OR REPLACE INTO papers (kind, name, subject, document) VALUES (?, ?, ?, ?)",
        (PAPER, number, subject, paper),
    )
    return hashlib.sha256(paper).hexdigest()


def reason_of(project: Project, number: str) -> str | None:
    """A reason in words; None where it is erased or was never said.

    Raises:
        RightsError: the vault cannot be read.
    """
    rows = project.vault.rows("SELECT document FROM papers WHERE kind = ? AND name = ?", (PAPER, number))
    if not rows:
        return None
    document = rows[0][0]
    assert isinstance(document, bytes)
    return str(parsed(document)["text"])
