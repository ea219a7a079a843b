"""`openslate init`, `status` and `demo`."""

from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from openslate.cli.output import AsJson, console, print_json, progress_bar, say


def add_to(app: typer.Typer) -> None:
    """Put these commands on the command line."""
    app.command(epilog="Example: openslate init svc")(init)
    app.command(epilog="Example: openslate --project svc status")(status)
    app.command(epilog="Example: openslate demo demo-service --members 2000")(demo)


def init(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")],
    as_json: AsJson = False,
) -> None:
    """Make a new project. It is one folder, which holds data, models and decisions."""
    from openslate.project import Project

    project = Project.init(folder)
    if as_json:
        print_json({"project": str(project.folder)})
    else:
        say(f"Made {folder}. Next: openslate --project {quote(str(folder))} import movielens PATH")


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Say what the project holds. Tables, imports, bases, and the model that serves."""
    from openslate.apps.status import status_of
    from openslate.cli.views import show_status
    from openslate.project import Project

    found = status_of(Project.open(context.obj))
    if as_json:
        print_json(found)
    else:
        show_status(console(), found)


def demo(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")] = Path("demo-service"),
    members: Annotated[int, typer.Option(help="How many members to simulate.")] = 2000,
    seed: Annotated[int, typer.Option(help="Where randomness starts.")] = 1,
    as_json: AsJson = False,
) -> None:
    """See it all on a simulated service. Trains, evaluates, shows what rights do, and writes pages."""
    from openslate.apps.personalize.demo import run_demo

    with progress_bar() as progress:
        page = run_demo(folder, members=members, seed=seed, progress=progress)
    if as_json:
        print_json({"project": str(folder), "page": str(page)})
        return
    here = f"openslate --project {quote(str(folder))}"
    say("")
    say(f"Everything it made is on {page}: open it in a browser.")
    say("Then try:")
    say(f"{here} personalize home m0000042", indent=4)
    say(f"{here} status", indent=4)
