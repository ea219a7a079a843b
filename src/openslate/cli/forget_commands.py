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
    receipt: Annotated[Path | None, typer.Option(help="Write the receipt to this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Erase a member from every file, and give a receipt."""
    import json

    from openslate.accounts.erasing import erase_member
    from openslate.project import Project
    from openslate.storage.files import write_atomically

    with progress_bar() as progress:
        done = erase_member(Project.open(context.obj), member, reason, handed=handed or [], progress=progress)
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
        say(f"Pending: {json.dumps(one, sort_keys=True) if isinstance(one, dict) else one}", indent=2)
    for place in paper.outside:
        say(f"Outside: {place}", indent=2)
    say(f"Receipt {paper.hash}{'' if receipt is None else f', written to {receipt}'}.")
