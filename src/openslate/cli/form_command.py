"""`openslate greenlight form`: a page on which a pitch is written."""

from pathlib import Path
from typing import Annotated

import typer

from openslate.cli.output import AsJson, print_json, say


def add_to(app: typer.Typer) -> None:
    """Put this command among those of greenlight."""
    app.command(epilog="Example: openslate --project svc greenlight form --out pitch.html")(form)


def form(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="PITCH", help="A pitch, TOML or JSON, that the fields hold at first.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Where to write the page.")] = Path("pitch.html"),
    as_json: AsJson = False,
) -> None:
    """Write a form for a pitch. A page that works from its folder, and saves the file that a forecast takes."""
    from openslate.apps.greenlight.form_examples import form_examples
    from openslate.apps.greenlight.pitch_file import read_pitch
    from openslate.apps.greenlight.pitch_form import pitch_form, write_form
    from openslate.project import Project

    project = Project.open(context.obj)
    pitch = None if file is None else read_pitch(file)
    examples = form_examples(project)
    write_form(pitch_form(examples, project.folder.resolve().name, pitch), out)
    if as_json:
        print_json({"page": str(out), "titles": examples.titles})
        return
    say(f"The form is {out}: open it in a browser, fill it in, and save the pitch.")
