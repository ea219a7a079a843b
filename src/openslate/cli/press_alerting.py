"""`openslate press alert`: saved queries that tell of each story once."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.output import AsJson, print_json, say
from openslate.cli.press_publishing import TaxonomyFile, moment_or_now, taxonomy_of

if TYPE_CHECKING:
    from openslate.apps.press.alerts.kept_alerts import Alert
    from openslate.apps.press.alerts.message import Message
    from openslate.apps.press.alerts.sending import Sent
    from openslate.apps.press.desk.desk import Desk

alert = typer.Typer(
    help="Save queries that tell of each story once.",
    epilog="Example: openslate --project svc press alert list",
    no_args_is_help=True,
    rich_markup_mode=None,
)
QueryText = Annotated[
    str, typer.Argument(metavar="QUERY", help='Words, "phrases", topic:, title:, person:, source:, OR, -not.')
]
LeastHeat = Annotated[int, typer.Option("--least-heat", min=0, help="Of stories that are told.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="Of the alert.")]
_EXAMPLE = "Example: openslate --project svc press alert"


def add_to(app: typer.Typer) -> None:
    """Put these commands among those of press."""
    app.add_typer(alert, name="alert")


@alert.command(epilog=f"{_EXAMPLE} preview '\"writers strike\" OR walkout' --days 30")
def preview(
    context: typer.Context,
    query: QueryText,
    least_heat: LeastHeat = 0,
    days: Annotated[int, typer.Option(min=1, max=100_000, help="Days to look back.")] = 30,
    at: Annotated[str, typer.Option(metavar="MOMENT", help="To look back from; now when left out.")] = "",
    taxonomy: TaxonomyFile = None,
    as_json: AsJson = False,
) -> None:
    """Show what a query would have caught. Nothing is sent or kept."""
    from datetime import timedelta

    from openslate.apps.press.alerts.matching import caught
    from openslate.apps.press.alerts.message import count_of, story_document, story_lines
    from openslate.apps.press.alerts.query import parse_query
    from openslate.apps.press.publishing.edition import edition_of

    wanted, moment, rules = parse_query(query), moment_or_now(at, "--at"), taxonomy_of(taxonomy)
    edition = edition_of(_desk(context), rules, moment, moment - timedelta(days=days))
    found = caught(wanted, edition.stories, least_heat)
    if as_json:
        print_json({"query": query, "days": days, "stories": [story_document(one) for one in found]})
        return
    for one in found:
        for line in story_lines(one):
            say(line.strip(), indent=len(line) - len(line.lstrip()))
    say(f"In {days} days it would have told of {count_of(found)} of {len(edition.stories):,}.")


@alert.command(epilog=f"{_EXAMPLE} add strikes '\"writers strike\" OR walkout' --to console --by 'Ada Lane'")
def add(
    context: typer.Context,
    name: Name,
    query: QueryText,
    to: Annotated[
        str, typer.Option("--to", metavar="WHERE", help="console, file:PATH.eml or webhook:https://HOST/PATH.")
    ],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="The person who makes it.")],
    least_heat: LeastHeat = 0,
    as_json: AsJson = False,
) -> None:
    """Save a query. Stories of which something arrives from now on are told."""
    from openslate.apps.press.alerts.kept_alerts import add_alert

    kind, _, place = to.partition(":")
    where = f"file:{Path(place).absolute()}" if kind == "file" and place else to
    made = add_alert(_desk(context), name, query, least_heat, where, by)
    if as_json:
        print_json(_document(made))
    else:
        say(f"Alert {made.name} goes to {made.target.shown} whenever `openslate press alert send` runs.")


@alert.command("list", epilog=f"{_EXAMPLE} list")
def list_alerts(context: typer.Context, as_json: AsJson = False) -> None:
    """List saved queries, and where each goes."""
    from openslate.apps.press.alerts.kept_alerts import alerts

    found = alerts(_desk(context))
    if as_json:
        print_json({"alerts": [_document(one) for one in found]})
        return
    for one in found:
        least = f", heat from {one.least_heat}" if one.least_heat else ""
        say(f"{one.name}: {one.text}{least}, to {one.target.shown}. {one.by}, {one.at:%Y-%m-%d}")
    if not found:
        say("No query is saved.")


@alert.command(epilog=f"{_EXAMPLE} remove strikes")
def remove(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Forget a saved query, and what it told of."""
    from openslate.apps.press.alerts.kept_alerts import remove_alert

    remove_alert(_desk(context), name)
    if as_json:
        print_json({"name": name, "removed": True})
    else:
        say(f"Alert {name} is removed.")


@alert.command(epilog=f"{_EXAMPLE} send --taxonomy topics.toml")
def send(context: typer.Context, taxonomy: TaxonomyFile = None, as_json: AsJson = False) -> None:
    """Tell of what is new, each story once. Exit code 1 where one could not be sent."""
    from openslate.apps.press.alerts.message import count_of
    from openslate.apps.press.alerts.sending import send_alerts
    from openslate.apps.press.publishing.edition import edition_of
    from openslate.clock import now

    desk = _desk(context)
    edition = edition_of(desk, taxonomy_of(taxonomy), now())
    found = send_alerts(desk, edition, _quiet if as_json else _say_message)
    if as_json:
        print_json({"alerts": [_sent(one) for one in found]})
    else:
        for one in found:
            _say_sent(one, count_of(one.stories))
        if not found:
            say("No query is saved.")
    if any(one.error for one in found):
        raise typer.Exit(1)


def _desk(context: typer.Context) -> "Desk":
    from openslate.apps.press.desk.desk import Desk
    from openslate.project import Project

    return Desk(Project.open(context.obj))


def _say_message(message: "Message") -> None:
    for line in message.lines():
        say(line.strip(), indent=len(line) - len(line.lstrip()))


def _quiet(message: "Message") -> None:
    """The document that is printed has all of it."""


def _say_sent(one: "Sent", count: str) -> None:
    if one.error:
        say(f"{one.alert.name}: {count} could not be sent. {one.error}")
    elif one.stories:
        say(f"{one.alert.name}: {count} to {one.where or one.alert.target.shown}.")
    else:
        say(f"{one.alert.name}: nothing new.")


def _sent(one: "Sent") -> dict[str, Any]:
    from openslate.apps.press.alerts.message import story_document

    return {
        **_document(one.alert),
        "stories": [story_document(each) for each in one.stories],
        "file": one.where or None,
        "error": one.error or None,
    }


def _document(one: "Alert") -> dict[str, Any]:
    return {
        "name": one.name,
        "query": one.text,
        "least_heat": one.least_heat,
        "to": one.target.shown,
        "by": one.by,
        "at": one.at.isoformat(),
    }
