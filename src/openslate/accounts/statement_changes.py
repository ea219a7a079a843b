"""What happened to a payee's account, as parts of the statement's page: corrections, holds, payments, and since."""

from collections.abc import Mapping
from typing import Any

from openslate.accounts.disputes import CORRECTION_REASONS, HOLD_REASONS
from openslate.accounts.names import Names
from openslate.accounts.statement_words import named_period, sum_in_words
from openslate.drawing.page_words import moment_in_words
from openslate.drawing.sheet import Block, Cell, Points, Prose, Table


def corrections(document: Mapping[str, Any]) -> Table:
    """Corrections made in the period."""
    return Table(
        "Made in this period, for statements of earlier ones",
        ("line", "amount", "made", "entry", "why"),
        [
            (
                Cell(one["line"], named_period(one["period"])),
                sum_in_words(one["amount"], one["currency"]),
                moment_in_words(one["at"]),
                str(one["index"]),
                f"{CORRECTION_REASONS[one['reason']]}, consent {one['record']}",
            )
            for one in document["adjustments"]
        ],
        numbers=(1,),
    )


def held(document: Mapping[str, Any], names: Names) -> Table:
    """What is held, and why."""
    rows = []
    for one in document["held"]:
        said = None if one["dispute"] is None else names.dispute(one["dispute"])
        why = f"{HOLD_REASONS[one['reason']]}{'' if said is None else f': “{said}”'}"
        amount = sum_in_words(one["amount"], one["currency"])
        rows.append((Cell(one["line"], named_period(one["period"])), amount, one["hold"], str(one["index"]), why))
    return Table("Owed, and kept back for now", ("line", "amount", "hold", "entry", "why"), rows, numbers=(1,))


def payments(document: Mapping[str, Any]) -> Table:
    """Payments recorded in the period."""
    return Table(
        "Recorded in this period",
        ("recorded", "amount", "entry"),
        [
            (
                Cell(moment_in_words(one["at"]), "a payment recorded wrongly, taken back" if "reverses" in one else ""),
                sum_in_words(one["amount"], one["currency"]),
                str(one["index"]),
            )
            for one in document["payments"]
        ],
        numbers=(1,),
    )


def since(document: Mapping[str, Any]) -> list[Block]:
    """What happened to the account after the period was closed."""
    events = document["since"]["events"]
    if not events:
        return [Prose(f"Nothing, among the first {document['since']['upto']} entries of the ledger.")]
    return [Points([_event(one) for one in events])]


def _event(one: Mapping[str, Any]) -> str:
    what = {
        ("dispute", "open"): "disputed",
        ("dispute", "resolve"): f"dispute resolved: {one.get('outcome')}",
        ("hold", "hold"): "held",
        ("hold", "release"): "no longer held",
    }.get(
        (one["decision"], one.get("action", "")),
        {"adjustment": "corrected", "payment": "payment taken back" if "reverses" in one else "paid"}.get(
            one["decision"], ""
        ),
    )
    about = f"Line {one['line']}: " if "line" in one else ""
    amount = f" {sum_in_words(one['amount'], one['currency'])}" if "amount" in one else ""
    return f"{moment_in_words(one['at'])}. {about}{what}{amount} (entry {one['index']})."
