"""Models that learned from a subject's scripts, treatments or outlines: removed with them, words and vectors alike."""

from openslate.data.written.texts import SALT, texts_held
from openslate.project import Project
from openslate.registry import artifacts
from openslate.registry.learned_texts import models_of_texts
from openslate.rights.commitments import known_commitment

WHY = "it learned from a text of somebody who was erased"


def remove_models_of(project: Project, subject: str) -> int:
    """Remove every model that learned from a text that needs somebody's permission; done again, it finishes the rest.

    Before the texts themselves go, because they alone still tell whose a commitment in the lineage is.

    Args:
        project: where.
        subject: their id.

    Returns:
        How many models learned from their texts, also where a training had removed them before.

    Raises:
        RightsError: the vault cannot be read.
    """
    named = {known_commitment(project, SALT, one.text) for one in texts_held(project, subject)}
    found = models_of_texts(project, {one for one in named if one is not None})
    for one in found:
        artifacts.remove(project, one, WHY)
    return len(found)
