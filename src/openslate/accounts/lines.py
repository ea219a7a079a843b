"""The lines of a statement: uses of one kind under one consent, counted together, with every decision behind them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from openslate.accounts.meter import Metered
from openslate.errors import RightsError
from openslate.rights.canonical import JsonValue, canonical
from openslate.rights.currencies import minor_digits, money_text, number_text
from openslate.rights.periods import Period
from openslate.rights.use_entry import UseEntry

SAME = (
    "record", "version", "subject", "payee", "project", "asset", "use", "territory", "medium", "model", "unit", "rate",
    "basis", "currency", "pool", "residuals", "pension_and_health",
)  # fmt: skip
"""What the uses of one line have in common."""


@dataclass(frozen=True)
class Deduction:
    """What is kept back from a payee's money, such as an agent's commission or a tax.

    Attributes:
        name: in words the payee understands.
        share: of the gross amount, 0 to 1.
        source: the mandate, contract or law.

    Raises:
        RightsError: the share is none, or no source is named.
    """

    name: str
    share: Fraction
    source: str

    def __post_init__(self) -> None:
        if not isinstance(self.share, Fraction) or not 0 <= self.share <= 1 or not (self.name and self.source):
            raise RightsError(
                f"The deduction {self.name!r} of {self.share} from {self.source!r} cannot be made.",
                "Give a Fraction from 0 to 1, and the mandate, contract or law that allows it.",
            )

    def from_gross(self, gross: Decimal, currency: str) -> Decimal:
        """The amount, in whole coins rounded down, in the payee's favour."""
        digits = minor_digits(currency)
        return Decimal(Fraction(gross) * self.share * 10**digits // 1).scaleb(-digits)


@dataclass(frozen=True)
class Group:
    """Uses that make one line.

    Attributes:
        id: of the line.
        late: whether they happened before the period that pays them.
        uses: in the order of the ledger.
    """

    id: str
    late: bool
    uses: Sequence[Metered]

    @property
    def first(self) -> UseEntry:
        """What they have in common can be read from any of them."""
        return self.uses[0].use

    @property
    def units(self) -> Fraction:
        """How many are counted."""
        return sum((Fraction(one.use.units) for one in self.uses), Fraction(0))


def grouped(uses: Iterable[Metered], period: Period) -> list[Group]:
    """Uses by line, in the order of the first decision of each.

    Args:
        uses: that the period takes.
        period: that pays them.
    """
    found: dict[str, list[Metered]] = defaultdict(list)
    late: dict[str, bool] = {}
    for one in uses:
        said = one.use.to_entry()
        is_late = one.use.at < period.start
        key = canonical({**{name: said[name] for name in SAME}, "period": period.id, "late": is_late})
        name = hashlib.sha256(key).hexdigest()[:16]
        found[name].append(one)
        late[name] = is_late
    return [Group(name, late[name], uses) for name, uses in found.items()]


def line_entry(
    group: Group, gross: Decimal, other: Decimal | None, deductions: Sequence[Deduction] = ()
) -> dict[str, Any]:
    """A line as it is frozen on the ledger.

    Args:
        group: the uses.
        gross: what they pay.
        other: what the other way of sharing out the pool would have paid; None without a pool or viewers' figures.
        deductions: of the payee.

    Raises:
        RightsError: more is kept back than is paid.
    """
    said, currency = group.first.to_entry(), group.first.currency
    kept: list[dict[str, JsonValue]] = []
    net = gross
    for one in deductions:
        amount = one.from_gross(gross, currency)
        net -= amount
        kept.append({"name": one.name, "amount": money_text(amount, currency), "source": one.source})
    if net < 0:
        raise RightsError(
            f"Deductions from line {group.id} are more than its {gross} {currency}.", "Correct their shares."
        )
    return {
        "line": group.id,
        **{name: said[name] for name in SAME},
        "late": group.late,
        "units": number_text(Decimal(group.units.numerator) / Decimal(group.units.denominator)),
        "estimates": _estimates(group.uses),
        "packs": sorted({pack for one in group.uses for pack in one.use.packs}),
        "first": min(one.use.at for one in group.uses).isoformat(),
        "last": max(one.use.at for one in group.uses).isoformat(),
        "decisions": [{"index": one.index, "id": one.id, "request": one.use.request} for one in group.uses],
        "gross": money_text(gross, currency),
        "by_other_method": None if other is None else money_text(other, currency),
        "deductions": kept,
        "net": money_text(net, currency),
    }


def priced_gross(group: Group) -> Decimal:
    """What a line pays whose uses have amounts of their own."""
    return sum((one.use.amount for one in group.uses if one.use.amount is not None), Decimal(0))


def _estimates(uses: Sequence[Metered]) -> list[Mapping[str, str]]:
    found = {(one.use.estimate.author, one.use.estimate.basis) for one in uses if one.use.estimate is not None}
    return [{"author": author, "basis": basis} for author, basis in sorted(found)]
