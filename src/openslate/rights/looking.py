"""Looking at what is held of somebody: who looked is on the ledger before anything is shown to them."""

import secrets
from dataclasses import dataclass
from typing import Literal, TypeAlias

from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.commitments import commitment, known_commitment
from openslate.rights.consent import check_text

PersonKind: TypeAlias = Literal["member", "subject"]
"""A member watches; a subject performs, writes or directs."""

DECISION = "look"
COMMITTED_AS: dict[PersonKind, str] = {"member": "viewer", "subject": "subject"}
"""Under which kind of subject the ledger's commitments to somebody are made."""
LONGEST_READER = 80


@dataclass(frozen=True)
class Look:
    """A look as it stands on the ledger.

    Attributes:
        subject: commitment to whoever was looked at; None for somebody who has none.
        reader: who looked.
        entry: where it stands.
    """

    subject: str | None
    reader: str
    entry: ledger.Position


def look(project: Project, kind: PersonKind, identifier: str, reader: str, is_held: bool = False) -> Look:
    """Put a look on the ledger. Of somebody of whom nothing is held nothing is kept, not even that they were sought.

    Args:
        project: where.
        kind: member or subject.
        identifier: whose.
        reader: who looks: a role or an office, such as 'counsel', and never a person's name.
        is_held: whether something is known to be held of them, so that a commitment to them may be drawn.

    Raises:
        UsageError: the kind is unknown, the id is none, or the reader is empty or cannot be printed.
        RightsError: the ledger or vault cannot be written; then nothing may be shown.
    """
    check_person(kind, identifier)
    check_reader(reader)
    known = (commitment if is_held else known_commitment)(project, COMMITTED_AS[kind], identifier)
    # A hash of nothing has the shape of a commitment, so that the ledger does not tell the two apart.
    subject = known or secrets.token_hex(32)
    return Look(known, reader, ledger.append(project, {"decision": DECISION, "subject": subject, "reader": reader}))


def kind_of(kind: str) -> PersonKind:
    """A kind as it was typed.

    Raises:
        UsageError: it is neither 'member' nor 'subject'.
    """
    for known in COMMITTED_AS:
        if kind == known:
            return known
    raise UsageError(f"The kind {kind!r} is unknown.", f"Name one of {', '.join(COMMITTED_AS)}.")


def check_person(kind: str, identifier: str) -> None:
    """Refuse what names nobody.

    Raises:
        UsageError: the kind is unknown, or the id is empty, too long or no text.
    """
    kind_of(kind)
    check_text(identifier)
    if not 1 <= len(identifier) <= 200:
        raise UsageError(f"The id {identifier!r} is not 1 to 200 characters long.", "Name one person by their id.")


def check_reader(reader: str) -> None:
    """Refuse a reader whom nobody could hold to it.

    Raises:
        UsageError: it is empty, too long, or cannot be printed.
    """
    check_text(reader)
    if not reader.strip() or len(reader) > LONGEST_READER or not reader.isprintable():
        raise UsageError(
            f"The reader {reader!r} is empty, longer than {LONGEST_READER} characters, or cannot be printed.",
            "Say who looks by their role, such as 'counsel'.",
        )
