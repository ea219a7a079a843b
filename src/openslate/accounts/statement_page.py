"""A statement as a page to print: what was used, for what, when, on which consent, for how much, and how to dispute."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from openslate.accounts.names import Names
from openslate.accounts.statement_changes import corrections, held, payments, since
from openslate.accounts.statement_words import (
    ERASED,
    KINDS,
    counted,
    last_day,
    period_in_words,
    production,
    sum_in_words,
    what_happened,
    when,
)
from openslate.drawing.page_words import moment_in_words
from openslate.drawing.sheet import Block, Cell, Facts, Prose, Section, Sheet, Table, sheet_document
from openslate.errors import ProjectError
from openslate.storage.files import OWNER_FILE
from openslate.storage.pages import write_page

SHOWN_DECISIONS = 20


def write_statement_page(document: Mapping[str, Any], names: Names, path: Path) -> None:
    """Write a statement as HTML that loads nothing and runs no script.

    Args:
        document: of `statements.statement`.
        names: for what people call things.
        path: the file.

    Raises:
        ProjectError: the file cannot be written.
    """
    try:
        write_page(path, sheet_document(statement_sheet(document, names)), OWNER_FILE)
    except OSError as error:
        raise ProjectError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error


def statement_sheet(document: Mapping[str, Any], names: Names) -> Sheet:
    """A statement as words, tables and facts."""
    payee = names.payee(document["payee"])
    return Sheet(
        overline="Statement of uses and pay",
        heading=ERASED if payee is None else str(payee["name"]),
        made=f"{period_in_words(document['period'])}, by the clock of {document['period']['zone']}",
        verdict=_verdict(document),
        findings=_findings(document),
        sections=[
            Section("The account", _account(document, payee)),
            *([Section("What was used", [_overview(document, names)])] if document["lines"] else []),
            *(Section(f"Line {line['line']}", _line(line, names)) for line in document["lines"]),
            *([Section("Corrections of earlier statements", [corrections(document)])] * bool(document["adjustments"])),
            *([Section("Held", [held(document, names)])] * bool(document["held"])),
            *([Section("Paid", [payments(document)])] * bool(document["payments"])),
            *([Section("Since this statement", since(document))] if document["since"] is not None else []),
            Section("If something is wrong", [Prose(document["how_to_dispute"])]),
            Section("How to check it", _proof(document)),
        ],
    )


def _verdict(document: Mapping[str, Any]) -> str:
    owed = [
        sum_in_words(total["payable"], currency)
        for currency, total in document["totals"].items()
        if not _is_nothing(total["payable"])
    ]
    if not owed:
        return "Nothing is to be paid on this statement."
    last = last_day(datetime.fromisoformat(document["terms"]["due"]))
    return f"{' and '.join(owed)} to be paid by {last}."


def _findings(document: Mapping[str, Any]) -> list[str]:
    found = []
    for currency, total in document["totals"].items():
        if not _is_nothing(total["held"]):
            found.append(f"{sum_in_words(total['held'], currency)} is held, for the reasons given below.")
        if not _is_nothing(total["opening"]):
            found.append(
                f"{sum_in_words(total['opening'], currency)} comes from earlier statements, and is due as they say."
            )
        if not _is_nothing(total["late"]):
            late = sum_in_words(total["late"], currency)
            found.append(f"{late} is for uses of earlier periods, recorded late, and is due by the quarter of the use.")
        if total["closing"].startswith("-"):
            found.append(
                f"More was paid than owed: {sum_in_words(total['closing'], currency)} is set against what comes."
            )
    if any(line["pension_and_health"] for line in document["lines"]):
        found.append("Contributions to pension and health are owed on top of the lines marked so.")
    if any(line["residuals"] for line in document["lines"]):
        found.append("Residuals are owed on later income from the lines marked so.")
    return found


def _account(document: Mapping[str, Any], payee: Mapping[str, Any] | None) -> list[Block]:
    kind = "" if payee is None else KINDS[payee["kind"]]
    called = ERASED if payee is None else f"{payee['name']}{f', {kind}' if kind else ''}"
    rows = [
        [currency, *(sum_in_words(total[name], currency) for name in _COLUMNS)]
        for currency, total in document["totals"].items()
    ]
    return [
        Facts(
            (
                ("Paid by", document["payer"]),
                ("Paid to", called),
                ("Known on the ledger as", document["payee"]),
                ("Closed", moment_in_words(document["closed"])),
                ("Rules that decided", ", ".join(document["packs"]) or "none in this period"),
                ("Due by", f"{document['terms']['days']} days after the quarter. {document['terms']['source']}."),
            )
        ),
        Table(
            "What is owed, currency by currency", ["", *_COLUMNS.values()], rows, numbers=range(1, len(_COLUMNS) + 1)
        ),
    ]


_COLUMNS = {
    "opening": "from before",
    "earned": "earned",
    "late": "late uses",
    "adjustments": "corrections",
    "paid": "paid",
    "held": "held",
    "payable": "to be paid",
}


def _overview(document: Mapping[str, Any], names: Names) -> Table:
    return Table(
        "Each line is explained below",
        ("line", "production", "use", "when", "counted", "amount"),
        [
            (
                line["line"],
                Cell(production(line, names), "of an earlier period, recorded late" if line["late"] else ""),
                line["use"].replace("_", " "),
                when(line),
                counted(line),
                Cell(sum_in_words(line["net"], line["currency"]), _kept(line)),
            )
            for line in document["lines"]
        ],
        numbers=(5,),
    )


def _kept(line: Mapping[str, Any]) -> str:
    return f"after deductions from {sum_in_words(line['gross'], line['currency'])}" if line["deductions"] else ""


def _line(line: Mapping[str, Any], names: Names) -> list[Block]:
    indices = [str(one["index"]) for one in line["decisions"]]
    more = len(indices) - SHOWN_DECISIONS
    decisions = f"{', '.join(indices[:SHOWN_DECISIONS])}{f' and {more} more, all in the JSON' if more > 0 else ''}"
    entry = "entry" if len(indices) == 1 else "entries"
    model = "" if line["model"] is None else f", by model {line['model']}"
    facts = [
        ("What was used", f"{line['asset']}{model}"),
        ("Where", ", ".join(filter(None, (line["territory"], line["medium"]))) or "nowhere: it is not shown"),
        ("When", when(line)),
        ("On which consent", f"record {line['record']}, version {line['version']}"),
        ("Decided", f"{entry} {decisions} of the ledger, by {', '.join(line['packs']) or 'the record alone'}"),
        *(
            ("Days estimated by", f"{names.author(one['author']) or ERASED}, from {one['basis']}")
            for one in line["estimates"]
        ),
        ("Amount", sum_in_words(line["gross"], line["currency"])),
        *(
            (f"Kept back: {one['name']}", f"{sum_in_words(one['amount'], line['currency'])} ({one['source']})")
            for one in line["deductions"]
        ),
        ("Owed on this line", sum_in_words(line["net"], line["currency"])),
        *((("On top", "contributions to pension and health"),) if line["pension_and_health"] else ()),
        *((("Later", "residuals on later income"),) if line["residuals"] else ()),
    ]
    return [Prose(what_happened(line, names)), Facts(facts)]


def _proof(document: Mapping[str, Any]) -> list[Block]:
    place = document["position"]
    facts: list[tuple[str, str]] = [("This statement is entry", str(place["index"])), ("With the hash", place["id"])]
    if document["proof"] is None:
        return [Facts(facts), Prose("It carries no proof; ask for one with a checkpoint of the ledger.")]
    return [
        Facts([*facts, ("Checkpoint", str(document["proof"].get("checkpoint", "")))]),
        Prose(
            "The JSON of this statement holds, for each entry named here, the proof that it stands on the ledger that "
            "the checkpoint signs. To check it without the payer: python openslate_verify.py STATEMENT.json --key KEY. "
            "The file openslate_verify.py lies in every bundle of the ledger; the public key must come by another way."
        ),
    ]


def _is_nothing(amount: str) -> bool:
    return not amount.strip("-0.")
