"""Tables as CSV for a spreadsheet, in which no cell can become a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from openslate.drawing.words import printable

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_STARTS = "=+-@\t\r\n|%＝＋－＠"
"""What a spreadsheet may take for the beginning of a formula. Source: OWASP, CSV injection."""


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV.

    Args:
        columns: their names.
        rows: as many cells each; None is an empty one.

    Source: RFC 4180; every cell is quoted, and what could start a formula has an apostrophe before it.

    Example:
        >>> csv_text(("set", "pages"), [("=QUAY", 3)]).splitlines()[1]
        '"\\'=QUAY","3"'
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([harmless(column) for column in columns])
    for row in rows:
        writer.writerow([harmless(value) for value in row])
    return text.getvalue()


def harmless(value: object) -> str:
    """A cell that every spreadsheet shows as text or a plain number.

    Example:
        >>> harmless("=1+1"), harmless(" @sum"), harmless("-12.50"), harmless(None)
        ("'=1+1", "' @sum", '-12.50', '')
    """
    text = "" if value is None else str(value)
    if _NUMBER.fullmatch(text):
        return text
    # Spaces and letters that draw nothing do not keep a spreadsheet from reading what follows them.
    starts = text[:1], printable(text)[:1]
    return f"'{text}" if any(one and one in _STARTS for one in starts) else text
