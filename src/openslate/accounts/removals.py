"""What a withdrawal leaves to be done by hand: files and replicas to remove, trainings to unlearn.

Openslate knows where nothing of this lies, so it removes nothing: it tells what is to be removed, and records who says
that it was. Files and trainings are told of by the ledger alone, and so even after the person was erased.
"""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from openslate import clock
from openslate.accounts import replicas
from openslate.accounts.book import Numbered
from openslate.accounts.withdrawals import REMOVING, Withdrawal, withdrawals
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import JsonValue, canonical
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.versions import latest, latest_of
from openslate.rights.vocabulary import EVERYWHERE, WithdrawalEffect

DECISION, PAPER = "removal", "removal"
MARKED = "mark"
TRAINING = ("train", "fine_tune")
TRAINED_BY = "use-"
NONCE_BYTES = 32
NO_PERSON = ("viewer", "source")
What: TypeAlias = Literal["file", "replica", "training"]


@dataclass(frozen=True)
class ToRemove:
    """Something that is to be removed, or unlearned, because a consent was withdrawn.

    Attributes:
        what: a generated file, a scan or replica, or a training.
        name: SHA-256 of the file, id of the asset, or 'use-N' for what the use of entry N trained.
        record: id of the consent.
        effect: of its withdrawal.
        withdrawn: when.
    """

    what: What
    name: str
    record: str
    effect: WithdrawalEffect
    withdrawn: datetime


def to_remove(project: Project, entries: Sequence[Numbered], subject: str | None = None) -> tuple[ToRemove, ...]:
    """What is to be removed and was not recorded as removed, by the moment of the withdrawal.

    A replica that another consent in force of the same person covers is not to be removed.

    Args:
        project: whose.
        entries: the whole ledger.
        subject: of one person; of everybody when left out.

    Raises:
        RightsError: the vault cannot be read, or a record is not what it was.
    """
    kept = latest(project) if subject is None else latest_of(project, [subject])
    records = [one.value for one in kept if isinstance(one.value, ConsentRecord)]
    records = [one for one in records if one.subject_kind not in NO_PERSON]
    ended = {name: one for name, one in withdrawals(entries).items() if one.effect in REMOVING}
    if subject is not None:
        own = {one.record_id for one in records}
        ended = {name: one for name, one in ended.items() if name in own}
    if not ended:
        return ()
    done = {str(one.entry["name"]) for one in entries if one.entry.get("decision") == DECISION}
    found = {
        **{(one.what, one.name, one.record): one for one in _on_ledger(entries, ended) if one.name not in done},
        **{(one.what, one.name, one.record): one for one in _replicas(project, records, ended)},
    }
    return tuple(sorted(found.values(), key=lambda one: (one.withdrawn, one.record, one.what, one.name)))


def removed_at(project: Project, name: str) -> datetime | None:
    """When a file or training was recorded as removed; None for one that was not.

    Raises:
        RightsError: the ledger cannot be read.
    """
    for one in ledger.search(project, decision=DECISION):
        if one.entry["name"] == name:
            return datetime.fromisoformat(one.entry["at"])
    return None


def record_removal(project: Project, name: str, evidence: str) -> ledger.Position:
    """Record that something was removed, or unlearned; whether it was, nobody can see from here.

    Args:
        project: whose vault and ledger.
        name: SHA-256 of a marked file, id of an asset, or 'use-N', as `ToRemove` has it.
        evidence: who removed it and how, in words, or the hash of a certificate; it stays in the vault.

    Raises:
        UsageError: there is no such thing, it was recorded already, or nothing says how.
        RightsError: the vault or ledger cannot be written; then nothing has changed.
    """
    if not evidence.strip():
        raise UsageError(f"Nothing says how {name!r} was removed.", "Say by whom and how, or name a certificate.")
    if replicas.find(project, name) is not None:
        return replicas.record_destruction(project, name, evidence)
    with project.vault.transaction():
        about = _about(project, name)
        before = removed_at(project, name)
        if before is not None:
            raise UsageError(f"{name} was recorded as removed on {before:%Y-%m-%d} already.", "It stands so.")
        said: dict[str, JsonValue] = {
            "name": name,
            "evidence": evidence,
            "at": clock.now().isoformat(),
            # Without the nonce, anybody could try words until some have the hash on the ledger.
            "nonce": secrets.token_hex(NONCE_BYTES),
        }
        hashed = hashlib.sha256(canonical(said)).hexdigest()
        stands = ledger.append(project, {"decision": DECISION, "name": name, **about, "hash": hashed})
        document = canonical({"said": said, "entry": stands.index, "hash": stands.hash})
        project.vault.execute(
            "INSERT INTO papers (kind, name, subject, document) VALUES (?, ?, ?, ?)",
            (PAPER, name, _owner(project, name, about), document),
        )
    return stands


def _about(project: Project, name: str) -> dict[str, JsonValue]:
    """The records and the people, by commitment, that the thing comes from."""
    if name.startswith(TRAINED_BY) and name.removeprefix(TRAINED_BY).isdecimal():
        found = [ledger.entry(project, int(name.removeprefix(TRAINED_BY)))]
        found = [one for one in found if one.entry.get("decision") == "use" and one.entry.get("use") in TRAINING]
    else:
        found = [one for one in ledger.search(project, decision=MARKED) if one.entry["file"] == name]
    if not found:
        raise UsageError(
            f"Nothing that was marked, registered or trained here is called {name!r}.",
            "Copy the hash, the asset or the use from `openslate rights overview --json`.",
        )
    return {
        "subjects": sorted({str(one.entry["subject"]) for one in found}),
        "records": sorted({str(one.entry["record"]) for one in found}),
    }


def _owner(project: Project, name: str, about: dict[str, JsonValue]) -> str:
    """Whose paper the evidence is; nobody's once they were erased."""
    records = about["records"]
    assert isinstance(records, list)
    for one in latest_of(project, (), [str(record) for record in records]):
        if isinstance(one.value, ConsentRecord):
            return one.value.subject_id
    return ""


def _on_ledger(entries: Sequence[Numbered], ended: dict[str, Withdrawal]) -> Iterator[ToRemove]:
    """Files that were marked, and trainings that were made, before the consent was withdrawn."""
    spent = {one.entry["use"] for one in entries if one.entry.get("decision") == "spend"}
    for one in entries:
        said = one.entry
        why = ended.get(str(said.get("record")))
        if why is None or one.index > why.entry:
            continue
        if said.get("decision") == MARKED:
            yield ToRemove("file", said["file"], why.record, why.effect, why.at)
        elif why.effect == "unlearn" and one.index in spent and said.get("use") in TRAINING:
            yield ToRemove("training", f"{TRAINED_BY}{one.index}", why.record, why.effect, why.at)


def _replicas(project: Project, records: Sequence[ConsentRecord], ended: dict[str, Withdrawal]) -> Iterator[ToRemove]:
    for record in records:
        why = ended.get(record.record_id)
        if why is None:
            continue
        others = [one for one in records if one.subject_id == record.subject_id and _stands(one)]
        for one in replicas.replicas(project, record.subject_id):
            is_theirs = one.destroyed is None and one.entry < why.entry and _covers(record, one.replica)
            if is_theirs and not any(_covers(other, one.replica) for other in others):
                yield ToRemove("replica", one.replica.asset, record.record_id, why.effect, why.at)


def _covers(record: ConsentRecord, replica: replicas.Replica) -> bool:
    if replica.asset in record.asset_ids or replica.sha256 in record.asset_ids:
        return True
    return EVERYWHERE in record.asset_ids and record.asset_kind == replica.kind


def _stands(record: ConsentRecord) -> bool:
    return record.status == "active" and (record.expires_at is None or record.expires_at > clock.now())
