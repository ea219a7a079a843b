"""The cast of a shoot as a table that people correct: `cast.csv`."""

from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from openslate.apps.production.reading import table_cells as cells
from openslate.apps.production.reading.table_file import Row, table_rows, table_text, written_table
from openslate.apps.production.shoot.people import CastMember, Contract, ContractKind

NAME = "cast.csv"
COLUMNS = (
    *("id", "character", "performer", "contract", "rate", "drops", "drop days", "least days", "away", "available"),
    *("born", "holder", "scan notice days"),
)
NEEDED = ("id", "character")


def cast_table_text(cast: Sequence[CastMember]) -> str:
    """The table as CSV.

    Example:
        >>> print(cast_table_text([CastMember("1", "MIRA")]).splitlines()[1])
        1,MIRA,,day,0,0,11,0,,,,,
    """
    return table_text(COLUMNS, [_cells(one) for one in cast])


def _cells(one: CastMember) -> Sequence[str]:
    contract = one.contract
    return (
        one.id,
        one.character,
        one.performer,
        contract.kind,
        str(contract.rate),
        str(contract.drops),
        str(contract.drop_days),
        str(contract.least_days),
        cells.spans_text(one.away),
        cells.spans_text(one.available),
        "" if one.born is None else str(one.born),
        one.holder,
        "" if one.scan_notice_days is None else str(one.scan_notice_days),
    )


def read_cast_table(path: Path) -> tuple[CastMember, ...]:
    """The cast in a table.

    Raises:
        AdmitError: the file cannot be read, or a cell is wrong; with file, line, column and value.
    """
    return cast_table(path, written_table(path))


def cast_table(path: Path, text: str) -> tuple[CastMember, ...]:
    """The cast in the text of a table.

    Args:
        path: of its file, for messages.
        text: as CSV.

    Raises:
        AdmitError: a cell is wrong; with file, line, column and value.
    """
    return tuple(one for _, one in cast_rows(path, text))


def cast_rows(path: Path, text: str) -> Sequence[tuple[Row, CastMember]]:
    """The cast in the text of a table, each with the row that it stands in; as `cast_table`."""
    found: dict[str, tuple[Row, CastMember]] = {}
    for row in table_rows(path, text, COLUMNS, NEEDED):
        one = _member(row)
        if one.id in found:
            raise row.refused("id", "another cast member has it", "Give every cast member an id of their own.")
        found[one.id] = row, one
    return tuple(found.values())


def _member(row: Row) -> CastMember:
    kinds: tuple[ContractKind, ...] = get_args(ContractKind)
    usual = Contract()
    return CastMember(
        id=cells.number_in(row, "id"),
        character=cells.name_in(row, "character"),
        performer=cells.text_in(row, "performer"),
        contract=Contract(
            kind=cells.choice_in(row, "contract", kinds, usual.kind),
            rate=cells.whole_in(row, "rate", usual.rate),
            drops=cells.whole_in(row, "drops", usual.drops),
            drop_days=cells.whole_in(row, "drop days", usual.drop_days),
            least_days=cells.whole_in(row, "least days", usual.least_days),
        ),
        away=cells.spans_in(row, "away"),
        available=cells.spans_in(row, "available"),
        born=cells.day_in(row, "born"),
        holder=cells.text_in(row, "holder"),
        scan_notice_days=cells.whole_or_none_in(row, "scan notice days"),
    )
