"""Forgetting a member in forecasters: one that counted plays is trained again without them, older ones are withdrawn.

What a forecaster keeps of members are sums, and nothing can be subtracted from what was fitted to them. So the latest
forecaster of each question is trained anew, as of the same day and with the same settings, and takes its own place:
bit for bit what training gives that never saw the member. Every earlier one of that question is deleted.
"""

from collections.abc import Mapping
from typing import Any

from openslate import clock
from openslate.accounts.erasing.steps import Models
from openslate.apps.greenlight.choosing import KIND
from openslate.apps.greenlight.members_counted import COUNTED
from openslate.apps.greenlight.train import train
from openslate.apps.greenlight.trained_by import asked_of, settings_of
from openslate.data.catalogue import read_catalogue
from openslate.data.datasets import member_history
from openslate.errors import FitError, NothingAllowed, UsageError
from openslate.progress import Progress, silent
from openslate.project import Project
from openslate.registry import artifacts
from openslate.registry.artifacts import REMOVED, Artifact
from openslate.registry.lineage import children, link
from openslate.rights.canonical import JsonValue
from openslate.rights.commitments import commitment
from openslate.rights.unlearning import Forgotten, Method, ModelReceipt

READER = "rights forget"
WHY = "it had counted plays of a member who was forgotten"
IN_PLACE = "in place of"


def forecasters_forget(progress: Progress = silent) -> Models:
    """For `accounts.erasing.erase_member`: makes every forecaster of this project forget the member.

    Args:
        progress: told what is done.
    """

    def forget(project: Project, member: str) -> Mapping[str, JsonValue]:
        receipts = forget_in_forecasters(project, member, commitment(project, "viewer", member), progress)
        return {"models": [one.document() for one in receipts], "pending": []}

    return forget


def forget_in_forecasters(
    project: Project, member: str, subject: str, progress: Progress = silent
) -> tuple[ModelReceipt, ...]:
    """Train again, or withdraw, every forecaster that may have counted a member who refuses to be counted.

    Killed, it is run again: what was done stands, and is on the receipts.

    Args:
        project: where.
        member: the member's id.
        subject: the commitment that stands for the member in the receipts.
        progress: told what is done.

    Returns:
        One receipt for each such forecaster, from first to last; none for those that prove never to have counted them.

    Raises:
        RightsError: the ledger cannot be written.
        ProjectError: a file is missing, or is not what its name says.
    """
    why, began = f"{WHY} ({subject[:16]})", clock.now().isoformat()
    forecasters = [one for one in artifacts.every(project) if one.kind == KIND]
    done = [one for one in forecasters if str(one.manifest.get(REMOVED, "")) == why]
    holding = [one for one in forecasters if REMOVED not in one.manifest and _counted(one)]
    if holding and not member_history(project, member, read_catalogue(project), "train", READER).known:
        holding = []
    latest = {_question(one): one.id for one in holding}
    gone: list[Artifact] = []
    for number, old in enumerate(holding):
        progress("Training forecasters anew", number / len(holding))
        new = _anew(project, old) if latest[_question(old)] == old.id else ""
        if new != old.id:
            gone.append(old)
        if new not in ("", old.id):
            artifacts.take_place(project, new, old.id)
            link(project, new, old.id, IN_PLACE)
    receipts = tuple(_receipt(project, one, subject, began) for one in (*done, *gone))
    for old in gone:
        artifacts.remove(project, old, why)
    return receipts


def _counted(forecaster: Artifact) -> bool:
    """Whether it counted anybody's plays."""
    return bool(forecaster.manifest.get(COUNTED) or forecaster.manifest.get("plays"))


def _question(forecaster: Artifact) -> tuple[Any, ...]:
    """What it answers, of which the latest forecaster is the one in use."""
    names = ("measure", "region", "plays", "age_band", "source", "everywhere")
    return tuple(forecaster.manifest.get(name, "") for name in names)


def _anew(project: Project, old: Artifact) -> str:
    """Id of what training gives without the member; '' where too few are left, or another version asked for it."""
    try:
        asked, settings = asked_of(old.manifest), settings_of(old.manifest["settings"])
    except (KeyError, TypeError):
        return ""
    try:
        return train(project, asked, settings).artifact.id
    except (FitError, NothingAllowed, UsageError):
        return ""


def _receipt(project: Project, old: Artifact, subject: str, began: str) -> ModelReceipt:
    new = next(iter(children(project, old.id, IN_PLACE)), "")
    fitted = artifacts.find(project, new).manifest if new else {}
    method = Method.RETRAIN if new else Method.REMOVED
    parts = list(fitted.get("parts", {})) or list(old.manifest["parts"]) or ["whole"]
    return ModelReceipt(
        subject=subject,
        requested_at=began,
        old_model=old.id,
        new_model=new,
        old_dataset=str(old.manifest["snapshot"]),
        new_dataset=str(fitted.get("snapshot", "")),
        parts=tuple(Forgotten(part, method) for part in parts),
    )
