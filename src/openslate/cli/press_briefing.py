"""`openslate press briefing`: the stories of a day on two pages."""

from pathlib import Path
from typing import Annotated

import typer

from openslate.cli.output import AsJson, print_json, say
from openslate.cli.press_publishing import TaxonomyFile, taxonomy_of


def add_to(app: typer.Typer) -> None:
    """Put this command among those of press."""
    app.command(epilog="Example: openslate --project svc press briefing today.html --day 2027-05-14")(briefing)


def briefing(
    context: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A file that ends in .html, .md or .eml.")],
    day: Annotated[str, typer.Option(metavar="DAY", help="Of the articles, UTC; today when left out.")] = "",
    address: Annotated[str, typer.Option(metavar="URL", help="Of the published site, to lead to its stories.")] = "",
    taxonomy: TaxonomyFile = None,
    title: Annotated[str, typer.Option(metavar="NAME", help="Of the briefing.")] = "Press briefing",
    as_json: AsJson = False,
) -> None:
    """Write the stories of a day by topic, on two pages."""
    from datetime import date

    from openslate.apps.press.briefing.day import briefing_of
    from openslate.apps.press.briefing.documents import write_briefing
    from openslate.apps.press.desk.desk import Desk
    from openslate.apps.press.publishing.edition import edition_of
    from openslate.clock import now
    from openslate.errors import UsageError
    from openslate.project import Project

    try:
        wanted = date.fromisoformat(day) if day else now().date()
    except ValueError:
        raise UsageError(f"--day {day!r} is no day.", "Write one such as 2027-05-14.") from None
    edition = edition_of(Desk(Project.open(context.obj)), taxonomy_of(taxonomy), now())
    found = briefing_of(edition, wanted, title)
    write_briefing(out, found, address)
    if as_json:
        print_json(
            {
                "file": str(out),
                "day": wanted.isoformat(),
                "stories": found.stories,
                "articles": found.articles,
                "sources": found.sources,
                "topics": [
                    {"name": one.name, "stories": [each.story.id for each in one.stories], "more": one.more}
                    for one in found.topics
                ],
            }
        )
    else:
        say(f"{out}: {found.summary}")
