"""Erasing a member from a project's files, in steps that may each be killed and done again.

The order is what makes it safe. The journal and the ledger say that it has begun; the member's refusal and their mark
stop every new use; the models forget while the data to subtract is still there; then the tables, what was made of
them, and the databases; a scan of everything must find nothing; only then is the id itself forgotten, and the receipt
put on the ledger.

Erasing is the one use of people's data that needs no consent, and that no withdrawal ends.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from openslate.accounts.erasing import handed_over, journal, keepsakes
from openslate.accounts.erasing.alone import no_erasure
from openslate.accounts.erasing.databases import erase_from_state, erase_from_vault, has_namesake
from openslate.accounts.erasing.journal import Begun
from openslate.accounts.erasing.names import Name
from openslate.accounts.erasing.receipt import PAPER, ErasureReceipt, read_receipt
from openslate.accounts.erasing.scan import refuse_what_is_left, scan, scan_vault
from openslate.accounts.erasing.steps import Models, begin, close, forget_in_models, look, stop_new_use
from openslate.accounts.erasing.tables import erase_from_tables
from openslate.errors import ProjectError, UsageError
from openslate.progress import Progress, monotone, silent
from openslate.project import Project
from openslate.rights import erased
from openslate.rights.consent import check_text
from openslate.storage.vault import NAME as VAULT


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
        UsageError: nothing in the project is of the member, the reason is empty, the id cannot be a member's, or it is
            that of somebody with records of their own.
        RightsError: the ledger or the vault cannot be written; then no data has changed.
        ProjectError: something could not be rewritten, or is left: the erasure is not finished, and running it again
            goes on with it.
    """
    check_text(member)
    if not member:
        raise UsageError("No member is named.", "Name one.")
    if not reason.strip():
        raise UsageError("The erasure has no reason.", "Say who asked for it, and when.")
    progress = monotone(progress)
    with alone(project, handed):
        begun = journal.find(project, erased.mark_of(project, member))
        if begun is None:
            progress("Looking for the member", 0.0)
            earlier = _erased_before(project, member, handed)
            if earlier is not None:
                return Erasure(earlier, again=True)
            _refuse_subject(project, member)
            begun = begin(project, member, reason)
        return _go_on(project, begun, models, handed, progress)


def unfinished(project: Project) -> tuple[Begun, ...]:
    """Erasures of members that were killed or could not be finished, from first to latest.

    Raises:
        RightsError: the vault cannot be read.
    """
    if not (project.people / VAULT).exists():
        return ()
    # Those of subjects are finished by `erasing_subjects`.
    return tuple(one for one in journal.every(project) if "kind" not in one.document)


def finish(
    project: Project, models: Models | None = None, handed: Sequence[Path] = (), progress: Progress = silent
) -> tuple[Erasure, ...]:
    """Finish every erasure that is not finished; the arguments are those of `erase_member`.

    Raises:
        RightsError: the ledger or the vault cannot be written.
        ProjectError: something is left.
    """
    with alone(project, handed):
        return tuple(_go_on(project, one, models, handed, progress) for one in unfinished(project))


def _erased_before(project: Project, member: str, handed: Sequence[Path]) -> ErasureReceipt | None:
    """The earlier receipt, where the member was erased and nothing has come since; None where there is work to do.

    Raises:
        UsageError: nothing in the project is of the member, and nothing ever was.
    """
    if scan(project, member, handed_over=handed).findings:
        return None
    rows = project.vault.rows("SELECT receipt FROM erased WHERE mark = ?", (erased.mark_of(project, member),))
    papers = [row for row in project.vault.rows("SELECT name, document FROM papers WHERE kind = ?", (PAPER,)) if rows]
    for name, document in papers:
        if name == rows[0][0] and isinstance(document, bytes):
            return read_receipt(document)
    if rows:
        return None
    raise UsageError(f"Nothing in {project.folder} is of a member {member!r}.", "Check the id; nothing was changed.")


def _refuse_subject(project: Project, member: str) -> None:
    """Refuse an id under which the vault holds somebody's own records: they would be left, and found, in the end.

    Raises:
        UsageError: it does.
    """
    if has_namesake(project, Name(member)):
        raise UsageError(
            f"{member!r} is the id of somebody who performs, writes or directs, whose records the vault holds.",
            "Erase these first, as --kind subject; then run this again for what is held of a member by that id.",
        )


def _go_on(
    project: Project,
    begun: Begun,
    models: Models | None,
    handed: Sequence[Path],
    progress: Progress,
) -> Erasure:
    member = begun.member
    if member is not None:
        begun = stop_new_use(project, begun, member)
        progress("Making the models forget", 0.1)
        begun = forget_in_models(project, begun, member, models)
        name = Name(member)
        progress("Rewriting the tables", 0.3)
        begun = erase_from_tables(project, begun, name)
        progress("Removing what was made of them", 0.6)
        keepsakes.erase_pages(project, begun, name)
        keepsakes.erase_prepared(project, begun, name)
        keepsakes.erase_reports(project, begun, name)
        keepsakes.close_reads(project, begun, name)
        handed_over.erase_from_folders(project, begun, name, handed)
        erase_from_state(project, begun, name)
        project.state.compact()
        progress("Looking whether anything is left", 0.8)
        erase_from_vault(project, name)
        begun = journal.forget(project, look(project, begun, name, handed))
        refuse_what_is_left(project, scan_vault(project, member))
    return Erasure(close(project, begun))


@contextmanager
def alone(project: Project, handed: Sequence[Path] = ()) -> Iterator[None]:
    """One erasure at a time, in a project that may be written; what the disk refuses, as what can be done about it."""
    _require_writable(project)
    for folder in handed:
        if not handed_over.is_handed_over(folder):
            raise UsageError(f"{folder} holds no lists or pages of ours.", "Name a folder that a batch has filled.")
    try:
        with no_erasure(project):
            yield
    except OSError as error:
        raise ProjectError(
            f"{error.filename or project.people} cannot be changed: {error.strerror}.",
            "Make room on the disk or mend the permissions, then run the command again: it goes on where it stopped.",
        ) from error


def _require_writable(project: Project) -> None:
    for folder in (project.folder, project.people):
        if not os.access(folder, os.W_OK):
            raise ProjectError(
                f"{folder} may not be written to, so nothing can be erased from it.",
                "Get write permission to the whole project folder.",
            )
