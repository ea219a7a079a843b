"""What counsel looks at on the ledger: denials by reason, open disputes and holds, and how far it is signed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from openslate.accounts.book import Numbered
from openslate.accounts.history import History
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.rules.codes import CODES


@dataclass(frozen=True)
class DeniedBy:
    """How often one rule denied.

    Attributes:
        code: of the rule.
        name: of the rule.
        recent: requests that it denied first, within the days.
        ever: requests that it denied first, since the ledger began.
        held_back: how often a member was held back from a read of everybody's viewing, since the ledger began.
    """

    code: str
    name: str
    recent: int
    ever: int
    held_back: int


@dataclass(frozen=True)
class OpenDispute:
    """A dispute that nobody resolved so far.

    Attributes:
        number: of the dispute.
        line: of the statement.
        period: id of the statement's period.
        payee: commitment.
        record: id of the consent.
        opened: when.
    """

    number: str
    line: str
    period: str
    payee: str
    record: str
    opened: datetime


@dataclass(frozen=True)
class HoldInForce:
    """Money that is kept back.

    Attributes:
        number: of the hold.
        line: of the statement.
        amount: as text.
        currency: ISO 4217.
        reason: why.
        dispute: it belongs to; None for another reason.
    """

    number: str
    line: str
    amount: str
    currency: str
    reason: str
    dispute: str | None


@dataclass(frozen=True)
class LedgerPlace:
    """Where the ledger stands.

    Attributes:
        size: entries.
        last: hash of the last; '' for none.
        last_at: its moment; None for none.
        signed_size: entries under the last checkpoint; None without one.
        signed_at: when it was signed; None without one.
        signatures: on it, those of witnesses included.
    """

    size: int
    last: str
    last_at: datetime | None
    signed_size: int | None
    signed_at: str | None
    signatures: int


def denials_by_reason(entries: Sequence[Numbered], since: datetime) -> tuple[DeniedBy, ...]:
    """Denials by the rule that came first, the most frequent first.

    Args:
        entries: the whole ledger.
        since: from when on they are recent.
    """
    ever: Counter[str] = Counter()
    recent: Counter[str] = Counter()
    held_back: Counter[str] = Counter()
    for one in entries:
        if one.entry.get("decision") == "denial":
            first = one.entry["codes"][0]
            ever[first] += 1
            recent[first] += one.at >= since
        elif one.entry.get("decision") == "read":
            # Reads of an early ledger did not say why.
            held_back.update(one.entry.get("denied", {}))
    found = [
        DeniedBy(code, CODES[code][0] if code in CODES else code, recent[code], ever[code], held_back[code])
        for code in {*ever, *held_back}
    ]
    return tuple(sorted(found, key=lambda one: (-one.ever, -one.held_back, one.code)))


def open_disputes(known: History) -> tuple[OpenDispute, ...]:
    """Those that nobody resolved, the first first."""
    return tuple(
        OpenDispute(number, one.entry["line"], one.entry["period"], one.entry["payee"], one.entry["record"], one.at)
        for number, one in known.disputes.items()
        if number not in known.resolved
    )


def holds_in_force(known: History) -> tuple[HoldInForce, ...]:
    """Money that is kept back, the first first."""
    return tuple(
        HoldInForce(
            number,
            one.entry["line"],
            one.entry["amount"],
            one.entry["currency"],
            one.entry["reason"],
            one.entry["dispute"],
        )
        for number, one in known.holds.items()
    )


def ledger_place(project: Project, entries: Sequence[Numbered]) -> LedgerPlace:
    """Where the ledger stands, and how far its last checkpoint goes.

    Raises:
        RightsError: a checkpoint was altered.
    """
    signed = ledger.checkpoints(project)
    newest = signed[-1] if signed else None
    last = entries[-1] if entries else None
    return LedgerPlace(
        len(entries),
        "" if last is None else last.id,
        None if last is None else last.at,
        None if newest is None else newest.size,
        None if newest is None else newest.at,
        0 if newest is None else len(newest.signatures),
    )
