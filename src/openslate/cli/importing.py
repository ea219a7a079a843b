"""From the words of `openslate import` to the function that reads that source."""

from collections.abc import Mapping
from typing import Any

from openslate.data.admission.report import ImportReport
from openslate.data.sources.csv import import_csv
from openslate.data.sources.jsonl import import_jsonl
from openslate.data.sources.movielens import import_movielens
from openslate.data.sources.parquet import import_parquet
from openslate.errors import UsageError
from openslate.progress import Progress
from openslate.project import Project
from openslate.rights.consent import Basis

FILES = {"csv": import_csv, "parquet": import_parquet, "jsonl": import_jsonl}


def import_from(
    project: Project,
    source: str,
    location: str,
    table: str | None,
    columns: Mapping[str, str],
    name: str | None,
    basis: Basis | None,
    progress: Progress,
) -> ImportReport:
    """Bring in what the command line names.

    Raises:
        UsageError: the source is unknown, a file comes without its table, or MovieLens with options it has no use for.
    """
    if source == "movielens":
        if table or columns or name:
            raise UsageError("MovieLens knows its own tables, columns and name.", "Leave those options out.")
        stated: dict[str, Any] = {} if basis is None else {"basis": basis}
        return import_movielens(project, location, progress=progress, **stated)
    if source not in FILES:
        raise UsageError(f"There is no source {source!r}.", f"Name movielens, {', '.join(FILES)}.")
    if table is None:
        raise UsageError(f"Which table {location} holds is not said.", "Say it with --table, such as --table plays.")
    return FILES[source](project, location, table, columns=columns, source=name, basis=basis, progress=progress)
