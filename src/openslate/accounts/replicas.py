"""Scans and replicas of people: which there are, where each is kept, by whom, until when, and that one was destroyed.

The description lies in the vault. The ledger holds a commitment to it, and one to the person: enough to prove later
what was registered and when, and nothing about anybody once the vault has forgotten them.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias, get_args

from openslate import clock
from openslate.accounts.subjects import require_known
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.asset_names import check_asset
from openslate.rights.canonical import JsonValue, canonical, parsed
from openslate.rights.commitments import commitment
from openslate.rights.records.identifiers import is_hash, trouble_with

ReplicaKind: TypeAlias = Literal["EBDR", "ICDR", "BADR", "voice", "biometric"]
"""EBDR: employment-based digital replica. ICDR: independently created one. BADR: that of a background actor."""
KINDS: tuple[ReplicaKind, ...] = get_args(ReplicaKind)
PAPER, DESTRUCTION = "replica", "replica-destroyed"
SUBJECT = "subject"
"""Kind of commitment to the person, as entries of the ledger have it."""
NONCE_BYTES = 32


@dataclass(frozen=True)
class Replica:
    """One scan or replica, as it is registered.

    Attributes:
        asset: its id, as consent records name it.
        sha256: of the file or archive, in hexadecimal.
        kind: EBDR, ICDR, BADR, voice or biometric.
        subject: id of the person.
        kept_at: where the file lies: a vault, a shelf, a path.
        custodian: who answers for it.
        retention_until: from this moment on it may not be kept; None where the destroy rule says when.
        destroy_rule: what makes it be destroyed, in words, such as 'when the picture locks'; empty for the date alone.
    """

    asset: str
    sha256: str
    kind: ReplicaKind
    subject: str
    kept_at: str
    custodian: str
    retention_until: datetime | None = None
    destroy_rule: str = ""


@dataclass(frozen=True)
class Registered:
    """A replica with its place on the ledger.

    Attributes:
        replica: what was registered.
        entry: place of the entry.
        hash: of the entry.
        destroyed: when it was recorded as destroyed; None while it is kept.
    """

    replica: Replica
    entry: int
    hash: str
    destroyed: datetime | None = None


def register(project: Project, replica: Replica) -> Registered:
    """Register a scan or replica, durably; saying the same again changes nothing.

    Args:
        project: whose vault and ledger.
        replica: what is known of it.

    Raises:
        UsageError: a field is empty or wrong, the id names the person, another replica has it, or nobody by this
            subject's id has a consent record: a scan of somebody who agreed to nothing, or was erased, is not
            registered.
        RightsError: the vault or ledger cannot be written; then nothing has changed.

    Example:
        >>> import tempfile
        >>> project = Project.init(tempfile.mkdtemp() + "/svc")
        >>> scan = Replica("scan-1", "a" * 64, "EBDR", "h-ada", "vault 3", "Blue Vault", destroy_rule="at picture lock")
        >>> try:
        ...     register(project, scan)
        ... except UsageError as refused:
        ...     refused.what
        "Nobody called 'h-ada' has a consent record here."
    """
    _check(replica)
    check_asset(replica.asset, replica.subject, SUBJECT)
    require_known(project, replica.subject)
    person = commitment(project, SUBJECT, replica.subject)
    with project.vault.transaction():
        # Again, because they may have been erased in the meantime.
        require_known(project, replica.subject)
        before = find(project, replica.asset)
        if before is not None:
            if _plain(before.replica) == _plain(replica):
                return before
            raise UsageError(
                f"The asset {replica.asset!r} is registered already, and otherwise.",
                "Give the new one an id of its own; a new scan is another asset.",
            )
        entry: dict[str, JsonValue] = {"decision": "replica", "kind": replica.kind, "subject": person}
        stands = _keep(project, PAPER, replica, _plain(replica), entry)
    return Registered(replica, stands.index, stands.hash)


def record_destruction(project: Project, asset: str, evidence: str) -> ledger.Position:
    """Record that a replica was destroyed; its description stays, so that this can be proved.

    Args:
        project: whose vault and ledger.
        asset: which.
        evidence: who destroyed it and how, in words, or the hash of a certificate; it stays in the vault.

    Raises:
        UsageError: it is not registered, was destroyed already, or nothing says how.
        RightsError: the vault or ledger cannot be written; then nothing has changed.
    """
    if not evidence.strip():
        raise UsageError(f"Nothing says how {asset!r} was destroyed.", "Say by whom and how, or name a certificate.")
    with project.vault.transaction():
        found = replica_of(project, asset)
        if found.destroyed is not None:
            raise UsageError(f"{asset!r} was destroyed on {found.destroyed:%Y-%m-%d} already.", "It stands so.")
        said: dict[str, JsonValue] = {"asset": asset, "evidence": evidence, "at": clock.now().isoformat()}
        return _keep(project, DESTRUCTION, found.replica, said, {"decision": "replica", "destroyed": found.entry})


def find(project: Project, asset: str) -> Registered | None:
    """The replica of an id, if there is one.

    Raises:
        RightsError: the vault cannot be read.
    """
    rows = project.vault.rows("SELECT document FROM papers WHERE kind = ? AND name = ?", (PAPER, asset))
    return _registered(project, rows[0][0]) if rows else None


def replica_of(project: Project, asset: str) -> Registered:
    """The replica of an id.

    Raises:
        UsageError: it is not registered.
        RightsError: the vault cannot be read.
    """
    found = find(project, asset)
    if found is None:
        raise UsageError(f"No replica {asset!r} is registered.", "Register it first, or name one that is.")
    return found


def replicas(project: Project, subject: str | None = None) -> list[Registered]:
    """Every replica in the order of their ids, or those of one person.

    Raises:
        RightsError: the vault cannot be read.
    """
    rows = project.vault.rows(
        "SELECT document FROM papers WHERE kind = ? AND (? IS NULL OR subject = ?) ORDER BY name",
        (PAPER, subject, subject),
    )
    return [_registered(project, document) for (document,) in rows]


def due(project: Project, at: datetime) -> list[Registered]:
    """Replicas that are still kept past the moment until which they may be.

    Args:
        project: whose.
        at: the moment, with its time zone.

    Raises:
        RightsError: the vault cannot be read.
    """
    kept = [one for one in replicas(project) if one.destroyed is None]
    return [one for one in kept if one.replica.retention_until is not None and one.replica.retention_until <= at]


def _check(replica: Replica) -> None:
    trouble = trouble_with(replica.asset)
    if trouble is not None:
        raise UsageError(f"The asset {replica.asset!r} cannot be registered: {trouble}.", "Mend the identifier.")
    for name in ("subject", "kept_at", "custodian"):
        if not str(getattr(replica, name)).strip():
            raise UsageError(f"The replica {replica.asset!r} has no {name}.", "Say it; a replica is always somebody's.")
    if not is_hash(replica.sha256):
        raise UsageError(f"{replica.sha256!r} is no SHA-256 in hexadecimal.", "Give the hash of the replica's file.")
    if replica.kind not in KINDS:
        raise UsageError(f"The kind {replica.kind!r} is unknown.", f"Name one of {', '.join(KINDS)}.")
    until = replica.retention_until
    if until is not None and until.tzinfo is None:
        raise UsageError(f"The moment {until} has no time zone.", "Give one, such as UTC.")
    if until is None and (replica.kind == "biometric" or not replica.destroy_rule.strip()):
        raise UsageError(
            f"Nothing says until when {replica.asset!r} may be kept.",
            "Give retention_until; for other kinds than a biometric a destroy_rule does, too.",
        )


def _plain(replica: Replica) -> dict[str, JsonValue]:
    until = replica.retention_until
    return {**asdict(replica), "retention_until": None if until is None else until.astimezone(UTC).isoformat()}


def _keep(
    project: Project, kind: str, replica: Replica, said: Mapping[str, JsonValue], entry: Mapping[str, JsonValue]
) -> ledger.Position:
    """Put a commitment to what is said on the ledger, and then the words in the vault."""
    # Without the nonce, anybody could try descriptions until one has the hash on the ledger.
    said = {**said, "nonce": secrets.token_hex(NONCE_BYTES)}
    hashed = hashlib.sha256(canonical(said)).hexdigest()
    stands = ledger.append(project, {**entry, "hash": hashed})
    document = canonical({"said": said, "entry": stands.index, "hash": stands.hash})
    project.vault.execute(
        "INSERT INTO papers (kind, name, subject, document) VALUES (?, ?, ?, ?)",
        (kind, replica.asset, replica.subject, document),
    )
    return stands


def _registered(project: Project, document: object) -> Registered:
    assert isinstance(document, bytes)
    paper: dict[str, Any] = parsed(document)
    said = {name: value for name, value in paper["said"].items() if name != "nonce"}
    until = said["retention_until"]
    replica = Replica(**{**said, "retention_until": None if until is None else datetime.fromisoformat(until)})
    ended = project.vault.rows("SELECT document FROM papers WHERE kind = ? AND name = ?", (DESTRUCTION, replica.asset))
    destroyed = None
    for (one,) in ended:
        assert isinstance(one, bytes)
        destroyed = datetime.fromisoformat(parsed(one)["said"]["at"])
    return Registered(replica, paper["entry"], paper["hash"], destroyed)
