"""`openslate rights dispute`, `hold`, `release`, `adjust` and `resolve`: a line of a statement that is not right."""

from typing import Annotated

import typer

from openslate.cli.money_words import PERIOD_HELP, amount_of, period_of
from openslate.cli.output import AsJson, print_json, say

OfPeriod = Annotated[str, typer.Option(help=f"Of the statement: {PERIOD_HELP}")]
OfLine = Annotated[str, typer.Option(help="Number of the line there, or the first characters of it.")]
OfDispute = Annotated[str | None, typer.Option(help="Number of the open dispute that it belongs to.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands among those on rights."""
    example = "Example: openslate --project svc rights"
    app.command(epilog=f"{example} dispute --payee h-1 --period 2026-11 --line 56745f --text 'No.'")(dispute)
    app.command(
        epilog=f"{example} hold --period 2026-11 --line 56745f --amount 12.00 --reason disputed --dispute 6a01"
    )(hold)
    app.command(epilog=f"{example} release 6a01")(release)
    app.command(epilog=f"{example} adjust --period 2026-11 --line 56745f --amount -2.00 --reason units_corrected")(
        adjust
    )
    app.command(epilog=f"{example} resolve 6a01 --outcome upheld")(resolve)


def dispute(
    context: typer.Context,
    payee: Annotated[str, typer.Option(help="Id of whoever is paid, as the records have it.")],
    period: OfPeriod,
    line: OfLine,
    text: Annotated[str, typer.Option(help="What is wrong, in a sentence.")],
    as_json: AsJson = False,
) -> None:
    """Dispute a line of a statement."""
    from openslate.accounts.disputes import dispute as dispute_line
    from openslate.project import Project

    number = dispute_line(Project.open(context.obj), period_of(period), line, text, payee)
    if as_json:
        print_json({"dispute": number})
    else:
        say(f"Noted as dispute {number}. It stands on the statement until it is resolved.")


def resolve(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="DISPUTE", help="Its number, or the first characters of it.")],
    outcome: Annotated[str, typer.Option(help="upheld, settled, rejected or withdrawn.")],
    as_json: AsJson = False,
) -> None:
    """End a dispute, and release what it held."""
    from openslate.accounts.disputes import resolve as resolve_dispute
    from openslate.project import Project

    found = resolve_dispute(Project.open(context.obj), number, outcome)
    if as_json:
        print_json({"dispute": found, "outcome": outcome})
    else:
        say(f"The dispute {found} is resolved: {outcome}.")


def hold(
    context: typer.Context,
    period: OfPeriod,
    line: OfLine,
    amount: Annotated[str, typer.Option(help="What is kept back, such as 12.00.")],
    reason: Annotated[str, typer.Option(help="disputed, payee_unknown, details_missing or legal_hold.")],
    dispute: OfDispute = None,
    as_json: AsJson = False,
) -> None:
    """Keep back a part of a line."""
    from openslate.accounts.disputes import hold as hold_line
    from openslate.project import Project

    number = hold_line(Project.open(context.obj), period_of(period), line, amount_of(amount), reason, dispute)
    if as_json:
        print_json({"hold": number})
    else:
        say(f"Held as {number}, until it is released{' or its dispute resolved' if dispute else ''}.")


def release(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="HOLD", help="Its number, or the first characters of it.")],
    as_json: AsJson = False,
) -> None:
    """Pay out what was held."""
    from openslate.accounts.disputes import release as release_hold
    from openslate.project import Project

    found = release_hold(Project.open(context.obj), number)
    if as_json:
        print_json({"hold": found})
    else:
        say(f"The hold {found} is released: what it kept back is payable.")


def adjust(
    context: typer.Context,
    period: OfPeriod,
    line: OfLine,
    amount: Annotated[str, typer.Option(help="To be added, or taken off, such as -2.00.")],
    reason: Annotated[str, typer.Option(help="dispute_settled, units_corrected, rate_corrected or minimum_raised.")],
    dispute: OfDispute = None,
    once_more: Annotated[
        bool, typer.Option("--once-more", help="Though that very correction was made before.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Correct a line of a closed period."""
    from openslate.accounts.disputes import adjust as adjust_line
    from openslate.project import Project

    correction = amount_of(amount)
    number = adjust_line(Project.open(context.obj), period_of(period), line, correction, reason, dispute, once_more)
    if as_json:
        print_json({"adjustment": number, "line": line, "amount": amount})
    else:
        say(
            f"Line {line} is corrected by {amount}, as correction {number}. It stands on the statement of the period "
            "in which this was done."
        )
