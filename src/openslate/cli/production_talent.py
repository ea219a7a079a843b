"""`openslate production talent`: the order of scenes in which the least is paid for waiting, proved."""

from pathlib import Path
from typing import Annotated

import typer

from openslate.cli.output import AsJson, print_json, say


def add_to(app: typer.Typer) -> None:
    """Put this command among those of production."""
    app.command(epilog="Example: openslate production talent film105.dzn --seconds 60")(talent)


def talent(
    file: Annotated[
        Path, typer.Argument(metavar="INSTANCE", help="A talent-scheduling instance: plain numbers, or .dzn.")
    ],
    seconds: Annotated[
        float | None, typer.Option(min=0.1, help="Stop after a time; what is proved by then depends on the machine.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Order scenes so that actors wait for the least pay."""
    from openslate.apps.production.scheduling.stopping import check_seconds
    from openslate.apps.production.talent_file import read_talent
    from openslate.clock import stopwatch
    from openslate.errors import UsageError
    from openslate.models.talent.solving import solve

    check_seconds(seconds)
    instance = read_talent(file)
    began = stopwatch()
    try:
        found = solve(instance, lambda: seconds is not None and stopwatch() - began >= seconds)
    except ValueError as error:
        raise UsageError(f"{file} is too large: {error}.", "Leave out actors with one scene, or split it.") from None
    order = [scene + 1 for scene in found.order]
    if as_json:
        print_json(
            {
                "order": order,
                "cost": found.cost,
                "worked": instance.worked,
                "hold": found.cost - instance.worked,
                "bound": found.bound,
                "proved": found.proved,
                "states": found.states,
            }
        )
        return
    say(f"Scenes {', '.join(map(str, order))}.")
    say(
        f"They cost {found.cost:,}: {instance.worked:,} for days of play, {found.cost - instance.worked:,} for waiting."
    )
    say("No order costs less, which is proved." if found.proved else f"No order costs less than {found.bound:,}.")
