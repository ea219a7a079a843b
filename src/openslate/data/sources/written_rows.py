"""Rows about scripts, treatments and outlines as a table has them: CSV, JSON Lines, Parquet or TOML."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from openslate.data.admission.admit import Desk
from openslate.data.admission.refusals import Refusal, Spot
from openslate.data.sources.tabular import Row, read_table, require
from openslate.errors import AdmitError
from openslate.rights.records.lines import TomlLines

TABLE = "texts"
NEEDED = ("title", "kind", "holders")
LONGEST_TOML_MEGABYTES = 50
_WHAT = "one text a row, with its title, its kind and whose it is"


def read_rows(
    at: Desk, path: Path, place: str, refused: list[Refusal], columns: Mapping[str, str]
) -> tuple[list[str], list[Row]]:
    """The names of a table's columns, and its rows under our names.

    Args:
        at: where the import works.
        path: of a .toml, .csv, .tsv, .jsonl or .parquet file.
        place: what messages call it.
        refused: takes what is no row.
        columns: from its names to ours, where they differ.

    Raises:
        AdmitError: the file is damaged, or lacks a column.
    """
    if path.suffix.lower() == ".toml":
        rows = list(_toml(path, place, refused))
        names = list(dict.fromkeys(name for row in rows for name in row.values))
    else:
        names, found = read_table(path, place, at.connection, refused)
        rows = list(found)
    if rows or not refused:
        require(names, tuple(columns), place, _WHAT)
        require([columns.get(name, name) for name in names], NEEDED, place, _WHAT)
    return names, [
        Row({columns.get(name, name): value for name, value in row.values.items()}, row.spot) for row in rows
    ]


def wordless(row: Row) -> Spot:
    """Where a row stands, with all that it says but the words of the text: a refused row waits where many look."""
    told = {
        name: f"({len(str(value)):,} characters)" if name == "text" else value for name, value in row.values.items()
    }
    return Spot(row.spot.line, json.dumps(told, ensure_ascii=False, default=str), row.spot.counted)


def listed(value: Any) -> list[str]:
    """Several words: a list, a JSON list, or words between bars.

    Example:
        >>> listed("h-wen|h-bo"), listed(["h-wen"]), listed(None)
        (['h-wen', 'h-bo'], ['h-wen'], [])
    """
    if isinstance(value, str) and value.strip().startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            return [value]
    parts = value.split("|") if isinstance(value, str) else value if isinstance(value, list | tuple) else [value]
    return [str(one).strip() for one in parts if one is not None and str(one).strip()]


def _toml(path: Path, place: str, refused: list[Refusal]) -> Iterator[Row]:
    if path.stat().st_size > LONGEST_TOML_MEGABYTES * 1_000_000:
        raise AdmitError(f"{place} is larger than {LONGEST_TOML_MEGABYTES} MB.", "Put long texts into files beside it.")
    try:
        text = path.read_text(encoding="utf-8-sig")
        held = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise AdmitError(f"{place} is not written in UTF-8: {error.reason}.", "Save it as UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise AdmitError(f"{place} is not valid TOML: {error}.", "Mend that line.") from None
    rows = held.get(TABLE)
    if not isinstance(rows, list) or not rows or set(held) != {TABLE}:
        raise AdmitError(f"{place} holds no list of [[{TABLE}]], or something beside it.", f"Begin with [[{TABLE}]].")
    for number, row in enumerate(rows, 1):
        spot = Spot(TomlLines(text, TABLE, number).line, "")
        if isinstance(row, dict):
            yield Row(row, spot)
        else:
            refused.append(Refusal(place, spot, "", None, "the entry is no table", f"begin it with [[{TABLE}]]"))
