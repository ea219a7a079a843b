"""Versions as the vault keeps them, read back and checked: none missing, none changed, each after the one before."""

from collections.abc import Iterable
from dataclasses import dataclass

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.commitments import commitments
from openslate.rights.records.document import RESTORE, hash_of, mandate_of, record_of
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import ConsentRecord

_ALL = "SELECT record, version, kind, hash, document FROM records"


@dataclass(frozen=True)
class Stored:
    """One version as the vault keeps it.

    Attributes:
        value: the record or mandate.
        hash: of its document.
    """

    value: ConsentRecord | Mandate
    hash: str


def versions(project: Project, identity: str) -> tuple[Stored, ...]:
    """Every version of a record or mandate, first to last, each checked against its hash and the one before.

    Raises:
        RightsError: a version was changed or removed outside Openslate.
    """
    return tuple(_checked(project.vault.rows(f"{_ALL} WHERE record = ? ORDER BY version", (identity,))))


def latest(project: Project) -> tuple[Stored, ...]:
    """The version that stands of every record and mandate, in order of their ids.

    Raises:
        RightsError: a version was changed or removed outside Openslate.
    """
    found: dict[str, Stored] = {}
    for one in _checked(project.vault.rows(f"{_ALL} ORDER BY record, version")):
        found[id_of(one.value)] = one
    return tuple(found.values())


def latest_of(project: Project, subjects: Iterable[str], identities: Iterable[str] = ()) -> tuple[Stored, ...]:
    """As `latest`, but only of some people's and sources' records, and of records and mandates with some ids.

    Raises:
        RightsError: as for `latest`.
    """
    sql = f"{_ALL} WHERE record IN (SELECT record FROM records WHERE subject = ?) ORDER BY record, version"
    rows = {subject: project.vault.rows(sql, (subject,)) for subject in subjects}
    found = {id_of(one.value): one for some in rows.values() for one in _checked(some)}
    for identity in identities:
        if some := versions(project, identity):
            found[identity] = some[-1]
    return tuple(found[identity] for identity in sorted(found))


def of_subject(project: Project, subject: str) -> tuple[Stored, ...]:
    """Every version of every record of one person or source."""
    rows = project.vault.rows(f"{_ALL} WHERE subject = ? ORDER BY record, version", (subject,))
    return tuple(one for one in _checked(rows) if isinstance(one.value, ConsentRecord))


def on_ledger(project: Project) -> int:
    """Check that each version in the vault is the one to which the ledger holds a commitment, and count them.

    It finds what `versions` cannot: a version whose document, hash and followers were all changed together.

    Raises:
        RightsError: one is not.
    """
    noted = {
        (entry.get("record"), entry.get("version"), entry.get("hash"))
        for entry in ledger.entries(project.ledger_path)
        if entry.get("decision") in ("record", "withdraw") and "version" in entry
    }
    kept = [
        (id_of(one.value), one.value.version, one.hash)
        for one in _checked(project.vault.rows(f"{_ALL} ORDER BY record, version"))
    ]
    for (identity, version, _), name in zip(
        kept, commitments(project, "record", [one[2] for one in kept]), strict=True
    ):
        if (identity, version, name) not in noted:
            raise RightsError(f"The ledger knows no version {version} of {identity} like the vault's.", RESTORE)
    return len(kept)


def id_of(value: ConsentRecord | Mandate) -> str:
    """Its own id."""
    return value.record_id if isinstance(value, ConsentRecord) else value.mandate_id


def _checked(rows: Iterable[tuple[object, ...]]) -> list[Stored]:
    """Versions from the vault, in order of id and version, none missing and none changed."""
    found: list[Stored] = []
    for record, version, kind, kept_hash, document in rows:
        assert isinstance(document, bytes)
        if hash_of(document) != kept_hash:
            raise RightsError(f"Version {version} of {record} was changed in the vault.", RESTORE)
        value = record_of(document) if kind == "record" else mandate_of(document)
        follows = bool(found) and id_of(found[-1].value) == record
        due = (found[-1].value.version + 1, found[-1].hash) if follows else (1, None)
        if (id_of(value), value.version, value.prev_hash) != (record, *due) or value.version != version:
            raise RightsError(f"Version {version} of {record} does not follow the one before it.", RESTORE)
        found.append(Stored(value, kept_hash))
    return found
