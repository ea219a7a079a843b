"""JSON Lines files: one JSON object per line."""

import json
from collections.abc import Mapping
from pathlib import Path

from openslate.data.admission.admit import Delivery, Progress, admit, already_imported, content_of, desk
from openslate.data.admission.casting import TimeUnit
from openslate.data.admission.part import match_columns
from openslate.data.admission.report import ImportReport
from openslate.data.schema import Table
from openslate.data.sources.csv import known_table
from openslate.data.sources.cutting import Dialect, cut
from openslate.data.sources.files import first_look, name_of
from openslate.data.sources.text import TextPart
from openslate.errors import AdmitError
from openslate.project import Project
from openslate.rights.consent import Basis
from openslate.storage.lake import quoted

_LINES_FOR_NAMES = 1_000
_DIALECT = Dialect(delimiter=None, quote=None, header=False)


def import_jsonl(
    project: Project,
    path: str | Path,
    table: str,
    *,
    columns: Mapping[str, str] | None = None,
    source: str | None = None,
    basis: Basis | None = None,
    time_unit: TimeUnit | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring the objects of a JSON Lines file into one table.

    Stability: stable.

    Args:
        project: where.
        path: the file; UTF-8, one object per line.
        table: a table of `openslate.data.schema`, such as 'titles', 'plays' or 'outcomes'.
        columns: from the file's names to the table's, where they differ.
        source: the name under which the rows' basis is kept; 'jsonl:' and the file's name when left out.
        basis: why the rows may be used, and for what; without one they are stored and nothing may use them.
        time_unit: how times are written: 'iso', 's', 'ms', 'us' or 'ns'; recognised when left out.
        progress: called with what is being done and the share that is done, 0 to 1.

    Raises:
        AdmitError: the file cannot be read, lacks a required name, or has not one good row.
    """
    schema, file, mapping = known_table(table), Path(path), dict(columns or {})
    place = name_of(file)
    name = source or f"jsonl:{place}"
    with desk(project, progress) as at:
        at.tell(f"Looking at {place}", 0.0)
        digest, nul = first_look(file, place)
        content = content_of("jsonl", digest, table, sorted(mapping.items()), time_unit, name)
        known = already_imported(at, name, content, basis)
        if known is not None:
            return known
        part = _jsonl_part(schema, file, place, mapping, nul)
        return admit(at, Delivery(name, str(path), content, [part]), basis, time_unit)


def _jsonl_part(table: Table, path: Path, place: str, columns: Mapping[str, str], nul: bool) -> TextPart:
    names = _names(path)
    if not names:
        raise AdmitError(f"{place} holds no JSON objects in its first lines.", "Write one object per line.")
    matched, left = match_columns(table, names, columns, place)
    pointers = ", ".join(quoted("/" + source.replace("~", "~0").replace("/", "~1")) for source in matched.values())
    # Everything is taken out of an object in one pass over its text; what is no object has no values at all.
    taken = f"CASE WHEN json_valid(f0) AND json_type(f0) = 'OBJECT' THEN json_extract_string(f0, [{pointers}]) END"
    values = {name: f"({taken})[{number}]" for number, name in enumerate(matched, 1)}
    return TextPart(table, place, path, _DIALECT, 1, values, left, odd=nul)


def _names(path: Path) -> list[str]:
    """The names in the first objects, in order of appearance."""
    names: dict[str, None] = {}
    for number, record in enumerate(cut(path, _DIALECT)):
        if number == _LINES_FOR_NAMES:
            break
        try:
            read = json.loads(record.text)
        except ValueError:
            continue
        if isinstance(read, dict):
            names.update(dict.fromkeys(read))
    return list(names)
