"""The `openslate` command. Nothing heavy is imported before a command runs, so that help appears at once."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer

from openslate.cli import (
    data_commands,
    greenlight_commands,
    model_commands,
    personalize_commands,
    press_commands,
    production_commands,
    project_commands,
    rights_commands,
    title_commands,
)
from openslate.cli.output import INTERRUPTED, print_json, told_to_people
from openslate.errors import UsageError

_MISTAKE: Any = typer.BadParameter.__base__
"""What Typer raises when words make no sense; it gives the class no public name of its own."""

app = typer.Typer(
    name="openslate",
    help="Learn what members want to watch, and show them a page of it, with their consent.",
    epilog="Start with: openslate demo   or: openslate init svc",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
project_commands.add_to(app)
data_commands.add_to(app)
app.add_typer(title_commands.app, name="titles")
app.add_typer(personalize_commands.app, name="personalize")
app.add_typer(greenlight_commands.app, name="greenlight")
app.add_typer(production_commands.app, name="production")
app.add_typer(press_commands.app, name="press")
app.add_typer(model_commands.runs, name="runs")
app.add_typer(model_commands.models, name="models")
model_commands.add_to(app)
app.add_typer(rights_commands.app, name="rights")


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"openslate {version('openslate')}")
        raise typer.Exit


@app.callback()
def choose_project(
    context: typer.Context,
    project: Annotated[Path, typer.Option("--project", "-p", help="The project's folder.")] = Path(),
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", is_eager=True, callback=_print_version)
    ] = False,
) -> None:
    """Learn what members want to watch, and show them a page of it, with their consent."""
    context.obj = project


def main() -> None:
    """Run the command line; every error ends as two sentences and an exit code."""
    if isinstance(sys.stdout, TextIOWrapper):
        # Titles come in every script, and a terminal may know but one: what it cannot show is spelled out.
        sys.stdout.reconfigure(errors="backslashreplace")
    with told_to_people("--json" in sys.argv):
        _refuse_bytes(sys.argv[1:])
        raise SystemExit(_run("--json" in sys.argv))


def _run(as_json: bool) -> int:
    """Run the command that the words name, and return its exit code.

    Raises:
        KeyboardInterrupt: it was stopped.
    """
    try:
        code = app(prog_name="openslate", standalone_mode=False) or 0
    except _MISTAKE as mistake:
        mistake.show()
        if as_json:
            what = mistake.format_message()
            print_json(
                {
                    "error": what if what[-1] in ".?" else f"{what}.",
                    "way_out": f"Try '{mistake.ctx.command_path} --help' for help.",
                }
            )
        return int(mistake.exit_code)
    if code == INTERRUPTED:
        raise KeyboardInterrupt
    return int(code)


def _refuse_bytes(words: Sequence[str]) -> None:
    """Refuse words that are no text, which no table, file name in SQL, or JSON could hold."""
    for word in words:
        try:
            word.encode()
        except UnicodeEncodeError:
            raise UsageError(
                f"The word {word!r} is not valid UTF-8.", "Write it in UTF-8, or rename the file."
            ) from None
