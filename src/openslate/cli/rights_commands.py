"""`openslate rights`: state and end the bases on which people's data may be used, and look at them."""

from typing import Annotated, cast

import typer

from openslate.cli import (
    account_commands,
    dispute_commands,
    forget_commands,
    ledger_commands,
    people_commands,
    replica_commands,
    source_commands,
    use_commands,
)
from openslate.cli.output import AsJson, print_json, say

app = typer.Typer(
    help="Whose data may be used, for what, and on what basis.",
    epilog="Example: openslate --project svc rights check",
    no_args_is_help=True,
    rich_markup_mode=None,
)

ledger_commands.add_to(app)
use_commands.add_to(app)
source_commands.add_to(app)
account_commands.add_to(app)
dispute_commands.add_to(app)
people_commands.add_to(app)
replica_commands.add_to(app)
forget_commands.add_to(app)

Purposes = Annotated[
    list[str],
    typer.Option("--purpose", metavar="NAME", help="train, evaluate or personalize; may be given several times."),
]
Source = Annotated[str | None, typer.Option("--source", help="Everything from this source.")]
Member = Annotated[str | None, typer.Option("--member", help="This one member.")]


@app.command(
    epilog="Example: openslate rights grant --source csv:plays.csv --purpose train --basis 'Terms of 2026, 4.2'"
)
def grant(
    context: typer.Context,
    purpose: Purposes,
    source: Source = None,
    member: Member = None,
    basis: Annotated[str | None, typer.Option(help="The licence, contract or law, in words.")] = None,
    as_json: AsJson = False,
) -> None:
    """Record a basis for a source, or a member's consent."""
    from openslate.errors import UsageError
    from openslate.project import Project
    from openslate.rights.consent import Basis, grant_source, record_member

    project = Project.open(context.obj)
    if source is not None and member is None:
        if basis is None:
            raise UsageError("A grant for a source needs its basis.", "Say it with --basis '...'.")
        grant_source(project, source, Basis(basis, tuple(purpose)))
    elif member is not None and source is None:
        record_member(project, member, purpose, granted=True)
    else:
        raise UsageError("A grant is for a source or for a member.", "Give one of --source and --member.")
    _say(as_json, "granted", source, member, purpose)


@app.command(epilog="Example: openslate rights withdraw --member 42 --purpose train")
def withdraw(
    context: typer.Context,
    purpose: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="train, evaluate or personalize; may be given several times."),
    ] = None,
    source: Source = None,
    member: Member = None,
    record: Annotated[str | None, typer.Option(help="This consent record.")] = None,
    effect: Annotated[
        str, typer.Option(help="Of a record's withdrawal: stop_new, remove (what was made) or unlearn (too).")
    ] = "stop_new",
    reason: Annotated[str, typer.Option(help="Why a source's basis ends.")] = "withdrawn",
    as_json: AsJson = False,
) -> None:
    """End a source's basis, a member's consent, or a record. The next use obeys."""
    from openslate.errors import UsageError
    from openslate.project import Project
    from openslate.rights.consent import record_member, withdraw_source
    from openslate.rights.records import store
    from openslate.rights.vocabulary import WithdrawalEffect

    project = Project.open(context.obj)
    if [source, member, record].count(None) != 2:
        raise UsageError(
            "A withdrawal is for a source, for a member or of a record.", "Give one of --source, --member and --record."
        )
    if record is not None:
        withdrawn = store.withdraw(project, record, cast(WithdrawalEffect, effect))
        if as_json:
            print_json({"withdrawn": {"record": record, "effect": effect, "version": withdrawn.version}})
        else:
            say(f"Withdrawn: record {record}, with the effect {effect}. It stands as version {withdrawn.version}.")
        return
    if not purpose:
        raise UsageError("A withdrawal needs the purposes that it ends.", "Give --purpose once or several times.")
    if source is not None:
        withdraw_source(project, source, purpose, reason)
    elif member is not None:
        record_member(project, member, purpose, granted=False)
    _say(as_json, "withdrawn", source, member, purpose)


@app.command(epilog="Example: openslate rights check")
def check(context: typer.Context, as_json: AsJson = False) -> None:
    """List the bases in force. Checks that the ledger of decisions is whole, too."""
    from openslate.project import Project
    from openslate.rights import ledger
    from openslate.rights.consent import source_grants

    project = Project.open(context.obj)
    grants = [
        {"source": source, "purpose": purpose, "basis": basis}
        for (source, purpose), basis in sorted(source_grants(project).items())
    ]
    found = ledger.verify(project)
    if as_json:
        print_json({"grants": grants, "ledger_entries": found.decisions, "ledger_last": found.last})
        return
    for one in grants:
        say(f"{one['source']}: {one['purpose']}. {one['basis']}")
    if not grants:
        say("No source has a basis; members' own consents decide.")
    decisions = "1 decision" if found.decisions == 1 else f"{found.decisions:,} decisions"
    say(f"The ledger is whole: {decisions}, each following the one before it.")
    say("The hash of the last one; keep it elsewhere to notice a shortened ledger:")
    say(found.last, indent=2)


def _say(as_json: bool, what: str, source: str | None, member: str | None, purposes: list[str]) -> None:
    if as_json:
        print_json({what: {"source": source, "member": member, "purposes": purposes}})
    else:
        whom = f"member {member}" if source is None else f"source {source}"
        say(f"{what.capitalize()} for {whom}: {', '.join(purposes)}.")
