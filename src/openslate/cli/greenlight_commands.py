"""`openslate greenlight`: pitches, forecasts, slates, and what people decided."""

import typer

from openslate.cli import greenlight_decisions, slate_command

app = typer.Typer(
    help="Pitches, forecasts, slates, and what people decided.",
    epilog="Example: openslate --project svc greenlight filed",
    no_args_is_help=True,
    rich_markup_mode=None,
)
greenlight_decisions.add_to(app)
slate_command.add_to(app)
