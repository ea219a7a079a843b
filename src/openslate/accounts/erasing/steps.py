"""The steps of an erasure that touch no data: what is said before and after, and what is looked at in between.

Each is written down in the journal and may be done again.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openslate import clock
from openslate.accounts.erasing import journal, log
from openslate.accounts.erasing.databases import KIND
from openslate.accounts.erasing.journal import Begun
from openslate.accounts.erasing.names import Name
from openslate.accounts.erasing.receipt import OUTSIDE, PAPER, VERSION, ErasureReceipt, read_receipt
from openslate.accounts.erasing.scan import refuse_what_is_left, scan
from openslate.project import Project
from openslate.registry import artifacts
from openslate.rights import erased
from openslate.rights.canonical import JsonValue, canonical, parsed
from openslate.rights.commitments import commitment
from openslate.rights.consent import PURPOSES, record_member

Models = Callable[[Project, str], Mapping[str, JsonValue]]
"""Makes the models forget a member, whose rows are still there, and returns plain values: `models`, what became of
each, and `pending`, what is not done yet, each with `what` and `deadline`. It may be called again after a kill."""


def begin(project: Project, member: str, reason: str) -> Begun:
    """Write down that a member is to be erased, and why."""
    subject = commitment(project, KIND, member)
    document: dict[str, Any] = {
        "subject": subject,
        "reason": Name(member).masked(reason.strip(), "(the member)"),
        "requested": clock.now().isoformat(),
        "intent": None,
        "before": None,
        "after": None,
        "models": None,
        "looked_at": None,
        "pending": [],
        "ledger_holds": [],
        "receipt": None,
    }
    return journal.begin(project, Begun(erased.mark_of(project, member), member, document))


def stop_new_use(project: Project, begun: Begun, member: str) -> Begun:
    """Say on the ledger what is about to happen, and refuse every further use of the member's data."""
    if begun.document["intent"] is None:
        intent = log.append(project, log.BEGUN, begun.subject, {})
        begun = journal.tell(project, begun, intent=intent)
    record_member(project, member, PURPOSES, granted=False)
    erased.mark(project, member)
    return begun


def forget_in_models(project: Project, begun: Begun, member: str, models: Models | None) -> Begun:
    """Have the models forget the member, once, and write down what became of each."""
    if begun.document["models"] is not None:
        return begun
    if models is not None:
        told = dict(models(project, member))
    else:
        told = {
            "models": [],
            "pending": [
                {"what": f"model {one.id} was not asked to forget", "deadline": ""} for one in artifacts.every(project)
            ],
        }
    # Refuses at once what could not be put on a receipt.
    return journal.tell(project, begun, models=parsed(canonical(told)))


def look(project: Project, begun: Begun, name: Name, handed: Sequence[Path]) -> Begun:
    """Scan everything besides the journal, and write down what the receipt says of it.

    Raises:
        ProjectError: something is left.
    """
    found = scan(project, name.member, besides_journal=True, handed_over=handed)
    refuse_what_is_left(project, found)
    looked_at = {"files": found.files, "bytes": found.bytes, "unread": list(found.unread)}
    return journal.tell(project, begun, looked_at=looked_at, ledger_holds=list(found.ledger))


def close(project: Project, begun: Begun) -> ErasureReceipt:
    """Issue the receipt, have the ledger vouch for it, and forget the erasure."""
    if begun.document["receipt"] is None:
        begun = journal.tell(project, begun, receipt=_receipt(project, begun).to_bytes().decode())
    text = str(begun.document["receipt"]).encode()
    receipt = read_receipt(text)
    told = log.told(project, begun.subject)
    if not any(one.stage == log.DONE and one.receipt == receipt.hash for one in told):
        more: dict[str, JsonValue] = {"receipt": receipt.hash, "snapshot": receipt.snapshot_after}
        log.append(project, log.DONE, begun.subject, more)
    vault = project.vault
    with vault.transaction():
        paper = (PAPER, receipt.hash, begun.subject, text)
        vault.execute("INSERT OR REPLACE INTO papers VALUES (?, ?, ?, ?)", paper)
        vault.execute("UPDATE erased SET receipt = ? WHERE mark = ?", (receipt.hash, begun.mark))
        journal.end(project, begun)
    vault.compact()
    return receipt


def _receipt(project: Project, begun: Begun) -> ErasureReceipt:
    told = begun.document
    models = told["models"]
    return ErasureReceipt(
        version=VERSION,
        subject=begun.subject,
        requested=str(told["requested"]),
        done=clock.now().isoformat(),
        reason=str(told["reason"]),
        files=journal.noted(project, begun),
        snapshot_before=str(told["before"]),
        snapshot_after=str(told["after"]),
        models=tuple(models.get("models", ())),
        pending=(*models.get("pending", ()), *told["pending"]),
        ledger_holds=tuple(told["ledger_holds"]),
        outside=OUTSIDE,
        looked_at=told["looked_at"],
        intent=str(told["intent"]),
    )
