"""Money that was paid, so that paid and unpaid are known, and payments that were recorded wrongly, taken back."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openslate.accounts import book
from openslate.accounts.history import History, history
from openslate.accounts.kept_reasons import keep_reason
from openslate.accounts.owed import owed_now
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.canonical import canonical
from openslate.rights.currencies import money_text


@dataclass(frozen=True)
class Reason:
    """Why something is done that is not the rule.

    Attributes:
        text: in a sentence; kept in the vault.
        subject: id in the vault of whoever is paid: erasing that id erases the words.
    """

    text: str
    subject: str


def record_payment(
    project: Project,
    payee: str,
    amount: Decimal,
    currency: str,
    reference: str,
    more_than_owed: Reason | None = None,
) -> int:
    """Record a payment to a payee; recording the same again changes nothing.

    A payment pays the oldest dues first.

    Args:
        project: whose accounts.
        payee: commitment to whoever was paid.
        amount: in whole coins, more than nothing.
        currency: ISO 4217.
        reference: the bank's or cheque's number; only its hash, with the payee's commitment, stands on the ledger.
        more_than_owed: why more is paid than is owed; None where that would be a mistake, which is then refused.

    Returns:
        Its place on the ledger.

    Raises:
        RightsError: no statement is addressed to the payee, the amount is none or more than is owed, the reference was
            used for another amount, or the ledger cannot be written.
    """
    text = money_text(amount, currency)
    if amount <= 0 or not reference.strip():
        raise RightsError(
            f"A payment of {amount} {currency} with the reference {reference!r} cannot be recorded.",
            "Give an amount above 0 and the bank's reference.",
        )
    with book.alone(project):
        entries = book.read(project)
        known = history(entries)
        if not any(payee in closed.statements for closed in known.closed.values()):
            raise RightsError(f"No statement is addressed to {payee[:12]}.", "Close the period that owes them first.")
        number, _ = _standing(known, payee, reference)
        earlier = known.payments.get(number)
        if earlier is not None:
            before = earlier.entry["amount"], earlier.entry["currency"]
            if before == (text, currency):
                return earlier.index
            raise RightsError(
                f"The reference {reference!r} stands for {' '.join(before)} already.",
                "Give each payment its own reference, or take the wrong one back: --reverse REFERENCE --reason WHY.",
            )
        entry: dict[str, Any] = {"decision": "payment", "payment": number, "payee": payee, "amount": text}
        entry["currency"] = currency
        owed = owed_now(entries, known, payee, currency)
        if amount > owed:
            if more_than_owed is None:
                raise RightsError(
                    f"{text} {currency} is more than is owed: {money_text(owed, currency)} {currency}.",
                    "Correct the amount, or say why more is paid: --more-than-owed WHY.",
                )
            entry["reason"] = keep_reason(project, number, more_than_owed.subject, more_than_owed.text)
        return book.write(project, [entry])[0].index


def reverse_payment(project: Project, payee: str, reference: str, reason: Reason) -> int:
    """Take back a payment that was recorded wrongly, by an entry of its own; taking it back again changes nothing.

    What it had paid is owed again. The reference may then be used for what was truly paid.

    Args:
        project: whose accounts.
        payee: commitment to whoever was said to be paid.
        reference: of the payment.
        reason: why.

    Returns:
        The place of the reversal on the ledger.

    Raises:
        RightsError: there is no such payment, the reason is empty, or the ledger cannot be written.
    """
    with book.alone(project):
        known = history(book.read(project))
        number, reversal = _standing(known, payee, reference)
        paid = known.payments.get(number)
        if paid is None:
            if reversal is not None:
                return known.payments[reversal].index
            raise RightsError(
                f"There is no payment with the reference {reference!r} to this payee.",
                "Give the reference as it was recorded, and the same payee.",
            )
        currency = paid.entry["currency"]
        reversing = _reversal(number)
        entry = {
            "decision": "payment",
            "payment": reversing,
            "reverses": number,
            "payee": payee,
            "amount": money_text(-Decimal(paid.entry["amount"]), currency),
            "currency": currency,
            "reason": keep_reason(project, reversing, reason.subject, reason.text),
        }
        return book.write(project, [entry])[0].index


def _standing(known: History, payee: str, reference: str) -> tuple[str, str | None]:
    """The number under which a reference counts now, and the reversal of the one before; a reversal frees it."""
    number, reversal = _number(["payment", payee, reference]), None
    while _reversal(number) in known.payments:
        reversal = _reversal(number)
        number = _number(["payment", payee, reference, reversal])
    return number, reversal


def _reversal(number: str) -> str:
    return _number(["reversal", number])


def _number(said: list[Any]) -> str:
    return hashlib.sha256(canonical(said)).hexdigest()
