"""Parquet files, the form in which warehouses hand over their tables."""

from collections.abc import Mapping
from pathlib import Path

from openslate.data.admission.admit import Delivery, Progress, admit, already_imported, content_of, desk
from openslate.data.admission.casting import TimeUnit
from openslate.data.admission.report import ImportReport
from openslate.data.sources.csv import known_table
from openslate.data.sources.files import first_look, name_of
from openslate.data.sources.stored import stored_part
from openslate.project import Project
from openslate.rights.consent import Basis


def import_parquet(
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
    """Bring a Parquet file's rows into one table.

    Stability: stable.

    Args:
        project: where.
        path: the file.
        table: a table of `openslate.data.schema`, such as 'titles', 'plays' or 'outcomes'.
        columns: from the file's names to the table's, where they differ.
        source: the name under which the rows' basis is kept; 'parquet:' and the file's name when left out.
        basis: why the rows may be used, and for what; without one they are stored and nothing may use them.
        time_unit: how times that are numbers or text are written: 'iso', 's', 'ms', 'us' or 'ns'.
        progress: called with what is being done and the share that is done, 0 to 1.

    Raises:
        AdmitError: the file is damaged, lacks a required column, or has not one good row.
    """
    schema, file, mapping = known_table(table), Path(path), dict(columns or {})
    place = name_of(file)
    name = source or f"parquet:{place}"
    with desk(project, progress) as at:
        at.tell(f"Looking at {place}", 0.0)
        digest, _ = first_look(file, place)
        content = content_of("parquet", digest, table, sorted(mapping.items()), time_unit, name)
        known = already_imported(at, name, content, basis)
        if known is not None:
            return known
        part = stored_part(at.connection, schema, file, place, mapping)
        return admit(at, Delivery(name, str(path), content, [part]), basis, time_unit)
