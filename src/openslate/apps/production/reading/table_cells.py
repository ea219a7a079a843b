"""Values in the cells of a breakdown's tables: lengths, days, numbers, lists; and what spreadsheets make of them."""

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import TypeVar

from openslate.apps.production.reading.table_file import Row
from openslate.apps.production.shoot.people import Span
from openslate.apps.production.written_values import LARGEST

MOST_PAGES = 1_000
_LENGTH = re.compile(r"(?:(\d{1,4})\s+)?(\d{1,3})/(\d{1,3})|(\d{1,4}(?:[.,]\d{1,6})?)")
_MONTH = r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])[a-zé]*\.?"
_DATE = re.compile(
    rf"\d{{1,4}}[-/. ]+{_MONTH}(?:[-/. ]+\d{{2,4}})?|{_MONTH}[-/. ]+\d{{1,4}}|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}.*",
    re.IGNORECASE,
)
_POWER = re.compile(r"\d[.,]\d{1,15}E[+-]\d{1,3}", re.IGNORECASE)
_TO = " to "
Word = TypeVar("Word", bound=str)
AS_TEXT = "Give the column the format of text in the spreadsheet, and write it again"


def is_date(cell: str) -> bool:
    """Whether a cell looks like what a spreadsheet makes of '4/8' or '1-2': a date.

    Example:
        >>> is_date("04. Aug"), is_date("2026-04-08"), is_date("1 4/8"), is_date("12A")
        (True, True, False, False)
    """
    return _DATE.fullmatch(cell) is not None


def length_text(eighths: int) -> str:
    """A length in whole pages and eighths; a spreadsheet takes '0 4/8' for a fraction and '4/8' for a date.

    Example:
        >>> length_text(12), length_text(4)
        ('1 4/8', '0 4/8')
    """
    return f"{eighths // 8} {eighths % 8}/8"


def length_in(row: Row, column: str) -> int:
    """A length in eighths, written as '1 4/8', '4/8', '1 1/2', '1.5' or '2'.

    Raises:
        AdmitError: it is none, is no whole number of eighths, or was turned into a date.
    """
    cell = row.cells.get(column, "")
    if is_date(cell):
        raise row.refused(column, "a spreadsheet has made a date of a length", f"{AS_TEXT}: 1 4/8, or 1.5.")
    found = _LENGTH.fullmatch(cell)
    if found is None or found[3] == "0" or (found[3] and not int(found[3])):
        raise row.refused(column, "it is no length in pages", "Write it as 1 4/8, or 1.5.")
    pages = (
        Fraction(found[4].replace(",", ".")) if found[4] else int(found[1] or 0) + Fraction(f"{found[2]}/{found[3]}")
    )
    eighths = pages * 8
    if eighths.denominator != 1 or not 1 <= eighths <= 8 * MOST_PAGES:
        raise row.refused(column, f"it is not between 1/8 and {MOST_PAGES:,} pages in eighths", "Write it as 1 4/8.")
    return int(eighths)


def name_in(row: Row, column: str) -> str:
    """A name that must be there."""
    cell = row.cells.get(column, "")
    if not cell:
        raise row.refused(column, "it is empty", "Write it; a row that is not wanted is taken out as a whole.")
    return cell


def number_in(row: Row, column: str) -> str:
    """A number of a scene or of a cast member, such as '12A', that no spreadsheet has made a date or a power of ten."""
    cell = name_in(row, column)
    if _POWER.fullmatch(cell):
        raise row.refused(column, "a spreadsheet has made a power of ten of it", f"{AS_TEXT}.")
    if is_date(cell):
        raise row.refused(column, "a spreadsheet has made a date of it", f"{AS_TEXT}.")
    return cell


def text_in(row: Row, column: str) -> str:
    """A text; empty where there is none."""
    return row.cells.get(column, "")


def whole_in(row: Row, column: str, otherwise: int) -> int:
    """A whole number of at least 0; `otherwise` where the cell is empty."""
    cell = row.cells.get(column)
    if cell is None:
        return otherwise
    if not re.fullmatch(r"[0-9]{1,13}", cell) or int(cell) >= LARGEST:
        raise row.refused(column, "it is no whole number", "Write figures alone, such as 1200.")
    return int(cell)


def whole_or_none_in(row: Row, column: str) -> int | None:
    """A whole number of at least 0; None where the cell is empty."""
    return whole_in(row, column, 0) if column in row.cells else None


def day_in(row: Row, column: str) -> date | None:
    """A day; None where the cell is empty."""
    cell = row.cells.get(column)
    return None if cell is None else day_said(row, column, cell)


def day_said(row: Row, column: str, text: str) -> date:
    """The day that a part of a cell says.

    Raises:
        AdmitError: it is none.
    """
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise row.refused(column, f"{text[:40]!r} is no day", "Write days as 2027-03-01, in cells of text.") from None


def list_in(row: Row, column: str, sign: str = ",") -> tuple[str, ...]:
    """The parts of a cell between signs; empty where there are none."""
    return tuple(filter(None, (one.strip() for one in row.cells.get(column, "").split(sign))))


def list_text(parts: Sequence[str], sign: str = ",") -> str:
    """Parts in one cell."""
    return f"{sign} ".join(parts)


def pairs_in(row: Row, column: str) -> list[tuple[str, str]]:
    """The parts of a cell such as 'Props: lamp; Vehicles: van', as pairs.

    Raises:
        AdmitError: a part has no colon, or nothing on one side of it.
    """
    found = []
    for part in list_in(row, column, ";"):
        kind, _, name = (one.strip() for one in part.partition(":"))
        if not kind or not name:
            raise row.refused(
                column, f"{part[:40]!r} has no kind before a colon", "Write it as Props: lamp; Vehicles: van."
            )
        found.append((kind, name))
    return found


def spans_in(row: Row, column: str) -> tuple[Span, ...]:
    """Spans of days such as '2027-03-01 to 2027-03-05; 2027-03-09'."""
    found = []
    for part in list_in(row, column, ";"):
        first, _, last = part.partition(_TO)
        span = Span(day_said(row, column, first.strip()), day_said(row, column, (last or first).strip()))
        if span.last < span.first:
            raise row.refused(column, f"{part[:40]!r} ends before it begins", "Write the earlier day first.")
        found.append(span)
    return tuple(found)


def spans_text(spans: Sequence[Span]) -> str:
    """Spans in one cell.

    Example:
        >>> spans_text([Span(date(2027, 3, 1), date(2027, 3, 5))])
        '2027-03-01 to 2027-03-05'
    """
    return list_text([str(one.first) if one.first == one.last else f"{one.first}{_TO}{one.last}" for one in spans], ";")


def choice_in(row: Row, column: str, choices: Sequence[Word], otherwise: Word) -> Word:
    """One of some words; `otherwise` where the cell is empty."""
    cell = row.cells.get(column)
    if cell is None:
        return otherwise
    for one in choices:
        if one.lower() == cell.lower().rstrip("."):
            return one
    known = ", ".join(one for one in choices if one)
    raise row.refused(column, "it is not a word for this column", f"Write one of {known}, or nothing.")
