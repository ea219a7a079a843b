"""Solving exactly what serves within a bound: the model in its place is what training without the members stores.

The downdated model may serve until its deadline; solving takes as long as the second half of a training.
"""

from dataclasses import dataclass

from openslate import clock
from openslate.accounts.erasing.alone import no_erasure
from openslate.apps.personalize.forgetting.kept_sums import sums_without
from openslate.apps.personalize.forgetting.quick import Quick
from openslate.apps.personalize.forgetting.replacing import Replacement, replace_model, subjects_of
from openslate.apps.personalize.forgetting.successor import DOWNDATED, how_parts_forgot, taken_parts
from openslate.apps.personalize.sums import ALL_EVENTS
from openslate.apps.personalize.train import ROLE
from openslate.data.datasets import viewing
from openslate.errors import UsageError
from openslate.progress import Progress, monotone, silent, within
from openslate.project import Project
from openslate.registry import artifacts, pending
from openslate.registry.artifacts import REMOVED, Artifact
from openslate.registry.promotion import serving
from openslate.rights.unlearning import ModelReceipt

READER = "rights solve"
WHY = "the exactly solved model took its place"


@dataclass(frozen=True)
class Solved:
    """What solving exactly came to.

    Attributes:
        model: id of the model that serves now.
        removed: ids of the downdated ones that are gone.
        receipts: of the model, one for each member who had been taken out.
    """

    model: str
    removed: tuple[str, ...]
    receipts: tuple[ModelReceipt, ...]


def solve_exactly(project: Project, progress: Progress = silent) -> Solved:
    """Solve the systems of the downdated model that serves, and let the solved one take its place.

    Killed, it is run again. What validation chose with a member's help waits on, with the deadline it had.

    Args:
        project: where.
        progress: told what is done.

    Raises:
        UsageError: no downdated model serves, and none is left over.
        RightsError: nothing may be used for training, or the deadline has passed.
        FitError: a system cannot be solved.
        ProjectError: an erasure goes on for longer than this may wait.
    """
    progress = monotone(progress)
    with no_erasure(project):
        old = serving(project, ROLE)
        receipts: tuple[ModelReceipt, ...] = ()
        if old is not None and DOWNDATED in old.manifest:
            receipts = _solve(project, old, progress)
        now = serving(project, ROLE)
        removed = _remove_left(project, "" if now is None else now.id)
    if now is None or not (removed or receipts):
        raise UsageError(
            "No downdated model serves: there is nothing to solve.", "It serves only after a member was forgotten so."
        )
    return Solved(now.id, removed, receipts)


def _solve(project: Project, old: Artifact, progress: Progress) -> tuple[ModelReceipt, ...]:
    # What it takes over waits no longer than the model itself: after the deadline, all is trained anew.
    pending.require_servable(project, old.id)
    data = viewing(project, ("train",), READER, progress=within(progress, 0.0, 0.1))
    sums = sums_without(project, data, _digests_with_them(old))
    deadline = min(one.deadline for one in pending.waiting(project, old.id))
    id_of_new = replace_model(project, Replacement(old, data, deadline), Quick(), False, within(progress, 0.1, 1.0))
    new = artifacts.find(project, id_of_new)
    held = tuple(new.manifest.get("held", {"parts": []})["parts"])
    parts = how_parts_forgot(new, sums, held, deadline.isoformat() if held else "")
    used = tuple(one for name, one in sums.items() if any(part.sums == name for part in parts))
    return tuple(
        ModelReceipt(
            subject=subject,
            requested_at=clock.now().isoformat(),
            old_model=old.id,
            new_model=new.id,
            old_dataset=str(old.manifest["snapshot"]),
            new_dataset=data.snapshot,
            parts=parts,
            accumulators=used,
        )
        for subject in subjects_of(old)
    )


def _digests_with_them(old: Artifact) -> dict[str, str]:
    """The digests of the sums that still held those who were taken out, by name."""
    known = {one.name.partition("/")[2]: one.old for _, one in taken_parts(old).values()}
    return {f"{ALL_EVENTS}/{name}": digest for name, digest in known.items()}


def _remove_left(project: Project, serves: str) -> tuple[str, ...]:
    """Delete downdated models whose place another has taken."""
    left = [
        one
        for one in artifacts.every(project)
        if DOWNDATED in one.manifest and REMOVED not in one.manifest and one.id != serves
    ]
    for one in left:
        artifacts.remove(project, one, WHY)
        pending.let_go(project, one.id)
    return tuple(one.id for one in left)
