"""The state and the vault without one member, down to the pages that deleted rows left."""

import json

from openslate.accounts.erasing.journal import Begun
from openslate.accounts.erasing.names import Name
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import canonical
from openslate.rights.commitments import forget_salt, known_commitment
from openslate.storage.rewriting import replace_texts

KIND = "viewer"
"""What sort of subject a member is, in commitments and in records."""

PAYEE = "payee"

NOT_CHANGED = ("artifacts", "sqlite_sequence")
"""Tables of the state in which no text is changed: a model is named by the hash of what stands there."""


def erase_from_state(project: Project, begun: Begun, name: Name) -> int:
    """Put a token in the place of a distinctive id in names that somebody gave (of sources, files, reasons).

    The same token stands everywhere, so that a source and its basis still belong together. Ids that are not distinctive
    stay in such names: they stand in others' names by chance.

    Returns:
        How many texts were changed.
    """
    if not name.distinctive:
        return 0
    return replace_texts(project.state, lambda text: name.masked(text, begun.token), NOT_CHANGED)


def subjects_of(name: Name) -> tuple[str, str]:
    """How the vault may call a member: by the id, or by kind and id."""
    return name.member, canonical([KIND, name.member]).decode()


def payee_salt_is_idle(project: Project, name: Name) -> bool:
    """Whether the vault holds a salt of a payee by the member's id whom no entry pays.

    Members are paid for nothing, but asking about one once left such a salt. One that an entry pays is a namesake's.
    """
    payee = known_commitment(project, PAYEE, name.member)
    return payee is not None and next(iter(ledger.search(project, payee=payee)), None) is None


def erase_from_vault(project: Project, name: Name) -> None:
    """Remove the member's records, papers, tokens and salts together; from then on their commitments are nobody's.

    Records of somebody else who has the same id, such as a performer, are left: their kind of subject tells.
    """
    subjects = subjects_of(name)
    vault = project.vault
    with vault.transaction():
        namesake = False
        for record, document in vault.rows(
            "SELECT record, document FROM records WHERE subject IN (?, ?) ORDER BY record, version DESC", subjects
        ):
            if _of_member(document):
                for (digest,) in vault.rows("SELECT hash FROM records WHERE record = ?", (record,)):
                    forget_salt(project, "record", str(digest))
                vault.execute("DELETE FROM records WHERE record = ?", (record,))
            else:
                namesake = True
        # A paper does not say what sort of subject it is about.
        about = subjects[1:] if namesake else subjects
        for subject in about:
            vault.execute(
                "DELETE FROM tokens WHERE request IN (SELECT name FROM papers WHERE kind = 'use' AND subject = ?)",
                (subject,),
            )
            vault.execute("DELETE FROM papers WHERE subject = ?", (subject,))
        vault.execute("DELETE FROM words WHERE member = ?", (name.member,))
        forget_salt(project, KIND, name.member)
        # Asked inside the transaction, in which the gate writes what it pays, too.
        if payee_salt_is_idle(project, name):
            forget_salt(project, PAYEE, name.member)


def has_namesake(project: Project, name: Name) -> bool:
    """Whether the vault holds records of somebody else by the same id, whose papers may be either's."""
    rows = project.vault.rows("SELECT document FROM records WHERE subject IN (?, ?)", subjects_of(name))
    return any(not _of_member(document) for (document,) in rows)


def _of_member(document: object) -> bool:
    assert isinstance(document, bytes)
    try:
        plain = json.loads(document)
    except ValueError:
        return True
    return not isinstance(plain, dict) or plain.get("subject_kind", KIND) == KIND
