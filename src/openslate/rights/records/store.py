"""Where versions of records and mandates are kept: the vault holds them by name, the ledger a commitment to each.

Nothing is changed in place. A new version names the hash of the one before it, and is the one that counts from then on.
What gives is on the ledger before it is in the vault. What takes away is in the vault first: a crash errs on the side
of refusal. Saying the same again changes nothing, but puts a withdrawal on the ledger that is not there yet.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from openslate import clock
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import erased, ledger
from openslate.rights.canonical import JsonValue
from openslate.rights.commitments import commitments
from openslate.rights.consent import take_in_by_record
from openslate.rights.kept_words import rewrite_words
from openslate.rights.records.following import Step, follow, in_turns, takes_away
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.noting import Noted, note_missing, noted_versions
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.returning import Returning, check_returning
from openslate.rights.records.versions import Stored, id_of, versions
from openslate.rights.taking import in_force
from openslate.rights.vocabulary import Status, WithdrawalEffect


@dataclass(frozen=True)
class Granted:
    """What became of a record or mandate that was given.

    Attributes:
        id: of the record or mandate.
        version: that stands now.
        hash: of its document.
        entry: where it stands on the ledger; None where the same stood already.
    """

    id: str
    version: int
    hash: str
    entry: ledger.Position | None


def grant(project: Project, record: ConsentRecord) -> Granted:
    """Keep a record, as the first version or as the next one.

    Args:
        project: whose vault and ledger.
        record: its `version` and `prev_hash` are set here; a `prev_hash` that is given must be that of the version
            which stands, so that nobody overwrites what they have not seen.

    Raises:
        UsageError: a field is wrong, or the record cannot follow the version which stands.
        RightsError: the vault or ledger cannot be written; then nothing has changed.
    """
    return keep(project, [record])[0]


def grant_mandate(project: Project, mandate: Mandate) -> Granted:
    """Keep a mandate; see `grant`."""
    return keep(project, [mandate])[0]


def withdraw(project: Project, record_id: str, effect: WithdrawalEffect) -> Granted:
    """Withdraw a record: the very next decision denies what it allowed.

    Args:
        project: whose.
        record_id: which.
        effect: 'stop_new', 'remove' what was made, or 'unlearn' it from models, too.

    Raises:
        UsageError: there is no such record, or it was withdrawn already with this effect or a wider one.
        RightsError: the vault cannot be written, and nothing has changed; or the ledger cannot, and it stands all
            the same: saying it again puts it there.
    """
    record = _standing_record(project, record_id)
    order: tuple[WithdrawalEffect, ...] = ("stop_new", "remove", "unlearn")
    if effect not in order:
        raise UsageError(f"The effect {effect!r} is unknown.", f"Name one of {', '.join(order)}.")
    before = record.withdrawal_effect
    if before is not None and order.index(effect) <= order.index(before):
        if (again := grant(project, record)).entry is not None:
            return again
        raise UsageError(f"The record {record_id} was withdrawn already, with the effect {before}.", "It stands so.")
    withdrawn_at = record.withdrawn_at or clock.now()
    return grant(project, replace(record, status="withdrawn", withdrawn_at=withdrawn_at, withdrawal_effect=effect))


def set_status(project: Project, record_id: str, status: Status) -> Granted:
    """Suspend a record, make it active again, or say that it expired or was superseded.

    Raises:
        UsageError: there is no such record, it was withdrawn, or the status is 'withdrawn' (see `withdraw`).
        RightsError: the vault or ledger cannot be written; then nothing has changed, but that what takes away stands
            once the vault holds it: saying it again puts it on the ledger.
    """
    if status == "withdrawn":
        raise UsageError("A withdrawal says what follows from it.", "Withdraw the record with its effect.")
    return grant(project, replace(_standing_record(project, record_id), status=status))


def revoke_mandate(project: Project, mandate_id: str) -> Granted:
    """End a mandate now; what its holder signed before stands.

    Raises:
        UsageError: there is no such mandate, or it was revoked already.
        RightsError: the vault cannot be written, and nothing has changed; or the ledger cannot, and it stands all
            the same: saying it again puts it there.
    """
    found = [one.value for one in versions(project, mandate_id)]
    if not found or not isinstance(found[-1], Mandate):
        raise UsageError(f"There is no mandate {mandate_id!r}.", "Name one that was imported or granted.")
    if found[-1].revoked_at is not None:
        if (again := grant_mandate(project, found[-1])).entry is not None:
            return again
        raise UsageError(f"The mandate {mandate_id} was revoked already.", "It stands so.")
    return grant_mandate(project, replace(found[-1], revoked_at=clock.now()))


def keep(project: Project, values: Sequence[ConsentRecord | Mandate]) -> list[Granted]:
    """Keep several records and mandates at once: all of them, or none; but what takes away is not held up by the rest.

    Raises:
        UsageError: one has a wrong field, or cannot follow the version which stands; then nothing has changed.
        RightsError: the vault or ledger cannot be written; then nothing was given, and what takes away stands once the
            vault holds it: saying it again puts it on the ledger.
    """
    check_returning(project, values)
    steps = _steps(values, _newest(project, map(id_of, values)))
    granted: dict[int, Granted] = {}
    for takes, places in in_turns([(step.id, takes_away(step.value)) for step in steps]):
        some = [values[place] for place in places]
        granted.update(zip(places, _take_away(project, some) if takes else _give(project, some), strict=True))
    return [granted[place] for place in range(len(values))]


def _take_away(project: Project, values: Sequence[ConsentRecord | Mandate]) -> list[Granted]:
    """Keep what ends, and put it on the ledger once it stands."""
    identities = {id_of(value) for value in values}
    while True:
        before = _newest(project, identities)
        steps = _steps(values, before)
        new = [step for step in steps if step.is_new]
        # Before it stands, because afterwards the vault has only to be read.
        names = commitments(project, "record", [step.hash for step in new])
        with project.vault.transaction():
            if _newest(project, identities) != before:
                continue
            # Once more, because an erasure may have come in the meantime.
            returning = check_returning(project, values)
            _apply(project, new, returning.subjects)
        break
    _take_in(project, returning)
    with in_force(f"What ends {', '.join(sorted(identities))}"):
        noted = note_missing(project, identities)
        for step, name in zip(new, names, strict=True):
            if (step.id, step.version) not in noted:
                # Somebody else put it there in the meantime.
                noted[step.id, step.version] = noted_versions(project, step.id)[step.version, name]
    return _granted(steps, noted)


def _give(project: Project, values: Sequence[ConsentRecord | Mandate]) -> list[Granted]:
    """Keep what allows, once it is on the ledger after everything that stands."""
    identities = {id_of(value) for value in values}
    while True:
        before = _newest(project, identities)
        steps = _steps(values, before)
        new = [step for step in steps if step.is_new]
        note_missing(project, identities)
        # Before the transaction, because salts are drawn in one of their own.
        names = commitments(project, "record", [step.hash for step in new])
        with project.vault.transaction():
            if _newest(project, identities) != before:
                # Somebody else kept a version in the meantime: what follows what is asked again.
                continue
            # Once more, because an erasure may have come in the meantime.
            returning = check_returning(project, values)
            entries = _note(project, [step.entry(name) for step, name in zip(new, names, strict=True)])
            _apply(project, new, returning.subjects)
        # Last, as in `consent.record_member`: a kill before it leaves them erased, and the same again goes on with it.
        _take_in(project, returning)
        return _granted(steps, dict(zip([(step.id, step.version) for step in new], entries, strict=True)))


def _apply(project: Project, new: Sequence[Step], returning: Iterable[str]) -> None:
    """Write new versions down, inside a transaction of the vault."""
    for subject in returning:
        erased.lift_subject(project, subject)
    for step in new:
        project.vault.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", step.row())
    rewrite_words(project, _viewers(step.value for step in new))


def _take_in(project: Project, returning: Returning) -> None:
    for member in returning.viewers:
        take_in_by_record(project, member)


def _granted(steps: Iterable[Step], noted: Noted) -> list[Granted]:
    return [Granted(step.id, step.version, step.hash, noted.get((step.id, step.version))) for step in steps]


def _note(project: Project, entries: Sequence[Mapping[str, JsonValue]]) -> list[ledger.Position]:
    """Put entries on the ledger, durably, before what they say takes effect."""
    return ledger.append_all(project, entries) if entries else []


def _viewers(values: Iterable[ConsentRecord | Mandate]) -> set[str]:
    return {one.subject_id for one in values if isinstance(one, ConsentRecord) and one.subject_kind == "viewer"}


def _newest(project: Project, ids: Iterable[str]) -> dict[str, Stored]:
    found = {identity: versions(project, identity) for identity in sorted(set(ids))}
    return {identity: some[-1] for identity, some in found.items() if some}


def _steps(values: Sequence[ConsentRecord | Mandate], before: Mapping[str, Stored]) -> list[Step]:
    standing = dict(before)
    steps = []
    for value in values:
        step = follow(value, standing.get(id_of(value)))
        standing[step.id] = Stored(step.value, step.hash)
        steps.append(step)
    return steps


def _standing_record(project: Project, record_id: str) -> ConsentRecord:
    found = [one.value for one in versions(project, record_id)]
    if not found or not isinstance(found[-1], ConsentRecord):
        raise UsageError(f"There is no record {record_id!r}.", "Name one that was imported or granted.")
    return found[-1]
