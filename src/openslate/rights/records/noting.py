"""Versions that took effect without an entry on the ledger are put there: those of withdrawals that were cut short."""

from collections.abc import Iterable, Sequence
from itertools import takewhile

from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.commitments import commitments
from openslate.rights.records.following import entry_of, takes_away
from openslate.rights.records.versions import Stored, versions

Noted = dict[tuple[str, int], ledger.Position]
"""Where versions stand on the ledger, by id and number."""


def note_missing(project: Project, identities: Iterable[str]) -> Noted:
    """Put what was withdrawn, suspended or revoked on the ledger where it is not yet, and return where it stands now.

    Only the last versions can be missing, and only those that take away: all others were on the ledger before they were
    in the vault.

    Args:
        project: whose vault and ledger.
        identities: of the records and mandates to be looked at.

    Raises:
        RightsError: the vault or ledger is damaged or cannot be written; what was withdrawn stays so.
    """
    wanted = sorted(set(identities))
    while True:
        ending = _ending(project, wanted)
        if not ending:
            return {}
        hashes = [one.hash for some in ending.values() for one in some]
        # Before the transaction, because salts are drawn in one of their own.
        names = dict(zip(hashes, commitments(project, "record", hashes), strict=True))
        with project.vault.transaction():
            if _ending(project, wanted) != ending:
                continue
            missing = [
                (identity, one)
                for identity, some in ending.items()
                for one in _unnoted(some, names, noted_versions(project, identity))
            ]
            entries = ledger.append_all(project, [entry_of(one.value, names[one.hash]) for _, one in missing])
        keys = [(identity, one.value.version) for identity, one in missing]
        return dict(zip(keys, entries, strict=True))


def noted_versions(project: Project, identity: str) -> dict[tuple[int, str], ledger.Position]:
    """Where the versions of a record or mandate stand on the ledger, by number and commitment."""
    return {
        (one.entry["version"], one.entry["hash"]): ledger.Position(one.index, one.hash)
        for decision in ("record", "withdraw")
        for one in ledger.search(project, decision=decision, record=identity)
        if "version" in one.entry
    }


def _ending(project: Project, identities: Iterable[str]) -> dict[str, tuple[Stored, ...]]:
    """All versions of those whose last one takes away."""
    found = {identity: versions(project, identity) for identity in identities}
    return {identity: some for identity, some in found.items() if some and takes_away(some[-1].value)}


def _unnoted(
    some: Sequence[Stored], names: dict[str, str], noted: dict[tuple[int, str], ledger.Position]
) -> list[Stored]:
    """The last versions that take away and are not on the ledger; nothing that gives is ever put there afterwards."""
    tail = takewhile(
        lambda one: takes_away(one.value) and (one.value.version, names[one.hash]) not in noted, reversed(some)
    )
    return list(tail)[::-1]
