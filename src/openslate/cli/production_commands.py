"""`openslate production`: plan a shoot, and say how good the plan is."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli import production_permissions, production_reading, production_replanning, production_risk
from openslate.cli.output import AsJson, print_json, progress_bar, say

if TYPE_CHECKING:
    from openslate.apps.production.scheduling.schedule import Schedule

app = typer.Typer(
    help="Plan a shoot, and prove how good the plan is.",
    epilog="Example: openslate production schedule shoot.toml --pages plan",
    no_args_is_help=True,
    rich_markup_mode=None,
)
production_reading.add_to(app)
production_permissions.add_to(app)
production_replanning.add_to(app)
production_risk.add_to(app)


@app.command(epilog="Example: openslate production schedule shoot.toml --seconds 60 --pages plan")
def schedule(
    file: Annotated[Path, typer.Argument(metavar="SHOOT.toml", help="The shoot; docs/production-shoots.md.")],
    seconds: Annotated[
        float | None, typer.Option(min=0.1, help="Stop after a time; what is found by then depends on the machine.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the random numbers.")] = 0,
    pages: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write the pages of the board into it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Put every scene on a day. Ctrl-C keeps the best board so far."""
    from openslate.apps.production.reading.shoot_file import read_shoot
    from openslate.apps.production.rules.loading import rules_of
    from openslate.apps.production.scheduling.impossible import why_impossible
    from openslate.apps.production.scheduling.schedule import Effort
    from openslate.apps.production.scheduling.schedule import schedule as scheduled
    from openslate.errors import UsageError

    if pages is not None and pages.exists() and not pages.is_dir():
        # Before the search: nobody should wait for a board that cannot be written.
        raise UsageError(f"{pages} is a file, and pages go into a folder.", "Name a folder, or one that is not there.")
    shoot = read_shoot(file)
    rules = rules_of(shoot, file.parent)
    with _interrupted() as stop, progress_bar() as progress:
        found = scheduled(shoot, rules, Effort(seconds=seconds, seed=seed), stop=stop, progress=progress)
        why = why_impossible(shoot, rules) if found.broken else ()
    if pages is not None:
        _write_pages(found, pages)
    if as_json:
        print_json(_document(found, why))
    else:
        _show(found, why, pages)
    if found.broken:
        raise typer.Exit(1)


@contextmanager
def _interrupted() -> Iterator[Any]:
    """Whether Ctrl-C was pressed: the first ends the search, a second one the command."""
    pressed = Event()

    def press(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, before)
        pressed.set()

    before = signal.signal(signal.SIGINT, press)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)


def _write_pages(found: "Schedule", folder: Path) -> None:
    from openslate.apps.production.pages.costs_page import costs_page
    from openslate.apps.production.pages.day_grid_page import day_grid_page
    from openslate.apps.production.pages.one_liner import one_liner_page
    from openslate.apps.production.pages.stripboard_page import stripboard_page
    from openslate.storage.pages import write_page

    folder.mkdir(parents=True, exist_ok=True)
    clashes, bound = found.clashes, found.bound
    write_page(folder / "stripboard.html", stripboard_page(found.board, clashes=clashes, bound=bound))
    write_page(folder / "day-out-of-days.html", day_grid_page(found.board))
    write_page(folder / "one-line-schedule.html", one_liner_page(found.board))
    write_page(folder / "costs.html", costs_page(found.board, clashes=clashes, bound=bound))


def _document(found: "Schedule", why: tuple[str, ...]) -> dict[str, Any]:
    board = found.board
    return {
        "shoot": board.shoot.name,
        "currency": board.shoot.currency,
        "cost": found.cost,
        "bound": found.bound,
        "gap": found.gap,
        "reducible_gap": found.reducible_gap,
        "worked": found.worked,
        "seed": found.seed,
        "days": [{"date": day.date.isoformat(), "night": day.night, "scenes": list(day.scenes)} for day in board],
        "boneyard": list(board.boneyard),
        "broken": [clash.words for clash in found.broken],
        "penalties": [{"words": clash.words, "cost": clash.cost} for clash in found.clashes if clash.cost],
        "why_impossible": list(why),
    }


def _proved(found: "Schedule") -> str:
    """What the board costs and what is known of that; of one that breaks rules a gap would say nothing."""
    currency = found.board.shoot.currency
    if found.broken:
        return f"It would cost {found.cost:,} {currency}, and breaks hard rules."
    if found.cost == found.bound:
        return f"It costs {found.cost:,} {currency}, which is proved to be the least."
    said = f"It costs {found.cost:,} {currency}; no board costs less than {found.bound:,}, a gap of {found.gap:.1%}."
    beyond = found.cost - found.worked
    return f"{said} Beyond the pay for days worked it costs {beyond:,}: the gap is {found.reducible_gap:.1%} of that."


def _show(found: "Schedule", why: tuple[str, ...], pages: Path | None) -> None:
    for number, day in enumerate(found.board, start=1):
        say(f"Day {number}, {day.date:%a %d %b %Y}{', night' if day.night else ''}: scenes {', '.join(day.scenes)}")
    for scene in found.board.boneyard:
        unit = found.board.shoot.scene_of[scene].unit
        say(f"Scene {scene} is of the unit {unit!r}, and is in the boneyard: the main unit alone is scheduled.")
    say(_proved(found))
    for clash in found.clashes:
        if clash.cost:
            say(f"{clash.words} It costs {clash.cost:,}.", indent=2)
    for clash in found.broken:
        say(f"Broken: {clash.words}", indent=2)
    if why:
        say("These cannot be kept together; change one of them:")
        for sentence in why:
            say(sentence, indent=2)
    elif found.broken:
        say("No board that keeps every hard rule was found; whether there is one is not known. Try another --seed.")
    if pages is not None:
        say(f"The pages are in {pages}: open stripboard.html in a browser.")
