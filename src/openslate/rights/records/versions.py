"""Versions as the vault keeps them, read back and checked: none missing, none changed, each after the one before."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from typing import Any

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
    """Check that the versions in the vault are those to which the ledger holds commitments, and count them.

    It finds what `versions` cannot: a version whose document, hash and followers were all changed together, and last
    versions that are gone. A version that gives is on the ledger first, so that the last one of a record may be there
    alone where its step died; one that takes away may not. Whoever was erased has no versions left.

    Raises:
        RightsError: one is not on the ledger, or not in the vault.
    """
    noted, erased_at = _noted(project)
    rows = _checked(project.vault.rows(f"{_ALL} ORDER BY record, version"))
    names = commitments(project, "record", [one.hash for one in rows])
    kept: dict[str, dict[int, str]] = {}
    for one, name in zip(rows, names, strict=True):
        identity, version = id_of(one.value), one.value.version
        kept.setdefault(identity, {})[version] = name
        if (version, name) not in {(entry["version"], entry["hash"]) for _, entry in noted.get(identity, ())}:
            raise RightsError(
                f"The ledger knows no version {version} of {identity} like the vault's.",
                f"If its withdrawal was cut short, withdraw it again; otherwise it was changed: {RESTORE}",
            )
    for identity, entries in noted.items():
        if identity in kept or erased_at < entries[-1][0]:
            _require_kept(identity, [entry for _, entry in entries], kept.get(identity, {}))
    return len(rows)


def _noted(project: Project) -> tuple[dict[str, list[tuple[int, dict[str, Any]]]], float]:
    """The ledger's entries about each record's versions since its last first one, and where the last erasure stands."""
    noted: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    # One that is not finished may have removed versions already.
    erased_at = inf if project.vault.rows("SELECT 1 FROM erasures LIMIT 1") else -1
    for number, entry in enumerate(ledger.entries(project.ledger_path)):
        if entry.get("decision") == "forget":
            erased_at = max(erased_at, number)
        elif entry.get("decision") in ("record", "withdraw") and "version" in entry:
            if entry["version"] == 1:
                # Whoever consents after an erasure begins anew.
                noted[entry["record"]] = []
            noted.setdefault(entry["record"], []).append((number, entry))
    return noted, erased_at


def _require_kept(identity: str, entries: list[dict[str, Any]], kept: dict[int, str]) -> None:
    last = entries[-1]
    due = {entry["version"]: entry["hash"] for entry in entries if entry["decision"] == "withdraw"}
    gone = [version for version, name in due.items() if kept.get(version) != name]
    if gone or len(kept) < last["version"] - (last["decision"] == "record"):
        raise RightsError(f"The vault lacks version {min(gone, default=len(kept) + 1)} of {identity}.", RESTORE)


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
