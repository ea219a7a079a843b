"""`openslate import` and `simulate`: bring data in, real or invented."""

from collections import Counter
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from openslate.cli.output import AsJson, print_json, progress_bar, say

if TYPE_CHECKING:
    from openslate.data.admission.report import ImportReport
    from openslate.rights.consent import Basis

SOURCES = ("movielens", "csv", "parquet", "jsonl", "netflix-engagement", "netflix-top10", "tmdb", "films", "written")


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command("import", epilog="Example: openslate --project svc import csv plays.csv --table plays")(bring_in)
    app.command(
        "export", epilog="Example: openslate --project svc export /srv/train --purpose train --to 'ranking team'"
    )(send_out)
    app.command(epilog="Example: openslate --project svc simulate --members 5000 --seed 7")(simulate)


def bring_in(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help=f"{', '.join(SOURCES)}.")],
    location: Annotated[
        str,
        typer.Argument(
            help="A file; for movielens a folder, a zip, or a name to fetch; for netflix-engagement also a folder."
        ),
    ],
    table: Annotated[
        str | None,
        typer.Option(help="titles, members, plays, ratings, impressions, consents, productions or outcomes."),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="THEIRS=OURS", help="Map a column, such as member_id=member; may be given several times."),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(help="Name of the source its basis is kept under; such as csv:plays.csv when left out."),
    ] = None,
    basis: Annotated[str | None, typer.Option(help="The licence, contract or law the data may be used on.")] = None,
    purpose: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="What the basis covers: train, evaluate, personalize; all when left out."),
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option(help="csv: the character between values, such as ';'; a comma when left out.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="csv: how the text is written, such as latin-1; UTF-8 when left out.")
    ] = None,
    time_unit: Annotated[
        str | None, typer.Option(help="How times are written: iso, s, ms, us or ns; recognised when left out.")
    ] = None,
    outcome: Annotated[
        list[str] | None,
        typer.Option(
            metavar="THEIRS=MEASURE",
            help="films: a column of takings, such as worldwide_gross_usd=revenue; may be given several times.",
        ),
    ] = None,
    currency: Annotated[str | None, typer.Option(help="films: of budgets, ISO 4217; USD when left out.")] = None,
    window_days: Annotated[
        int | None, typer.Option(help="films, tmdb: days after release of which takings are; 180 when left out.")
    ] = None,
    lag_days: Annotated[
        int | None, typer.Option(help="netflix-*: days after a report's window until it is known; 180, or 2 a week.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring data in. Good rows go in, bad ones to a quarantine file with the reason; nothing is lost silently."""
    from openslate.cli.importing import OutcomeOptions, Written, import_from, scored_by
    from openslate.project import Project

    project = Project.open(context.obj)
    stated = _basis(basis, purpose)
    written = Written(delimiter, encoding, time_unit)
    about = OutcomeOptions(_mapping(outcome, "outcome"), currency, window_days, lag_days)
    columns = _mapping(column)
    with progress_bar() as progress:
        report = import_from(project, source, location, table, columns, name, stated, written, about, progress)
    scored, failed = scored_by(project, report)
    if as_json:
        told = {"scored": scored, "not_scored": failed}
        print_json({**report.to_json(), **{key: value for key, value in told.items() if value}})
        return
    _show(report, context.obj)
    for one in scored:
        say(f"{one['name']} ({one['number']}) was scored; see `openslate greenlight filed`.")
    if failed:
        say(f"Filed forecasts were not scored: {failed}")


def send_out(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A new folder outside the project.")],
    purpose: Annotated[list[str], typer.Option(metavar="NAME", help="train, evaluate or personalize; several times.")],
    to: Annotated[str, typer.Option("--to", metavar="WHO", help="Who gets the files.")],
    as_json: AsJson = False,
) -> None:
    """Write what may be used for a purpose as Parquet. The one way out, and on the ledger."""
    from openslate.data.exporting import export_events
    from openslate.project import Project
    from openslate.rights.gate import as_record

    with progress_bar() as progress:
        export = export_events(Project.open(context.obj), folder, purpose, to, progress=progress)
    if as_json:
        print_json({"folder": str(export.folder), "files": export.files, "decision": as_record(export.decision)})
        return
    decision = export.decision
    say(f"{decision.rows_allowed:,} rows of {decision.members_allowed:,} members are in {export.folder}, for {to}.")
    if decision.members_denied:
        say(f"{decision.members_denied:,} members are not in them: they have not agreed to {' and '.join(purpose)}.")
    say("What has left cannot be taken back by Openslate: whoever is erased later must be removed there, too.")


def simulate(
    context: typer.Context,
    members: Annotated[int, typer.Option(help="1,000 to 1,000,000.")] = 5000,
    titles: Annotated[int, typer.Option(help="100 to 50,000.")] = 1000,
    days: Annotated[int, typer.Option(help="How many days they watch.")] = 180,
    plays: Annotated[float, typer.Option(help="Plays a member, on average.")] = 60.0,
    seed: Annotated[int, typer.Option(help="Where randomness starts.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Invent a streaming service with known tastes. Consents and refusals are included."""
    from dataclasses import replace

    from openslate.data.simulate.settings import SimulatorSettings
    from openslate.data.sources.simulated import import_simulation
    from openslate.project import Project

    settings = SimulatorSettings(members=members, titles=titles, days=days, plays_per_member=plays, seed=seed)
    with progress_bar() as progress:
        report = import_simulation(Project.open(context.obj), settings, progress)
    # Simulated members speak for themselves, so that the source needs no basis.
    report = replace(report, advice=f"Next: openslate --project {quote(str(context.obj))} personalize train")
    if as_json:
        print_json(report.to_json())
    else:
        _show(report, context.obj)


def _mapping(pairs: list[str] | None, option: str = "column") -> dict[str, str]:
    from openslate.errors import UsageError

    columns = {}
    for pair in pairs or []:
        theirs, sign, ours = pair.partition("=")
        if not (sign and theirs and ours):
            example = "member_id=member" if option == "column" else "worldwide_gross_usd=revenue"
            raise UsageError(f"--{option} {pair!r} maps nothing.", f"Write it as theirs=ours, such as {example}.")
        columns[theirs] = ours
    return columns


def _basis(text: str | None, purposes: list[str] | None) -> "Basis | None":
    from openslate.errors import UsageError
    from openslate.rights.consent import PURPOSES, Basis

    if text is None:
        if purposes:
            raise UsageError("Purposes are named, and no basis.", "Say the basis with --basis '...'.")
        return None
    return Basis(text, tuple(purposes) if purposes else PURPOSES)


def _show(report: "ImportReport", project: Path) -> None:
    if report.already_imported:
        say(f"{report.location} had been imported before; nothing was added.")
    for table, counts in report.tables.items():
        say(
            f"{table}: {counts.read:,} read, {counts.added:,} added, {counts.repeated:,} repeated, "
            f"{counts.quarantined:,} quarantined."
        )
    # Of one line of a source, several rows may be made and refused: it is said once.
    for problem, rows in Counter(report.problems).items():
        say(f"{problem} ({rows} rows)" if rows > 1 else problem, indent=2)
    more = sum(counts.quarantined for counts in report.tables.values()) - len(report.problems)
    if report.problems and more:
        say(f"and {more:,} more.", indent=2)
    for note in report.notes:
        say(note)
    if report.quarantine:
        say(f"All refused rows are in {project / report.quarantine}, each with its reason.")
    for table, columns in report.ignored.items():
        if columns:
            say(f"Columns of {table} that were not taken: {', '.join(columns)}.")
    if report.basis is not None:
        say(f"Basis: {report.basis.text.removesuffix('.')}. It covers: {', '.join(report.basis.purposes)}.")
    if report.advice:
        say(report.advice)
