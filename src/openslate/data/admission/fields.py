"""The values of a refused row, however it is written: a row that was refused is often one that cannot be read."""

import csv
import io
import json
import re
from typing import Any

DELIMITERS = (",", ";", "\t", "|")
_WORDS = re.compile(r"[^\s,;|\"'{}\[\]()]+")


def fields_of(row: str) -> frozenset[str]:
    """Every text that may be a value of the row: its fields by each usual delimiter, its words, or its JSON values.

    Where a row says which of its values is the member's, as rows of arrays and Parquet files do, that one is all.

    Args:
        row: as quarantine keeps it.

    Example:
        >>> sorted(fields_of('{"member": "m1", "title": "7"}')), "o'hara" in fields_of('"o\\'hara",t1,never')
        (['m1'], True)
    """
    try:
        value = json.loads(row)
    except ValueError:
        value = None
    if isinstance(value, dict) and "member" in value:
        return frozenset([str(value["member"])])
    if isinstance(value, dict | list):
        return frozenset(_values(value))
    found = {row, row.strip(), *_WORDS.findall(row), *row.split("::")}
    for delimiter in DELIMITERS:
        for record in _records(row, delimiter):
            found.update(record)
            found.update(field.strip() for field in record)
    return frozenset(found)


def _records(row: str, delimiter: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(row, newline=""), delimiter=delimiter))
    except csv.Error:
        return [row.split(delimiter)]


def _values(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in _values(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _values(inner)]
    return [str(value)]
