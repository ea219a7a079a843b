"""What is said of a row that was not let in: where it stands, what is wrong with it, and the way out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

ERASED = "is of a member who was erased and has not consented anew"
CONSENT_FIRST = "record their consent with `openslate rights grant --member` if they have come back"

LONGEST_QUOTE = 60
"""Characters of a value that a sentence repeats."""


@dataclass(frozen=True)
class Spot:
    """Where a row stands.

    Attributes:
        line: its first line, or its number among the rows where there are no lines; from 1.
        row: the row as it came.
        counted: what `line` counts, 'line' or 'row'.
    """

    line: int
    row: str
    counted: str = "line"

    def __str__(self) -> str:
        return f"{self.counted} {self.line}"


@dataclass(frozen=True)
class Refusal:
    """A row that went to quarantine.

    Stability: provisional.

    Attributes:
        file: the file, or what stood for one.
        spot: where in it.
        column: the column at fault, '' where it is the row as a whole.
        value: the value at fault, None where there is none.
        reason: what is wrong.
        way_out: what to do about it.

    Example:
        >>> spot = Spot(7, "m1,t1,tomorrow")
        >>> Refusal("plays.csv", spot, "started", "tomorrow", "is no time", "write 2026-01-31 20:15:00").sentence
        "plays.csv, line 7: started 'tomorrow' is no time; write 2026-01-31 20:15:00."
    """

    file: str
    spot: Spot
    column: str
    value: str | None
    reason: str
    way_out: str

    @property
    def sentence(self) -> str:
        """All of it in one sentence."""
        value = None if self.value is None else shortened(self.value)
        said = " ".join(part for part in (self.column, value, self.reason) if part)
        return f"{self.file}, {self.spot}: {said}; {self.way_out}."


def without_row(refusal: Refusal) -> Refusal:
    """The refusal of an erased member's row, which tells where it stood and nothing that was in it."""
    spot = replace(refusal.spot, row="")
    return Refusal(refusal.file, spot, "member", None, ERASED, CONSENT_FIRST)


def shortened(value: str) -> str:
    """A value in quotes, on one line, cut where it is long.

    Example:
        >>> shortened("x" * 80)[-6:], shortened("two\\nlines")
        ('xxx...', "'two\\\\nlines'")
    """
    return repr(value) if len(value) <= LONGEST_QUOTE else repr(value[:LONGEST_QUOTE])[:-1] + "..."


def numbered(rows: Sequence[int] | NDArray[np.int64]) -> str:
    """Row numbers as the inside of a SQL list."""
    return ", ".join(map(str, np.asarray(rows).tolist()))
