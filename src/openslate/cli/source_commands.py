"""`openslate rights reserve`: what the owners of sources say about learning from them."""

from pathlib import Path
from typing import Annotated

import typer

from openslate.cli.output import AsJson, print_json, say


def add_to(app: typer.Typer) -> None:
    """Put this command among those on rights."""
    app.command(epilog="Example: openslate --project svc rights reserve press --from robots.txt --address /films/")(
        reserve
    )


def reserve(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="The source, as its import named it.")],
    files: Annotated[
        list[Path] | None, typer.Option("--from", help="A file of its owner; several may be given.")
    ] = None,
    address: Annotated[str, typer.Option(help="Address or path of the text, for files that tell paths apart.")] = "/",
    form: Annotated[
        str | None, typer.Option("--as", help="robots, tdmrep, page, headers, rsl or cawg; else by the file's name.")
    ] = None,
    agent: Annotated[list[str] | None, typer.Option(help="A crawler to look for in robots.txt.")] = None,
    said: Annotated[str | None, typer.Option(help="What the owner said in another way, in words.")] = None,
    lift: Annotated[bool, typer.Option("--lift", help="There is no reservation any more.")] = False,
    as_json: AsJson = False,
) -> None:
    """Note what a source's owner says about learning from it."""
    from openslate.errors import UsageError
    from openslate.project import Project
    from openslate.rights.gathering import note_reservations
    from openslate.rights.reservation import Reservation
    from openslate.rights.reservations.files import CRAWLERS, read_signals

    project = Project.open(context.obj)
    if lift == bool(files or said):
        raise UsageError("Nothing, or too much, is said of the source.", "Give --from or --said, or --lift alone.")
    signals = [one for path in files or [] for one in read_signals(path, address, form, agent or CRAWLERS)]
    if said:
        signals.append(Reservation("stated", True, said, "stated"))
    entry = note_reservations(project, source, signals)
    reserved = [one for one in signals if one.reserved]
    if as_json:
        print_json(
            {
                "source": source,
                "reserved": bool(reserved),
                "signals": [{"channel": one.channel, "reserved": one.reserved, "said": one.said} for one in signals],
                "entry": entry.index,
            }
        )
        return
    for one in signals:
        say(f"{one.where}, {one.channel}: {one.said}. {'Reserved' if one.reserved else 'Not reserved'}.")
    verdict = "is reserved: nothing is learned from it without a licence" if reserved else "is not reserved"
    say(f"The source {source} {verdict}. Entry {entry.index} of the ledger.")
