"""`openslate rights records`, `ask`, `request-use`, `use`, `void`, `strike`, `packs`: consents, and what they allow."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.output import AsJson, print_json, say

if TYPE_CHECKING:
    from openslate.rights.decide import Verdict

Asked = Annotated[Path, typer.Argument(metavar="REQUEST", help="The request, a TOML or JSON file.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands among those on rights."""
    app.command(epilog="Example: openslate --project svc rights records --add consents.toml")(records)
    app.command("export-record", epilog="Example: openslate --project svc rights export-record rec-1 --as odrl")(export)
    app.command(epilog="Example: openslate --project svc rights ask request.toml")(ask)
    app.command("request-use", epilog="Example: openslate --project svc rights request-use request.toml")(request_use)
    app.command(epilog="Example: openslate --project svc rights use request.toml --token TOKEN")(use)
    app.command(epilog="Example: openslate --project svc rights void 41 --reason 'The scene was cut.'")(void)
    app.command(epilog="Example: openslate --project svc rights strike sag-aftra --on")(strike)
    app.command(epilog="Example: openslate --project svc rights packs")(packs)


def records(
    context: typer.Context,
    add: Annotated[Path | None, typer.Option(help="Take the records of a TOML, JSON or CSV file first.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the consent records that stand, or take some in."""
    from openslate.project import Project
    from openslate.rights.records.importing import import_records
    from openslate.rights.records.record import ConsentRecord
    from openslate.rights.records.versions import id_of, latest

    project = Project.open(context.obj)
    taken = None if add is None else import_records(project, add)
    standing = [
        {
            "id": id_of(one.value),
            "kind": "record" if isinstance(one.value, ConsentRecord) else "mandate",
            "version": one.value.version,
            "status": one.value.status if isinstance(one.value, ConsentRecord) else None,
            "hash": one.hash,
        }
        for one in latest(project)
    ]
    refused = [] if taken is None else [one.what for one in taken.refused]
    if as_json:
        print_json({"records": standing, "refused": refused, "new": 0 if taken is None else taken.new})
    else:
        if taken is not None:
            say(f"{taken.new:,} new versions were taken in, {len(refused):,} refused.")
            for trouble in refused:
                say(trouble, indent=2)
            if taken.quarantine:
                say(f"What was refused waits in {context.obj / taken.quarantine}.")
        for one in standing:
            say(f"{one['id']}: {one['kind']}, version {one['version']}, {one['status'] or 'stands'}.")
        if not standing:
            say("There is no record yet. Take some in with --add FILE.")
    if refused:
        raise typer.Exit(1)


def export(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="Id of the record.")],
    form: Annotated[str, typer.Option("--as", help="odrl (a policy) or receipt (ISO/IEC TS 27560).")] = "receipt",
    as_json: AsJson = False,
) -> None:
    """Print a record as a policy or as a receipt."""
    from openslate.errors import UsageError
    from openslate.project import Project
    from openslate.rights.records.odrl import to_odrl
    from openslate.rights.records.receipt import receipt
    from openslate.rights.records.record import ConsentRecord
    from openslate.rights.records.versions import versions

    project = Project.open(context.obj)
    found = versions(project, record)
    if not found or not isinstance(found[-1].value, ConsentRecord):
        raise UsageError(f"There is no record {record!r}.", "See those that stand with `openslate rights records`.")
    if form == "odrl":
        print_json(to_odrl(found[-1].value, found[-1].hash))
    elif form == "receipt":
        print_json(receipt(project, record))
    else:
        raise UsageError(f"--as {form!r} is no form of export.", "Say odrl or receipt.")


def ask(context: typer.Context, request: Asked, as_json: AsJson = False) -> None:
    """Say whether a use would be allowed, and why."""
    from openslate import clock
    from openslate.project import Project
    from openslate.registry.pending import deadlines
    from openslate.rights.asked_about import standing_for
    from openslate.rights.asking import read_request
    from openslate.rights.decide import decide

    project = Project.open(context.obj)
    asked = read_request(request)
    verdict = decide(asked, clock.now(), standing_for(project, asked, deadlines(project)))
    _tell(verdict, as_json, {})
    if not verdict.allowed:
        raise typer.Exit(1)


def request_use(context: typer.Context, request: Asked, as_json: AsJson = False) -> None:
    """Ask for a use. An allowed one gets a token, which serves once."""
    from openslate.project import Project
    from openslate.registry.pending import deadlines
    from openslate.rights.asking import read_request
    from openslate.rights.authorising import authorise

    project = Project.open(context.obj)
    found = authorise(project, read_request(request), forgetting=deadlines(project))
    more = {
        "entry": found.entry.index,
        "token": found.token,
        "expires": None if found.expires is None else found.expires.isoformat(),
    }
    _tell(found.verdict, as_json, more)
    if not found.verdict.allowed:
        raise typer.Exit(1)
    if not as_json and found.expires is not None:
        say(f"The decision is entry {found.entry.index} of the ledger. The token serves once, until {found.expires}:")
        say(str(found.token), indent=2)


def use(
    context: typer.Context,
    request: Asked,
    token: Annotated[str, typer.Option(help="The token of the request.")],
    as_json: AsJson = False,
) -> None:
    """Spend a token: the use is made now."""
    from openslate.project import Project
    from openslate.registry.pending import deadlines
    from openslate.rights.asking import read_request
    from openslate.rights.authorising import spend

    project = Project.open(context.obj)
    entry = spend(project, token, read_request(request), deadlines(project))
    if as_json:
        print_json({"entry": entry})
    else:
        say(f"The token is spent: make the use now. Its decision is entry {entry} of the ledger.")


def void(
    context: typer.Context,
    token_or_entry: Annotated[str, typer.Argument(metavar="TOKEN-OR-ENTRY", help="Its token, or its ledger entry.")],
    reason: Annotated[str, typer.Option(help="Why the use is not made; kept in the vault.")],
    as_json: AsJson = False,
) -> None:
    """End an allowed use that was never made."""
    from openslate.accounts.voiding import void as end
    from openslate.project import Project

    found = end(Project.open(context.obj), token_or_entry, reason)
    period = found.taken_by
    if as_json:
        taken = None if period is None else period.id
        print_json({"use": found.use, "entry": found.entry, "owed": period is not None, "period": taken})
        return
    say(f"The use of entry {found.use} is void: entry {found.entry} of the ledger. It counts for no limit any more.")
    if period is None:
        say("It is not owed.")
    else:
        say(f"It is owed all the same: the period from {period.start:%Y-%m-%d} was closed with it. Correct its line.")


def strike(
    context: typer.Context,
    union: Annotated[str, typer.Argument(help="The union, as its packs are called, such as sag-aftra.")],
    on: Annotated[bool, typer.Option("--on/--off", help="Whether it strikes.")],
    as_json: AsJson = False,
) -> None:
    """Say that a union is on strike, or no longer."""
    from openslate.project import Project
    from openslate.rights.gathering import set_strike

    entry = set_strike(Project.open(context.obj), union, on)
    if as_json:
        print_json({"union": union, "on": on, "entry": entry.index})
    else:
        say(f"{union} is {'on strike' if on else 'not on strike any more'}: entry {entry.index} of the ledger.")


def packs(context: typer.Context, as_json: AsJson = False) -> None:
    """List the contracts and laws that are known."""
    from openslate.project import Project
    from openslate.rights.packs.loading import packs_of

    known = [pack for _, pack in sorted(packs_of(Project.open(context.obj)).items())]
    if as_json:
        print_json(
            {
                "packs": [
                    {
                        "id": one.name,
                        "title": one.title,
                        "enabled": one.enabled,
                        "grade": one.grade,
                        "rules": sorted(one.rules),
                        "note": one.note,
                    }
                    for one in known
                ]
            }
        )
        return
    for one in known:
        until = "" if one.in_force_to is None else f" to {one.in_force_to}"
        state = "" if one.enabled else ", disabled"
        say(f"{one.name}: {one.title}. From {one.in_force_from}{until}. {one.grade}{state}.")
    say("Nothing here is legal advice: counsel confirms a pack before a production relies on it.")


def _tell(verdict: "Verdict", as_json: bool, more: dict[str, Any]) -> None:
    price = verdict.price
    if as_json:
        print_json(
            {
                "allowed": verdict.allowed,
                "findings": [
                    {"code": one.code, "name": one.name, "why": one.why, "source": one.source}
                    for one in verdict.findings
                ],
                "record": verdict.record,
                "packs": list(verdict.packs),
                "price": None
                if price is None
                else {"amount": price.amount, "currency": price.currency, "why": price.explanation},
                **more,
            }
        )
        return
    if verdict.allowed:
        say(f"Allowed{'' if verdict.record is None else f' by the record {verdict.record}'}.")
        if price is not None:
            say(price.explanation)
    for one in verdict.findings:
        say(f"Denied, {one.code} {one.name}: {one.why} ({one.source})")
