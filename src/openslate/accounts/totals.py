"""What a payee's account comes to, currency by currency: currencies are never added to one another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openslate.rights.currencies import money, money_text


@dataclass
class Total:
    """An account in one currency over one period.

    Attributes:
        opening: owed from before.
        earned: net amounts of the period's lines.
        late: net amounts of lines for uses of earlier periods.
        adjustments: corrections of earlier statements' lines.
        paid: payments recorded.
        held: of what is owed, kept back for a reason.
    """

    opening: Decimal = Decimal(0)
    earned: Decimal = Decimal(0)
    late: Decimal = Decimal(0)
    adjustments: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    held: Decimal = Decimal(0)

    @property
    def closing(self) -> Decimal:
        """Owed at the end; below 0 where more was paid than owed, to be set against what comes."""
        return self.opening + self.earned + self.late + self.adjustments - self.paid

    @property
    def payable(self) -> Decimal:
        """Owed and not held."""
        return max(self.closing - self.held, Decimal(0))

    def to_entry(self, currency: str) -> dict[str, str]:
        """For the ledger, as text."""
        names = ("opening", "earned", "late", "adjustments", "paid", "closing", "held", "payable")
        return {name: money_text(getattr(self, name), currency) for name in names}


def totals(
    before: Mapping[str, Any],
    lines: Sequence[Mapping[str, Any]],
    corrections: Iterable[Mapping[str, Any]],
    payments: Iterable[Mapping[str, Any]],
    holds: Iterable[Mapping[str, Any]],
) -> dict[str, dict[str, str]]:
    """A payee's account in every currency.

    Args:
        before: totals of the payee's statement before; empty for the first.
        lines: of the statement.
        corrections: made in the period.
        payments: recorded in the period.
        holds: in force at its end.
    """
    found: dict[str, Total] = {}

    def account(currency: str) -> Total:
        return found.setdefault(currency, Total())

    for currency, earlier in before.items():
        account(currency).opening = money(earlier["closing"], currency)
    for line in lines:
        total, amount = account(line["currency"]), money(line["net"], line["currency"])
        if line["late"]:
            total.late += amount
        else:
            total.earned += amount
    for one in corrections:
        account(one["currency"]).adjustments += money(one["amount"], one["currency"])
    for one in payments:
        account(one["currency"]).paid += money(one["amount"], one["currency"])
    for one in holds:
        account(one["currency"]).held += money(one["amount"], one["currency"])
    return {currency: total.to_entry(currency) for currency, total in sorted(found.items())}
