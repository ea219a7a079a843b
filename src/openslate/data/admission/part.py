"""What every source hands to admission: rows as SQL in their order, and the way back from a row to its line."""

import difflib
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from openslate.data.admission.refusals import Refusal, Spot
from openslate.data.admission.scratch import Scratch
from openslate.data.schema import Table
from openslate.errors import AdmitError

Sink = Callable[[Refusal], None]
"""Takes the refusals of rows."""


class Part(Protocol):
    """Some rows of one table, in their order.

    Stability: internal.
    """

    @property
    def table(self) -> Table:
        """The table they go to."""
        ...

    @property
    def place(self) -> str:
        """What messages call the file, or what stands for one."""
        ...

    @property
    def path(self) -> Path:
        """The file that holds the rows."""
        ...

    @property
    def types(self) -> Mapping[str, str]:
        """DuckDB type of each raw column there is, under the schema's names."""
        ...

    @property
    def ignored(self) -> tuple[str, ...]:
        """Columns of the source that no table has."""
        ...

    @property
    def nul_possible(self) -> bool:
        """Whether text may hold the character NUL."""
        ...

    @property
    def odd(self) -> bool:
        """Whether the part must be mended before it is read."""
        ...

    @property
    def refusals(self) -> Sequence[Refusal]:
        """Rows that were refused while the part was made."""
        ...

    def relation(self) -> str:
        """SQL of all rows, in order."""
        ...

    def subset(self, rows: NDArray[np.int64], spots: Sequence[Spot], scratch: Scratch) -> str:
        """SQL of the rows with these numbers from 0, ascending, in order; `locate` gave their spots."""
        ...

    def check(self, total: int) -> None:
        """See that as many rows were read as there are, where that is known.

        Raises:
            AdmitError: there are more or fewer.
        """
        ...

    def certain(self, total: int) -> bool:
        """Whether the lines of rows are known, given how many rows were read."""
        ...

    def locate(self, rows: NDArray[np.int64]) -> Iterator[Spot]:
        """Where the rows with these numbers stand; they come in ascending order."""
        ...

    def no_row(self, spot: Spot) -> str | None:
        """Why what stands there is no row at all; None where it is one, with whatever values."""
        ...

    def mended(self, scratch: Scratch, sink: Sink, problem: str) -> "Part":
        """The same rows, cut exactly: what cannot be a row goes to the sink.

        Raises:
            AdmitError: there is nothing to cut; the file is damaged.
        """
        ...


def match_columns(
    table: Table, found: Sequence[str], columns: Mapping[str, str], place: str
) -> tuple[dict[str, str], tuple[str, ...]]:
    """Which column of a source is which column of the table.

    Args:
        table: the schema.
        found: the source's columns.
        columns: from names of the source to names of the table, where they differ.
        place: the file's name, for the message.

    Returns:
        From names of the table to names of the source, and the source's columns that are left over.

    Raises:
        AdmitError: a required column is missing, a name stands twice, or the mapping names what is not there.
    """
    names = [column.name for column in table.columns]
    _check_mapping(table, found, columns, place)
    matched: dict[str, str] = {}
    for source_name in found:
        name = columns.get(source_name, source_name)
        if name not in names or (source_name not in columns and name in columns.values()):
            continue
        if name in matched:
            raise AdmitError(
                f"{place} has two columns for {name}: {matched[name]!r} and {source_name!r}.",
                "Keep one of them, or rename the other.",
            )
        matched[name] = source_name
    left = tuple(name for name in found if name not in matched.values())
    for column in table.columns:
        if column.required and column.name not in matched:
            raise _missing(column.name, found, left, place)
    return matched, left


def _check_mapping(table: Table, found: Sequence[str], columns: Mapping[str, str], place: str) -> None:
    names = [column.name for column in table.columns]
    for source_name, name in columns.items():
        if name not in names:
            raise AdmitError(
                f"The table {table.name} has no column {name!r}. It has: {', '.join(names)}.",
                "Map the source's columns to those names.",
            )
        if source_name not in found:
            raise AdmitError(
                f"{place} has no column {source_name!r} to map to {name}. It has: {_listed(found)}.",
                "Name a column that is there.",
            )


def _missing(name: str, found: Sequence[str], left: Sequence[str], place: str) -> AdmitError:
    close = difflib.get_close_matches(name, left, 1, 0.5)
    theirs = close[0] if close else "theirs"
    meant = f"If {theirs!r} is meant, map it" if close else "If one of them is meant, map it"
    return AdmitError(
        f"{place} has no column {name!r}. It has: {_listed(found)}.",
        f"{meant} with --column {shlex.quote(f'{theirs}={name}')} (in Python: columns={{{theirs!r}: {name!r}}}).",
    )


def _listed(names: Sequence[str], most: int = 30) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(repr(name)[1:-1][:60] for name in names[:most]) + more
