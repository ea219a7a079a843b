"""`openslate press correct`, `mute`, `embargo`, `decisions` and `withdraw`: what people decide by hand."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.output import AsJson, print_json, say

if TYPE_CHECKING:
    from openslate.apps.press.desk.decisions import Decision
    from openslate.apps.press.desk.desk import Desk
    from openslate.apps.press.desk.subjects import Subject

By = Annotated[str, typer.Option("--by", metavar="NAME", help="The person who decides.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="In their own words.")]
SubjectText = Annotated[
    str, typer.Argument(metavar="SUBJECT", help="An item's id or address, source:, story:, word: or title:.")
]
_TAKES_EFFECT = "It holds from the next `openslate press publish` on."


def add_to(app: typer.Typer) -> None:
    """Put these commands among those of press."""
    example = "Example: openslate --project svc press"
    reason = "--by 'Ada Lane' --why 'A typing error.'"
    app.command(epilog=f"{example} correct 2d80a0dfc51c231b --field title --text 'Harbour Lights wraps' {reason}")(
        correct
    )
    app.command(epilog=f"{example} mute source:slate --by 'Ada Lane' --why 'It is our own.'")(mute)
    app.command(epilog=f"{example} embargo title:tt42 --until 2027-05-14T18:00+02:00 --by 'Ada Lane' --why 'Agreed.'")(
        embargo
    )
    app.command(epilog=f"{example} decisions")(decisions)
    app.command(epilog=f"{example} withdraw 3 --by 'Ada Lane' --why 'It was right.'")(withdraw)


def correct(
    context: typer.Context,
    item: Annotated[str, typer.Argument(metavar="ITEM", help="Its id or address.")],
    field: Annotated[str, typer.Option("--field", metavar="FIELD", help="title, excerpt, provider or published.")],
    text: Annotated[str, typer.Option("--text", metavar="TEXT", help="What readers are shown instead.")],
    by: By,
    why: Why,
    as_json: AsJson = False,
) -> None:
    """Show a field of an item otherwise. A note says what it said before."""
    from openslate.apps.press.publishing.deciding import correct as write

    number = write(_desk(context), item, field, text, by, why)
    if as_json:
        print_json({"number": number, "kind": "correct", "subject": item, "field": field})
    else:
        say(f"Decision {number}: the {field} is corrected. {_TAKES_EFFECT}")


def mute(context: typer.Context, subject: SubjectText, by: By, why: Why, as_json: AsJson = False) -> None:
    """Show something to nobody."""
    from openslate.apps.press.publishing.deciding import mute as write

    number, known = write(_desk(context), subject, by, why)
    if as_json:
        print_json({"number": number, "kind": "mute", "subject": known.name, "items": known.items})
    else:
        say(f"Decision {number}: {known.name} is muted{_about(known)}. {_TAKES_EFFECT}")


def embargo(
    context: typer.Context,
    subject: SubjectText,
    until: Annotated[str, typer.Option("--until", metavar="MOMENT", help="ISO 8601; UTC without a zone.")],
    by: By,
    why: Why,
    as_json: AsJson = False,
) -> None:
    """Show something from a moment on."""
    from openslate.apps.press.publishing.deciding import embargo as write

    number, known, moment = write(_desk(context), subject, until, by, why)
    if as_json:
        document = {"number": number, "kind": "embargo", "subject": known.name, "items": known.items}
        print_json({**document, "until": moment.isoformat()})
    else:
        ends = f"{moment:%Y-%m-%d %H:%M} UTC"
        say(f"Decision {number}: {known.name} is under embargo until {ends}{_about(known)}. {_TAKES_EFFECT}")


def decisions(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Those that were withdrawn as well.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what was decided by hand, by whom, and why."""
    from openslate.apps.press.desk.decisions import decisions as read
    from openslate.apps.press.desk.decisions import withdrawn

    desk = _desk(context)
    found, past = read(desk), withdrawn(desk) if every else []
    if as_json:
        document = [{**_document(one), "withdrawn": None} for one in found]
        document += [
            {**_document(one.decision), "withdrawn": {"at": one.at.isoformat(), "by": one.by, "why": one.why}}
            for one in past
        ]
        print_json({"decisions": sorted(document, key=lambda one: int(one["number"]))})
        return
    for one in found:
        say(_line(one))
    for gone in past:
        say(f"{_line(gone.decision)} Withdrawn by {gone.by} on {gone.at:%Y-%m-%d %H:%M} UTC: {gone.why}")
    if not found and not past:
        say("Nothing is decided by hand.")


def withdraw(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="NUMBER", min=1, help="Of the decision.")],
    by: By,
    why: Why,
    as_json: AsJson = False,
) -> None:
    """Let a decision hold no more. It stays written down."""
    from openslate.apps.press.desk.decisions import withdraw as write

    write(_desk(context), number, by, why)
    if as_json:
        print_json({"number": number, "withdrawn": True})
    else:
        say(f"Decision {number} is withdrawn. {_TAKES_EFFECT}")


def _desk(context: typer.Context) -> "Desk":
    from openslate.apps.press.desk.desk import Desk
    from openslate.project import Project

    return Desk(Project.open(context.obj))


def _about(subject: "Subject") -> str:
    if subject.items is None:
        return ""
    if not subject.items:
        return "; nothing on the desk is of it yet"
    return f", {subject.items:,} {'article' if subject.items == 1 else 'articles'}"


def _line(one: "Decision") -> str:
    value = f" {one.value}" if one.value else ""
    return f"{one.number}  {one.at:%Y-%m-%d %H:%M}  {one.kind} {one.subject}{value}. {one.by}: {one.why}"


def _document(one: "Decision") -> dict[str, Any]:
    return {
        "number": one.number,
        "at": one.at.isoformat(),
        "kind": one.kind,
        "subject": one.subject,
        "value": one.value,
        "by": one.by,
        "why": one.why,
    }
