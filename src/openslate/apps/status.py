"""What a project holds, on what basis, and which model serves: the facts behind `openslate status`."""

from collections import Counter
from typing import Any

from openslate.apps.greenlight.texts_taken_back import told_of
from openslate.data.schema import TABLES
from openslate.data.written.texts import texts
from openslate.project import Project
from openslate.registry import runs
from openslate.registry.artifacts import every
from openslate.registry.learned_texts import standing_models
from openslate.registry.promotion import serving
from openslate.rights.consent import source_grants

ROLES = ("personalize",)


def status_of(project: Project) -> dict[str, Any]:
    """The state of a project as plain values.

    Args:
        project: which.

    Returns:
        `project`, `snapshot`, `tables` (rows by name), `imports`, `grants`, `models`, `serving` (by role), `runs`,
        `written` (scripts and the like, by kind) and `taken_back` (what models say of texts that were taken back).
    """
    snapshot = project.lake.snapshot()
    written = Counter(one.kind for one in texts(project))
    promoted = {role: serving(project, role) for role in ROLES}
    return {
        "project": str(project.folder),
        "snapshot": snapshot.id,
        "tables": {name: snapshot.rows(name) for name in TABLES},
        "imports": [
            {
                "source": one.source,
                "location": one.location,
                "counts": one.counts,
                "quarantine": one.quarantine,
                "recorded": one.recorded.isoformat(),
            }
            for one in project.lake.imports()
        ],
        "grants": [
            {"source": source, "purpose": purpose, "basis": basis}
            for (source, purpose), basis in sorted(source_grants(project).items())
        ],
        "models": len(every(project)),
        "serving": {role: None if artifact is None else artifact.id for role, artifact in promoted.items()},
        "runs": len(runs.every(project)),
        "written": dict(sorted(written.items())),
        "taken_back": {one.id: said for one in standing_models(project) if (said := told_of(project, one.id))},
    }
