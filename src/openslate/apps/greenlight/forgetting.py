"""Forgetting a member in forecasters: one that counted plays is trained again without them, older ones are withdrawn.

What a forecaster keeps of members are sums, and nothing can be subtracted from what was fitted to them. So the latest
forecaster of each question is trained anew, as of the same day and with the same settings, and takes its own place:
bit for bit what training gives that never saw the member. Every earlier one of that question is deleted.
"""

from collections.abc import Mapping, Sequence
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
    latest = {_question(one): one for one in holding}
    anew: dict[str, str] = {}
    for number, one in enumerate(latest.values()):
        progress("Training forecasters anew", number / len(latest))
        anew[one.id] = _anew(project, one)
    gone: list[Artifact] = []
    for old in holding:
        new = _instead(holding, old, latest[_question(old)], anew)
        if new != old.id:
            gone.append(old)
        if new not in ("", old.id):
            artifacts.take_place(project, new, old.id)
            link(project, new, old.id, IN_PLACE)
    receipts = tuple(_receipt(project, one, subject, began) for one in (*done, *gone))
    for old in gone:
        artifacts.remove(project, old, why)
    return receipts


def _instead(holding: Sequence[Artifact], old: Artifact, last: Artifact, anew: Mapping[str, str]) -> str:
    """Id of the forecaster that stands in the place of one; its own where it stays, '' where none does.

    Args:
        holding: every one that may have counted the member, from first to last.
        old: one of them.
        last: of those that answer the same question.
        anew: for each last one, what training it again came to.
    """
    new = anew[last.id]
    if old.id == last.id or new != last.id:
        return new if old.id == last.id else ""
    # The last one never saw the member: a forgetting trained it in the place of the one before, and was killed then.
    before = [one for one in holding if _question(one) == _question(old) and one.id != last.id]
    return new if old.id == before[-1].id and _same_training(old, last) else ""


def _same_training(one: Artifact, other: Artifact) -> bool:
    """Whether two were trained as of one day, of the same titles and with the same settings."""
    try:
        return asked_of(one.manifest) == asked_of(other.manifest) and bool(
            one.manifest["settings"] == other.manifest["settings"]
        )
    except (KeyError, TypeError):
        return False


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
