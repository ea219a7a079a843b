"""Which models learned from a member: all but those that are known not to have."""

from openslate.apps.personalize.train import ROLE
from openslate.data.prepared_removal import holds
from openslate.project import Project
from openslate.registry import artifacts, runs
from openslate.registry.artifacts import REMOVED, Artifact


def models_holding(project: Project, member: str, retained: str | None) -> list[Artifact]:
    """The models of this application that learned from a member, or may have, from first to latest.

    A model is known not to have where it was trained on exactly the retained data, or where the histories that its run
    prepared are still whole and without the member. Everything else counts as having learned from them.

    Args:
        project: where.
        member: the member's id.
        retained: hash of the data without the member, `Viewing.hash`; None where nobody is left.
    """
    made = {
        str(run.record["artifact"]): str(run.record.get("data", {}).get("prepared", ""))
        for run in runs.every(project)
        if run.record.get("artifact")
    }
    found = [one for one in artifacts.every(project) if one.kind == ROLE and REMOVED not in one.manifest]
    without = {one.id for one in found if retained is not None and one.manifest.get("data") == retained}
    answers = {name: holds(project, name, member) for name in set(made.values())}
    return [one for one in found if one.id not in without and answers.get(made.get(one.id, "")) is not False]
