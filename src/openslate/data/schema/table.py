"""What a table is: its columns, what they mean and which values they may hold."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: as it stands in the table.
        sql: its DuckDB type.
        meaning: one line for people.
        required: whether a row without it is refused.
        check: SQL that is true for an allowed value that is not null, or None.
        rule: the check in words, as the end of "must be ...".
    """

    name: str
    sql: str
    meaning: str
    required: bool = False
    check: str | None = None
    rule: str = ""


@dataclass(frozen=True)
class Table:
    """One table.

    Attributes:
        name: as it is imported and stored.
        meaning: one line for people.
        columns: in the order they are stored.
        key: the columns that tell two rows apart; a second row with the same key is a duplicate.
        time: the column that places a row in time, or None.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    time: str | None = None

    def types(self) -> dict[str, str]:
        """SQL type by column name."""
        return {column.name: column.sql for column in self.columns}


def id_column(name: str, meaning: str) -> Column:
    """A column of ids, which are text, so that any service's own ids fit."""
    return Column(name, "VARCHAR", meaning, True, f"length({name}) BETWEEN 1 AND 200", "1 to 200 characters long")


def day(name: str, meaning: str, required: bool = False) -> Column:
    """A column of days."""
    check = f"{name} BETWEEN DATE '1870-01-01' AND DATE '2100-01-01'"
    return Column(name, "DATE", meaning, required, check, "between 1870 and 2100")
