"""Which model serves: the judgement of `registry.standing`, unless somebody overrules it with a reason."""

from openslate import clock
from openslate.errors import RegistryError, UsageError
from openslate.project import Project
from openslate.registry import stages
from openslate.registry.artifacts import Artifact, find, require_whole
from openslate.registry.pending import require_servable
from openslate.registry.standing import Comparison, Judgement, Standing, comparison_key, judge

ROLLED_BACK = "rolled back: "


def serving(project: Project, role: str) -> Artifact | None:
    """The model that serves in a role now, or None."""
    rows = project.state.rows("SELECT artifact FROM promotions WHERE role = ? ORDER BY ordinal DESC LIMIT 1", (role,))
    return find(project, str(rows[0][0])) if rows else None


def judged(project: Project, role: str, artifact: Artifact) -> Judgement:
    """Whether a model may serve in a role now, by what is kept of it and of the one that serves.

    Args:
        project: where.
        role: such as 'personalize'.
        artifact: the model.
    """
    incumbent = serving(project, role)
    if incumbent is None:
        return judge(Standing.of(artifact.manifest), None)
    if incumbent.id == artifact.id:
        return Judgement(True, "it serves already")
    kept = stages.kept(project, comparison_key(artifact.manifest, incumbent.id))
    compared = None if kept is None else Comparison.of(kept)
    return judge(Standing.of(artifact.manifest), Standing.of(incumbent.manifest), compared)


def promote(project: Project, role: str, artifact: Artifact, forced_because: str | None = None) -> Judgement:
    """Let a model serve in a role.

    Args:
        project: where.
        role: such as 'personalize'.
        artifact: the model.
        forced_because: why it should serve in spite of an objection.

    Returns:
        The gate's judgement, which `forced_because` overrules.

    Raises:
        RegistryError: the model is of another kind or damaged, or the gate refuses it and nothing forces it.
        RightsError: it should have forgotten somebody by now.
    """
    if artifact.kind != role:
        raise RegistryError(
            f"Model {artifact.id[:12]} is a {artifact.kind} model and cannot serve in {role}.",
            f"Name a {role} model; list them with `openslate models`.",
        )
    found = judged(project, role, artifact)
    incumbent = serving(project, role)
    if incumbent is not None and incumbent.id == artifact.id:
        return found
    if not found.serves and not forced_because:
        raise RegistryError(
            f"Model {artifact.id[:12]} is not promoted: {found.why}.",
            f"To let it serve all the same: openslate models promote {artifact.id[:12]} --force --reason '...'.",
        )
    if forced_because is not None and forced_because.startswith(ROLLED_BACK):
        raise RegistryError(f"A promotion's reason cannot begin with {ROLLED_BACK!r}.", "Word it differently.")
    require_whole(artifact)
    require_servable(project, artifact.id)
    _record(project, role, artifact.id, forced_because or f"passed the gate: {found.why}", forced=not found.serves)
    return found


def roll_back(project: Project, role: str, reason: str) -> Artifact:
    """Let the model before the present one serve again.

    Raises:
        UsageError: no reason is given.
        RegistryError: no other model has served before, or that one is damaged.
        RightsError: it should have forgotten somebody by now.
    """
    if not reason.strip():
        raise UsageError("The roll-back has no reason.", "Say why with --reason.")
    stack = _stack(project, role)
    if len(stack) < 2:
        raise RegistryError(f"No earlier model has served in {role}.", "Train one, or promote another by its id.")
    before = find(project, stack[-2])
    require_whole(before)
    require_servable(project, before.id)
    _record(project, role, before.id, f"{ROLLED_BACK}{reason}", forced=True)
    return before


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
