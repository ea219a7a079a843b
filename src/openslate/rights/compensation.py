"""What a consent record says is owed for a use: the basis, the rate, and what comes with it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

Basis: TypeAlias = Literal["day_equiv", "per_line", "flat", "freely_bargained", "pro_rata", "user_centric"]
PER_USE: tuple[Basis, ...] = ("day_equiv", "per_line", "flat", "freely_bargained")
"""Bases that give an amount for each use by itself."""
POOLED: tuple[Basis, ...] = ("pro_rata", "user_centric")
"""Bases that share out a pool once a period is over; a use by itself has units and no amount."""


PayeeKind: TypeAlias = Literal["subject", "estate", "agent", "fund"]


@dataclass(frozen=True)
class Compensation:
    """How the uses of one record are paid.

    Attributes:
        basis: which formula.
        rate: money for one unit (a day, a line, a use); None for a pool.
        currency: ISO 4217, such as 'USD'.
        floor: the least that one unit may pay, as the contract's day minimum; None without one.
        residuals: whether later income is shared as if the work had been done in person.
        pension_and_health: whether contributions are owed on top.
        pool: name of the pool; None for payment by use.
        payee: id of whoever is paid, in the vault; None for the subject.
        payee_kind: what the payee is to the subject.
    """

    basis: Basis
    rate: Decimal | None
    currency: str
    floor: Decimal | None = None
    residuals: bool = False
    pension_and_health: bool = False
    pool: str | None = None
    payee: str | None = None
    payee_kind: PayeeKind = "subject"

    @property
    def is_usable(self) -> bool:
        """Whether a use can be priced by it: a rate that is not negative, or the name of a pool."""
        if len(self.currency) != 3 or not (self.currency.isascii() and self.currency.isupper()):
            return False
        if self.basis in POOLED:
            return bool(self.pool) and self.rate is None
        amounts = [self.rate, *([] if self.floor is None else [self.floor])]
        return all(one is not None and one.is_finite() and one >= 0 for one in amounts)
