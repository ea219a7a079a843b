"""Putting a model without a member in the place of the one that serves: at once within a bound, or solved exactly.

Nothing serves before the ledger says what it is: which parts are within which bound, and until when.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from openslate.accounts.erasing import log
from openslate.apps.personalize.forgetting.quick import Quick
from openslate.apps.personalize.forgetting.successor import DOWNDATED, successor_of, taken_parts, waiting_parts
from openslate.apps.personalize.inverses import Keeping, description_of
from openslate.apps.personalize.recipe_file import recipe_from
from openslate.apps.personalize.train import ROLE, train
from openslate.data.datasets import Viewing
from openslate.errors import RegistryError
from openslate.progress import Progress
from openslate.project import Project
from openslate.registry import pending, stages
from openslate.registry.artifacts import Artifact
from openslate.registry.lineage import LET_THROUGH, link
from openslate.registry.promotion import promote

IN_PLACE = "it is the model that served, without a member who was forgotten"


@dataclass(frozen=True)
class Replacement:
    """What takes the place of a model.

    Attributes:
        old: the model.
        data: what is retained.
        deadline: until when what is not forgotten for good may serve.
        subject: the commitment to who is forgotten, '' where nobody is any more.
    """

    old: Artifact
    data: Viewing
    deadline: datetime
    subject: str = ""


def replace_model(project: Project, wanted: Replacement, quick: Quick, at_once: bool, progress: Progress) -> str:
    """Store the model without the member and let it serve; its id.

    Args:
        project: where.
        wanted: what it is of.
        quick: systems that need not be solved now.
        at_once: train anew, so that nothing waits.
        progress: told what is done.

    Raises:
        FitError: the retained events cannot be solved.
    """
    keeps = keeps_inverses(project, wanted.old)
    if at_once:
        # What validation found with the member must not be found again.
        stages.remove_all(project)
        return _anew(project, wanted.old, keeps)
    keeping = Keeping.begun(project) if keeps and not quick.systems else None
    try:
        new = successor_of(project, wanted.old, wanted.data, keeping or quick, wanted.subject, progress)
    except RegistryError:
        # A damaged model has nothing to hand on.
        return _anew(project, wanted.old, keeps)
    if keeping is not None:
        keeping.finished(project, new.id, wanted.data.prepared)
    link(project, new.id, wanted.old.id, "in place of")
    link(project, new.id, wanted.data.snapshot, "trained on")
    link(project, new.id, wanted.data.decision.entry, LET_THROUGH)
    # It waits before it serves, so that no crash leaves it serving without a deadline.
    pending.wait(project, new.id, waiting_parts(new), wanted.deadline)
    # What still knows somebody who was forgotten before must forget by when that was due, however often others follow.
    pending.inherit(project, new.id, wanted.old.id)
    _tell(project, wanted.old, new, wanted.deadline)
    promote(project, ROLE, new, IN_PLACE)
    return new.id


def keeps_inverses(project: Project, model: Artifact) -> bool:
    """Whether inverses are kept beside a model, or were beside the one whose place it took for the time being."""
    return DOWNDATED in model.manifest or description_of(project, model.id) is not None


def subjects_of(model: Artifact) -> Iterable[str]:
    """The commitments to those who were taken out of a model that is not solved yet."""
    return tuple(map(str, model.manifest.get(DOWNDATED, {"subjects": []})["subjects"]))


def _anew(project: Project, old: Artifact, keeps: bool) -> str:
    recipe = recipe_from(old.manifest["recipe"])
    return train(project, recipe=recipe, forced_because=IN_PLACE, keep_inverses=keeps).artifact.id


def _tell(project: Project, old: Artifact, new: Artifact, deadline: datetime) -> None:
    """Put on the ledger what takes the place of what: within which bounds, or, for those taken out before, solved."""
    more = {"model": new.id, "in_place_of": old.id}
    bounds = {part: tolerance for part, (tolerance, _) in taken_parts(new).items()}
    for subject in subjects_of(new):
        log.append(project, log.DOWNDATED, subject, {**more, "bounds": bounds, "deadline": deadline.isoformat()})
    for subject in subjects_of(old):
        log.append(project, log.SOLVED, subject, more)
