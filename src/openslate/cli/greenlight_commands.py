"""`openslate greenlight`: pitches, forecasts, slates, and what people decided."""

import typer

from openslate.cli import (
    buzz_command,
    form_command,
    gaps_command,
    greenlight_decisions,
    greenlight_forecasting,
    greenlight_learning,
    slate_command,
)

app = typer.Typer(
    help="Pitches, forecasts, slates, and what people decided.",
    epilog="Example: openslate --project svc greenlight evaluate",
    no_args_is_help=True,
    rich_markup_mode=None,
)
greenlight_learning.add_to(app)
form_command.add_to(app)
greenlight_forecasting.add_to(app)
app.command(epilog=gaps_command.EPILOG)(gaps_command.gaps)
buzz_command.add_to(app)
slate_command.add_to(app)
greenlight_decisions.add_to(app)
