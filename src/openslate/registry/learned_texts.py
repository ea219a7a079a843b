"""Which models learned from which texts: edges of lineage to salted commitments, which name no text and nobody."""

from collections.abc import Collection, Iterable

from openslate.project import Project
from openslate.registry.artifacts import REMOVED, Artifact, find
from openslate.registry.lineage import link

LEARNED_FROM = "learned from text"
"""Between a model and the commitment to a text."""


def note_texts(project: Project, artifact: str, commitments: Iterable[str]) -> None:
    """Record that a model learned from texts.

    Args:
        project: where.
        artifact: id of the model.
        commitments: to the texts.
    """
    for one in commitments:
        link(project, artifact, one, LEARNED_FROM)


def texts_learned(project: Project, artifact: str) -> tuple[str, ...]:
    """The commitments to the texts that a model learned from, sorted."""
    rows = project.state.rows(
        "SELECT parent FROM lineage WHERE child = ? AND relation = ? ORDER BY parent", (artifact, LEARNED_FROM)
    )
    return tuple(str(row[0]) for row in rows)


def models_of_texts(project: Project, commitments: Collection[str] | None = None) -> tuple[Artifact, ...]:
    """Models that learned from texts, whether they were removed since or not, by id.

    Args:
        project: where.
        commitments: to some texts; None for any.
    """
    rows = project.state.rows("SELECT child, parent FROM lineage WHERE relation = ? ORDER BY child", (LEARNED_FROM,))
    found = dict.fromkeys(str(child) for child, parent in rows if commitments is None or parent in commitments)
    return tuple(find(project, one) for one in found)


def standing_models(project: Project) -> tuple[Artifact, ...]:
    """Models that learned from texts and were not removed, by id."""
    return tuple(one for one in models_of_texts(project) if REMOVED not in one.manifest)
