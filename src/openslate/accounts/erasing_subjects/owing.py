"""What somebody is still owed: while it is, they are not erased, since nobody could be paid whom nobody knows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from openslate.accounts import book
from openslate.accounts.history import history
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights.commitments import known_commitment
from openslate.rights.currencies import money_text
from openslate.rights.dues import outstanding

POOLED = "a share of a pool that is not closed"


@dataclass(frozen=True)
class Override:
    """Who decides that somebody is erased though money is owed to them, and why.

    Attributes:
        by: name of the person who answers for it.
        reason: why, as the ledger shall hold it.

    Raises:
        UsageError: one of them is empty.
    """

    by: str
    reason: str

    def __post_init__(self) -> None:
        if not (self.by.strip() and self.reason.strip()):
            raise UsageError("Erasing in spite of dues needs a person and a reason.", "Say who decides it, and why.")


def owed_to(project: Project, subject: str, records: Collection[str]) -> list[Mapping[str, str]]:
    """What is owed to somebody, or for their records to whoever is paid for them; held money is owed, too.

    Args:
        project: where.
        subject: the id.
        records: ids of their records.

    Returns:
        Each with `currency` and `amount`.
    """
    entries = book.read(project)
    payee = known_commitment(project, "payee", subject)
    theirs = set(records)
    found = [
        {"currency": due.currency, "amount": POOLED if due.amount is None else money_text(due.amount, due.currency)}
        for due in outstanding((one.index, one.entry) for one in entries)
        if due.payee == payee or theirs & set(due.records)
    ]
    held = [one.entry for one in history(entries).holds.values() if one.entry["payee"] == payee]
    return [*found, *({"currency": str(one["currency"]), "amount": str(one["amount"])} for one in held)]


def require_settled(owed: list[Mapping[str, str]], override: Override | None) -> None:
    """Refuse to erase somebody who is owed money, unless a person answers for it.

    Raises:
        RightsError: something is owed.
    """
    if owed and override is None:
        first = owed[0]
        more = f" and {len(owed) - 1} more" if len(owed) > 1 else ""
        raise RightsError(
            f"They cannot be erased: {first['amount']} {first['currency']}{more} is owed to them or for their records.",
            "Pay it (openslate rights pay), or let a person answer for it: --despite-dues NAME --despite-reason WHY.",
        )
