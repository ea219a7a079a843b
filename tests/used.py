"""Allowed uses for tests, put on the ledger as the gate puts them there."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from openslate import clock
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import canonical
from openslate.rights.periods import month
from openslate.rights.usage import Estimate
from openslate.rights.use_entry import UseEntry

JULY = month(2026, 7)
AUGUST = month(2026, 8)
SEPTEMBER = month(2026, 9)
CLOSING = datetime(2026, 8, 3, 9, tzinfo=UTC)


def a_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


USE = UseEntry(
    record="record-1",
    version=1,
    subject=a_hash("ada"),
    payee=a_hash("ada"),
    project="10.5240/LONG-NIGHT",
    asset="sha256:scan",
    use="generate",
    territory="US",
    medium="streaming",
    units=Decimal(2),
    unit="day",
    basis="day_equiv",
    rate=Decimal("1283"),
    currency="USD",
    amount=Decimal("2566.00"),
    pool=None,
    packs=("sag-aftra.tvth.2026@1",),
    request=a_hash("request"),
    at=datetime(2026, 7, 9, 12, tzinfo=UTC),
    estimate=Estimate("first assistant director", "one-line schedule"),
)


def pooled(record: str, units: int, basis: str = "pro_rata", **changes: Any) -> UseEntry:
    """A use that draws on a pool."""
    drawn = {"payee": a_hash(record), "unit": "view", "rate": None, "amount": None, "estimate": None, "pool": "July"}
    return replace(USE, **{"record": record, "units": Decimal(units), "basis": basis, **drawn, **changes})


def flat(amount: str, **changes: Any) -> UseEntry:
    """A use that pays an amount of its own."""
    paid = {"unit": "use", "units": Decimal(1), "rate": Decimal(amount), "amount": Decimal(amount), "estimate": None}
    return replace(USE, **{"basis": "flat", **paid, **changes})


def put(project: Project, *uses: UseEntry) -> None:
    """Append uses, each at its own moment: in the order of time, and as they come where they have one moment."""
    for one in sorted(uses, key=lambda use: use.at):
        with clock.frozen(one.at):
            ledger.append(project, one.to_entry())


def paid_as(project: Project, person: str, payee: str) -> None:
    """Let the vault know who is paid by a commitment, as `register_payee` does."""
    document = canonical({"kind": "subject", "name": person.title()})
    project.vault.execute("INSERT INTO papers VALUES ('payee', ?, ?, ?)", (payee, person, document))
