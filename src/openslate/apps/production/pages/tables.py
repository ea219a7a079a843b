"""Rows below named columns, which every page is given as besides: for a spreadsheet, and for other programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from openslate.drawing.spreadsheet import csv_text

Value: TypeAlias = str | int | float | bool | date | tuple[str, ...] | None


@dataclass(frozen=True)
class Rows:
    """A table.

    Attributes:
        columns: their names.
        rows: as many values each.

    Example:
        >>> table = Rows(("scene", "cast"), [("1", ("1", "7A"))])
        >>> table.values(), table.csv()
        ([{'scene': '1', 'cast': ['1', '7A']}], '"scene","cast"\\r\\n"1","1, 7A"\\r\\n')
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Value]]

    def csv(self) -> str:
        """For a spreadsheet; lists are written with commas, and nothing can become a formula."""
        return csv_text(self.columns, [[_cell(value) for value in row] for row in self.rows])

    def values(self) -> list[dict[str, object]]:
        """One object a row, of values that JSON has."""
        return [dict(zip(self.columns, map(_plain, row), strict=True)) for row in self.rows]


def _cell(value: Value) -> object:
    if isinstance(value, bool):
        return "yes" if value else ""
    return ", ".join(value) if isinstance(value, tuple) else value


def _plain(value: Value) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
