"""What the cells of Netflix's reports say: half-years, kinds, runtimes, numbers."""

import re
from dataclasses import dataclass
from datetime import date

from openslate.data.sources.given import Value
from openslate.data.sources.workbook import Broken

_MONTHS = re.compile(
    r"\b(?P<first>jan|jul)[a-z]*\.?(?:\s+\d{4})?\s*(?:to|through|until|-|–|—)\s*(?:jun|dec)[a-z]*\.?,?\s+(?P<year>20\d{2})\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?P<year>20\d{2})[ _-]*(?:(?P<first>jan|jul)[a-z]*[ _-]*(?:jun|dec)|h(?P<half>[12]))", re.IGNORECASE
)
_RUNTIME = re.compile(r"(?P<hours>\d{1,4}):(?P<minutes>[0-5]\d)(?::[0-5]\d)?\*?")


@dataclass(frozen=True, order=True)
class Half:
    """A half-year.

    Attributes:
        year: such as 2023.
        number: 1 or 2.
    """

    year: int
    number: int

    @property
    def starts(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.number == 1 else 7, 1)

    @property
    def ends(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.number == 1 else date(self.year, 12, 31)

    def __str__(self) -> str:
        return f"{self.year}H{self.number}"


def half_in(text: str) -> Half | None:
    """The half-year a text names, in words or as publishers name files.

    Example:
        >>> half_in("Views from July to December 2024"), half_in("Report_2025Jan-Jun.xlsx"), half_in("2023H2")
        (Half(year=2024, number=2), Half(year=2025, number=1), Half(year=2023, number=2))
    """
    for pattern in (_MONTHS, _NAMED):
        found = pattern.search(text)
        if found is not None:
            parts = found.groupdict()
            second = parts.get("half") == "2" or (parts.get("first") or "").lower() == "jul"
            return Half(int(parts["year"]), 2 if second else 1)
    return None


def kind_in(text: str) -> str | None:
    """The kind that a sheet's name or a cell speaks of.

    Example:
        >>> kind_in("Shows"), kind_in("Film"), kind_in("Engagement")
        ('series', 'film', None)
    """
    said = text.casefold()
    if "film" in said or "movie" in said:
        return "film"
    return "series" if re.search(r"\btv\b|show|series", said) else None


def minutes(runtime: object) -> Value:
    """A runtime in minutes, None where it is unknown ('*'); what is no runtime stays as it came, to be refused.

    Example:
        >>> minutes("7:34"), minutes("1:28*"), minutes("*"), minutes("long")
        (454, 88, None, 'long')
    """
    if runtime is None:
        return None
    text = str(runtime).strip()
    if text in ("", "*"):
        return None
    found = _RUNTIME.fullmatch(text)
    return text if found is None else int(found["hours"]) * 60 + int(found["minutes"]) or None


def name_in(cell: object) -> str:
    """A name; one that is a number, such as 1917, comes as one."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def yes_in(cell: object) -> Value:
    """Yes or no as a truth value; what is neither stays as it came, to be refused."""
    said = "" if cell is None else str(cell).strip()
    return {"yes": True, "no": False, "true": True, "false": False, "": None}.get(said.casefold(), said)


def number_in(cell: object) -> Value:
    """A number, None where there is none; what is no number stays as it came, to be refused."""
    if cell is None or (isinstance(cell, str) and cell.strip() in ("", "*")):
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return None if cell != cell else float(cell)
    return str(cell).strip().replace(",", "")


def printed(cell: object) -> str:
    """A cell as quarantine keeps it."""
    return cell.said if isinstance(cell, Broken) else str(cell)
