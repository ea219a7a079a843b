"""`openslate production demo`: production on an invented shoot."""

from pathlib import Path
from typing import Annotated

import typer

from openslate.cli.output import AsJson, print_json, progress_bar, say


def add_to(app: typer.Typer) -> None:
    """Put this command among those of production."""
    app.command(epilog="Example: openslate production demo demo-shoot")(demo)


def demo(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.")] = Path("demo-shoot"),
    seed: Annotated[int, typer.Option(min=0, help="Where randomness starts.")] = 4,
    as_json: AsJson = False,
) -> None:
    """See production on an invented shoot. A board, a lost day and risk, as pages."""
    from openslate.apps.production.demonstration.tour import run_tour

    with progress_bar() as progress:
        page = run_tour(folder, seed, progress)
    if as_json:
        print_json({"folder": str(folder), "page": str(page)})
        return
    say(f"Everything it made is on {page}: open it in a browser.")
