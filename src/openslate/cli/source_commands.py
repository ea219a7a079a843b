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
    lift: Annotated[bool, typer.Option("--lift", help="No reservation is left, by any channel.")] = False,
    as_json: AsJson = False,
) -> None:
    """Note what a source's owner says about learning from it."""
    from openslate.errors import UsageError
    from openslate.project import Project
    from openslate.rights import ledger
    from openslate.rights.gathering import RESERVATION, lift_reservations, note_reservations, reservations
    from openslate.rights.reservation import Reservation
    from openslate.rights.reservations.files import CRAWLERS, read_signals

    project = Project.open(context.obj)
    if lift == bool(files or said):
        raise UsageError("Nothing, or too much, is said of the source.", "Give --from or --said, or --lift alone.")
    signals = [one for path in files or [] for one in read_signals(path, address, form, agent or CRAWLERS)]
    if said:
        signals.append(Reservation("stated", True, said, "stated"))
    entry = None
    if lift:
        entry = lift_reservations(project, source).index
    elif signals:
        entry = note_reservations(project, source, signals).index
    # A file that says nothing takes nothing back; what stands is told together with what was read.
    stands = reservations(one.entry for one in ledger.search(project, RESERVATION)).get(source, ())
    reserved = any(one.reserved for one in stands)
    if as_json:
        print_json(
            {
                "source": source,
                "reserved": reserved,
                "signals": [{"channel": one.channel, "reserved": one.reserved, "said": one.said} for one in stands],
                "entry": entry,
            }
        )
        return
    if not lift and not signals:
        say("Nothing is said in what was read, so that nothing is taken back.")
    for one in stands:
        say(f"{one.where}, {one.channel}: {one.said}. {'Reserved' if one.reserved else 'Not reserved'}.")
    verdict = "is reserved: nothing is learned from it without a licence" if reserved else "is not reserved"
    say(f"The source {source} {verdict}. {'No entry' if entry is None else f'Entry {entry}'} of the ledger.")
