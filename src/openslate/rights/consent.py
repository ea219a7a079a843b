"""The bases on which people's data may be used: a grant for a whole source, and what each member said.

A member's own word always outweighs the source's grant. Both are kept as they were given, latest last; nothing is
ever changed in place.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from openslate import clock
from openslate.errors import UsageError
from openslate.project import Project
from openslate.storage.lake import Import, quoted

PURPOSES = ("train", "evaluate", "personalize")
"""What people's data may be used for: learning, measuring, and choosing for that very member."""


@dataclass(frozen=True)
class Basis:
    """Why a source's data may be used, and for what.

    Attributes:
        text: the licence, contract or law, in words a reader of the ledger understands.
        purposes: some of `PURPOSES`.

    Raises:
        UsageError: the text is empty, or a purpose is unknown.

    Example:
        >>> Basis("Membership terms of 2026, section 4.", ("train", "evaluate")).purposes
        ('train', 'evaluate')
    """

    text: str
    purposes: tuple[str, ...] = PURPOSES

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise UsageError("The basis is empty.", "Say which licence, contract or law it is.")
        check_purposes(self.purposes)


def check_purposes(purposes: Sequence[str]) -> None:
    """Refuse a purpose nobody has defined.

    Raises:
        UsageError: none is given, or one is unknown.
    """
    if not purposes:
        raise UsageError("No purpose is named.", f"Name one or more of {', '.join(PURPOSES)}.")
    for purpose in purposes:
        if purpose not in PURPOSES:
            raise UsageError(f"The purpose {purpose!r} is unknown.", f"Name one of {', '.join(PURPOSES)}.")


def grant_source(project: Project, source: str, basis: Basis) -> None:
    """Record the basis on which everything from `source` may be used; saying the same again changes nothing."""
    standing = source_grants(project)
    new = [purpose for purpose in basis.purposes if standing.get((source, purpose)) != basis.text]
    _record_source(project, source, new, True, basis.text)


def withdraw_source(project: Project, source: str, purposes: Sequence[str], reason: str) -> None:
    """End a source's grant for some purposes, from now on.

    Raises:
        UsageError: a purpose is unknown, or the reason is empty.
    """
    _record_source(project, source, Basis(reason, tuple(purposes)).purposes, False, reason)


def source_grants(project: Project) -> dict[tuple[str, str], str]:
    """The bases in force now: from (source, purpose) to the basis in words."""
    standing: dict[tuple[str, str], str] = {}
    for source, purpose, granted, text in project.state.rows(
        "SELECT source, purpose, granted, basis FROM grants ORDER BY ordinal"
    ):
        key = (str(source), str(purpose))
        if granted:
            standing[key] = str(text)
        else:
            standing.pop(key, None)
    return standing


def record_member(project: Project, member: str, purposes: Sequence[str], granted: bool) -> None:
    """Record what one member agreed to or refused, effective with the very next read.

    Args:
        project: where.
        member: the member's id; it need not have watched anything yet.
        purposes: some of `PURPOSES`.
        granted: True for yes, False for a refusal or withdrawal.

    Raises:
        UsageError: a purpose is unknown or the member's id is empty.
    """
    check_purposes(purposes)
    if not 1 <= len(member) <= 200:
        raise UsageError(f"The member id {member!r} is not 1 to 200 characters long.", "Name an existing member.")
    moment = clock.now()
    said = ", ".join(f"({quoted(member)}, {quoted(purpose)}, {granted})" for purpose in purposes)
    with project.lake.writing(), project.lake.connect() as connection:
        # A later word must stand after an earlier one even when the clock has gone backwards.
        shard = project.lake.write(
            connection,
            "consents",
            f"SELECT *, {quoted(moment.replace(tzinfo=None).isoformat())}::TIMESTAMP AS recorded "
            f"FROM (VALUES {said}) AS said(member, purpose, granted)",
            "member",
        )
        name = f"consent-{uuid.uuid4().hex}"
        counts = {"consents": {"read": len(purposes), "added": len(purposes), "repeated": 0, "quarantined": 0}}
        project.lake.commit(Import(name, "member", "rights", name, counts, None, moment), [shard])


def _record_source(project: Project, source: str, purposes: Sequence[str], granted: bool, text: str) -> None:
    with project.state.transaction():
        for purpose in purposes:
            project.state.execute(
                "INSERT INTO grants (source, purpose, granted, basis, recorded) VALUES (?, ?, ?, ?, ?)",
                (source, purpose, int(granted), text, clock.now().isoformat()),
            )
