"""Allowed uses that were ended before they were made, as the ledger says it: `accounts.voiding` puts that there."""

from collections.abc import Iterable, Mapping
from typing import Any

from openslate.project import Project
from openslate.rights import ledger

VOID, SPEND = "void", "spend"


def voided(entries: Iterable[Mapping[str, Any]]) -> frozenset[int]:
    """Places of the decisions that were ended."""
    return frozenset(one["use"] for one in entries if one.get("decision") == VOID)


def void_of(project: Project, use: int) -> int | None:
    """The place of the entry that ended a use; None where none did."""
    return next((one.index for one in ledger.search(project, VOID, start=use) if one.entry["use"] == use), None)


def is_spent(project: Project, use: int) -> bool:
    """Whether the ledger says that a use was made, whatever a crash left of its token."""
    return any(one.entry["use"] == use for one in ledger.search(project, SPEND, start=use))
