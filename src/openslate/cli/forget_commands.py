"""`openslate rights forget`, `solve` and `export-sums`: somebody removed from everything, and who can check it."""

from pathlib import Path
from typing import Annotated

import typer

from openslate.cli.output import AsJson, print_json, progress_bar, say


def add_to(app: typer.Typer) -> None:
    """Put this command among those on rights."""
    app.command(epilog="Example: openslate --project svc rights forget 42 --reason 'Asked by letter on 3 May.'")(forget)
    app.command(epilog="Example: openslate --project svc rights solve")(solve)
    app.command("export-sums", epilog="Example: openslate --project svc rights export-sums check")(export_sums)


def forget(
    context: typer.Context,
    member: Annotated[str, typer.Argument(help="Id of the member or subject.")],
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
    kind: Annotated[
        str, typer.Option(help="member, or subject (who performs, writes, directs, acts or is paid).")
    ] = "member",
    despite_dues: Annotated[
        str, typer.Option(metavar="NAME", help="Of a subject who is owed money: the person who answers for it.")
    ] = "",
    despite_reason: Annotated[str, typer.Option(metavar="WHY", help="Why; it stands on the ledger.")] = "",
    as_json: AsJson = False,
) -> None:
    """Erase a member from every file and model, or a subject."""
    import json
    from datetime import timedelta

    from openslate.accounts.erasing import erase_member
    from openslate.accounts.erasing.several import all_forget
    from openslate.apps.greenlight.forgetting import forecasters_forget
    from openslate.apps.personalize.forgetting.erasing import models_forget
    from openslate.errors import UsageError
    from openslate.project import Project
    from openslate.rights.looking import kind_of
    from openslate.storage.files import OWNER_FILE, write_atomically

    if kind_of(kind) == "subject":
        if handed or at_once:
            raise UsageError(
                "No list is made of a subject, and models that learned from their texts are removed at once.",
                "Leave --handed and --at-once out.",
            )
        _forget_subject(context, member, reason, receipt, (despite_dues, despite_reason), as_json)
        return
    if despite_dues or despite_reason:
        raise UsageError("A member is owed nothing.", "Leave --despite-dues and --despite-reason out.")
    if not 1 <= days <= 30:
        raise UsageError(f"--days {days} is not 1 to 30.", "A month is the longest that somebody may be kept waiting.")
    models = all_forget(models_forget(timedelta(days=days), at_once), forecasters_forget())
    with progress_bar() as progress:
        project = Project.open(context.obj)
        done = erase_member(project, member, reason, models, handed=handed or [], progress=progress)
    paper = done.receipt
    if receipt is not None:
        write_atomically(receipt.resolve(), paper.to_bytes(), OWNER_FILE)
    if as_json:
        print_json({"receipt": json.loads(paper.to_bytes()), "hash": paper.hash, "again": done.again})
        return
    if done.again:
        say("They were erased before, and nothing has come since. The receipt is that of then.")
    else:
        say(f"Erased: {len(paper.files):,} files were rewritten or removed, and nothing of the member was found after.")
    for one in paper.pending:
        say(f"Pending: {_told(one)}", indent=2)
    for held in paper.ledger_holds:
        say(f"Stays, because the ledger is never rewritten: {held}.", indent=2)
    for place in paper.outside:
        say(f"Outside: {place}", indent=2)
    if any("not solved yet" in str(one) for one in paper.pending):
        say("What serves is within the bounds on the receipt. Solve it exactly: openslate rights solve.", indent=2)
    say(f"Receipt {paper.hash}{'' if receipt is None else f', written to {receipt}'}.")


def _forget_subject(
    context: typer.Context, subject: str, reason: str, receipt: Path | None, despite: tuple[str, str], as_json: bool
) -> None:
    import json

    from openslate.accounts.erasing_subjects import Override, erase_subject
    from openslate.project import Project
    from openslate.storage.files import OWNER_FILE, write_atomically

    override = Override(*despite) if any(despite) else None
    done = erase_subject(Project.open(context.obj), subject, reason, override)
    paper = done.receipt
    if receipt is not None:
        write_atomically(receipt.resolve(), paper.to_bytes(), OWNER_FILE)
    if as_json:
        print_json({"receipt": json.loads(paper.to_bytes()), "hash": paper.hash, "again": done.again})
        return
    if done.again:
        say("They were erased before, and nothing has come since. The receipt is that of then.")
    else:
        removed = ", ".join(f"{count:,} {what}" for what, count in paper.removed.items() if count)
        say(f"Erased: {removed}; nothing of them alone was found after.")
    if paper.removed.get("models"):
        say("Forecasters that learned from their texts are gone. Train anew: openslate greenlight train.", indent=2)
    for one in paper.kept:
        say(f"Kept: {one['what']}, because {one['why']}.", indent=2)
    for held in paper.ledger_holds:
        say(f"Stays, because the ledger is never rewritten: {held}.", indent=2)
    for place in paper.outside:
        say(f"Outside: {place}", indent=2)
    say(f"Receipt {paper.hash}{'' if receipt is None else f', written to {receipt}'}.")


def solve(
    context: typer.Context,
    receipts: Annotated[Path | None, typer.Option(help="Write the receipts of the model to this file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Solve exactly the model that serves within a bound."""
    import json

    from openslate.apps.personalize.forgetting.solving import solve_exactly
    from openslate.project import Project
    from openslate.storage.files import OWNER_FILE, write_atomically

    with progress_bar() as progress:
        done = solve_exactly(Project.open(context.obj), progress)
    papers = [one.document() for one in done.receipts]
    if receipts is not None:
        write_atomically(receipts.resolve(), json.dumps(papers, indent=1, sort_keys=True).encode(), OWNER_FILE)
    if as_json:
        print_json({"serves": done.model, "removed": list(done.removed), "receipts": papers})
        return
    say(f"Model {done.model[:12]} serves now: solved exactly, bit for bit as if they had never been learned from.")
    for model in done.removed:
        say(f"Removed: the downdated model {model[:12]}.", indent=2)
    if done.receipts and done.receipts[0].pending:
        parts = ", ".join(one.part for one in done.receipts[0].pending)
        say(f"Pending until a training anew: {parts}, until {done.receipts[0].pending[0].deadline}.", indent=2)


def export_sums(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A new folder, on this machine; it holds what people watched.")],
    receipt: Annotated[
        Path | None, typer.Option(help="A receipt of `rights forget`; its models' receipts are put beside.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Export what the standalone checker of sums counts from."""
    import sys

    from openslate.apps.personalize.forgetting.exporting import CHECKER
    from openslate.apps.personalize.forgetting.exporting import export_sums as export
    from openslate.project import Project

    found = export(Project.open(context.obj), folder, None if receipt is None else receipt.read_bytes())
    if as_json:
        print_json({"folder": str(folder), "sums": found.sums, "receipts": found.receipts, "checker": CHECKER})
        return
    say(f"{folder} holds the retained histories, {len(found.sums)} sums to count from them, and the checker.")
    for name in found.receipts or ["RECEIPT.json"]:
        say(
            f"Check with NumPy alone: {Path(sys.executable).name} {folder / CHECKER} {folder} {folder / name}", indent=2
        )
    say("It holds what people watched: delete it once it has been checked, and send nobody but the receipts.")


def _told(pending: object) -> str:
    if isinstance(pending, dict) and pending.get("deadline"):
        return f"{pending['what']}, until {pending['deadline']}; after that the model may not serve."
    return str(pending["what"] if isinstance(pending, dict) else pending)
