"""In which reads of everybody's viewing one member was: what was trained, measured or exported with it.

A read that an erasure closed, or that was too large to keep, cannot be opened; it is counted, and not passed over.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from openslate.accounts.book import Numbered
from openslate.project import Project
from openslate.registry import runs
from openslate.rights.read_root import is_kept, let_through

Outcome: TypeAlias = Literal["let through", "held back", "not in it", "cannot be opened"]


@dataclass(frozen=True)
class Read:
    """A read of everybody's viewing, as far as one member is concerned.

    Attributes:
        index: its place on the ledger.
        at: when.
        reader: which step read.
        purposes: what for.
        outcome: what became of the member's rows.
        run: id of the run that read; None where no run is known.
        model: id of what the run made; None where it made none.
    """

    index: int
    at: datetime
    reader: str
    purposes: tuple[str, ...]
    outcome: Outcome
    run: str | None
    model: str | None


def reads_of(project: Project, entries: Sequence[Numbered], member: str, sources: Collection[str]) -> tuple[Read, ...]:
    """Every read since the first, first to last, with what became of a member's rows in each.

    Args:
        project: where.
        entries: the whole ledger.
        member: the id.
        sources: every source that may have brought rows of theirs.

    Raises:
        RightsError: what opens a read was altered.
    """
    made = {
        str(run.record["data"]["entry"]): (run.id, run.record.get("artifact"))
        for run in runs.every(project)
        if "entry" in run.record.get("data", {})
    }
    found = []
    for one in entries:
        if one.entry.get("decision") == "read":
            run, model = made.get(one.id, (None, None))
            outcome = _outcome(project, one.entry["root"], member, sources)
            purposes = tuple(one.entry["purposes"])
            found.append(Read(one.index, one.at, one.entry["reader"], purposes, outcome, run, model))
    return tuple(found)


def _outcome(project: Project, root: str, member: str, sources: Collection[str]) -> Outcome:
    # Asked first, so that leaves which were altered are an error and not one read fewer.
    if not is_kept(project, root):
        return "cannot be opened"
    passed = let_through(project, root, member, sources)
    return "not in it" if passed is None else "let through" if passed else "held back"
