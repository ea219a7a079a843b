"""What an erasure asks of the models: that they forget the member while their rows are still there to subtract."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from openslate import clock
from openslate.accounts.erasing.steps import Models
from openslate.apps.personalize.forgetting.models import forget_in_models
from openslate.project import Project
from openslate.rights.canonical import JsonValue
from openslate.rights.commitments import commitment

PATIENCE = timedelta(days=30)
"""How long parts that validation chose with the member's help may serve, unless less is asked for."""


def models_forget(patience: timedelta = PATIENCE, at_once: bool = False) -> Models:
    """For `accounts.erasing.erase_member`: makes every model of this project forget the member.

    Args:
        patience: how long what cannot be subtracted may serve, at most 30 days.
        at_once: train anew, so that nothing has to wait.
    """

    def forget(project: Project, member: str) -> Mapping[str, JsonValue]:
        deadline = clock.now() + patience
        done = forget_in_models(project, member, deadline, commitment(project, "viewer", member), at_once)
        return {
            "models": [receipt.document() for receipt in done.receipts],
            "pending": [
                {"what": f"{one.part} of model {one.artifact[:12]}", "deadline": _text(one.deadline)}
                for one in done.pending
            ],
        }

    return forget


def _text(moment: datetime) -> str:
    return moment.isoformat()
