"""Who estimated how many days a use stands for: a commitment on the ledger, and the name in the vault.

The paper that holds the name and the commitment's salt is one of the subject's, so that erasing them reaches it; after
that the commitment says nothing. Entries from before hold the author as it was written, and are read as they are.
"""

import hashlib
import secrets

from openslate.project import Project
from openslate.rights import erased
from openslate.rights.canonical import canonical, parsed

AUTHOR_PAPER = "author"
SALT_BYTES = 32


def author_commitment(project: Project, subject: str, author: str) -> str:
    """What the ledger holds for an author of estimates about one subject, the same each time until that is erased.

    Args:
        project: whose vault keeps the name.
        subject: id of the person whose days are estimated; the name is a paper of theirs.
        author: as the request says it.

    Raises:
        RightsError: the vault cannot be used.

    Example:
        >>> import tempfile
        >>> project = Project.init(tempfile.mkdtemp() + "/svc")
        >>> known = author_commitment(project, "h-ada", "Ida Lang")
        >>> known == author_commitment(project, "h-ada", "Ida Lang"), author_of(project, known)
        (True, 'Ida Lang')
    """
    with project.vault.transaction():
        for name, document in project.vault.rows(
            "SELECT name, document FROM papers WHERE kind = ? AND subject = ?", (AUTHOR_PAPER, subject)
        ):
            assert isinstance(document, bytes)
            if parsed(document)["name"] == author:
                return str(name)
        paper = canonical({"name": author, "salt": secrets.token_hex(SALT_BYTES)})
        known_as = hashlib.sha256(paper).hexdigest()
        # Whoever was erased leaves nothing in the vault, not even a name beside theirs.
        if not erased.is_anybody(project) or erased.erased_subject_since(project, subject) is None:
            project.vault.execute(
                "INSERT INTO papers (kind, name, subject, document) VALUES (?, ?, ?, ?)",
                (AUTHOR_PAPER, known_as, subject, paper),
            )
        return known_as


def author_of(project: Project, known_as: str) -> str | None:
    """The name behind a commitment; None where it is erased, or where this is none.

    Raises:
        RightsError: the vault cannot be read.
    """
    rows = project.vault.rows("SELECT document FROM papers WHERE kind = ? AND name = ?", (AUTHOR_PAPER, known_as))
    if not rows:
        return None
    document = rows[0][0]
    assert isinstance(document, bytes)
    return str(parsed(document)["name"])
