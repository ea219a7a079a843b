"""Scans, replicas and generated files of one person: which there are, who keeps each, until when, and what must go."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import datetime

from openslate.accounts.marking import known_files
from openslate.accounts.removals import removed_at
from openslate.accounts.replicas import Replica, replicas
from openslate.project import Project


@dataclass(frozen=True)
class ReplicaHeld:
    """A scan or replica that is registered.

    Attributes:
        replica: what is known of it.
        entry: place on the ledger.
        destroyed: when it was recorded as destroyed; None while it is kept.
        is_past: whether it is kept past the moment until which it may be.
        is_to_be_removed: whether a withdrawal asks for it.
    """

    replica: Replica
    entry: int
    destroyed: datetime | None
    is_past: bool
    is_to_be_removed: bool


@dataclass(frozen=True)
class FileMade:
    """A file that was generated and marked.

    Attributes:
        file: SHA-256 of it.
        name: when it was written.
        media_type: of it.
        at: when it was marked.
        entry: place of that on the ledger.
        use: place of the decision that allowed it.
        record: id of the consent.
        removed: when it was recorded as removed; None for one that was not.
        is_to_be_removed: whether a withdrawal asks for it.
    """

    file: str
    name: str
    media_type: str
    at: datetime
    entry: int
    use: int
    record: str
    removed: datetime | None
    is_to_be_removed: bool


def replicas_held(project: Project, subject: str, at: datetime, to_remove: Set[str]) -> tuple[ReplicaHeld, ...]:
    """Every scan and replica of a person, by id.

    Args:
        project: whose.
        subject: id of the person.
        at: the moment that is looked at.
        to_remove: ids of those that a withdrawal asks to be removed.
    """
    found = []
    for one in replicas(project, subject):
        until = one.replica.retention_until
        is_past = one.destroyed is None and until is not None and until <= at
        found.append(ReplicaHeld(one.replica, one.entry, one.destroyed, is_past, one.replica.asset in to_remove))
    return tuple(found)


def files_made(project: Project, subject: str, to_remove: Set[str]) -> tuple[FileMade, ...]:
    """Every generated file of a person, in the order in which they were marked; for the arguments see above."""
    return tuple(
        FileMade(
            one.file,
            "" if one.described is None else one.described.name,
            "" if one.described is None else one.described.media_type,
            one.at,
            one.entry,
            one.use,
            one.record,
            removed_at(project, one.file),
            one.file in to_remove,
        )
        for one in known_files.of_subject(project, subject)
    )
