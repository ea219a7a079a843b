"""`openslate rights person` and `overview`: what is held about somebody, and what counsel should look at."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openslate.cli.output import AsJson, print_json, say, waiting

if TYPE_CHECKING:
    from openslate.drawing.sheet import Sheet

Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write it as a page to print, too.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands among those on rights."""
    app.command(epilog="Example: openslate --project svc rights person h-ada --html ada.html")(person)
    app.command(epilog="Example: openslate --project svc rights overview --days 60 --html overview.html")(overview)


def person(
    context: typer.Context,
    subject: Annotated[str, typer.Argument(help="Id of a member, or of a performer, writer or director.")],
    kind: Annotated[str, typer.Option(help="member or subject (who performs, writes or directs).")] = "subject",
    reader: Annotated[str, typer.Option(help="Who looks, by role; it stands on the ledger.")] = "owner",
    html: Html = None,
    as_json: AsJson = False,
) -> None:
    """Say what is held about a person."""
    from openslate.accounts.person import person as look_up
    from openslate.accounts.person_page import person_sheet, write_person_page
    from openslate.accounts.plain import plain
    from openslate.project import Project
    from openslate.rights.looking import kind_of

    project = Project.open(context.obj)
    with waiting("Reading the ledger"):
        found = look_up(project, subject, reader, kind_of(kind))
    if html is not None:
        write_person_page(found, html)
    if as_json:
        print_json({"person": plain(found), "is_known": found.is_known, "page": None if html is None else str(html)})
        return
    _show(person_sheet(found), html)
    for way in found.ways:
        say(way.what)
        say(way.command, indent=4)


def overview(
    context: typer.Context,
    days: Annotated[int, typer.Option(help="How far ahead, and how far back, is soon and recent.")] = 30,
    html: Html = None,
    as_json: AsJson = False,
) -> None:
    """Say what wants a look by counsel."""
    from openslate.accounts.overview import overview as gather
    from openslate.accounts.overview_page import overview_sheet, write_overview_page
    from openslate.accounts.plain import plain
    from openslate.project import Project
    from openslate.registry.pending import deadlines

    with waiting("Reading the ledger"):
        project = Project.open(context.obj)
        found = gather(project, days, deadlines(project))
    if html is not None:
        write_overview_page(found, html)
    if as_json:
        print_json({"overview": plain(found), "page": None if html is None else str(html)})
        return
    _show(overview_sheet(found), html)


def _show(sheet: "Sheet", html: Path | None) -> None:
    """The head of a page in a terminal, and where the whole of it is."""
    from openslate.drawing.sheet import Counts

    say(f"{sheet.heading}. {sheet.made}.")
    say(sheet.verdict)
    for finding in sheet.findings:
        say(finding, indent=2)
    for section in sheet.sections:
        for block in section.blocks:
            if isinstance(block, Counts):
                say("; ".join(f"{word}: {count}" for word, count in block.pairs) + ".")
    say("For all of it, ask for --json or --html FILE." if html is None else f"All of it is in {html}.")
