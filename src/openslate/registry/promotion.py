"""Which model serves: a fresher or better one is promoted, any other only when forced with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openslate import clock
from openslate.errors import RegistryError
from openslate.project import Project
from openslate.registry.artifacts import Artifact, find

ROLLED_BACK = "rolled back: "
CLEARLY_WORSE = 0.8
"""Below this share of the serving model's lift a model is clearly worse, whatever the noise between two splits."""


@dataclass(frozen=True)
class Standing:
    """What decides whether a model may serve, as its manifest says.

    Attributes:
        as_of: microseconds since 1970-01-01 UTC of the last event it learned from.
        split: hash of the validation split it was measured on.
        score: its score there, higher is better.
        baseline: the score of the popularity baseline on the same split.
    """

    as_of: int
    split: str
    score: float
    baseline: float

    @classmethod
    def of(cls, manifest: Mapping[str, Any]) -> "Standing":
        """The standing a model's manifest states."""
        validation = manifest["validation"]
        return cls(manifest["as_of"], validation["split"], validation["score"], validation["baseline"])

    @property
    def lift(self) -> float:
        """How many times the baseline's score it reached: comparable between splits where scores are not."""
        return self.score / self.baseline if self.baseline > 0 else float("inf")


def objection(candidate: Standing, incumbent: Standing | None) -> str | None:
    """Why a model should not serve, or None.

    Scores on one and the same split are compared as they are. On splits of their own, as after a retraining on more
    data, lifts differ by noise alone, so the fresher model is preferred unless its lift is below `CLEARLY_WORSE` of
    the other's.

    Args:
        candidate: the model that would serve.
        incumbent: the one that serves now, or None.

    Example:
        >>> objection(Standing(5, "s", 0.2, 0.1), Standing(9, "s", 0.1, 0.1))
        'it is stale: it learned from older data than the model that serves'
    """
    if candidate.score < candidate.baseline:
        return f"it is worse than popularity ({candidate.score:.4f} against {candidate.baseline:.4f})"
    if incumbent is None:
        return None
    if candidate.as_of < incumbent.as_of:
        return "it is stale: it learned from older data than the model that serves"
    if candidate.split == incumbent.split and candidate.score < incumbent.score:
        return f"it is worse than the model that serves ({candidate.score:.4f} against {incumbent.score:.4f})"
    if candidate.split != incumbent.split and candidate.lift < CLEARLY_WORSE * incumbent.lift:
        return (
            f"it beats popularity by clearly less than the model that serves "
            f"({candidate.lift:.2f} times against {incumbent.lift:.2f}, on validation splits of their own)"
        )
    return None


def serving(project: Project, role: str) -> Artifact | None:
    """The model that serves in a role now, or None."""
    rows = project.state.rows("SELECT artifact FROM promotions WHERE role = ? ORDER BY ordinal DESC LIMIT 1", (role,))
    return find(project, str(rows[0][0])) if rows else None


def promote(project: Project, role: str, artifact: Artifact, forced_because: str | None = None) -> None:
    """Let a model serve in a role.

    Args:
        project: where.
        role: such as 'personalize'.
        artifact: the model.
        forced_because: why it should serve in spite of an objection.

    Raises:
        RegistryError: the model is of another kind, or worse or staler than the one that serves and nothing forces it.
    """
    if artifact.kind != role:
        raise RegistryError(
            f"Model {artifact.id[:12]} is a {artifact.kind} model and cannot serve in {role}.",
            f"Name a {role} model; list them with `openslate models`.",
        )
    incumbent = serving(project, role)
    if incumbent is not None and incumbent.id == artifact.id:
        return
    against = objection(Standing.of(artifact.manifest), None if incumbent is None else Standing.of(incumbent.manifest))
    if against is not None and not forced_because:
        raise RegistryError(
            f"Model {artifact.id[:12]} is not promoted: {against}.",
            f"To let it serve all the same: openslate models promote {artifact.id[:12]} --force --reason '...'.",
        )
    if forced_because is not None and forced_because.startswith(ROLLED_BACK):
        raise RegistryError(f"A promotion's reason cannot begin with {ROLLED_BACK!r}.", "Word it differently.")
    reason = forced_because or "passed the gate"
    _record(project, role, artifact.id, reason, forced=against is not None)


def roll_back(project: Project, role: str, reason: str) -> Artifact:
    """Let the model before the present one serve again.

    Raises:
        RegistryError: no other model has served before, or no reason is given.
    """
    if not reason.strip():
        raise RegistryError("The roll-back has no reason.", "Say why with --reason.")
    stack = _stack(project, role)
    if len(stack) < 2:
        raise RegistryError(f"No earlier model has served in {role}.", "Train one, or promote another by its id.")
    _record(project, role, stack[-2], f"{ROLLED_BACK}{reason}", forced=True)
    return find(project, stack[-2])


def _stack(project: Project, role: str) -> list[str]:
    """The models that a further roll-back would return to, the serving one last."""
    stack: list[str] = []
    for artifact, reason in project.state.rows(
        "SELECT artifact, reason FROM promotions WHERE role = ? ORDER BY ordinal", (role,)
    ):
        if str(reason).startswith(ROLLED_BACK):
            stack.pop()
        else:
            stack.append(str(artifact))
    return stack


def _record(project: Project, role: str, artifact: str, reason: str, forced: bool) -> None:
    project.state.execute(
        "INSERT INTO promotions (role, artifact, reason, forced, recorded) VALUES (?, ?, ?, ?, ?)",
        (role, artifact, reason, int(forced), clock.now().isoformat()),
    )
