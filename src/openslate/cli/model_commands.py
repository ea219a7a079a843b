"""`openslate runs`, `models` and `lineage`: what was run, what serves, and where it came from."""

from pathlib import Path
from typing import Annotated

import typer

from openslate.cli.output import AsJson, console, print_json, say

runs = typer.Typer(help="What was run, and how two runs differ.", rich_markup_mode=None)
models = typer.Typer(help="Stored models, and which of them serves.", rich_markup_mode=None)
ROLE, FORECASTS = "personalize", "greenlight"


def add_to(app: typer.Typer) -> None:
    """Put `lineage` on the command line."""
    app.command(epilog="Example: openslate lineage 3f2a91")(lineage)


@runs.callback(invoke_without_command=True, epilog="Example: openslate runs compare 1a2b 3c4d")
def list_runs(context: typer.Context, as_json: AsJson = False) -> None:
    """List every run, the latest last."""
    if context.invoked_subcommand is not None:
        return
    from dataclasses import asdict

    from openslate.cli.views import show_runs
    from openslate.project import Project
    from openslate.registry.runs import every

    found = every(Project.open(context.obj))
    if as_json:
        print_json({"runs": [asdict(run) for run in found]})
    else:
        show_runs(console(), found)


@runs.command(epilog="Example: openslate runs compare 1a2b 3c4d")
def compare(
    context: typer.Context,
    first: Annotated[str, typer.Argument(help="A run's id, or its beginning.")],
    second: Annotated[str, typer.Argument(help="Another one.")],
    as_json: AsJson = False,
) -> None:
    """Show everything in which two runs differ."""
    from dataclasses import asdict

    from openslate.cli.views import show_differences
    from openslate.project import Project
    from openslate.registry.runs import compare as compare_runs
    from openslate.registry.runs import find

    project = Project.open(context.obj)
    one, other = find(project, first), find(project, second)
    differences = compare_runs(one, other)
    if as_json:
        print_json({"first": one.id, "second": other.id, "differences": [asdict(each) for each in differences]})
    else:
        show_differences(console(), one, other, differences)


@models.callback(invoke_without_command=True, epilog="Example: openslate models promote 3f2a91")
def list_models(context: typer.Context, as_json: AsJson = False) -> None:
    """List every model, with its validation score, and mark the one that serves."""
    if context.invoked_subcommand is not None:
        return
    from openslate.cli.model_rows import doubts_about
    from openslate.cli.views import show_models
    from openslate.project import Project
    from openslate.registry.artifacts import every
    from openslate.registry.promotion import serving

    project = Project.open(context.obj)
    found, now = every(project), serving(project, ROLE)
    serves = None if now is None else now.id
    if as_json:
        listed = [
            {
                "id": one.id,
                "kind": one.kind,
                "manifest": one.manifest,
                "serves": one.id == serves,
                "doubts": list(doubts_about(one)),
            }
            for one in found
        ]
        print_json({"models": listed})
    else:
        show_models(console(), found, serves)
        for one in found:
            for sentence in doubts_about(one):
                say(f"{one.id[:12]}: {sentence}")


@models.command(epilog="Example: openslate models promote 3f2a91 --force --reason 'the old one is withdrawn'")
def promote(
    context: typer.Context,
    model: Annotated[str, typer.Argument(help="A model's id, or its beginning.")],
    force: Annotated[bool, typer.Option("--force", help="Even if it is worse or stale; needs --reason.")] = False,
    reason: Annotated[str, typer.Option(help="Why it is forced.")] = "",
    as_json: AsJson = False,
) -> None:
    """Let a model serve. It must be neither clearly worse nor staler than the one that does."""
    from openslate.errors import UsageError
    from openslate.project import Project
    from openslate.registry.artifacts import find
    from openslate.registry.promotion import promote as promote_model

    if force and not reason.strip():
        raise UsageError("A forced promotion has no reason.", "Say why with --reason '...'.")
    project = Project.open(context.obj)
    artifact = find(project, model)
    promote_model(project, ROLE, artifact, reason if force else None)
    _say_serving(artifact.id, as_json)


@models.command(epilog="Example: openslate models rollback --reason 'complaints about the new pages'")
def rollback(
    context: typer.Context,
    reason: Annotated[str, typer.Option(help="Why.")],
    as_json: AsJson = False,
) -> None:
    """Let the model that served before serve again."""
    from openslate.project import Project
    from openslate.registry.promotion import roll_back

    _say_serving(roll_back(Project.open(context.obj), ROLE, reason).id, as_json)


@models.command(epilog="Example: openslate models card 3f2a91 --output card.html")
def card(
    context: typer.Context,
    model: Annotated[str, typer.Argument(help="A model's id, or its beginning.")],
    output: Annotated[Path | None, typer.Option(help="Where to write the HTML page.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write a model's card: what it is for, from what, how good. Says so where nothing was measured."""
    from openslate.apps.personalize.card import model_card
    from openslate.apps.personalize.card_page import write_card
    from openslate.cli.greenlight_learning import card as forecasters_card
    from openslate.project import Project
    from openslate.registry.artifacts import find

    project = Project.open(context.obj)
    if find(project, model).kind == FORECASTS:
        forecasters_card(context, model, output, as_json)
        return
    found = model_card(project, model)
    path = output or project.folder / "reports" / f"card-{found.model['id'][:12]}.html"
    write_card(found, path)
    if as_json:
        print_json({**found.to_dict(), "page": str(path)})
    else:
        say(f"The card is {path}: open it in a browser.")


def lineage(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The id of a page, model or run, or its beginning.")],
    as_json: AsJson = False,
) -> None:
    """Show what a page, model or run came from. Leads back to the files of the import."""
    from dataclasses import asdict

    from openslate.project import Project
    from openslate.registry.lineage import ancestors, full_name

    project = Project.open(context.obj)
    whole = full_name(project, name)
    found = ancestors(project, whole)
    if as_json:
        print_json({"id": whole, "ancestors": [asdict(one) for one in found]})
        return
    say(whole)
    for one in found:
        say(f"{one.relation} {one.id}", indent=2 * one.depth)


def _say_serving(model: str, as_json: bool) -> None:
    if as_json:
        print_json({"serves": model})
    else:
        say(f"Model {model[:12]} serves.")
