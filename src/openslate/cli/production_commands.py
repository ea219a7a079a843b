"""`openslate production`: plan a shoot, and say how good the plan is."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli import (
    production_boards,
    production_demo,
    production_permissions,
    production_reading,
    production_replanning,
    production_risk,
    production_talent,
)
from openslate.cli.interrupting import interrupted
from openslate.cli.output import AsJson, print_json, progress_bar, say
from openslate.cli.production_locks import Asked, locked_by
from openslate.cli.production_outputs import Outputs
from openslate.cli.production_permissions import answers_document, answers_of_board, show_answers

if TYPE_CHECKING:
    from openslate.apps.production.permissions.answers import Answer
    from openslate.apps.production.rules.rules import Rules
    from openslate.apps.production.scheduling.schedules import Schedule
    from openslate.apps.production.writing.plan import Plan

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
production_boards.add_to(app)
production_talent.add_to(app)
production_demo.add_to(app)


@app.command(epilog="Example: openslate production schedule shoot.toml --seconds 60 --pages plan --board board.json")
def schedule(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="SHOOT.toml", help="The shoot; docs/production-shoots.md.")],
    seconds: Annotated[
        float | None, typer.Option(min=0.1, help="Stop after a time; what is found by then depends on the machine.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the random numbers.")] = 0,
    start: Annotated[
        Path | None, typer.Option(metavar="BOARD", help="Begin with this board, and keep what is locked on it.")
    ] = None,
    lock: Annotated[
        list[str] | None, typer.Option(metavar="SCENE=DATE", help="Keep a scene on a day; once for each.")
    ] = None,
    lock_day: Annotated[
        list[str] | None, typer.Option(metavar="DATE", help="Keep a day of --start as it is; once for each.")
    ] = None,
    lock_cast: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="Keep the days of a cast member; once for each.")
    ] = None,
    order: Annotated[
        list[str] | None, typer.Option(metavar="SCENE,SCENE", help="Shoot scenes in this order; once for each.")
    ] = None,
    pages: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write the pages of the board into it.")] = None,
    tables: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write its tables into it, as CSV.")] = None,
    board: Annotated[Path | None, typer.Option(metavar="FILE.json", help="Write the board itself.")] = None,
    uss: Annotated[Path | None, typer.Option(metavar="FILE.uss", help="Write it for other programs.")] = None,
    as_json: AsJson = False,
) -> None:
    """Put every scene on a day. Ctrl-C keeps the best board so far."""
    from openslate.apps.production.reading.shoot_file import read_shoot
    from openslate.apps.production.rules.loading import rules_of
    from openslate.apps.production.scheduling.impossible import why_impossible
    from openslate.apps.production.scheduling.schedule import schedule as scheduled
    from openslate.apps.production.scheduling.schedules import Effort

    # Before the search: nobody should wait for a board that cannot be written.
    outputs = Outputs(pages, tables, board, uss)
    outputs.check(file, start)
    shoot = read_shoot(file)
    rules = rules_of(shoot, file.parent)
    rest = outputs.kept(shoot, file.parent, start)
    kept = locked_by(shoot, start, Asked(lock or (), lock_day or (), lock_cast or (), order or ()))
    with interrupted() as stop, progress_bar() as progress:
        found = scheduled(
            shoot, rules, Effort(seconds=seconds, seed=seed), kept.locks, kept.start, stop, progress, kept.held
        )
        fixed = dict(kept.locks.scenes)
        why = why_impossible(shoot, rules, fixed, kept.locks.orders, kept.held) if found.broken else ()
    answers = answers_of_board(context, found.board, file.parent)
    said = outputs.write(_plan(found, rules, answers), _solver(found), rest)
    if as_json:
        print_json({**_document(found, why), "permissions": answers_document(found.board, answers)})
    else:
        _show(found, why)
        show_answers(found.board, answers)
        for sentence in said:
            say(sentence)
    if found.broken:
        raise typer.Exit(1)


def _plan(found: "Schedule", rules: "Rules", answers: tuple["Answer", ...]) -> "Plan":
    from openslate.apps.production.board.conditions import condition_of
    from openslate.apps.production.writing.plan import Plan

    # A board that breaks rules is no point of the chart.
    search = [(one.seconds, one.cost, one.bound) for one in found.points if one.cost is not None]
    condition = condition_of(found.board, rules)
    return Plan(found.board, found.clashes, found.bound, search, answers, condition=condition)


def _solver(found: "Schedule") -> dict[str, int | float | str | bool]:
    proved = {} if found.broken else {"bound": found.bound}
    return {"cost": found.cost, **proved, "seed": found.seed, "turns": found.turns}


def _document(found: "Schedule", why: tuple[str, ...]) -> dict[str, Any]:
    board = found.board
    return {
        "shoot": board.shoot.name,
        "currency": board.shoot.currency,
        "cost": found.cost,
        # A board that breaks hard rules is none of those that the bound is of.
        "bound": None if found.broken else found.bound,
        "bound_is_of": None if found.broken else _among(found),
        "gap": None if found.broken else found.gap,
        "reducible_gap": None if found.broken else found.reducible_gap,
        "worked": found.worked,
        "seed": found.seed,
        "days": [{"date": day.date.isoformat(), "night": day.night, "scenes": list(day.scenes)} for day in board],
        "boneyard": list(board.boneyard),
        "broken": [clash.words for clash in found.broken],
        "penalties": [{"words": clash.words, "cost": clash.cost} for clash in found.clashes if clash.cost],
        "why_impossible": list(why),
    }


def _among(found: "Schedule") -> str:
    from openslate.apps.production.board.conditions import Condition, condition_words

    return f"board{condition_words(found.board, Condition())}"


def _proved(found: "Schedule") -> str:
    """What the board costs and what is known of that; of one that breaks rules a gap would say nothing."""
    from openslate.apps.production.board.words import share_words

    currency = found.board.shoot.currency
    if found.broken:
        return f"It would cost {found.cost:,} {currency}, and breaks hard rules."
    if found.cost == found.bound:
        return f"It costs {found.cost:,} {currency}; no {_among(found)} costs less, which is proved."
    said = f"It costs {found.cost:,} {currency}; no {_among(found)} costs less than {found.bound:,}, a gap of"
    said = f"{said} {share_words(found.gap)}."
    beyond = found.cost - found.worked
    # Where the bound does not even reach that pay, a share of what is beyond it says nothing.
    share = f": the gap is {share_words(found.reducible_gap)} of that" if found.reducible_gap <= 1 else ""
    return f"{said} Beyond the pay for days worked it costs {beyond:,}{share}."


def _show(found: "Schedule", why: tuple[str, ...]) -> None:
    for number, day in enumerate(found.board, start=1):
        say(f"Day {number}, {day.date:%a %d %b %Y}{', night' if day.night else ''}: scenes {', '.join(day.scenes)}")
    for scene in found.board.boneyard:
        unit = found.board.shoot.scene_of[scene].unit
        say(f"Scene {scene} is of the unit {unit!r}, and is in the boneyard: the main unit alone is scheduled.")
    say(_proved(found))
    for clash in found.clashes:
        if clash.cost:
            say(f"{clash.words} It costs {clash.cost:,}.", indent=2)
        elif clash.kind == "scan-notice" and clash.strength == "penalty":
            say(clash.words, indent=2)
    for clash in found.broken:
        say(f"Broken: {clash.words}", indent=2)
    if why:
        say("These cannot be kept together; change one of them:")
        for sentence in why:
            say(sentence, indent=2)
    elif found.broken:
        say("No board that keeps every hard rule was found; whether there is one is not known. Try another --seed.")
