"""A payee's statement of one period, read back from the ledger: the same bytes whenever it is asked for.

It holds commitments and no names, so it outlives the erasure of everybody on it; names are added on paper only.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from openslate.accounts import book
from openslate.accounts.book import Numbered
from openslate.accounts.history import Closed, history
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.canonical import canonical
from openslate.rights.periods import ZONE, Period

FORMAT = "openslate.statement/1"
HOW_TO_DISPUTE = (
    "Tell the payer the number of the line and what is wrong with it, in your own words. It is recorded with "
    "openslate rights dispute, and you are told the number of the dispute. A dispute costs nothing, has no deadline "
    "here, and ends no consent. Your union or an auditor can check every line against the ledger without the payer."
)
SINCE = ("dispute", "hold", "adjustment", "payment")
STATEMENT = "statement"
_PLACED = ("decision", "previous", "at")
"""Of the entry, what a statement says elsewhere."""
_ADDED = ("format", "closed", "position", "how_to_dispute", "since", "proof")
"""Of a statement, what its entry does not say."""


class Prover(Protocol):
    """Whoever can prove that entries stand on the ledger."""

    def prove(self, indices: Sequence[int], size: int) -> Mapping[str, Any]:
        """A checkpoint of `size` entries or more, and a proof of inclusion for each of `indices`, as JSON values.

        The same again for the same question, however far the ledger has grown.
        """


def statement(
    project: Project, period: Period, payee: str, *, upto: int | None = None, prover: Prover | None = None
) -> dict[str, Any]:
    """One payee's statement.

    Args:
        project: whose accounts.
        period: that is closed.
        payee: commitment to whoever is paid.
        upto: show also what happened to its lines and payments since, among this many first entries of the ledger;
            nothing since when left out.
        prover: adds a checkpoint and proofs of inclusion; without one the statement says that it has none.

    Returns:
        JSON values, of which `statement_json` makes the same bytes every time.

    Raises:
        RightsError: the period is open or owes the payee nothing, or the ledger has not that many entries since.
    """
    entries = book.read(project)
    closed = _closed(entries, period)
    frozen = closed.statements.get(payee)
    if frozen is None:
        raise RightsError(
            f"The period {period.start:%Y-%m-%d} to {period.end:%Y-%m-%d} holds no statement for {payee[:12]}.",
            "Copy the payee's commitment from the period's entry; it has an account only where something was earned.",
        )
    size = closed.entry.index + 1
    if upto is not None and not size <= upto <= len(entries):
        raise RightsError(
            f"What happened since cannot be shown among the first {upto} entries of the ledger.",
            f"Name a number from {size}, where the period was closed, to {len(entries)}.",
        )
    events = [] if upto is None else _since(entries[:upto], closed, payee)
    indices = sorted({*_indices(frozen), *(one["index"] for one in events)})
    said = {key: value for key, value in frozen.entry.items() if key not in _PLACED}
    return {
        "format": FORMAT,
        **said,
        "closed": frozen.entry["at"],
        "position": {"index": frozen.index, "id": frozen.id, "previous": frozen.entry["previous"]},
        "how_to_dispute": HOW_TO_DISPUTE,
        "since": None if upto is None else {"upto": upto, "events": events},
        "proof": None if prover is None else dict(prover.prove(indices, size if upto is None else upto)),
    }


def entry_of(document: Mapping[str, Any]) -> bytes:
    """The text of the ledger's entry that a statement was read from, as it must be where nothing was altered.

    Its leaf hash (RFC 9162) is the statement's `position.id`: so whoever is handed a statement with a proof can find
    out that every word and amount of it stands on the ledger.

    Args:
        document: of `statement`.

    Raises:
        RightsError: a value in it has no canonical text.
    """
    said = {key: value for key, value in document.items() if key not in _ADDED}
    placed = {"decision": STATEMENT, "at": document["closed"], "previous": document["position"]["previous"]}
    return canonical({**said, **placed})


def statement_json(document: Mapping[str, Any]) -> bytes:
    """A statement as one canonical text.

    Raises:
        RightsError: a value in it has no canonical text.
    """
    return canonical(dict(document)) + b"\n"


def payees(project: Project, period: Period) -> list[str]:
    """Commitments of everybody with a statement of a period.

    Raises:
        RightsError: the period is open.
    """
    return sorted(_closed(book.read(project), period).statements)


def _closed(entries: Sequence[Numbered], period: Period) -> Closed:
    known = history(entries).closed
    closed = known.get(period.id)
    if closed is None:
        names = ", ".join(one.period.name for one in known.values())
        raise RightsError(
            f"The period {period.start:%Y-%m-%d} to {period.end:%Y-%m-%d} ({ZONE}) is not closed.",
            f"Close it first, or name one that is closed: {names}." if names else "Close it first; none is closed yet.",
        )
    return closed


def _indices(frozen: Numbered) -> set[int]:
    """The statement's own place, and those of every decision it rests on."""
    behind = [decision["index"] for line in frozen.entry["lines"] for decision in line["decisions"]]
    others = [one["index"] for name in ("adjustments", "payments", "held") for one in frozen.entry[name]]
    return {frozen.index, *behind, *others}


def _since(entries: Sequence[Numbered], closed: Closed, payee: str) -> list[dict[str, Any]]:
    """What was done about the payee's account after the period was closed, in order."""
    return [
        {**{key: value for key, value in one.entry.items() if key != "payee"}, "index": one.index, "id": one.id}
        for one in entries[closed.entry.index + 1 :]
        if one.entry.get("decision") in SINCE
        and one.entry["payee"] == payee
        and one.entry.get("period", closed.period.id) == closed.period.id
    ]
