"""`openslate greenlight buzz`: whether press coverage helps a forecast."""

from dataclasses import asdict

import typer

from openslate.cli.greenlight_learning import Everywhere, Measure, Months, Region, Seed, Source
from openslate.cli.output import AsJson, print_json, progress_bar, say


def add_to(app: typer.Typer) -> None:
    """Put the command among those of greenlight."""
    app.command(epilog="Example: openslate --project svc greenlight buzz --measure revenue")(buzz)


def buzz(
    context: typer.Context,
    measure: Measure = "",
    region: Region = "*",
    months: Months = None,
    source: Source = "",
    everywhere: Everywhere = None,
    seed: Seed = 0,
    as_json: AsJson = False,
) -> None:
    """Measure whether press coverage helps a forecast."""
    from openslate.apps.greenlight.asked import Asked
    from openslate.apps.greenlight.buzz_ablation import ablate_buzz, told
    from openslate.project import Project

    asked = Asked(measure, region, months, (), None, source, everywhere, seed=seed)
    with progress_bar() as progress:
        found = ablate_buzz(Project.open(context.obj), asked, progress=progress)
    if as_json:
        plain = asdict(found)
        print_json({**plain, "origins": [day.isoformat() for day in found.origins], "verdict": found.verdict})
        return
    for line in told(found):
        say(line)
