"""What may follow what: the next version of a record or mandate, and its entry on the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from openslate.errors import RightsError, UsageError
from openslate.rights.canonical import JsonValue
from openslate.rights.records.checks import flaws_of, flaws_of_mandate
from openslate.rights.records.document import document_of, hash_of, mandate_of, record_of
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.versions import Stored, id_of


@dataclass(frozen=True)
class Step:
    """A version on its way into the vault.

    Attributes:
        value: the version, numbered.
        document: its canonical JSON.
        hash: of the document.
        is_new: False where the same stands already.
    """

    value: ConsentRecord | Mandate
    document: bytes
    hash: str
    is_new: bool

    @property
    def id(self) -> str:
        """Of the record or mandate."""
        return id_of(self.value)

    @property
    def version(self) -> int:
        """Its number."""
        return self.value.version

    def entry(self, name: str) -> dict[str, JsonValue]:
        """What the ledger says of it; see `entry_of`."""
        return entry_of(self.value, name)

    def row(self) -> tuple[str, int, str, str, str, bytes]:
        """What the vault keeps."""
        if isinstance(self.value, Mandate):
            return self.id, self.version, "mandate", self.value.holder_id, self.hash, self.document
        return self.id, self.version, "record", self.value.subject_id, self.hash, self.document


def takes_away(value: ConsentRecord | Mandate) -> bool:
    """Whether a version allows nothing: withdrawn, suspended, expired, superseded or revoked."""
    if isinstance(value, Mandate):
        return value.revoked_at is not None
    return value.status not in ("draft", "active")


def in_turns(steps: Sequence[tuple[str, bool]]) -> Iterator[tuple[bool, list[int]]]:
    """In which turns steps are taken: all that take away, then all that give, and again for ids that have both.

    Args:
        steps: of each, its id and whether it takes away.

    Returns:
        Whether a turn takes away, and the places of its steps.

    Example:
        >>> list(in_turns([("a", False), ("b", True), ("a", True), ("c", False)]))
        [(True, [1]), (False, [0, 3]), (True, [2])]
    """
    left, takes = list(range(len(steps))), True
    while left:
        turn, passed = [], set()
        for place in left:
            identity, taking = steps[place]
            if taking is takes and identity not in passed:
                turn.append(place)
            else:
                passed.add(identity)
        if turn:
            yield takes, turn
        taken = set(turn)
        left, takes = [place for place in left if place not in taken], not takes


def entry_of(value: ConsentRecord | Mandate, name: str) -> dict[str, JsonValue]:
    """What the ledger says: no person and no source, only how a version stands.

    Args:
        value: the version, numbered.
        name: the commitment to its document.
    """
    said: dict[str, JsonValue] = {"record": id_of(value), "version": value.version, "hash": name}
    if isinstance(value, Mandate):
        said |= {"kind": "mandate", "status": "revoked" if takes_away(value) else "active"}
    else:
        said |= {"kind": "record", "status": value.status}
        if value.withdrawal_effect is not None:
            said["effect"] = value.withdrawal_effect
    # What ends a use has a name of its own, because the ledger takes it even while the clock is wrong.
    return {"decision": "withdraw" if takes_away(value) else "record", **said}


def follow(value: ConsentRecord | Mandate, before: Stored | None) -> Step:
    """The version that a value becomes after the one which stands.

    Raises:
        UsageError: a field is wrong, or it cannot follow.
    """
    if before is not None:
        if type(before.value) is not type(value):
            raise UsageError(
                f"{id_of(value)} is a {type(before.value).__name__}.", "Give the new one an id of its own."
            )
        if value.prev_hash not in (None, before.hash, before.value.prev_hash):
            raise UsageError(
                f"The version of {id_of(value)} was written against another one than stands.",
                "Read the present version, and change that.",
            )
        same = replace(value, version=before.value.version, prev_hash=before.value.prev_hash)
        if same == before.value:
            return Step(before.value, document_of(before.value), before.hash, is_new=False)
        _check_follows(value, before.value)
    version, previous = (1, None) if before is None else (before.value.version + 1, before.hash)
    numbered = replace(value, version=version, prev_hash=previous)
    flaws = flaws_of(numbered) if isinstance(numbered, ConsentRecord) else flaws_of_mandate(numbered)
    if flaws:
        raise UsageError(f"{id_of(value)}: {flaws[0]}.", "Mend that field; nothing was kept.")
    document = document_of(numbered)
    _require_readable(numbered, document)
    return Step(numbered, document, hash_of(document), is_new=True)


def _require_readable(value: ConsentRecord | Mandate, document: bytes) -> None:
    """Refuse what could be kept and never be read again, such as a letter that nobody can see.

    Raises:
        UsageError: the document is refused where it is read.
    """
    try:
        _ = record_of(document) if isinstance(value, ConsentRecord) else mandate_of(document)
    except RightsError as error:
        raise UsageError(
            f"{id_of(value)} could not be read again: {error.what}", "Mend it; nothing was kept."
        ) from None


def _check_follows(value: ConsentRecord | Mandate, before: ConsentRecord | Mandate) -> None:
    if isinstance(value, ConsentRecord) and isinstance(before, ConsentRecord):
        if value.subject_id != before.subject_id:
            raise UsageError(f"{value.record_id} is somebody else's record.", "Give the new one an id of its own.")
        revived = before.status == "withdrawn" and value.status != "withdrawn"
        if revived and (
            value.issued_at is None or before.withdrawn_at is None or value.issued_at <= before.withdrawn_at
        ):
            raise UsageError(
                f"The record {value.record_id} was withdrawn, and no version after it may undo that.",
                "A new consent says when it was given: set issued_at to a moment after the withdrawal.",
            )
    if isinstance(value, Mandate) and isinstance(before, Mandate) and before.revoked_at and not value.revoked_at:
        raise UsageError(f"The mandate {value.mandate_id} was revoked.", "Record a new mandate.")
