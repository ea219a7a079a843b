"""`openslate press learn` and `interest`: which news others take up, beside the fixed rules."""

from pathlib import Path
from typing import Annotated

import typer

from openslate.cli.output import AsJson, print_json, progress_bar, say

Topics = Annotated[
    Path | None,
    typer.Option("--taxonomy", metavar="TOPICS.toml", help="Topics and tiers; those of film and TV when left out."),
]


def add_to(app: typer.Typer) -> None:
    """Put the commands among those of press."""
    app.command(epilog="Example: openslate --project svc press learn")(learn)
    app.command(epilog="Example: openslate --project svc press interest --limit 20")(interest)


def learn(context: typer.Context, taxonomy: Topics = None, as_json: AsJson = False) -> None:
    """Learn which news others take up, from sources that allow it."""
    from openslate.apps.press.desk.desk import Desk
    from openslate.apps.press.interest.kept import Opened, learn_interest
    from openslate.apps.press.scores.taxonomy_file import film_and_tv, read_taxonomy
    from openslate.project import Project

    rules = film_and_tv() if taxonomy is None else read_taxonomy(taxonomy)
    with progress_bar() as progress:
        progress("Learning what is taken up", 0.1)
        artifact, found = learn_interest(Desk(Project.open(context.obj)), rules)
        progress("Learned", 1.0)
    if as_json:
        print_json({"model": artifact.id, **{name: artifact.manifest[name] for name in sorted(artifact.manifest)}})
        return
    say(f"Model {artifact.id[:12]}. {Opened(artifact, found.interest).fitted_on}")


def interest(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many items, of the newest stories.")] = 20,
    taxonomy: Topics = None,
    as_json: AsJson = False,
) -> None:
    """List the newest items by how far others may take them up."""
    from openslate import clock
    from openslate.apps.press.desk.desk import Desk
    from openslate.apps.press.desk.items import item_by_id
    from openslate.apps.press.interest.kept import open_interest, scores_of, told_until
    from openslate.apps.press.scores.taxonomy_file import film_and_tv, read_taxonomy
    from openslate.errors import RegistryError
    from openslate.project import Project

    project = Project.open(context.obj)
    opened = open_interest(project)
    if opened is None:
        raise RegistryError("No interest score was learned.", "Learn one: `openslate press learn`.")
    rules = film_and_tv() if taxonomy is None else read_taxonomy(taxonomy)
    desk = Desk(project)
    newest = sorted(told_until(desk, rules, clock.now()), key=lambda one: (one.seen, one.item), reverse=True)[:limit]
    found = sorted(scores_of(opened, newest).items(), key=lambda pair: (-pair[1], pair[0]))
    titles = {item: item_by_id(desk, item).title for item, _ in found}
    if as_json:
        listed = [{"item": item, "title": titles[item], "interest": score} for item, score in found]
        print_json({"model": opened.artifact.id, "fitted_on": opened.fitted_on, "items": listed})
        return
    for item, score in found:
        say(f"{score:3d} {item} {titles[item]}")
    say(opened.fitted_on)
