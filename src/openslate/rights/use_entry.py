"""An allowed use as it stands on the ledger: what the gate writes, the meter reads, and a statement is made of.

Both sides share this one shape. It names nobody: whose likeness it is and who is paid are salted commitments.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from openslate.errors import RightsError
from openslate.rights.canonical import JsonValue
from openslate.rights.compensation import POOLED, Basis
from openslate.rights.currencies import minor_digits, money, money_text, number_text, quantity
from openslate.rights.usage import UNITS, Estimate
from openslate.rights.vocabulary import SHOWN

DECISION = "use"
_HASH = re.compile(r"[0-9a-f]{64}")
_TEXTS = ("record", "project", "asset", "use", "unit", "basis", "currency")
_WHERE = ("territory", "medium")


@dataclass(frozen=True)
class UseEntry:
    """One use that was allowed, with its price.

    Attributes:
        record: id of the consent record.
        version: of the record.
        subject: commitment to the person whose likeness, writing or viewing is used.
        payee: commitment to whoever is paid: the subject, an estate, an agent, a fund.
        project: id of the production, such as an EIDR.
        asset: id of what is used, such as the hash of a scan.
        use: kind of use, such as 'generate'.
        territory: where, such as 'US'; empty for what is shown nowhere.
        medium: for which medium, such as 'streaming'; likewise.
        units: how many are counted.
        unit: of what.
        basis: which formula.
        rate: for one unit; None for a pool.
        currency: ISO 4217.
        amount: in whole coins; None for a pool.
        pool: name of the pool; None for payment by use.
        packs: rule packs that decided, as 'id@version'.
        request: hash of the request.
        at: moment of the decision, in UTC.
        model: id of the model; None without one.
        residuals: whether later income is shared, too.
        pension_and_health: whether contributions are owed on top.
        estimate: who answers for the number of days; None unless days are counted.
    """

    record: str
    version: int
    subject: str
    payee: str
    project: str
    asset: str
    use: str
    territory: str
    medium: str
    units: Decimal
    unit: str
    basis: Basis
    rate: Decimal | None
    currency: str
    amount: Decimal | None
    pool: str | None
    packs: tuple[str, ...]
    request: str
    at: datetime
    model: str | None = None
    residuals: bool = False
    pension_and_health: bool = False
    estimate: Estimate | None = None

    def __post_init__(self) -> None:
        """Refuse what could not be paid.

        Raises:
            RightsError: a field is missing or wrong, or the price does not fit the basis.
        """
        for name in _TEXTS:
            _check(isinstance(getattr(self, name), str) and bool(getattr(self, name)), name, "is empty or no text")
        for name in _WHERE:
            value = getattr(self, name)
            # What is shown nowhere, such as training, may have no place and no medium.
            _check(isinstance(value, str) and bool(value or self.use not in SHOWN), name, "is empty or no text")
        for name in ("subject", "payee", "request"):
            value = getattr(self, name)
            _check(isinstance(value, str) and bool(_HASH.fullmatch(value)), name, "is no hash")
        _check(type(self.version) is int and self.version >= 1, "version", "is no version")
        _check(self.at.tzinfo is not None, "at", "has no time zone")
        _check(self.units >= 0, "units", "is negative")
        _check(self.unit in UNITS.get(self.basis, ()), "unit", f"is not counted by the basis {self.basis!r}")
        minor_digits(self.currency)
        pooled = self.basis in POOLED
        _check(self.units > 0 or not pooled, "units", "is 0, which shares in no pool")
        _check(bool(self.pool) is pooled, "pool", f"does not fit the basis {self.basis!r}")
        for name in ("rate", "amount"):
            value = getattr(self, name)
            _check((value is None) is pooled, name, f"does not fit the basis {self.basis!r}")
            _check(value is None or value >= 0, name, "is negative")

    def to_entry(self) -> dict[str, JsonValue]:
        """The entry for the ledger, which adds the moment by its own clock.

        Raises:
            RightsError: an amount has a part of a coin, or a number is none of ours.
        """
        estimate = self.estimate
        return {
            "decision": DECISION,
            "outcome": "allow",
            "record": self.record,
            "version": self.version,
            "subject": self.subject,
            "payee": self.payee,
            "project": self.project,
            "asset": self.asset,
            "use": self.use,
            "territory": self.territory,
            "medium": self.medium,
            "units": number_text(self.units),
            "unit": self.unit,
            "basis": self.basis,
            "rate": None if self.rate is None else number_text(self.rate),
            "currency": self.currency,
            "amount": None if self.amount is None else money_text(self.amount, self.currency),
            "pool": self.pool,
            "packs": sorted(self.packs),
            "request": self.request,
            "model": self.model,
            "residuals": self.residuals,
            "pension_and_health": self.pension_and_health,
            "estimate": None if estimate is None else {"author": estimate.author, "basis": estimate.basis},
        }

    @classmethod
    def of_entry(cls, entry: Mapping[str, Any]) -> "UseEntry":
        """The use that an entry of the ledger holds; keys that the ledger adds are passed over.

        Raises:
            RightsError: it is no allowed use, or a field is missing or wrong.
        """
        _check(entry.get("decision") == DECISION, "decision", "is not 'use'")
        _check(entry.get("outcome") == "allow", "outcome", "is not 'allow'")
        try:
            fields = {name: entry[name] for name in cls.__dataclass_fields__}
            rate, amount, estimate = fields["rate"], fields["amount"], fields["estimate"]
            fields |= {
                "units": quantity(fields["units"]),
                "rate": None if rate is None else quantity(rate),
                "amount": None if amount is None else money(amount, fields["currency"]),
                "packs": tuple(fields["packs"]),
                "at": datetime.fromisoformat(fields["at"]),
                "estimate": None if estimate is None else Estimate(estimate["author"], estimate["basis"]),
            }
            return cls(**fields)
        except (KeyError, TypeError, ValueError) as error:
            raise RightsError(
                f"A use on the ledger is incomplete: {error}.", "Let the gate write it; entries are not made by hand."
            ) from error


def _check(holds: bool, field: str, trouble: str) -> None:
    if not holds:
        raise RightsError(f"The use's {field} {trouble}.", "Let the gate write it from a priced request.")
