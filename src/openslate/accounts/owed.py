"""What is owed to a payee at this moment, so that nobody is paid more by a slip of the pen."""

from collections.abc import Sequence
from decimal import Decimal

from openslate.accounts.book import Numbered
from openslate.accounts.history import History
from openslate.rights.currencies import money
from openslate.rights.dues import outstanding


def owed_now(entries: Sequence[Numbered], known: History, payee: str, currency: str) -> Decimal:
    """The last statement's end, with what was earned, corrected and paid since; held money is owed, too.

    What waits for its period's pool has no amount yet and is not in it. Below 0 where more was paid than owed.

    Args:
        entries: the whole ledger.
        known: what it says of accounts.
        payee: commitment.
        currency: ISO 4217.
    """
    statements = [closed.statements[payee].entry for closed in known.closed.values() if payee in closed.statements]
    found = Decimal(0)
    if statements and currency in statements[-1]["totals"]:
        found = money(statements[-1]["totals"][currency]["closing"], currency)
    stated = {one["index"] for entry in statements for name in ("adjustments", "payments") for one in entry[name]}
    for one in entries:
        entry = one.entry
        if one.index not in stated and (entry.get("payee"), entry.get("currency")) == (payee, currency):
            if entry["decision"] == "adjustment":
                found += money(entry["amount"], currency)
            elif entry["decision"] == "payment":
                found -= money(entry["amount"], currency)
    return found + sum(
        one.amount
        for one in outstanding((one.index, one.entry) for one in entries)
        if one.statement is None and one.amount is not None and (one.payee, one.currency) == (payee, currency)
    )
