"""Where somebody is named beside their records: in a pitch, in a decision on one, or in what they said of it."""

import re
from dataclasses import dataclass

from openslate.project import Project
from openslate.rights.canonical import parsed

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
