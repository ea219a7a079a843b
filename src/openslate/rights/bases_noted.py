"""Sources' bases and the ledger: one is given once the entry is there, and has ended before the entry is."""

from collections.abc import Sequence

from openslate import clock
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.taking import in_force


def unnoted_ends(project: Project, source: str, purposes: Sequence[str]) -> dict[str, str]:
    """Purposes whose basis was withdrawn while the ledger says that it stands, each with the reason that was given.

    Args:
        project: where.
        source: whose basis.
        purposes: which to look at.

    Raises:
        RightsError: the ledger is damaged.
    """
    ended = {}
    for purpose in purposes:
        last = project.state.rows(
            "SELECT granted, basis FROM grants WHERE source = ? AND purpose = ? ORDER BY ordinal DESC LIMIT 1",
            (source, purpose),
        )
        if last and not last[0][0]:
            ended[purpose] = str(last[0][1])
    # Where nothing has ended, the ledger need not be searched.
    said = _last_said(project, source) if ended else {}
    return {purpose: reason for purpose, reason in ended.items() if said.get(purpose) == "grant"}


def record_basis(project: Project, source: str, purposes: Sequence[str], granted: bool, text: str) -> None:
    """Record that a source's basis is given, once the ledger says so; or that it ended, which the ledger says after."""
    if not purposes:
        return
    entry = {"source": source, "purposes": sorted(purposes), "basis": text}
    if granted:
        ledger.append(project, {"decision": "grant", **entry})
    with project.state.transaction():
        for purpose in purposes:
            project.state.execute(
                "INSERT INTO grants (source, purpose, granted, basis, recorded) VALUES (?, ?, ?, ?, ?)",
                (source, purpose, int(granted), text, clock.now().isoformat()),
            )
    if not granted:
        with in_force("The withdrawal"):
            ledger.append(project, {"decision": "withdraw", **entry})


def _last_said(project: Project, source: str) -> dict[str, str]:
    """What the ledger said last of each purpose: 'grant' or 'withdraw'."""
    found = [
        one
        for decision in ("grant", "withdraw")
        for one in ledger.search(project, decision=decision)
        if one.entry.get("source") == source
    ]
    found.sort(key=lambda one: one.index)
    return {str(purpose): str(one.entry["decision"]) for one in found for purpose in one.entry["purposes"]}
