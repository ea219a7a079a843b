"""`openslate press demo`: the desk on an invented week of news."""

from pathlib import Path
from typing import Annotated

import typer

from openslate.cli.output import AsJson, print_json, progress_bar, say


def add_to(app: typer.Typer) -> None:
    """Put this command among those of press."""
    app.command(epilog="Example: openslate press demo demo-press")(demo)


def demo(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")] = Path("demo-press"),
    as_json: AsJson = False,
) -> None:
    """See the desk on an invented week of news. Stories, a site, buzz."""
    from openslate.apps.press.demonstration.tour import run_tour

    with progress_bar() as progress:
        page = run_tour(folder, progress)
    if as_json:
        print_json({"folder": str(folder), "page": str(page)})
        return
    say(f"The site is at {page}: open it in a browser. The briefing of its last day is {folder / 'briefing.html'}.")
    say(f"Go on with it: openslate --project {folder / 'svc'} press stories")
