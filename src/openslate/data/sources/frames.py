"""Dataframes of any make, through the Arrow PyCapsule protocol: pandas, Polars, pyarrow, DuckDB relations."""

from collections.abc import Mapping
from typing import Protocol

import duckdb

from openslate.data.admission.admit import Delivery, Progress, admit, already_imported, content_of, desk
from openslate.data.admission.casting import TimeUnit
from openslate.data.admission.report import ImportReport
from openslate.data.admission.told import first_sentence
from openslate.data.sources.csv import known_table
from openslate.data.sources.stored import stored_part
from openslate.errors import AdmitError
from openslate.project import Project
from openslate.rights.consent import Basis
from openslate.storage.files import content_hash
from openslate.storage.lake import copy_to


class Frame(Protocol):
    """Anything that gives out its rows as an Arrow stream."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A PyCapsule that holds an ArrowArrayStream."""
        ...


class _Capsule:
    """Only the protocol, so that DuckDB asks for the stream whatever the object also is."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


def import_frame(
    project: Project,
    frame: Frame,
    table: str,
    *,
    columns: Mapping[str, str] | None = None,
    source: str = "frame",
    basis: Basis | None = None,
    time_unit: TimeUnit | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring a dataframe's rows into one table.

    Stability: stable.

    Args:
        project: where.
        frame: any object with `__arrow_c_stream__`, such as a pandas or Polars DataFrame.
        table: a table of `openslate.data.schema`, such as 'titles', 'plays' or 'outcomes'.
        columns: from the frame's names to the table's, where they differ.
        source: the name under which the rows' basis is kept.
        basis: why the rows may be used, and for what; without one they are stored and nothing may use them.
        time_unit: how times that are numbers or text are written: 'iso', 's', 'ms', 'us' or 'ns'.
        progress: called with what is being done and the share that is done, 0 to 1.

    Raises:
        AdmitError: the object gives no Arrow stream, lacks a required column, or has not one good row.
    """
    schema, mapping = known_table(table), dict(columns or {})
    if type(frame).__name__ == "LazyFrame":
        raise AdmitError(f"A {type(frame).__name__} holds a plan and no rows.", "Call .collect() on it first.")
    if not hasattr(frame, "__arrow_c_stream__"):
        raise AdmitError(
            f"An object of type {type(frame).__name__} gives no Arrow stream.",
            "Give a dataframe of pandas 2.2, Polars 1 or pyarrow 14 or later, or arrays to import_arrays.",
        )
    place = f"{type(frame).__name__} of {table}"
    with desk(project, progress) as at:
        at.tell(f"Reading the {place}", 0.0)
        spool = at.scratch.path(".parquet")
        try:
            at.connection.register("frame", _Capsule(frame))
            rows = copy_to(at.connection, "SELECT * FROM frame", spool)
        except duckdb.Error as error:
            raise AdmitError(
                f"The {place} cannot be read: {first_sentence(error)}.",
                "Give each column a name of its own and a plain type, or write it to Parquet first.",
            ) from error
        finally:
            at.connection.unregister("frame")
        if not rows:
            raise AdmitError(f"The {place} brought no rows.", "Give at least one.")
        content = content_of("frame", content_hash(spool), table, sorted(mapping.items()), time_unit, source)
        known = already_imported(at, source, content, basis)
        if known is not None:
            return known
        part = stored_part(at.connection, schema, spool, place, mapping)
        return admit(at, Delivery(source, place, content, [part]), basis, time_unit)
