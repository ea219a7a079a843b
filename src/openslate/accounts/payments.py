"""Money that was paid, so that paid and unpaid are known."""

import hashlib
from decimal import Decimal

from openslate.accounts import book
from openslate.accounts.history import history
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.canonical import canonical
from openslate.rights.currencies import money_text


def record_payment(project: Project, payee: str, amount: Decimal, currency: str, reference: str) -> int:
    """Record a payment to a payee; recording the same again changes nothing.

    A payment pays the oldest dues first.

    Args:
        project: whose accounts.
        payee: commitment to whoever was paid.
        amount: in whole coins, more than nothing.
        currency: ISO 4217.
        reference: the bank's or cheque's number; only its hash, with the payee's commitment, stands on the ledger.

    Returns:
        Its place on the ledger.

    Raises:
        RightsError: no statement is addressed to the payee, the amount is none, the reference was used for another
            amount, or the ledger cannot be written.
    """
    text = money_text(amount, currency)
    if amount <= 0 or not reference.strip():
        raise RightsError(
            f"A payment of {amount} {currency} with the reference {reference!r} cannot be recorded.",
            "Give an amount above 0 and the bank's reference.",
        )
    number = hashlib.sha256(canonical(["payment", payee, reference])).hexdigest()
    with book.alone(project):
        known = history(book.read(project))
        if not any(payee in closed.statements for closed in known.closed.values()):
            raise RightsError(f"No statement is addressed to {payee[:12]}.", "Close the period that owes them first.")
        earlier = known.payments.get(number)
        if earlier is not None:
            before = earlier.entry["amount"], earlier.entry["currency"]
            if before == (text, currency):
                return earlier.index
            raise RightsError(
                f"The reference {reference!r} stands for {' '.join(before)} already.",
                "Give each payment its own reference.",
            )
        entry = {"decision": "payment", "payment": number, "payee": payee, "amount": text, "currency": currency}
        return book.write(project, [entry])[0].index
