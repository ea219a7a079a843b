"""What the ledger says of erasures: one entry before anything is touched, and one when all is done.

Between them, or after, stands what serves in a model's place: within which bounds for the time being, and then solved.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import JsonValue

BEGUN, DONE = "begun", "done"
DOWNDATED, SOLVED = "downdated", "solved"


@dataclass(frozen=True)
class Told:
    """An entry about an erasure.

    Attributes:
        stage: `BEGUN`, `DONE`, `DOWNDATED` or `SOLVED`.
        hash: its own, by which it is found.
        receipt: hash of the receipt that it vouches for, '' before there is one.
    """

    stage: str
    hash: str
    receipt: str


def append(project: Project, stage: str, subject: str, more: Mapping[str, JsonValue]) -> str:
    """Put a stage of an erasure on the ledger and return the entry's hash.

    Args:
        project: whose ledger.
        stage: `BEGUN`, `DONE`, `DOWNDATED` or `SOLVED`.
        subject: the member's commitment.
        more: further plain values.

    Raises:
        RightsError: the ledger cannot be written.
    """
    return ledger.append(project, {"decision": "forget", "stage": stage, "subject": subject, **more}).hash


def told(project: Project, subject: str) -> list[Told]:
    """The ledger's entries about the erasure of a subject, from first to last.

    Raises:
        RightsError: the ledger is damaged.
    """
    found = ledger.search(project, decision="forget", subject=subject)
    return [Told(str(one.entry["stage"]), one.hash, str(one.entry.get("receipt", ""))) for one in found]
