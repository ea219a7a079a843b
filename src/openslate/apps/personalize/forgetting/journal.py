"""What a forgetting has found so far, so that one that was killed goes on and its receipts say what they would have.

It lies in the owner-only folder under a hash of the member's id, and is gone when the forgetting is done.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from openslate import clock
from openslate.project import Project
from openslate.storage.files import OWNER_ONLY, make_folder, write_atomically


@dataclass
class Journal:
    """One forgetting under way.

    Attributes:
        requested_at: when it was begun, ISO 8601.
        models: the models that hold the member, as they were found at the beginning: id to names of their parts.
        served: id of the one of them that served, '' for none.
        successor: id of the model in its place, '' until it is stored.
        old_sums: digests of the sums with the member, by name.
    """

    requested_at: str
    models: dict[str, list[str]]
    served: str = ""
    successor: str = ""
    old_sums: dict[str, str] = field(default_factory=dict)


def opened(project: Project, member: str) -> Journal | None:
    """The journal of a forgetting that was begun and not finished, or None."""
    path = _path(project, member)
    return Journal(**json.loads(path.read_bytes())) if path.exists() else None


def begun(models: dict[str, list[str]], served: str, old_sums: dict[str, str]) -> Journal:
    """A new journal."""
    return Journal(clock.now().isoformat(), models, served, old_sums=old_sums)


def written(project: Project, member: str, journal: Journal) -> None:
    """See that what is known so far is on the disk."""
    path = _path(project, member)
    make_folder(path.parent, OWNER_ONLY)
    write_atomically(path, json.dumps(asdict(journal), sort_keys=True).encode())


def closed(project: Project, member: str) -> None:
    """The forgetting is done."""
    path = _path(project, member)
    path.unlink(missing_ok=True)
    if path.parent.exists() and not any(path.parent.iterdir()):
        path.parent.rmdir()


def _path(project: Project, member: str) -> Path:
    name = hashlib.sha256(member.encode()).hexdigest()
    return project.people / "forgetting" / f"{name}.json"
