"""What one person's uses paid: to them, or to whoever is paid for them, and what is disputed."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from openslate.accounts.book import Numbered
from openslate.accounts.history import Closed, History
from openslate.accounts.names import PAYEE, Names
from openslate.project import Project
from openslate.rights.commitments import known_commitment
from openslate.rights.currencies import money
from openslate.rights.dues import Due, outstanding


@dataclass(frozen=True)
class Sum:
    """What an account came to so far in one currency.

    Attributes:
        currency: ISO 4217.
        earned: on closed statements, with corrections since.
        paid: recorded payments; None in an account of somebody else's, where others' money is paid along with it.
        held: of what is owed, kept back now.
    """

    currency: str
    earned: Decimal
    paid: Decimal | None
    held: Decimal


@dataclass(frozen=True)
class Account:
    """An account into which a person's uses pay.

    Attributes:
        payee: commitment.
        is_own: False where somebody else is paid for the person; then only what their records earned counts.
        called: the payee's name; None where it is erased or was never said.
        sums: by currency.
        periods: ids of the periods with a statement of theirs.
        dues: earned and not paid; those of closed periods in an own account alone.
    """

    payee: str
    is_own: bool
    called: str | None
    sums: tuple[Sum, ...]
    periods: tuple[str, ...]
    dues: tuple[Due, ...]


@dataclass(frozen=True)
class Dispute:
    """A dispute of a line.

    Attributes:
        number: of the dispute.
        line: of the statement.
        period: id of the statement's period.
        opened: when.
        outcome: how it ended; None while it is open.
        said: what is wrong, in the payee's words; None where they are erased.
    """

    number: str
    line: str
    period: str
    opened: datetime
    outcome: str | None
    said: str | None


def own_payees(project: Project, subject: str) -> frozenset[str]:
    """Every commitment under which a person is paid themselves."""
    rows = project.vault.rows("SELECT name FROM papers WHERE kind = ? AND subject = ?", (PAYEE, subject))
    known = known_commitment(project, PAYEE, subject)
    return frozenset((*(str(name) for (name,) in rows), *((known,) if known else ())))


def accounts_of(
    entries: Sequence[Numbered],
    known: History,
    own: frozenset[str],
    others: Collection[str],
    records: frozenset[str],
    names: Names,
) -> tuple[Account, ...]:
    """The accounts into which a person's uses pay, their own first.

    Args:
        entries: the whole ledger.
        known: what it says of accounts.
        own: commitments under which the person is paid.
        others: commitments of everybody who is paid for a use of theirs.
        records: ids of their records.
        names: for what payees are called.
    """
    dues = outstanding((one.index, one.entry) for one in entries)
    found = [
        _account(known, payee, payee in own, records, dues, names)
        for payee in (*sorted(own), *sorted(set(others) - own))
    ]
    return tuple(one for one in found if one.sums or one.dues or not one.is_own)


def disputes_of(known: History, own: frozenset[str], records: frozenset[str], names: Names) -> tuple[Dispute, ...]:
    """Disputes of a person's lines and of the lines their records earned, first to last."""
    return tuple(
        Dispute(
            number,
            one.entry["line"],
            one.entry["period"],
            one.at,
            known.resolved[number].entry["outcome"] if number in known.resolved else None,
            names.dispute(number),
        )
        for number, one in known.disputes.items()
        if one.entry["payee"] in own or one.entry["record"] in records
    )


def lines_of(known: History, own: frozenset[str], records: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Period and number of each line of a person's, first to last."""
    return tuple(
        (closed.period.id, line["line"])
        for closed in known.closed.values()
        for payee in closed.statements
        for line in _lines(closed, payee)
        if payee in own or line["record"] in records
    )


def _account(
    known: History, payee: str, is_own: bool, records: frozenset[str], dues: Iterable[Due], names: Names
) -> Account:
    closed = [one for one in known.closed.values() if payee in one.statements]
    counts = _counts_all if is_own else records.__contains__
    named = names.payee(payee)
    return Account(
        payee,
        is_own,
        None if named is None else str(named["name"]),
        _sums(known, closed, payee, is_own, counts),
        tuple(one.period.id for one in closed if any(counts(line["record"]) for line in _lines(one, payee))),
        tuple(one for one in dues if one.payee == payee and (is_own or set(one.records) <= records)),
    )


def _sums(
    known: History, closed: Sequence[Closed], payee: str, is_own: bool, counts: Callable[[str], bool]
) -> tuple[Sum, ...]:
    earned: dict[str, Decimal] = {}
    held: dict[str, Decimal] = {}
    paid: dict[str, Decimal] = {}
    for one in closed:
        for line in _lines(one, payee):
            if counts(line["record"]):
                currency = line["currency"]
                earned[currency] = earned.get(currency, Decimal(0)) + known.worth(one.period, line["line"])
                held[currency] = held.get(currency, Decimal(0)) + known.held(one.period, line["line"])
    if is_own:
        for payment in known.payments.values():
            if payment.entry["payee"] == payee:
                currency = payment.entry["currency"]
                paid[currency] = paid.get(currency, Decimal(0)) + money(payment.entry["amount"], currency)
    nothing = Decimal(0)
    return tuple(
        Sum(one, earned.get(one, nothing), paid.get(one, nothing) if is_own else None, held.get(one, nothing))
        for one in sorted({*earned, *paid})
    )


def _lines(closed: Closed, payee: str) -> Sequence[Mapping[str, Any]]:
    lines: Sequence[Mapping[str, Any]] = closed.statements[payee].entry["lines"]
    return lines


def _counts_all(_: str) -> bool:
    return True
