"""Erasing a member from a project's files, in steps that may each be killed and done again.

The order is what makes it safe. The journal and the ledger say that it has begun; the member's refusal and their mark
stop every new use; the models forget while the data to subtract is still there; then the tables, what was made of
them, and the databases; a scan of everything must find nothing; only then is the id itself forgotten, and the receipt
put on the ledger.

Erasing is the one use of people's data that needs no consent, and that no withdrawal ends.
"""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openslate import clock
from openslate.accounts.erasing import handed_over, journal, keepsakes, log
from openslate.accounts.erasing.databases import KIND, erase_from_state, erase_from_vault, has_namesake
from openslate.accounts.erasing.journal import Begun
from openslate.accounts.erasing.names import Name
from openslate.accounts.erasing.receipt import OUTSIDE, VERSION, ErasureReceipt, read_receipt
from openslate.accounts.erasing.scan import refuse_what_is_left, scan, scan_vault
from openslate.accounts.erasing.tables import erase_from_tables
from openslate.errors import ProjectError, UsageError
from openslate.progress import Progress, monotone, silent
from openslate.project import Project
from openslate.registry import artifacts
from openslate.rights import erased
from openslate.rights.canonical import JsonValue, canonical, parsed
from openslate.rights.commitments import commitment
from openslate.rights.consent import PURPOSES, check_text, record_member

Models = Callable[[Project, str], Mapping[str, JsonValue]]
"""Makes the models forget a member, whose rows are still there, and returns plain values: `models`, what became of
each, and `pending`, what is not done yet, each with `what` and `deadline`. It may be called again after a kill."""

RECEIPT = "erasure receipt"


@dataclass(frozen=True)
class Erasure:
    """What `erase_member` came to.

    Stability: provisional.

    Attributes:
        receipt: what was done; it names nobody.
        again: whether there was nothing left to do, and this is the receipt of an earlier erasure.
    """

    receipt: ErasureReceipt
    again: bool = False


def erase_member(
    project: Project,
    member: str,
    reason: str,
    models: Models | None = None,
    handed: Sequence[Path] = (),
    progress: Progress = silent,
) -> Erasure:
    """Remove a member from everything the project holds, and issue a receipt; a killed erasure goes on.

    Args:
        project: where.
        member: the member's id.
        reason: why, for the receipt; the id is taken out of it.
        models: makes the models forget; without it every model is listed as pending.
        handed: folders outside the project that `personalize batch` filled, to be written anew as well.
        progress: told what is done.

    Raises:
        UsageError: nothing in the project is of the member, the reason is empty, or the id cannot be a member's.
        RightsError: the ledger or the vault cannot be written; then no data has changed.
        ProjectError: something could not be rewritten, or is left: the erasure is not finished, and running it again
            goes on with it.
    """
    check_text(member)
    if not member:
        raise UsageError("No member is named.", "Name one.")
    if not reason.strip():
        raise UsageError("The erasure has no reason.", "Say who asked for it, and when.")
    _require_writable(project)
    progress = monotone(progress)
    begun = journal.find(project, erased.mark_of(project, member))
    if begun is None:
        progress("Looking for the member", 0.0)
        earlier = _erased_before(project, member, handed)
        if earlier is not None:
            return Erasure(earlier, again=True)
        begun = _begin(project, member, reason)
    return _go_on(project, begun, member, models, handed, progress)


def unfinished(project: Project) -> tuple[Begun, ...]:
    """Erasures that were killed or could not be finished, from first to latest.

    Raises:
        RightsError: the vault cannot be read.
    """
    return tuple(journal.every(project))


def finish(
    project: Project, models: Models | None = None, handed: Sequence[Path] = (), progress: Progress = silent
) -> tuple[Erasure, ...]:
    """Finish every erasure that is not finished; the arguments are those of `erase_member`.

    Raises:
        RightsError: the ledger or the vault cannot be written.
        ProjectError: something is left.
    """
    _require_writable(project)
    return tuple(_go_on(project, one, one.member, models, handed, progress) for one in unfinished(project))


def _erased_before(project: Project, member: str, handed: Sequence[Path]) -> ErasureReceipt | None:
    """The earlier receipt, where the member was erased and nothing has come since; None where there is work to do.

    Raises:
        UsageError: nothing in the project is of the member, and nothing ever was.
    """
    if scan(project, member, handed_over=handed).findings:
        return None
    rows = project.vault.rows("SELECT receipt FROM erased WHERE mark = ?", (erased.mark_of(project, member),))
    papers = [row for row in project.vault.rows("SELECT name, document FROM papers WHERE kind = ?", (RECEIPT,)) if rows]
    for name, document in papers:
        if name == rows[0][0] and isinstance(document, bytes):
            return read_receipt(document)
    if rows:
        return None
    raise UsageError(f"Nothing in {project.folder} is of a member {member!r}.", "Check the id; nothing was changed.")


def _begin(project: Project, member: str, reason: str) -> Begun:
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


def _go_on(
    project: Project,
    begun: Begun,
    member: str | None,
    models: Models | None,
    handed: Sequence[Path],
    progress: Progress,
) -> Erasure:
    if begun.member is not None and member is not None:
        begun = _stop_new_use(project, begun, member)
        begun = _forget_in_models(project, begun, member, models, progress)
        name = Name(member)
        progress("Rewriting the tables", 0.3)
        begun = erase_from_tables(project, begun, name)
        progress("Removing what was made of them", 0.6)
        keepsakes.erase_pages(project, begun, name)
        keepsakes.erase_prepared(project, begun, name)
        keepsakes.erase_reports(project, begun, name)
        handed_over.erase_from_folders(project, begun, name, handed)
        erase_from_state(project, begun, name)
        project.state.compact()
        progress("Looking whether anything is left", 0.8)
        erase_from_vault(project, name)
        begun = journal.forget(project, _look(project, begun, name, handed))
        refuse_what_is_left(project, scan_vault(project, member))
    return _close(project, begun, member)


def _stop_new_use(project: Project, begun: Begun, member: str) -> Begun:
    """Say on the ledger what is about to happen, and refuse every further use of the member's data."""
    if begun.document["intent"] is None:
        intent = log.append(project, log.BEGUN, begun.subject, {})
        begun = journal.tell(project, begun, intent=intent)
    record_member(project, member, PURPOSES, granted=False)
    erased.mark(project, member)
    return begun


def _forget_in_models(project: Project, begun: Begun, member: str, models: Models | None, progress: Progress) -> Begun:
    if begun.document["models"] is not None:
        return begun
    progress("Making the models forget", 0.1)
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


def _look(project: Project, begun: Begun, name: Name, handed: Sequence[Path]) -> Begun:
    """Scan everything besides the journal, and write down what the receipt says of it.

    Raises:
        ProjectError: something is left.
    """
    found = scan(project, name.member, besides_journal=True, handed_over=handed)
    refuse_what_is_left(project, found)
    pending = (
        [{"what": "papers of somebody else by the same id, which may be of the member", "deadline": ""}]
        if has_namesake(project, name)
        else []
    )
    looked_at = {"files": found.files, "bytes": found.bytes, "unread": list(found.unread)}
    return journal.tell(project, begun, looked_at=looked_at, pending=pending, ledger_holds=list(found.ledger))


def _close(project: Project, begun: Begun, member: str | None) -> Erasure:
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
        paper = (RECEIPT, receipt.hash, begun.subject, text)
        vault.execute("INSERT OR REPLACE INTO papers VALUES (?, ?, ?, ?)", paper)
        vault.execute("UPDATE erased SET receipt = ? WHERE mark = ?", (receipt.hash, begun.mark))
        journal.end(project, begun)
    vault.compact()
    return Erasure(receipt)


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


def _require_writable(project: Project) -> None:
    for folder in (project.folder, project.people):
        if not os.access(folder, os.W_OK):
            raise ProjectError(
                f"{folder} may not be written to, so nothing can be erased from it.",
                "Get write permission to the whole project folder.",
            )
