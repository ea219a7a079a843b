"""The ledger against what is known of it outside the project: the last checkpoint, and which folder it was in.

Without a checkpoint outside, this finds nothing: a project that was set back as a whole, file and state together, is
whole in itself. With one, a ledger that is shorter than it, or that does not begin with what it signed, is found.
"""

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.alarm import alarm
from openslate.rights.checkpoint import Checkpoint
from openslate.rights.folders import check_folder
from openslate.rights.keys import outside
from openslate.rights.ledger import index
from openslate.rights.ledger.index import Head
from openslate.rights.ledger.lines import walk
from openslate.rights.merkle import Growing, root_at

_consistent: set[tuple[str, str]] = set()
"""Folder and text of checkpoints that this process has found the index to be consistent with: once is enough for every
append, because the index only grows; whoever swaps it under a running process is found by `verify`."""


def check_outside(project: Project, head: Head) -> Checkpoint | None:
    """Refuse a ledger that is not a continuation of the last checkpoint outside; returns that checkpoint.

    Raises:
        RightsError: it is shorter, or has other entries.
    """
    check_folder(project.folder, head.origin)
    last = outside(head.origin).checkpoint()
    if last is None:
        return None
    refuse_shorter(project, head.entries, last)
    key = (str(project.folder), last.note.text)
    if key not in _consistent:
        found = root_at(last.size, lambda level, position: index.subtree(project, level, position))
        if found != last.root:
            raise forked(project, last)
        _consistent.add(key)
    return last


def refuse_shorter(project: Project, entries: int, checkpoint: Checkpoint) -> None:
    """Refuse a ledger with fewer entries than a checkpoint says.

    Raises:
        RightsError: it has fewer.
    """
    if entries < checkpoint.size:
        raise alarm(
            f"The ledger {project.ledger_path} was set back: it has {entries} entries, and the checkpoint of "
            f"{checkpoint.at} says {checkpoint.size}."
        )


def forked(project: Project, checkpoint: Checkpoint) -> RightsError:
    """The error for a ledger whose first entries are not those of a checkpoint."""
    return alarm(
        f"The ledger {project.ledger_path} was forked: its first {checkpoint.size} entries are not those that the "
        f"checkpoint of {checkpoint.at} signed."
    )


def check_file_since(project: Project, head: Head, checkpoint: Checkpoint | None) -> None:
    """Read every line since a checkpoint, or from the first, and refuse a file that does not lead to the index's tree.

    So a checkpoint is signed over what the file says, and never over what the index says alone.

    Raises:
        RightsError: the file and the index do not agree.
    """
    size = checkpoint.size if checkpoint else 0
    growing = Growing(index.frontier_at(project, size))
    for line in walk(project.ledger_path, index.place_at(project, size)):
        growing.add(line.hash)
    if growing.frontier != head.frontier:
        raise index.damaged(project)
