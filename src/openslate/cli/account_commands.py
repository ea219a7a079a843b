"""`openslate rights close`, `statement`, `pay` and `payee`: what use owes people."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openslate.cli.money_words import PERIOD_HELP, amount_of, period_of, pools_of
from openslate.cli.output import AsJson, print_json, say

if TYPE_CHECKING:
    from openslate.project import Project

Month = Annotated[str, typer.Argument(metavar="PERIOD", help=PERIOD_HELP)]
Payee = Annotated[str, typer.Argument(metavar="PAYEE", help="Id of whoever is paid, as the records have it.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands among those on rights."""
    app.command(epilog="Example: openslate --project svc rights close 2026-11 --payer 'Harbour Pictures'")(close)
    app.command(epilog="Example: openslate --project svc rights statement house:lead-101 2026-11 --html ada.html")(
        statement
    )
    app.command(epilog="Example: openslate --project svc rights pay house:lead-101 2250.00 USD --reference 7731")(pay)
    app.command(epilog="Example: openslate --project svc rights payee house:lead-101 --name 'Ada Stone'")(payee)


def close(
    context: typer.Context,
    month: Month,
    payer: Annotated[str, typer.Option(help="The company that pays, as statements show it.")],
    pool: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=AMOUNT", help="Money of a pool, such as 'films=1000.00 USD'; shared pro rata."),
    ] = None,
    viewers: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=FILE",
            help="Share a pool viewer by viewer: a CSV file with viewer, fee, record, production and uses. Not kept.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Close a month: its statements are frozen on the ledger."""
    from openslate.accounts import book
    from openslate.accounts.history import history
    from openslate.accounts.periods import close_period
    from openslate.project import Project

    project = Project.open(context.obj)
    period = period_of(month)
    again = period.id in history(book.read(project)).closed
    closed = close_period(project, period, payer, pools_of(pool or [], viewers or []))
    unpaid = {} if again else closed.unpaid
    if as_json:
        found = {"entry": closed.entry.index, "statements": len(closed.statements), "again": again}
        print_json({**found, "not_paid_for_want_of_uses": unpaid})
        return
    count = len(closed.statements)
    state = "was closed before, and nothing has changed" if again else "is closed"
    say(f"{month} {state}: {count:,} statement{'' if count == 1 else 's'}, entry {closed.entry.index} of the ledger.")
    for name, left in unpaid.items():
        say(f"Of the pool {name!r}, {left} is paid to nobody, because no use draws on it.", indent=2)


def statement(
    context: typer.Context,
    payee: Payee,
    month: Month,
    html: Annotated[Path | None, typer.Option(help="Write the page to print to this file.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write the lines as CSV to this file.")] = None,
    proof: Annotated[bool, typer.Option("--proof", help="With checkpoint and proofs; needs a signing key.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print what somebody is owed for a closed month."""
    from openslate.accounts.names import VaultNames
    from openslate.accounts.proving import LedgerProver
    from openslate.accounts.statement_csv import statement_csv
    from openslate.accounts.statement_page import write_statement_page
    from openslate.accounts.statements import statement as statement_of
    from openslate.project import Project
    from openslate.storage.files import OWNER_FILE, write_atomically

    project = Project.open(context.obj)
    prover = LedgerProver(project) if proof else None
    document = statement_of(project, period_of(month), _known_as(project, payee), prover=prover)
    if html is not None:
        write_statement_page(document, VaultNames(project), html)
    if csv is not None:
        write_atomically(csv.resolve(), statement_csv(document).encode(), OWNER_FILE)
    if as_json:
        print_json(document)
        return
    for line in document["lines"]:
        say(
            f"{line['line']}: {line['use']} in {line['project']}, {line['units']} {line['unit']}, net {line['net']} "
            f"{line['currency']}. Consent {line['record']}, version {line['version']}."
        )
    for currency, total in sorted(document["totals"].items()):
        say(f"Payable: {total['payable']} {currency}.")
    for path in (html, csv):
        if path is not None:
            say(f"Written to {path}.")


def pay(
    context: typer.Context,
    payee: Payee,
    amount: Annotated[str | None, typer.Argument(help="Such as 2250.00.")] = None,
    currency: Annotated[str | None, typer.Argument(help="ISO 4217, such as USD.")] = None,
    reference: Annotated[str | None, typer.Option(help="The bank's number of the payment.")] = None,
    more_than_owed: Annotated[
        str | None, typer.Option("--more-than-owed", metavar="WHY", help="Why more is paid than is owed.")
    ] = None,
    reverse: Annotated[
        str | None, typer.Option(metavar="REFERENCE", help="Take back the payment that was recorded so.")
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why it is taken back.")] = None,
    as_json: AsJson = False,
) -> None:
    """Record that somebody was paid, or take that back."""
    from openslate.accounts.payments import Reason, record_payment, reverse_payment
    from openslate.errors import UsageError
    from openslate.project import Project

    if reverse is not None:
        if reason is None or (amount, currency, reference, more_than_owed) != (None, None, None, None):
            raise UsageError("A payment is taken back as a whole.", "Say PAYEE --reverse REFERENCE --reason WHY alone.")
        project = Project.open(context.obj)
        entry = reverse_payment(project, _known_as(project, payee), reverse, Reason(reason, payee))
        if as_json:
            print_json({"entry": entry, "reversed": True})
        else:
            say(f"The payment is taken back by entry {entry} of the ledger, and what it had paid is owed again.")
        return
    if amount is None or currency is None or reference is None or reason is not None:
        raise UsageError(
            "A payment has an amount, a currency and a reference, and no reason.",
            "Say PAYEE AMOUNT CURRENCY --reference NUMBER, or PAYEE --reverse REFERENCE --reason WHY.",
        )
    paid, project = amount_of(amount), Project.open(context.obj)
    why = None if more_than_owed is None else Reason(more_than_owed, payee)
    entry = record_payment(project, _known_as(project, payee), paid, currency, reference, why)
    if as_json:
        print_json({"entry": entry})
    else:
        say(f"The payment of {amount} {currency} is entry {entry} of the ledger.")


def payee(
    context: typer.Context,
    payee: Payee,
    name: Annotated[str, typer.Option(help="As statements shall show it.")],
    as_json: AsJson = False,
) -> None:
    """Keep the name of somebody who is paid, for statements."""
    from openslate.accounts.names import register_payee
    from openslate.project import Project

    found = register_payee(Project.open(context.obj), payee, name)
    if as_json:
        print_json({"payee": found})
    else:
        say(f"Kept in the vault; the ledger knows them as {found[:16]}.")


def _known_as(project: "Project", payee: str) -> str:
    """The commitment to a payee by their id, or as the ledger and a statement have it, since an id may be erased."""
    import re

    from openslate.errors import UsageError
    from openslate.rights.commitments import known_commitment

    found = known_commitment(project, "payee", payee) or (payee if re.fullmatch(r"[0-9a-f]{64}", payee) else None)
    if found is None:
        raise UsageError(
            f"Nobody is paid by the id {payee!r}.",
            "Name whoever is paid as the records have it, or as statements say they are known on the ledger.",
        )
    return found
