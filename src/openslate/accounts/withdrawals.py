"""Withdrawals as the ledger has them, so that they are known even after the record itself was erased."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.vocabulary import WithdrawalEffect

REMOVING: tuple[WithdrawalEffect, ...] = ("remove", "unlearn")
"""Effects by which what was made is to be removed, too."""


class Numbered(Protocol):
    """An entry in its place."""

    @property
    def index(self) -> int:
        """Its place."""

    @property
    def entry(self) -> Any:
        """What it says."""


@dataclass(frozen=True)
class Withdrawal:
    """A consent that was withdrawn.

    Attributes:
        record: its id.
        entry: place on the ledger, from which on it holds.
        at: when.
        effect: the widest that was asked for: stop_new, remove or unlearn.
    """

    record: str
    entry: int
    at: datetime
    effect: WithdrawalEffect


def withdrawals(entries: Iterable[Numbered]) -> dict[str, Withdrawal]:
    """The last withdrawal of each record, by its id.

    A second one of the same record only widens the effect, unless the person had consented anew in between.

    Args:
        entries: of the ledger, in order; those on other matters are passed over.
    """
    found: dict[str, Withdrawal] = {}
    again: set[str] = set()
    for one in entries:
        said = one.entry
        if said.get("decision") == "record":
            again.add(str(said.get("record")))
        elif said.get("decision") == "withdraw" and said.get("status") == "withdrawn" and said.get("effect"):
            record, before = str(said["record"]), found.get(str(said["record"]))
            at, place = datetime.fromisoformat(said["at"]), one.index
            if before is not None and record not in again:
                at, place = before.at, before.entry
            found[record] = Withdrawal(record, place, at, said["effect"])
            again.discard(record)
    return found


def withdrawn_since(project: Project, record: str, entry: int) -> Withdrawal | None:
    """The withdrawal of a record after a decision that rested on it, if there is one.

    Args:
        project: whose ledger.
        record: its id.
        entry: place of the decision.

    Raises:
        RightsError: the ledger cannot be read.
    """
    found = withdrawals(ledger.search(project, record=record, start=entry + 1)) if record else {}
    return found.get(record)
