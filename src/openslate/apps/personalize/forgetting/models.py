"""Forgetting a member in every model: one call, done again after a crash until nothing is left to do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from openslate import clock
from openslate.apps.personalize.arguments import require_moment
from openslate.apps.personalize.forgetting import journal as journals
from openslate.apps.personalize.forgetting.containing import models_holding
from openslate.apps.personalize.forgetting.journal import Journal
from openslate.apps.personalize.forgetting.kept_sums import old_digests, sums_without
from openslate.apps.personalize.forgetting.quick import Quick, taken_out
from openslate.apps.personalize.forgetting.replacing import Replacement, replace_model
from openslate.apps.personalize.forgetting.successor import accumulators_of, how_parts_forgot
from openslate.apps.personalize.inverses import keep_only
from openslate.apps.personalize.sums import remove_sums
from openslate.apps.personalize.train import ROLE
from openslate.data.datasets import Viewing, viewing
from openslate.data.prepared_removal import remove_prepared
from openslate.errors import NothingAllowed, RegistryError, RightsError, UsageError
from openslate.progress import Progress, monotone, silent, within
from openslate.project import Project
from openslate.registry import artifacts, pending, stages
from openslate.registry.artifacts import REMOVED, find
from openslate.registry.pending import Pending
from openslate.registry.promotion import serving
from openslate.rights.consent import check_text
from openslate.rights.unlearning import Accumulator, Forgotten, Method, ModelReceipt

READER = "rights forget"
WHY = "it had learned from a member who was forgotten"
MONTH = timedelta(days=30)
"""How long a model may wait at most: the month of GDPR article 12(3)."""


@dataclass(frozen=True)
class ModelsForgotten:
    """What became of every model that had learned from a member.

    Attributes:
        receipts: one for each such model, the one that served last.
        removed: ids of those that were deleted.
        serves: id of the model that serves now, '' for none.
        pending: parts that still know the member, and until when they may serve.
        prepared: names of prepared histories that were deleted.
    """

    receipts: tuple[ModelReceipt, ...]
    removed: tuple[str, ...]
    serves: str
    pending: tuple[Pending, ...]
    prepared: tuple[str, ...]


def forget_in_models(
    project: Project,
    member: str,
    deadline: datetime,
    subject: str,
    at_once: bool = False,
    progress: Progress = silent,
) -> ModelsForgotten:
    """Remove a member who has withdrawn from every model that learned from them.

    The model that serves is fitted again without them and takes its own place: parts that are solved from whole-number
    sums from the sums less the member's, all others from the retained histories. What validation chose is taken over
    and waits until the deadline, unless all is trained anew at once. Where training kept the inverses of its systems,
    the member is taken out of those in place of solving: that model serves within the bounds on record until
    `solve_exactly` has put the solved one in its place, or the deadline has passed. Every older model that holds them
    is deleted, and so are kept stages, prepared histories and sums that hold them. A process that holds an opened
    model must open the new one.

    Args:
        project: where.
        member: the member's id.
        deadline: until when parts that still know them may serve, at most a month from now.
        subject: the commitment that stands for the member in the receipts.
        at_once: train anew, so that nothing has to wait; takes as long as training.
        progress: told what is done.

    Raises:
        RightsError: the member has not withdrawn.
        UsageError: the deadline is no moment to come, or more than a month off.
        FitError: the retained events cannot be solved.
    """
    check_text(member)
    _require_deadline(deadline)
    progress = monotone(progress)
    data = _retained(project, member, within(progress, 0.0, 0.1))
    journal = journals.opened(project, member) or _begun(project, member, data)
    journals.written(project, member, journal)
    replacing = bool(journal.served) and data is not None and not journal.successor
    # Before the sums are brought up to date: those of the training are what its systems were solved from.
    quick = (
        _quick(project, journal, data, within(progress, 0.1, 0.2))
        if replacing and data is not None and not at_once
        else Quick()
    )
    sums = _sums(project, data, journal) if journal.models else {}
    if replacing and data is not None:
        replaced = Replacement(find(project, journal.served), data, deadline, subject)
        journal.successor = replace_model(project, replaced, quick, at_once, within(progress, 0.2, 0.9))
        journals.written(project, member, journal)
    receipts = tuple(_receipt(project, one, journal, data, sums, deadline, subject) for one in _ordered(journal))
    progress("Deleting what holds the member", 0.9)
    for model in journal.models:
        artifacts.remove(project, find(project, model), WHY)
        pending.let_go(project, model)
    if journal.models:
        keep_only(project, journal.successor)
        stages.remove_all(project)
    prepared = remove_prepared(project, member)
    journals.closed(project, member)
    now = serving(project, ROLE)
    serves = now.id if now is not None and REMOVED not in now.manifest else ""
    return ModelsForgotten(receipts, tuple(journal.models), serves, pending.waiting(project), prepared)


def _require_deadline(deadline: datetime) -> None:
    require_moment(deadline)
    now = clock.now()
    if deadline.tzinfo is None or not now < deadline <= now + MONTH:
        raise UsageError(
            f"The deadline {deadline.isoformat()} is no moment within a month from now.",
            "Give one with its zone, after now and at most 30 days away.",
        )


def _retained(project: Project, member: str, progress: Progress) -> Viewing | None:
    """What may be trained on without the member, or None where nobody is left.

    Raises:
        RightsError: the member may still be trained on.
    """
    try:
        data = viewing(project, ("train",), READER, progress=progress)
    except NothingAllowed:
        return None
    if member in data.member_index:
        raise RightsError(
            "The member has not withdrawn from training: they would be learned from again.",
            "Withdraw first: openslate rights withdraw MEMBER.",
        )
    return data


def _begun(project: Project, member: str, data: Viewing | None) -> Journal:
    held = models_holding(project, member, None if data is None else data.hash)
    found, now = {one.id: list(one.manifest["parts"]) for one in held}, serving(project, ROLE)
    served = now.id if now is not None and now.id in found else ""
    return journals.begun(found, served, old_digests(project) if found else {})


def _sums(project: Project, data: Viewing | None, journal: Journal) -> dict[str, Accumulator]:
    if data is None:
        remove_sums(project)
        return {}
    return sums_without(project, data, journal.old_sums)


def _quick(project: Project, journal: Journal, data: Viewing, progress: Progress) -> Quick:
    """The systems of the model that serves without the member, as far as their inverses were kept."""
    try:
        return taken_out(project, find(project, journal.served), data, progress)
    except RegistryError:
        # A damaged model has nothing to hand on, and is trained anew.
        return Quick()


def _ordered(journal: Journal) -> list[str]:
    return [*(one for one in journal.models if one != journal.served), *filter(None, [journal.served])]


def _receipt(
    project: Project,
    model: str,
    journal: Journal,
    data: Viewing | None,
    sums: dict[str, Accumulator],
    deadline: datetime,
    subject: str,
) -> ModelReceipt:
    old = find(project, model)
    new = find(project, journal.successor) if journal.successor and model == journal.served else None
    if new is None:
        parts = tuple(Forgotten(part, Method.REMOVED) for part in journal.models[model])
        used: dict[str, Accumulator] = {}
    else:
        held = tuple(new.manifest["held"]["parts"]) if new.manifest.get("held") else ()
        waits = {one.part: one.deadline.isoformat() for one in pending.waiting(project, new.id)}
        until = waits.get(held[0], deadline.isoformat()) if held else ""
        sums = sums | accumulators_of(new, sums)
        parts = how_parts_forgot(new, sums, held, until)
        used = {name: one for name, one in sums.items() if any(part.sums == name for part in parts)}
    return ModelReceipt(
        subject=subject,
        requested_at=journal.requested_at,
        old_model=old.id,
        new_model="" if new is None else new.id,
        old_dataset=str(old.manifest["snapshot"]),
        new_dataset="" if data is None else data.snapshot,
        parts=parts,
        accumulators=tuple(used.values()),
    )
