"""What each viewer of a pool paid and watched, as a file says it: read, used to share a pool out, and not kept."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from openslate.errors import UsageError

COLUMNS = ("viewer", "fee", "record", "production", "uses")
WAY_OUT = f"Give the columns {', '.join(COLUMNS)}; docs/rights.md has an example."
# Bounded, since an exponent of nine digits would be worked out as an exact number.
_NUMBER = re.compile(r"[0-9]{1,18}(\.[0-9]{1,18})?").fullmatch


@dataclass(frozen=True)
class PoolFigures:
    """What viewers paid and watched in a period.

    Attributes:
        fees: the part of each viewer's fee that is shared out.
        uses: of each viewer, by record and production, in the unit in which the pool counts.
    """

    fees: dict[str, Decimal]
    uses: dict[str, dict[tuple[str, str], Decimal]]


def read_pool_figures(path: Path) -> PoolFigures:
    """Read a CSV file with one row for each viewer, record and production.

    A viewer's fee stands in their first row, and later rows repeat it or leave it out; whoever watched nothing has a
    row with the fee alone.

    Args:
        path: of the file, in UTF-8.

    Raises:
        UsageError: it cannot be read, or a row is wrong. Its line is named and the viewer is not: an error travels
            further than people's data may.
    """
    fees: dict[str, Decimal] = {}
    uses: dict[str, dict[tuple[str, str], Decimal]] = defaultdict(dict)
    for line, row in _rows(path):
        viewer, fee, record, production, count = (row[column].strip() for column in COLUMNS)
        where = f"{path}, line {line}"
        if not viewer:
            raise UsageError(f"{where}: viewer is empty.", WAY_OUT)
        if fee:
            amount = _number(where, "fee", fee)
            if fees.setdefault(viewer, amount) != amount:
                raise UsageError(f"{where}: fee = {fee} is not what an earlier row of the viewer says.", WAY_OUT)
        elif viewer not in fees:
            raise UsageError(f"{where}: fee is empty in the first row of a viewer.", "Give it; 0 for a free viewer.")
        if not (record or production or count):
            continue
        for name, value in (("record", record), ("production", production), ("uses", count)):
            if not value:
                raise UsageError(f"{where}: {name} is empty.", "Give record, production and uses, or none of them.")
        if (record, production) in uses[viewer]:
            raise UsageError(f"{where}: record and production stand in an earlier row of the viewer.", "Add them up.")
        uses[viewer][record, production] = _number(where, "uses", count)
    if not fees:
        raise UsageError(f"{path} names no viewer.", WAY_OUT)
    return PoolFigures(fees, {viewer: found for viewer, found in uses.items() if found})


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            heading = next(reader, [])
            if sorted(heading) != sorted(COLUMNS):
                raise UsageError(f"{path}, line 1: the columns are {', '.join(heading) or 'missing'}.", WAY_OUT)
            for values in reader:
                if values and len(values) != len(heading):
                    raise UsageError(
                        f"{path}, line {reader.line_num}: there are {len(values)} values for {len(heading)} columns.",
                        WAY_OUT,
                    )
                if values:
                    yield reader.line_num, dict(zip(heading, values, strict=True))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Name a file that can be.") from error
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not written in UTF-8.", "Save it as UTF-8.") from None
    except csv.Error as error:
        raise UsageError(f"{path}, line {reader.line_num}: it is no CSV: {error}.", WAY_OUT) from None


def _number(where: str, field: str, text: str) -> Decimal:
    if _NUMBER(text) is None:
        raise UsageError(f"{where}: {field} = {text!r} is no number from 0 up.", "Write it as 2.50.")
    return Decimal(text)
