"""What the ledger says of one person: uses that were allowed, requests that were denied, and who looked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openslate.accounts.book import Numbered
from openslate.accounts.names import Names
from openslate.rights.looking import DECISION as LOOK
from openslate.rights.looking import Look
from openslate.rights.use_entry import DECISION as USE
from openslate.rights.voids import voided


@dataclass(frozen=True)
class UseMade:
    """A use that was allowed.

    Attributes:
        index: its place on the ledger.
        at: when it was decided.
        use: kind of use.
        production: its title, or its id where no title is known; '' where none is named.
        described: what it was for, as it was asked for; None where that is erased.
        record: id of the consent record that allowed it; None for none.
        made: whether its token was spent, so that the use was made.
        voided: whether it was ended without being made.
        amount: that it pays, as text; None where it pays from a pool, or not at all.
        currency: of the amount; None without a price.
        pool: it pays from; None without one.
        payee: commitment to whoever is paid; None without a price.
        request: hash of the request.
    """

    index: int
    at: datetime
    use: str
    production: str
    described: str | None
    record: str | None
    made: bool
    voided: bool
    amount: str | None
    currency: str | None
    pool: str | None
    payee: str | None
    request: str


@dataclass(frozen=True)
class Denied:
    """A request that was denied.

    Attributes:
        index: its place on the ledger.
        at: when.
        use: that was asked for.
        production: for which, by title or id; '' where none was named.
        codes: of every rule that denied it, the first first.
    """

    index: int
    at: datetime
    use: str
    production: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Looked:
    """A look at what is held of a person.

    Attributes:
        index: its place on the ledger.
        at: when.
        reader: who looked.
    """

    index: int
    at: datetime
    reader: str


def uses_of(
    entries: Sequence[Numbered], subject: str | None, records: frozenset[str], names: Names
) -> tuple[UseMade, ...]:
    """Allowed uses of a person, first to last.

    Args:
        entries: the whole ledger.
        subject: commitment to the person; None for none.
        records: ids of their records; a use under one of them is theirs, whatever commitment it names.
        names: for titles, and for what uses were asked for.
    """
    spent = Counter(one.entry["use"] for one in entries if one.entry.get("decision") == "spend")
    ended = voided(one.entry for one in entries)
    return tuple(
        UseMade(
            one.index,
            one.at,
            one.entry["use"],
            _production(one.entry, names),
            names.description(one.entry["request"]),
            one.entry["record"],
            spent[one.index] > 0,
            one.index in ended,
            one.entry.get("amount"),
            one.entry.get("currency"),
            one.entry.get("pool"),
            one.entry.get("payee"),
            one.entry["request"],
        )
        for one in entries
        if _is_allowed(one.entry) and _is_about(one.entry, subject, records)
    )


def denials_of(
    entries: Sequence[Numbered], subject: str | None, records: frozenset[str], names: Names
) -> tuple[Denied, ...]:
    """Denied requests for a person, first to last; for the arguments see `uses_of`."""
    return tuple(
        Denied(one.index, one.at, one.entry["use"], _production(one.entry, names), tuple(one.entry["codes"]))
        for one in entries
        if one.entry.get("decision") == "denial" and _is_about(one.entry, subject, records)
    )


def looks_of(entries: Sequence[Numbered], this: Look) -> tuple[Looked, ...]:
    """Who looked before, first to last."""
    return tuple(
        Looked(one.index, one.at, one.entry["reader"])
        for one in entries[: this.entry.index]
        if one.entry.get("decision") == LOOK and one.entry["subject"] == this.subject
    )


def _is_allowed(entry: Mapping[str, Any]) -> bool:
    # Where nothing is paid for a use, the ledger calls its decision 'allow'.
    return entry.get("decision") == "allow" or (entry.get("decision") == USE and entry.get("outcome") == "allow")


def _is_about(entry: Mapping[str, Any], subject: str | None, records: frozenset[str]) -> bool:
    return (subject is not None and entry.get("subject") == subject) or entry.get("record") in records


def _production(entry: Mapping[str, Any], names: Names) -> str:
    production = str(entry.get("project", ""))
    return names.title(production) or production
