"""CSV files: the form in which most services hand over their plays."""

from collections.abc import Mapping
from pathlib import Path

from openslate.data.admission.admit import Delivery, Progress, admit, already_imported, content_of, desk
from openslate.data.admission.casting import TimeUnit
from openslate.data.admission.part import match_columns
from openslate.data.admission.report import ImportReport
from openslate.data.schema import TABLES, Table
from openslate.data.sources.cutting import Dialect
from openslate.data.sources.files import as_utf8, first_look, header_of, name_of
from openslate.data.sources.text import TextPart
from openslate.errors import AdmitError, UsageError
from openslate.project import Project
from openslate.rights.consent import Basis

_DELIMITERS = ",;\t|"


def import_csv(
    project: Project,
    path: str | Path,
    table: str,
    *,
    columns: Mapping[str, str] | None = None,
    source: str | None = None,
    basis: Basis | None = None,
    delimiter: str = ",",
    encoding: str = "utf-8",
    time_unit: TimeUnit | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring a CSV file's rows into one table.

    Stability: stable.

    Args:
        project: where.
        path: the file; its first line names the columns.
        table: a table of `openslate.data.schema`, such as 'titles', 'plays' or 'outcomes'.
        columns: from the file's names to the table's, where they differ.
        source: the name under which the rows' basis is kept; 'csv:' and the file's name when left out.
        basis: why the rows may be used, and for what; without one they are stored and nothing may use them.
        delimiter: the character between values.
        encoding: how the text is written, such as 'utf-8' or 'latin-1'.
        time_unit: how times are written: 'iso', 's', 'ms', 'us' or 'ns'; recognised when left out.
        progress: called with what is being done and the share that is done, 0 to 1.

    Raises:
        AdmitError: the file cannot be read, lacks a required column, or has not one good row.
    """
    schema = known_table(table)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise UsageError(f"The delimiter {delimiter!r} is not one character.", "Name one such as ',' or ';'.")
    file, mapping = Path(path), dict(columns or {})
    place = name_of(file)
    name = source or f"csv:{place}"
    with desk(project, progress) as at:
        at.tell(f"Looking at {place}", 0.0)
        digest, nul = first_look(file, place)
        content = content_of("csv", digest, table, sorted(mapping.items()), delimiter, encoding, time_unit, name)
        known = already_imported(at, name, content, basis)
        if known is not None:
            return known
        text = as_utf8(file, place, encoding, at.scratch)
        part = csv_part(schema, text, place, Dialect(delimiter=delimiter), mapping, nul)
        return admit(at, Delivery(name, str(path), content, [part]), basis, time_unit)


def csv_part(table: Table, path: Path, place: str, dialect: Dialect, columns: Mapping[str, str], nul: bool) -> TextPart:
    """A CSV file with a line of column names as rows of a table.

    Args:
        table: the schema.
        path: the file, in UTF-8.
        place: what messages call it.
        dialect: how it is written.
        columns: from the file's names to the table's, where they differ.
        nul: whether a NUL byte is in it.

    Raises:
        AdmitError: the line of names is broken, or a required column is missing.
    """
    names, line = header_of(path, place, dialect)
    if len(names) == 1 and names[0] not in columns:
        _doubt_delimiter(names[0], place, dialect)
    matched, left = match_columns(table, names, columns, place)
    values = {name: f"f{names.index(source)}" for name, source in matched.items()}
    return TextPart(table, place, path, dialect, len(names), values, left, odd=nul or line != 1)


def _doubt_delimiter(header: str, place: str, dialect: Dialect) -> None:
    """Refuse a file whose only column holds what is a delimiter elsewhere."""
    other = next((sign for sign in _DELIMITERS if sign in header and sign != dialect.delimiter), None)
    if other is not None:
        typed = "tab" if other == "\t" else f"'{other}'"
        raise AdmitError(
            f"{place} has but one column, {header!r}, when cut at {dialect.delimiter!r}.",
            f"Name the delimiter with --delimiter {typed} (in Python: delimiter={other!r}).",
        )


def known_table(name: str) -> Table:
    """The schema of that name.

    Raises:
        UsageError: there is none.
    """
    if name not in TABLES:
        raise UsageError(f"There is no table {name!r}.", f"Name one of {', '.join(TABLES)}.")
    return TABLES[name]
