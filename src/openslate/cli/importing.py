"""From the words of `openslate import` to the function that reads that source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from openslate.cli.scoring_now import score_now
from openslate.data.admission.casting import TimeUnit
from openslate.data.admission.report import ImportReport
from openslate.data.sources.csv import import_csv
from openslate.data.sources.flat import import_flat
from openslate.data.sources.jsonl import import_jsonl
from openslate.data.sources.movielens import import_movielens
from openslate.data.sources.netflix_engagement import import_netflix_engagement
from openslate.data.sources.netflix_top10 import import_netflix_top10
from openslate.data.sources.parquet import import_parquet
from openslate.data.sources.tmdb import import_tmdb
from openslate.data.sources.written import import_written
from openslate.errors import UsageError
from openslate.progress import Progress
from openslate.project import Project
from openslate.rights.consent import Basis

DELIMITERS = {"tab": "\t", "\\t": "\t"}
"""Delimiters that are hard to type."""

FILES = {"csv": import_csv, "parquet": import_parquet, "jsonl": import_jsonl}

OUTCOMES: dict[str, tuple[Callable[..., ImportReport], tuple[str, ...]]] = {
    "netflix-engagement": (import_netflix_engagement, ("lag_days",)),
    "netflix-top10": (import_netflix_top10, ("lag_days",)),
    "tmdb": (import_tmdb, ("window_days",)),
    "films": (import_flat, ("columns", "outcomes", "currency", "window_days")),
    "written": (import_written, ("columns",)),
}
"""Sources of titles, what became of them and what was written for them, each with the options it has a use for."""


@dataclass(frozen=True)
class Written:
    """How a file is written, as far as the command line says.

    Attributes:
        delimiter: between values, or 'tab'.
        encoding: of the text.
        time_unit: of its times.
    """

    delimiter: str | None
    encoding: str | None
    time_unit: str | None

    def options(self) -> dict[str, Any]:
        """Those that were said, as arguments.

        Raises:
            UsageError: there is no such time unit.
        """
        if self.time_unit not in (None, *get_args(TimeUnit)):
            raise UsageError(
                f"There is no time unit {self.time_unit!r}.", f"Name one of {', '.join(get_args(TimeUnit))}."
            )
        said = {name: value for name, value in vars(self).items() if value is not None}
        if "delimiter" in said:
            said["delimiter"] = DELIMITERS.get(said["delimiter"], said["delimiter"])
        return said


@dataclass(frozen=True)
class OutcomeOptions:
    """What the command line says of outcomes.

    Attributes:
        outcomes: from columns of the file to measures.
        currency: of budgets.
        window_days: days after release of which takings are.
        lag_days: days after a report's window until it is known.
    """

    outcomes: Mapping[str, str]
    currency: str | None
    window_days: int | None
    lag_days: int | None

    def said(self) -> dict[str, Any]:
        """Those that were said, as arguments."""
        return {name: value for name, value in vars(self).items() if value not in (None, {})}


def import_from(
    project: Project,
    source: str,
    location: str,
    table: str | None,
    columns: Mapping[str, str],
    name: str | None,
    basis: Basis | None,
    written: Written,
    about: OutcomeOptions,
    progress: Progress,
) -> ImportReport:
    """Bring in what the command line names.

    Raises:
        UsageError: the source is unknown, a file comes without its table, or MovieLens with options it has no use for.
    """
    if source in OUTCOMES:
        return _import_outcomes(project, source, location, table, columns, name, basis, written, about, progress)
    if about.said():
        raise UsageError(
            f"The source {source} brings no outcomes of its own, so --{_option(next(iter(about.said())))} has no use.",
            f"Leave it out, or name one of {', '.join(OUTCOMES)}.",
        )
    if source == "movielens":
        if table or columns or name or written.options():
            raise UsageError("MovieLens knows its own tables, columns, name and format.", "Leave those options out.")
        stated: dict[str, Any] = {} if basis is None else {"basis": basis}
        return import_movielens(project, location, progress=progress, **stated)
    if source not in FILES:
        raise UsageError(f"There is no source {source!r}.", f"Name movielens, {', '.join((*FILES, *OUTCOMES))}.")
    if table is None:
        raise UsageError(f"Which table {location} holds is not said.", "Say it with --table, such as --table plays.")
    how = written.options()
    if source != "csv" and how.keys() & {"delimiter", "encoding"}:
        raise UsageError(f"A {source} file has no delimiter or encoding to name.", "Leave those options out.")
    return FILES[source](project, location, table, columns=columns, source=name, basis=basis, progress=progress, **how)


def scored_by(project: Project, report: ImportReport) -> tuple[list[dict[str, str]], str]:
    """Filed forecasts that the outcomes or plays of an import have scored, and why none could be, in a sentence.

    The import stands whatever becomes of the scores: `openslate greenlight filed` makes up for them.
    """
    if not {"outcomes", "plays"} & set(report.tables) or report.already_imported:
        return [], ""
    scored, unscored = score_now(project)
    return [{"name": one.name, "number": one.number} for one in scored if one.new], unscored


def _import_outcomes(
    project: Project,
    source: str,
    location: str,
    table: str | None,
    columns: Mapping[str, str],
    name: str | None,
    basis: Basis | None,
    written: Written,
    about: OutcomeOptions,
    progress: Progress,
) -> ImportReport:
    """Bring in titles with what became of them.

    Raises:
        UsageError: an option was said that the source has no use for.
    """
    function, takes = OUTCOMES[source]
    said = {**about.said(), **({"columns": columns} if columns else {})}
    useless = [
        *(["table"] if table else []),
        *written.options(),
        *(option for option in said if option not in takes),
    ]
    if useless:
        raise UsageError(f"{source} has no use for --{_option(useless[0])}.", "Leave it out.")
    return function(project, location, source=name, basis=basis, progress=progress, **said)


def _option(argument: str) -> str:
    """An argument as the command line writes it."""
    return {"columns": "column", "outcomes": "outcome"}.get(argument, argument.replace("_", "-"))
