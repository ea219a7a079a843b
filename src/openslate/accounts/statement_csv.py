"""A statement as CSV for a spreadsheet, one row a line, in which no cell can become a formula."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from openslate.drawing.spreadsheet import harmless

COLUMNS = (
    "kind", "line", "period_start", "period_end", "project", "asset", "use", "territory", "medium", "model", "units",
    "unit", "rate", "basis", "currency", "gross", "deductions", "net", "by_other_method", "pool", "consent",
    "consent_version", "decisions", "first", "last", "reason", "ledger_index",
)  # fmt: skip
KINDS = {"adjustments": "adjustment", "held": "held", "payments": "payment"}


def statement_csv(document: Mapping[str, Any]) -> str:
    """Lines, corrections, held amounts and payments of a statement, in that order.

    Args:
        document: of `statements.statement`.

    Source: RFC 4180; every cell is quoted, and what could start a formula has an apostrophe before it.
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in _rows(document):
        writer.writerow([harmless(row.get(column)) for column in COLUMNS])
    return text.getvalue()


def _rows(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    period = {"period_start": document["period"]["start"], "period_end": document["period"]["end"]}
    for line in document["lines"]:
        kept = "; ".join(f"{one['name']} {one['amount']}" for one in line["deductions"])
        decisions = " ".join(str(one["index"]) for one in line["decisions"])
        yield {
            **line,
            **period,
            "kind": "late" if line["late"] else "line",
            "deductions": kept,
            "consent": line["record"],
            "consent_version": line["version"],
            "decisions": decisions,
        }
    for kind in ("adjustments", "held", "payments"):
        for one in document[kind]:
            start, _, end = one.get("period", "").partition("/")
            yield {
                **one,
                "kind": "reversal" if "reverses" in one else KINDS[kind],
                # What stands there is the hash of words in the vault.
                "reason": None if kind == "payments" else one.get("reason"),
                "period_start": start or period["period_start"],
                "period_end": end or period["period_end"],
                "consent": one.get("record"),
                "net": one["amount"],
                "ledger_index": one["index"],
            }
