"""Salted commitments: what the ledger holds in the place of a person.

A commitment says nothing to whoever lacks its salt, which lies in the vault. Once the salt is gone nobody can tell any
more whose it was, and the ledger stands as it is.
"""

import hashlib
import secrets

from openslate.project import Project
from openslate.rights.canonical import canonical

SALT_BYTES = 32


def commitment(project: Project, kind: str, identifier: str) -> str:
    """SHA-256, in hexadecimal, over a subject's salt and name; the salt is made the first time.

    Args:
        project: whose vault holds the salt.
        kind: what sort of subject, such as 'viewer'.
        identifier: the subject's id.

    Raises:
        RightsError: the vault cannot be used.
    """
    name = canonical([kind, identifier])
    subject = name.decode()
    project.vault.execute("INSERT OR IGNORE INTO salts VALUES (?, ?)", (subject, secrets.token_bytes(SALT_BYTES)))
    salt = project.vault.rows("SELECT salt FROM salts WHERE subject = ?", (subject,))[0][0]
    assert isinstance(salt, bytes)
    return hashlib.sha256(salt + name).hexdigest()


def forget_salt(project: Project, kind: str, identifier: str) -> None:
    """Remove a subject's salt for good: from then on its commitments on the ledger are nobody's."""
    project.vault.execute("DELETE FROM salts WHERE subject = ?", (canonical([kind, identifier]).decode(),))
