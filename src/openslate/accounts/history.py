"""What the ledger says of accounts so far: closed periods, their lines, disputes, holds, corrections and payments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from openslate.accounts.book import Numbered
from openslate.accounts.short_numbers import whole_number
from openslate.errors import RightsError
from openslate.rights.currencies import money
from openslate.rights.periods import Period


@dataclass(frozen=True)
class Closed:
    """A closed period.

    Attributes:
        period: which.
        entry: the ledger's entry that closed it.
        statements: by payee, the entry that froze it.
    """

    period: Period
    entry: Numbered
    statements: Mapping[str, Numbered]

    @property
    def upto(self) -> int:
        """Entries on the ledger that it looked at."""
        return int(self.entry.entry["upto"])

    @property
    def unpaid(self) -> Mapping[str, str]:
        """What of each pool was paid to nobody, because no use draws on it; pools that were paid out are left out."""
        return {
            pool["pool"]: f"{pool['not_paid_for_want_of_uses']} {pool['currency']}"
            for pool in self.entry.entry["pools"]
            if Decimal(pool["not_paid_for_want_of_uses"])
        }


@dataclass
class History:
    """Accounts at one point of the ledger.

    Attributes:
        closed: periods by id, in order.
        lines: frozen lines by period and line, with their payee's statement.
        corrections: entries by period and line.
        holds: those in force by their id.
        disputes: the opening entry by id.
        resolved: the resolving entry by dispute.
        payments: by their id.
    """

    closed: dict[str, Closed] = field(default_factory=dict)
    lines: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    corrections: dict[tuple[str, str], list[Numbered]] = field(default_factory=dict)
    holds: dict[str, Numbered] = field(default_factory=dict)
    disputes: dict[str, Numbered] = field(default_factory=dict)
    resolved: dict[str, Numbered] = field(default_factory=dict)
    payments: dict[str, Numbered] = field(default_factory=dict)

    @property
    def last(self) -> Closed | None:
        """The period that was closed last."""
        return next(reversed(self.closed.values()), None)

    def line(self, period: Period, line: str) -> Mapping[str, Any]:
        """A frozen line, by its number or the first characters of it.

        Raises:
            RightsError: no statement holds it, or more than one line begins so.
        """
        whole = whole_number("line", line, (each for id, each in self.lines if id == period.id))
        found = self.lines.get((period.id, whole or line))
        if found is None:
            raise RightsError(
                f"No statement of {period.start:%Y-%m-%d} to {period.end:%Y-%m-%d} holds the line {line!r}.",
                "Copy the line's number from the statement; a period must be closed before its lines have one.",
            )
        return found

    def worth(self, period: Period, line: str) -> Decimal:
        """What a line pays with all corrections."""
        frozen = self.line(period, line)
        currency = frozen["currency"]
        changes = self.corrections.get((period.id, frozen["line"]), [])
        return sum((money(one.entry["amount"], currency) for one in changes), money(frozen["net"], currency))

    def held(self, period: Period, line: str) -> Decimal:
        """What of a line is held."""
        return sum(
            (
                money(one.entry["amount"], one.entry["currency"])
                for one in self.holds.values()
                if (one.entry["period"], one.entry["line"]) == (period.id, line)
            ),
            Decimal(0),
        )


def history(entries: Sequence[Numbered], seen: Iterable[Numbered] | None = None) -> History:
    """What a ledger says of accounts.

    Args:
        entries: the whole ledger.
        seen: those whose disputes, holds, corrections and payments count; all of them when left out.
    """
    found = History()
    for one in entries:
        if one.entry.get("decision") == "period":
            _close(found, one, entries)
    for one in entries if seen is None else seen:
        _count(found, one)
    return found


def _close(found: History, one: Numbered, entries: Sequence[Numbered]) -> None:
    period = Period.of_entry(one.entry["period"])
    # Closing again changes nothing, even where two processes did so at once: the first entry stands.
    if found.last is not None and period.start < found.last.period.end:
        return
    statements = {entries[part["index"]].entry["payee"]: entries[part["index"]] for part in one.entry["statements"]}
    found.closed[period.id] = Closed(period, one, statements)
    for statement in statements.values():
        for line in statement.entry["lines"]:
            found.lines[period.id, line["line"]] = line


def _count(found: History, one: Numbered) -> None:
    entry = one.entry
    match entry.get("decision"), entry.get("action"):
        case "dispute", "open":
            found.disputes[entry["dispute"]] = one
        case "dispute", "resolve":
            found.resolved[entry["dispute"]] = one
            for name in [name for name, hold in found.holds.items() if hold.entry["dispute"] == entry["dispute"]]:
                del found.holds[name]
        case "hold", "hold":
            found.holds[entry["hold"]] = one
        case "hold", "release":
            found.holds.pop(entry["hold"], None)
        case "adjustment", _:
            found.corrections.setdefault((entry["period"], entry["line"]), []).append(one)
        case "payment", _:
            found.payments[entry["payment"]] = one
