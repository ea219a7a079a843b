"""`openslate rights verify`, `checkpoint`, `key`, `witness` and `bundle`: the ledger, and who can check it."""

from pathlib import Path
from typing import Annotated

import typer

from openslate.cli.output import AsJson, print_json, progress_bar, say


def add_to(app: typer.Typer) -> None:
    """Put these commands among those on rights."""
    app.command(epilog="Example: openslate --project svc rights verify")(verify)
    app.command(epilog="Example: openslate --project svc rights key")(key)
    app.command(epilog="Example: openslate --project svc rights checkpoint")(checkpoint)
    app.command(epilog="Example: openslate --project svc rights witness /media/union/witness --name union")(witness)
    app.command(epilog="Example: openslate --project svc rights bundle audit-2026-11")(bundle)


def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Check the whole ledger, byte for byte, and its checkpoints."""
    from dataclasses import asdict

    from openslate.project import Project
    from openslate.rights import ledger

    with progress_bar() as progress:
        progress("Checking the ledger", 0.0)
        found = ledger.verify(Project.open(context.obj))
    if as_json:
        print_json(asdict(found))
        return
    say(f"The ledger is whole: {_many(found.decisions, 'decision')}, each following the one before it.")
    say(f"Root of the tree: {found.root}")
    if found.checkpoints:
        say(f"It agrees with {_many(found.checkpoints, 'checkpoint')} of the project.")
    if found.outside is None:
        say("There is no checkpoint outside the project, so nobody can tell here whether all of it was set back.")
        say("Make a key once with `openslate rights key`, then checkpoints with `openslate rights checkpoint`.")
    else:
        say(f"It continues the checkpoint outside the project, of {_many(found.outside, 'entry', 'entries')}.")


def key(context: typer.Context, as_json: AsJson = False) -> None:
    """Make the key that signs checkpoints, or show it."""
    from openslate.project import Project
    from openslate.rights import ledger
    from openslate.rights.keys import keys_folder

    project = Project.open(context.obj)
    known = ledger.public_key(project)
    shown = known or ledger.make_key(project)
    if as_json:
        print_json({"public_key": shown.text, "new": known is None, "folder": str(keys_folder())})
        return
    say(f"{'The key' if known else 'A new key'} of this ledger; give its public half to whoever checks it:")
    say(shown.text, indent=2)
    say(f"The secret half lies in {keys_folder()}, outside the project. Keep a copy where the project is not.")


def checkpoint(context: typer.Context, as_json: AsJson = False) -> None:
    """Sign the ledger as it stands."""
    from openslate.project import Project
    from openslate.rights import ledger

    signed = ledger.checkpoint(Project.open(context.obj))
    if as_json:
        print_json({"size": signed.size, "checkpoint": signed.note.text})
        return
    for line in signed.note.text.splitlines():
        say(line)


def witness(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="The witness's own folder, outside the project.")],
    name: Annotated[
        str | None, typer.Option(help="What the witness is called; 'witness' when its key is made without one.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Let a witness sign the ledger."""
    from openslate.errors import RightsError
    from openslate.project import Project
    from openslate.rights import ledger
    from openslate.rights import witness as witnesses

    project = Project.open(context.obj)
    known = ledger.public_key(project)
    if known is None:
        raise RightsError("This ledger has no signing key yet.", "Make one with `openslate rights key`.")
    if name is not None or not folder.exists():
        witnesses.make_witness(folder, name or "witness")
    signed, own = witnesses.witness(project, folder, known), witnesses.witness_key(folder)
    if as_json:
        print_json({"size": signed.size, "checkpoint": signed.note.text, "witness": own.text})
        return
    say(f"The witness in {folder} has signed the ledger of {_many(signed.size, 'entry', 'entries')}.")
    say("Their public key; auditors who have it from them add it to the check with --witness:")
    say(own.text, indent=2)


def bundle(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    entry: Annotated[
        list[int] | None, typer.Option(help="Only this entry, with its proof; may be given several times.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write what an auditor needs to check the ledger."""
    from openslate.project import Project
    from openslate.rights.bundle import export_bundle

    made = export_bundle(Project.open(context.obj), folder, entry)
    if as_json:
        print_json({"folder": str(made.folder), "entries": made.entries, "size": made.checkpoint.size})
        return
    say(f"{_many(made.entries, 'entry', 'entries')} of a ledger of {made.checkpoint.size:,} are in {made.folder}.")
    say(f"To check it anywhere: python {made.folder}/openslate_verify.py {made.folder} --key PUBLICKEY")


def _many(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"
