"""What stands on the ledger in place of a person: a hash over their id and a salt that only the vault knows.

As long as the salt is there, the project can tell whom an entry is about, and prove it to that person. Once it is
forgotten, nobody can, even by trying every id there is; the chain of entries stands as it is.
"""

import hashlib
import secrets
from collections.abc import Sequence

from openslate.project import Project
from openslate.rights.canonical import canonical

SALT_BYTES = 32
CONTEXT = b"openslate commitment 1\n"
BOUND = b"openslate bound 1\n"


def commitment(project: Project, kind: str, identifier: str) -> str:
    """The commitment to a subject, the same until its salt is forgotten; the salt is drawn at first need.

    Args:
        project: whose vault keeps the salt.
        kind: of subject, such as 'member' or 'performer'.
        identifier: the subject's id among those of its kind.

    Raises:
        RightsError: the vault cannot be used, or a text cannot be written as UTF-8.

    Example:
        >>> import tempfile
        >>> project = Project.init(tempfile.mkdtemp() + "/svc")
        >>> commitment(project, "member", "ann") == commitment(project, "member", "ann")
        True
        >>> commitment(project, "member", "ann") == commitment(project, "performer", "ann")
        False
    """
    return commitments(project, kind, [identifier])[0]


def commitments(project: Project, kind: str, identifiers: Sequence[str]) -> list[str]:
    """The commitments to many subjects of one kind, in their order, with one transaction for all new salts.

    Raises:
        RightsError: as for `commitment`.
    """
    subjects = [_subject(kind, identifier) for identifier in identifiers]
    found = {subject: _salt(project, subject) for subject in dict.fromkeys(subjects)}
    unknown = [subject for subject, salt in found.items() if salt is None]
    if unknown:
        with project.vault.transaction():
            for subject in unknown:
                # Another process may have drawn one in the meantime, which then counts for both.
                sql = "INSERT INTO salts (subject, salt) VALUES (?, ?) ON CONFLICT (subject) DO NOTHING"
                project.vault.execute(sql, (subject, secrets.token_bytes(SALT_BYTES)))
                found[subject] = _salt(project, subject)
    return [_commitment(subject, found[subject]) for subject in subjects]


def known_commitment(project: Project, kind: str, identifier: str) -> str | None:
    """The commitment to a subject that has one; None for one that nothing was ever written about, or that was
    forgotten.

    Raises:
        RightsError: as for `commitment`.
    """
    subject = _subject(kind, identifier)
    salt = _salt(project, subject)
    return None if salt is None else _commitment(subject, salt)


def bound(project: Project, kind: str, identifier: str, text: str) -> str | None:
    """A commitment to a text that says something of a subject, under the subject's own salt: once that is forgotten,
    nobody finds out by trying what the text was, nor by it who. None where the subject has no salt.

    Args:
        project: whose vault keeps the salt.
        kind: of subject.
        identifier: the subject's id among those of its kind.
        text: what it says, such as the hash of a request.

    Raises:
        RightsError: as for `commitment`.
    """
    subject = _subject(kind, identifier)
    salt = _salt(project, subject)
    return None if salt is None else hashlib.sha256(BOUND + salt + canonical([subject, text])).hexdigest()


def forget_salt(project: Project, kind: str, identifier: str) -> bool:
    """Forget what ties the ledger's entries to a subject, for good, and return whether there was anything to forget.

    Whoever needs the subject's entries once more must find them before. A backup of the vault still knows the salt.

    Raises:
        RightsError: as for `commitment`.
    """
    return project.vault.execute("DELETE FROM salts WHERE subject = ?", (_subject(kind, identifier),)) > 0


def _subject(kind: str, identifier: str) -> str:
    # As a list, because 'a:b' and 'c' must be another subject than 'a' and 'b:c'.
    return canonical([kind, identifier]).decode()


def _salt(project: Project, subject: str) -> bytes | None:
    rows = project.vault.rows("SELECT salt FROM salts WHERE subject = ?", (subject,))
    return rows[0][0] if rows and isinstance(rows[0][0], bytes) else None


def _commitment(subject: str, salt: bytes | None) -> str:
    assert salt is not None
    return hashlib.sha256(CONTEXT + salt + subject.encode()).hexdigest()
