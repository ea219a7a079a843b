"""`openslate rights forget`: remove a member from everything the project holds."""

from pathlib import Path
from typing import Annotated

import typer

from openslate.cli.output import AsJson, print_json, progress_bar, say


def add_to(app: typer.Typer) -> None:
    """Put this command among those on rights."""
    app.command(epilog="Example: openslate --project svc rights forget 42 --reason 'Asked by letter on 3 May.'")(forget)


def forget(
    context: typer.Context,
    member: Annotated[str, typer.Argument(help="Id of the member.")],
    reason: Annotated[str, typer.Option(help="Who asked for it, and when; the id is taken out of it.")],
    handed: Annotated[
        list[Path] | None,
        typer.Option(help="A folder that a batch filled outside the project; may be given several times."),
    ] = None,
    days: Annotated[
        int, typer.Option(help="How long what cannot be subtracted from the serving model may serve, 1 to 30.")
    ] = 30,
    at_once: Annotated[bool, typer.Option("--at-once", help="Train anew, so that nothing has to wait.")] = False,
    receipt: Annotated[Path | None, typer.Option(help="Write the receipt to this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Erase a member from every file and model."""
    import json
    from datetime import timedelta

    from openslate.accounts.erasing import erase_member
    from openslate.apps.personalize.forgetting.erasing import models_forget
    from openslate.errors import UsageError
    from openslate.project import Project
    from openslate.storage.files import write_atomically

    if not 1 <= days <= 30:
        raise UsageError(f"--days {days} is not 1 to 30.", "A month is the longest that somebody may be kept waiting.")
    models = models_forget(timedelta(days=days), at_once)
    with progress_bar() as progress:
        project = Project.open(context.obj)
        done = erase_member(project, member, reason, models, handed=handed or [], progress=progress)
    paper = done.receipt
    if receipt is not None:
        write_atomically(receipt.resolve(), paper.to_bytes())
    if as_json:
        print_json({"receipt": json.loads(paper.to_bytes()), "hash": paper.hash, "again": done.again})
        return
    if done.again:
        say("They were erased before, and nothing has come since. The receipt is that of then.")
    else:
        say(f"Erased: {len(paper.files):,} files were rewritten or removed, and nothing of the member was found after.")
    for one in paper.pending:
        say(f"Pending: {_told(one)}", indent=2)
    for place in paper.outside:
        say(f"Outside: {place}", indent=2)
    say(f"Receipt {paper.hash}{'' if receipt is None else f', written to {receipt}'}.")


def _told(pending: object) -> str:
    if isinstance(pending, dict) and pending.get("deadline"):
        return f"{pending['what']}, until {pending['deadline']}; after that the model may not serve."
    return str(pending["what"] if isinstance(pending, dict) else pending)
