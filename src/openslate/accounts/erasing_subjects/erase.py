"""Erasing a subject in steps that may each be killed and done again.

What is owed is asked first. The journal and the ledger say that it has begun; their records are withdrawn, so that no
use begins; models that learned from their scripts are removed; then rows, papers, texts, tokens and salts go in one
transaction, in which the subject is marked; pages and refused rows follow; a scan must find nothing; and only then is
the id itself forgotten, and the receipt put on the ledger.

The ledger stays as it is, and with it the aggregates that closed periods froze: statements replay to the same bytes.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from openslate import clock
from openslate.accounts.erasing import journal, keepsakes, log
from openslate.accounts.erasing.erase import alone
from openslate.accounts.erasing.journal import Begun
from openslate.accounts.erasing.names import Name
from openslate.accounts.erasing.scan import in_ledger
from openslate.accounts.erasing.tables import erase_from_quarantine
from openslate.accounts.erasing_subjects.looking import refuse_what_is_left
from openslate.accounts.erasing_subjects.models import remove_models_of
from openslate.accounts.erasing_subjects.owing import Override, owed_to, require_settled
from openslate.accounts.erasing_subjects.receipt import OUTSIDE, PAPER, VERSION, SubjectReceipt, read_subject_receipt
from openslate.accounts.erasing_subjects.vault import HeldOf, held_of, remove_from_vault
from openslate.data.written.texts import texts_held
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import erased
from openslate.rights.canonical import JsonValue
from openslate.rights.commitments import commitment, known_commitment
from openslate.rights.consent import check_text
from openslate.rights.records.noting import note_missing
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.store import withdraw
from openslate.rights.records.versions import versions
from openslate.storage.vault import Vault

KIND = "subject"


@dataclass(frozen=True)
class SubjectErasure:
    """What `erase_subject` came to.

    Stability: provisional.

    Attributes:
        receipt: what was done; it names nobody.
        again: whether there was nothing left to do, and this is the receipt of an earlier erasure.
    """

    receipt: SubjectReceipt
    again: bool = False


def erase_subject(project: Project, subject: str, reason: str, override: Override | None = None) -> SubjectErasure:
    """Remove somebody who is no member from the vault and the pages, and issue a receipt; a killed erasure goes on.

    Args:
        project: where.
        subject: id of a performer, writer, director, guardian or payee, as the records have it.
        reason: why, for the receipt; the id is taken out of it.
        override: who answers for it where money is owed.

    Raises:
        UsageError: nothing in the vault is of the subject, or the reason is empty.
        RightsError: money is owed to them, or the ledger or the vault cannot be written.
        ProjectError: something is left: the erasure is not finished, and running it again goes on with it.
    """
    check_text(subject)
    if not subject or not reason.strip():
        raise UsageError("The erasure names nobody or has no reason.", "Say whom, who asked for it, and when.")
    with alone(project):
        mark = erased.subject_mark_of(project, subject)
        begun = journal.find(project, mark)
        if begun is None:
            held = held_of(project, subject)
            earlier = _earlier(project, subject, held, mark)
            if earlier is not None:
                return SubjectErasure(earlier, again=True)
            owed = owed_to(project, subject, held.own)
            require_settled(owed, override)
            begun = _begin(project, mark, subject, reason, owed, override)
        return SubjectErasure(_go_on(project, begun))


def unfinished_subjects(project: Project) -> tuple[Begun, ...]:
    """Erasures of subjects that were killed or could not be finished."""
    return tuple(one for one in journal.every(project) if one.document.get("kind") == KIND)


def finish_subjects(project: Project) -> tuple[SubjectErasure, ...]:
    """Finish every erasure of a subject that is not finished.

    Raises:
        RightsError: the ledger or the vault cannot be written.
        ProjectError: something is left.
    """
    with alone(project):
        return tuple(SubjectErasure(_go_on(project, one)) for one in unfinished_subjects(project))


def _earlier(project: Project, subject: str, held: HeldOf, mark: str) -> SubjectReceipt | None:
    """The receipt of an earlier erasure after which nothing has come.

    Raises:
        UsageError: nothing in the vault is of them, and nothing ever was.
    """
    vault = project.vault
    # One who is still paid for others keeps the paper that says so.
    spared = "payee" if held.paid_for_others else ""
    papers = vault.rows("SELECT count(*) FROM papers WHERE subject = ? AND kind <> ?", (subject, spared))[0][0]
    known = any(known_commitment(project, kind, subject) for kind in ("subject", "payee"))
    rows = vault.rows("SELECT receipt FROM erased WHERE mark = ?", (mark,))
    if held.own or papers or texts_held(project, subject) or (not rows and known):
        return None
    for (name,) in rows:
        for (document,) in vault.rows("SELECT document FROM papers WHERE kind = ? AND name = ?", (PAPER, name)):
            assert isinstance(document, bytes)
            return read_subject_receipt(document)
    if held.kept:
        stays = "; ".join(f"{what}: {why}" for what, why in sorted(held.kept.items()))
        raise UsageError(
            f"Nothing in {project.folder} is of {subject!r} alone. What names them stays ({stays}).",
            "Erase those people first, or agree with them on another holder. Nothing was changed.",
        )
    raise UsageError(
        f"Nothing in {project.folder} is of {subject!r} alone.",
        "Check the id; a member is erased as --kind member. Nothing was changed.",
    )


def _begin(
    project: Project,
    mark: str,
    subject: str,
    reason: str,
    owed: list[Any],
    override: Override | None,
) -> Begun:
    name = Name(subject)
    answers = None
    if owed and override is not None:
        by = commitment(project, "officer", override.by.strip())
        answers = {"by": by, "reason": name.masked(override.reason.strip(), "(the subject)")}
    document = {
        "kind": KIND,
        "subject": commitment(project, KIND, subject),
        "reason": name.masked(reason.strip(), "(the subject)"),
        "requested": clock.now().isoformat(),
        "dues": owed if answers else [],
        "override": answers,
        "intent": None,
        "kept": None,
        "removed": None,
        "looked_at": None,
        "ledger_holds": [],
        "receipt": None,
    }
    return journal.begin(project, Begun(mark, subject, document))


def _go_on(project: Project, begun: Begun) -> SubjectReceipt:
    subject = begun.member
    if subject is not None:
        if begun.document["intent"] is None:
            more: dict[str, JsonValue] = {"dues": begun.document["dues"], "override": begun.document["override"]}
            intent = log.append(project, log.BEGUN, begun.subject, more if begun.document["override"] else {})
            begun = journal.tell(project, begun, intent=intent)
        held = held_of(project, subject)
        if begun.document["removed"] is None:
            _withdraw_all(project, held)
            kept = [{"what": identity, "why": why} for identity, why in sorted(held.kept.items())]
            begun = journal.tell(project, begun, kept=kept)
            models = remove_models_of(project, subject)
            begun = remove_from_vault(project, begun, subject, held, models)
        name = Name(subject)
        for path in sorted((project.people / "quarantine").glob("*.jsonl")):
            erase_from_quarantine(project, begun, name, path)
        keepsakes.erase_reports(project, begun, name)
        project.vault.compact()
        looked_at = refuse_what_is_left(project, subject, held, besides_journal=True)
        begun = journal.tell(project, begun, looked_at=dict(looked_at), ledger_holds=list(in_ledger(project, name)))
        begun = journal.forget(project, begun)
        refuse_what_is_left(project, subject, held, besides_journal=False)
    return _close(project, begun)


def _withdraw_all(project: Project, held: HeldOf) -> None:
    """Say on the ledger that every consent of theirs ended, before it is gone."""
    # An erasure that was cut short may have withdrawn one without its entry.
    note_missing(project, held.own)
    for identity in held.own:
        value = versions(project, identity)[-1].value
        if isinstance(value, ConsentRecord) and value.status != "withdrawn":
            # One whose fields would be refused today allows nothing, and goes all the same.
            with suppress(UsageError):
                withdraw(project, identity, "remove")


def _close(project: Project, begun: Begun) -> SubjectReceipt:
    if begun.document["receipt"] is None:
        begun = journal.tell(project, begun, receipt=_receipt(project, begun).to_bytes().decode())
    text = str(begun.document["receipt"]).encode()
    receipt = read_subject_receipt(text)
    told = log.told(project, begun.subject)
    if not any(one.stage == log.DONE and one.receipt == receipt.hash for one in told):
        log.append(project, log.DONE, begun.subject, {"receipt": receipt.hash})
    vault: Vault = project.vault
    with vault.transaction():
        vault.execute("INSERT OR REPLACE INTO papers VALUES (?, ?, ?, ?)", (PAPER, receipt.hash, begun.subject, text))
        vault.execute("UPDATE erased SET receipt = ? WHERE mark = ?", (receipt.hash, begun.mark))
        journal.end(project, begun)
    vault.compact()
    return receipt


def _receipt(project: Project, begun: Begun) -> SubjectReceipt:
    told = begun.document
    files = journal.noted(project, begun)
    rows = sum(one.rows for one in files)
    return SubjectReceipt(
        version=VERSION,
        subject=begun.subject,
        requested=str(told["requested"]),
        done=clock.now().isoformat(),
        reason=str(told["reason"]),
        removed={**told["removed"], "files rewritten or removed": len(files), "rows and pages in them": rows},
        kept=tuple(told["kept"]),
        dues=tuple(told["dues"]),
        override=told["override"],
        ledger_holds=tuple(told["ledger_holds"]),
        outside=OUTSIDE,
        looked_at=told["looked_at"],
        intent=str(told["intent"]),
    )
