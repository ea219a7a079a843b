"""`openslate press buzz`: coverage counted by title and person, for those who forecast."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from openslate.cli.output import AsJson, print_json, progress_bar, say

MOST = 10


def add_to(app: typer.Typer) -> None:
    """Put the command among those of press."""
    app.command(epilog="Example: openslate --project svc press buzz")(buzz)


def buzz(
    context: typer.Context,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Count days before this one; before today if left out."),
    ] = None,
    by: Annotated[
        Literal["seen", "published"],
        typer.Option(help="A day has what was seen on it, or, for an archive, what was published on it."),
    ] = "seen",
    taxonomy: Annotated[
        Path | None,
        typer.Option(metavar="TOPICS.toml", help="Topics and tiers; those of film and TV when left out."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Count coverage of titles and people by day, each story once."""
    from openslate.apps.press.buzz.writing import write_buzz
    from openslate.apps.press.desk.desk import Desk
    from openslate.apps.press.scores.taxonomy_file import film_and_tv, read_taxonomy
    from openslate.project import Project

    rules = film_and_tv() if taxonomy is None else read_taxonomy(taxonomy)
    with progress_bar() as progress:
        found = write_buzz(
            Desk(Project.open(context.obj)), rules, None if until is None else until.date(), by, progress
        )
    if as_json:
        print_json(
            {
                "days": [day.isoformat() for day in found.days],
                "counts": [
                    {
                        "kind": one.subject[0],
                        "subject": one.subject[1],
                        "day": one.day.isoformat(),
                        "stories": one.stories,
                        "items": one.items,
                        "heat": one.heat,
                        "weighted": one.weighted,
                    }
                    for one in found.counts
                ],
            }
        )
        return
    if not found.days:
        say("Every day that is over was counted before.")
        return
    say(f"Counted {len(found.days)} days, {found.days[0]} to {found.days[-1]}: {len(found.counts)} counts.")
    for one in sorted(found.counts, key=lambda one: (-one.heat, one.subject, one.day))[:MOST]:
        say(
            f"{one.day} {one.subject[0]} {one.subject[1]}: {one.stories} new stories, {one.items} items, "
            f"{one.heat:.0f} heat"
        )
