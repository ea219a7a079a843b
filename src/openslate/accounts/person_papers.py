"""What there is of somebody beside their records: scripts, and where a pitch or a decision on one names them."""

import re
from dataclasses import dataclass

from openslate.data.written.texts import SALT, texts_held
from openslate.project import Project
from openslate.registry.artifacts import REMOVED
from openslate.registry.learned_texts import models_of_texts
from openslate.rights.canonical import parsed
from openslate.rights.commitments import known_commitment

KINDS = {
    "greenlight decision": "a decision on a pitch",
    "greenlight link": "a word on which title a pitch has become",
    "greenlight talent": "a name in a pitch",
}
_OTHERS = re.compile(r"person:[0-9a-f]{64}")


@dataclass(frozen=True)
class PaperHeld:
    """A paper of the vault.

    Attributes:
        what: it is, in words.
        role: in which they decided; empty where it says none.
        reason: in their own words, others' names left out; empty where it gives none.
    """

    what: str
    role: str = ""
    reason: str = ""


def papers_held(project: Project, identifier: str) -> tuple[PaperHeld, ...]:
    """The papers of somebody by their name.

    Args:
        project: where.
        identifier: the name, as the papers have it.

    Raises:
        RightsError: the vault cannot be read.
    """
    rows = project.vault.rows("SELECT kind, document FROM papers WHERE subject = ? ORDER BY kind, name", (identifier,))
    found = []
    for kind, document in rows:
        if str(kind) in KINDS and isinstance(document, bytes):
            said = parsed(document)
            role, reason = (_OTHERS.sub("(somebody)", said.get(field, "")) for field in ("role", "reason"))
            found.append(PaperHeld(KINDS[str(kind)], role, reason))
    return tuple(sorted(found, key=lambda one: (one.what, one.role, one.reason)))


def scripts_held(project: Project, subject: str) -> tuple[PaperHeld, ...]:
    """The scripts, treatments and outlines that need somebody's permission, and how many models learned from each.

    Args:
        project: where.
        subject: their id, as their records have it.

    Raises:
        RightsError: the vault cannot be read.
    """
    found = []
    for one in texts_held(project, subject):
        named = known_commitment(project, SALT, one.text)
        models = models_of_texts(project, {named}) if named is not None else ()
        many = sum(REMOVED not in model.manifest for model in models)
        learned = f"{many:,} {'model' if many == 1 else 'models'} learned from it"
        what = f"the {one.kind} of {one.title}, {one.characters:,} characters, brought in as {one.source}; {learned}"
        found.append(PaperHeld(what))
    return tuple(found)
