"""A line can be disputed, held, corrected and resolved; each step is an entry of the ledger.

What people say of it in words lies in the vault, and the ledger holds its hash with a salt: words can name people.
"""

import hashlib
import secrets
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from openslate.accounts import book
from openslate.accounts.book import Numbered
from openslate.accounts.history import History, history
from openslate.accounts.person_money import own_payees
from openslate.accounts.person_records import parties_of
from openslate.accounts.short_numbers import whole_number
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.canonical import canonical
from openslate.rights.currencies import money_text
from openslate.rights.periods import Period

HOLD_REASONS = {
    "disputed": "the line is disputed",
    "payee_unknown": "it is not known who is to be paid",
    "details_missing": "bank or tax details are missing",
    "legal_hold": "a court or an authority has ordered it",
}
"""Why money may be held, in words."""

CORRECTION_REASONS = {
    "dispute_settled": "a dispute was settled",
    "units_corrected": "the count was wrong",
    "rate_corrected": "the rate was wrong",
    "minimum_raised": "the minimum was raised for the time past",
}
"""Why a line may be corrected, in words."""

OUTCOMES = ("upheld", "settled", "rejected", "withdrawn")
PAPER = "dispute"


def dispute(project: Project, period: Period, line: str, text: str, subject: str) -> str:
    """Dispute a line of a statement; the money stays payable unless it is held.

    Args:
        project: whose accounts.
        period: of the statement.
        line: its number there.
        text: what is wrong, in the payee's words; kept in the vault.
        subject: id in the vault of whoever disputes, whose paper it is: erasing that id erases the words.

    Returns:
        The dispute's number.

    Raises:
        RightsError: there is no such line, it is not paid to the subject nor for a consent of theirs, the text or the
            subject is empty, or the ledger cannot be written.
    """
    if not text.strip():
        raise RightsError("The dispute says nothing.", "Say what is wrong with the line, in a sentence.")
    if not subject.strip():
        raise RightsError(
            "The dispute's words belong to nobody.", "Give the id of whoever disputes, as the vault has it."
        )
    with book.alone(project):
        known = history(book.read(project))
        frozen = known.line(period, line)
        line = frozen["line"]
        _require_own(project, frozen, subject)
        ordinal = sum(_place(one) == (period.id, line) for one in known.disputes.values())
        number = _number("dispute", period, line, ordinal)
        salt = secrets.token_hex(32)
        paper = canonical({"text": text, "salt": salt})
        # Words first: an entry must never point to a paper that is not there.
        project.vault.execute(
            "INSERT OR REPLACE INTO papers (kind, name, subject, document) VALUES (?, ?, ?, ?)",
            (PAPER, number, subject, paper),
        )
        said = {"action": "open", "dispute": number, "text": hashlib.sha256(paper).hexdigest()}
        _write(project, "dispute", period, frozen, said)
        return number


def hold(project: Project, period: Period, line: str, amount: Decimal, reason: str, dispute: str | None = None) -> str:
    """Keep back a part of a line until it is released, or its dispute resolved.

    Args:
        project: whose accounts.
        period: of the statement.
        line: its number there.
        amount: in whole coins.
        reason: one of `HOLD_REASONS`.
        dispute: number of the open dispute it belongs to; None for another reason.

    Returns:
        The hold's number.

    Raises:
        RightsError: the line has not that much left, the reason is unknown, or the dispute is not open.
    """
    if reason not in HOLD_REASONS or (reason == "disputed") is (dispute is None):
        raise RightsError(
            f"Money cannot be held for {reason!r}{'' if dispute is None else ' in a dispute'}.",
            f"Name one of {', '.join(HOLD_REASONS)}; 'disputed' with the dispute's number, the others without.",
        )
    with book.alone(project):
        entries = book.read(project)
        known = history(entries)
        frozen = known.line(period, line)
        line = frozen["line"]
        dispute = _open_dispute(known, dispute, period, line)
        free = known.worth(period, line) - known.held(period, line)
        if not 0 < amount <= free:
            raise RightsError(
                f"{amount} of line {line} cannot be held: {free} {frozen['currency']} of it are free.",
                "Hold more than nothing and at most what is free.",
            )
        ordinal = sum(one.entry.get("decision") == "hold" for one in entries)
        number = _number("hold", period, line, ordinal)
        said = {"action": "hold", "hold": number, "amount": money_text(amount, frozen["currency"])}
        _write(project, "hold", period, frozen, {**said, "reason": reason, "dispute": dispute})
        return number


def release(project: Project, number: str) -> str:
    """End a hold; releasing it again changes nothing.

    Args:
        project: whose accounts.
        number: of the hold, or its first characters.

    Returns:
        The hold's number.

    Raises:
        RightsError: there never was such a hold, more than one begins so, or the ledger cannot be written.
    """
    with book.alone(project):
        entries = book.read(project)
        known = history(entries)
        ever = [one.entry["hold"] for one in entries if one.entry.get("decision") == "hold"]
        found = whole_number("hold", number, ever)
        if found is None:
            raise RightsError(f"There is no hold {number!r}.", "Copy its number from the statement.")
        if found in known.holds:
            period, line = _place(known.holds[found])
            frozen = known.lines[period, line]
            _write(project, "hold", known.closed[period].period, frozen, {"action": "release", "hold": found})
        return found


def adjust(
    project: Project,
    period: Period,
    line: str,
    amount: Decimal,
    reason: str,
    dispute: str | None = None,
    once_more: bool = False,
) -> str:
    """Correct a line that is frozen; the correction stands on the statement of the period in which it is made.

    Args:
        project: whose accounts.
        period: of the statement that holds the line.
        line: its number there.
        amount: to be added, or taken off where it is negative; in whole coins.
        reason: one of `CORRECTION_REASONS`.
        dispute: number of the open dispute it settles; None where nobody disputed.
        once_more: whether a correction that was made before is made a second time.

    Returns:
        The correction's number.

    Raises:
        RightsError: the line would fall below nothing or below what is held, the reason or dispute is wrong, or the
            very correction stands already.
    """
    if reason not in CORRECTION_REASONS or (reason == "dispute_settled" and dispute is None):
        raise RightsError(
            f"A line cannot be corrected for {reason!r}.",
            f"Name one of {', '.join(CORRECTION_REASONS)}; the first with the dispute's number.",
        )
    with book.alone(project):
        known = history(book.read(project))
        frozen = known.line(period, line)
        line = frozen["line"]
        dispute = _open_dispute(known, dispute, period, line)
        currency, worth = frozen["currency"], known.worth(period, line)
        text = money_text(amount, currency)
        if amount == 0 or worth + amount < known.held(period, line):
            raise RightsError(
                f"Line {line} of {worth} {currency} cannot be corrected by {amount}.",
                "Correct by more than nothing, and to no less than 0 and what is held; release a hold first.",
            )
        said = {"amount": text, "reason": reason, "dispute": dispute}
        made = [one.entry for one in known.corrections.get((period.id, line), ())]
        if not once_more and any(said.items() <= one.items() for one in made):
            raise RightsError(
                f"Line {line} was corrected by {text} {currency} for that reason before.",
                "Nothing was changed. If it is to be corrected a second time, say so: --once-more.",
            )
        number = _number("adjustment", period, line, len(made))
        _write(project, "adjustment", period, frozen, {**said, "adjustment": number})
        return number


def resolve(project: Project, number: str, outcome: str) -> str:
    """End a dispute and release what it held; resolving it again the same way changes nothing.

    Args:
        project: whose accounts.
        number: of the dispute, or its first characters.
        outcome: one of `OUTCOMES`.

    Returns:
        The dispute's number.

    Raises:
        RightsError: there is no such dispute, or more than one; it was resolved otherwise, or the outcome is unknown.
    """
    if outcome not in OUTCOMES:
        raise RightsError(f"{outcome!r} is no outcome of a dispute.", f"Name one of {', '.join(OUTCOMES)}.")
    with book.alone(project):
        known = history(book.read(project))
        found = whole_number("dispute", number, known.disputes)
        if found is None:
            raise RightsError(f"There is no dispute {number!r}.", "Copy its number from the statement.")
        if found in known.resolved:
            if known.resolved[found].entry["outcome"] == outcome:
                return found
            raise RightsError(f"The dispute {found!r} is resolved already.", "Dispute the line anew.")
        period, line = _place(known.disputes[found])
        said = {"action": "resolve", "dispute": found, "outcome": outcome}
        _write(project, "dispute", known.closed[period].period, known.lines[period, line], said)
        return found


def _open_dispute(known: History, said: str | None, period: Period, line: str) -> str | None:
    """The whole number of an open dispute of a line; None where none is named."""
    if said is None:
        return None
    number = whole_number("dispute", said, known.disputes) or said
    opened = known.disputes.get(number)
    if opened is None or number in known.resolved or _place(opened) != (period.id, line):
        raise RightsError(
            f"{number!r} is no open dispute of line {line!r}.", "Name an open dispute of it, or open one."
        )
    return number


def _require_own(project: Project, frozen: Mapping[str, Any], subject: str) -> None:
    """Refuse whoever is neither paid by a line nor the subject or guardian of its consent, nor acts for them."""
    if frozen["payee"] in own_payees(project, subject) or subject in parties_of(project, frozen["record"]):
        return
    raise RightsError(
        f"The line {frozen['line']} is not paid to {subject!r}, nor for a consent of theirs.",
        "Copy the line from their own statement, or give the id of whoever the line is paid to.",
    )


def _place(one: Numbered) -> tuple[str, str]:
    return one.entry["period"], one.entry["line"]


def _number(kind: str, period: Period, line: str, ordinal: int) -> str:
    return hashlib.sha256(canonical([kind, period.id, line, ordinal])).hexdigest()[:16]


def _write(project: Project, decision: str, period: Period, frozen: Any, said: dict[str, Any]) -> None:
    about = {name: frozen[name] for name in ("line", "payee", "record", "currency")}
    book.write(project, [{"decision": decision, "period": period.id, **about, **said}])
