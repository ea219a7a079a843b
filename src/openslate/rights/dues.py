"""What is owed and not yet paid, from the ledger alone, so that the gate can deny new use while dues are overdue.

Money is due by when it was earned: neither a period that is never closed nor one that is closed late puts it off.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from openslate.rights.currencies import money
from openslate.rights.periods import PaymentTerms, Period, due_moment


@dataclass(frozen=True)
class Due:
    """Money that is owed to somebody.

    Attributes:
        payee: commitment.
        currency: ISO 4217.
        amount: not yet paid nor held; None for uses that wait for their period's pool.
        due: from this moment on it is overdue.
        records: the consent records it was earned under.
        statement: place of the statement on the ledger; None while the period is open.
    """

    payee: str
    currency: str
    amount: Decimal | None
    due: datetime
    records: tuple[str, ...]
    statement: int | None


def overdue(dues: Iterable[Due], at: datetime, record: str | None = None) -> tuple[Due, ...]:
    """Those dues that should have been paid before a moment; the gate denies new use under their records (R21).

    Args:
        dues: see `outstanding`.
        at: the moment.
        record: only those earned under this record; all when left out.

    Example:
        >>> from datetime import UTC
        >>> owed = Due("p", "USD", Decimal("10.00"), datetime(2026, 11, 30, tzinfo=UTC), ("r1",), 7)
        >>> [len(overdue([owed], datetime(2026, 11, day, tzinfo=UTC))) for day in (29, 30)]
        [0, 1]
    """
    return tuple(one for one in dues if at >= one.due and (record is None or record in one.records))


def outstanding(
    entries: Iterable[tuple[int, Mapping[str, Any]]],
    terms: PaymentTerms = PaymentTerms(),
    payees: Collection[str] | None = None,
) -> tuple[Due, ...]:
    """What is owed and not paid, oldest first for each payee; a payment pays the oldest dues first.

    Args:
        entries: of the ledger, each with its place.
        terms: of payment for uses whose period is not closed; a statement brings its own.
        payees: commitments of those whose entries are all there; everybody's are when left out.

    Raises:
        RightsError: an amount on the ledger is none.
    """
    found = _Ledger(payees)
    for index, entry in entries:
        found.take(index, entry)
    return (*found.stated(), *found.unstated(terms))


@dataclass
class _Ledger:
    """What has been read so far."""

    payees: Collection[str] | None = None
    uses: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    drafts: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    statements: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    holds: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    paid: dict[tuple[str, str], Decimal] = field(default_factory=dict)
    payments: set[str] = field(default_factory=set)
    end: datetime | None = None

    def take(self, index: int, entry: Mapping[str, Any]) -> None:
        match entry.get("decision"), entry.get("outcome"), entry.get("action"):
            case (("use" | "earning"), "allow", _):
                self.uses[index] = entry
            case "void", _, _:
                # One that a closed period took stays owed there, until its line is corrected.
                self.uses.pop(entry["use"], None)
            case "statement", _, _:
                self.drafts[index] = entry
            case "period", _, _:
                self._close(entry)
            case "hold", _, "hold":
                self.holds[entry["hold"]] = entry
            case "hold", _, "release":
                self.holds.pop(entry["hold"], None)
            case "dispute", _, "resolve":
                self.holds = {name: one for name, one in self.holds.items() if one["dispute"] != entry["dispute"]}
            case "payment", _, _:
                self._pay(entry)

    def stated(self) -> list[Due]:
        """Of closed periods, after payments, oldest first."""
        left = dict(self.paid)
        owed = []
        for part in (one for index, statement in self.statements.items() for one in _parts(index, statement)):
            if part.amount < 0:
                # More was taken off than earned: it is set against what is owed, as a payment is.
                left[part.key] = left.get(part.key, Decimal(0)) - part.amount
            elif part.amount > 0:
                owed.append(part)
        found = []
        for part in sorted(owed, key=lambda one: (one.due, one.index)):
            settled = min(left.get(part.key, Decimal(0)), part.amount)
            left[part.key] = left.get(part.key, Decimal(0)) - settled
            open_amount = part.amount - settled - self._held(part)
            if open_amount > 0:
                payee, currency = part.key
                found.append(Due(payee, currency, open_amount, part.due, tuple(sorted(part.records)), part.index))
        return found

    def unstated(self, terms: PaymentTerms) -> list[Due]:
        """Of uses that no closed period has taken."""
        return [
            Due(
                use["payee"],
                use["currency"],
                None if use["amount"] is None else money(use["amount"], use["currency"]),
                due_moment(datetime.fromisoformat(use["at"]), terms),
                (use["record"],),
                None,
            )
            for use in self.uses.values()
            if use["amount"] is None or money(use["amount"], use["currency"]) > 0
        ]

    def _close(self, entry: Mapping[str, Any]) -> None:
        period = Period.of_entry(entry["period"])
        # The first close of a period stands.
        if self.end is not None and period.start < self.end:
            return
        self.end = period.end
        for part in entry["statements"]:
            if self.payees is not None and part["payee"] not in self.payees:
                continue
            statement = self.drafts[part["index"]]
            self.statements[part["index"]] = statement
            for line in statement["lines"]:
                for decision in line["decisions"]:
                    self.uses.pop(decision["index"], None)

    def _pay(self, entry: Mapping[str, Any]) -> None:
        if entry["payment"] not in self.payments:
            self.payments.add(entry["payment"])
            key = entry["payee"], entry["currency"]
            self.paid[key] = self.paid.get(key, Decimal(0)) + money(entry["amount"], entry["currency"])

    def _held(self, part: "_Part") -> Decimal:
        return sum(
            (
                money(one["amount"], one["currency"])
                for one in self.holds.values()
                if one["period"] == part.period and one["line"] in part.lines
            ),
            Decimal(0),
        )


@dataclass
class _Part:
    """What of a statement is due at one moment, in one currency."""

    index: int
    period: str
    key: tuple[str, str]
    due: datetime
    amount: Decimal = Decimal(0)
    records: set[str] = field(default_factory=set)
    lines: set[str] = field(default_factory=set)

    def add(self, one: Mapping[str, Any], amount: str) -> None:
        self.amount += money(amount, self.key[1])
        self.records.add(one["record"])


def _parts(index: int, statement: Mapping[str, Any]) -> list[_Part]:
    """A statement by currency and by when it is due: a use that was recorded late is due by when it happened."""
    period, terms = Period.of_entry(statement["period"]).id, PaymentTerms(days=statement["terms"]["days"])
    found: dict[tuple[str, datetime], _Part] = {}

    def part(currency: str, due: datetime) -> _Part:
        return found.setdefault((currency, due), _Part(index, period, (statement["payee"], currency), due))

    for line in statement["lines"]:
        due = part(line["currency"], due_moment(datetime.fromisoformat(line["first"]), terms))
        due.add(line, line["net"])
        due.lines.add(line["line"])
    for one in statement["adjustments"]:
        part(one["currency"], datetime.fromisoformat(statement["terms"]["due"])).add(one, one["amount"])
    return list(found.values())
