"""Models that still know somebody who asked to be forgotten: until when they may serve, and the refusal after that.

Where whole numbers forget exactly, settings, weights and rankers that were chosen with a member's help do not. A model
with such parts may serve until its deadline, and then it is refused as any model whose lineage holds someone who
withdrew (R20 of the reference).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from openslate import clock
from openslate.errors import RightsError
from openslate.project import Project

REASON = "R20 WITHDRAWN"


@dataclass(frozen=True)
class Pending:
    """A part of a model that is waiting to forget.

    Attributes:
        artifact: the model's id.
        part: its name in the model.
        deadline: until when the model may serve with it.
    """

    artifact: str
    part: str
    deadline: datetime

    @property
    def overdue(self) -> bool:
        """Whether the deadline has passed."""
        return clock.now() >= self.deadline


def wait(project: Project, artifact: str, parts: Iterable[str], deadline: datetime) -> None:
    """Let a model wait with some parts; of two deadlines for one part the earlier stands.

    Args:
        project: where.
        artifact: the model's id.
        parts: names of parts that still know somebody.
        deadline: until when it may serve, with its zone.
    """
    earlier = {one.part: one.deadline for one in waiting(project, artifact)}
    with project.state.transaction():
        for part in parts:
            moment = min(deadline, earlier.get(part, deadline))
            project.state.execute(
                "INSERT OR REPLACE INTO pending_parts VALUES (?, ?, ?)", (artifact, part, moment.isoformat())
            )


def inherit(project: Project, artifact: str, before: str) -> None:
    """Let a model's parts wait no longer than the same parts of the model whose place it takes.

    Args:
        project: where.
        artifact: the model's id.
        before: id of the other.
    """
    due = {one.part: one.deadline for one in waiting(project, before)}
    for one in waiting(project, artifact):
        if one.part in due:
            wait(project, artifact, [one.part], due[one.part])


def waiting(project: Project, artifact: str | None = None) -> tuple[Pending, ...]:
    """Parts that wait, of one model or of all, the most urgent first."""
    rows = project.state.rows(
        "SELECT artifact, part, deadline FROM pending_parts WHERE ? IS NULL OR artifact = ?", (artifact, artifact)
    )
    found = [Pending(str(one), str(part), datetime.fromisoformat(str(deadline))) for one, part, deadline in rows]
    return tuple(sorted(found, key=lambda pending: (pending.deadline, pending.artifact, pending.part)))


def deadlines(project: Project) -> dict[str, datetime]:
    """From each model that waits to when it must have forgotten, for decisions on its use."""
    found: dict[str, datetime] = {}
    for one in waiting(project):
        found.setdefault(one.artifact, one.deadline)
    return found


def let_go(project: Project, artifact: str) -> None:
    """A model waits no longer, because it is gone."""
    project.state.execute("DELETE FROM pending_parts WHERE artifact = ?", (artifact,))


def require_servable(project: Project, artifact: str) -> None:
    """Refuse a model whose parts should have forgotten by now.

    Raises:
        RightsError: a deadline has passed.
    """
    late = [one for one in waiting(project, artifact) if one.overdue]
    if late:
        parts = ", ".join(one.part for one in late)
        raise RightsError(
            f"Model {artifact[:12]} may not serve ({REASON}): {parts} were to have forgotten somebody for good by "
            f"{late[0].deadline.isoformat()}.",
            f"Train anew: openslate --project {project.folder} personalize train",
        )
