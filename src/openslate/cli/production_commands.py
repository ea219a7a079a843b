"""`openslate production`: what a shoot is made from, when it is shot, and what that costs."""

import typer

from openslate.cli import production_reading

app = typer.Typer(
    help="Screenplays, breakdowns, and when what is shot.",
    epilog="Example: openslate production import film.fountain --out shoot",
    no_args_is_help=True,
    rich_markup_mode=None,
)
production_reading.add_to(app)
