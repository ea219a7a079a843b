"""`openslate production replan`: what if a day is lost, somebody is out, or a location is gone."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openslate.cli.interrupting import interrupted
from openslate.cli.output import AsJson, print_json, progress_bar, say
from openslate.cli.production_boards import BoardFile, ShootFile
from openslate.cli.production_outputs import Outputs
from openslate.cli.production_permissions import answers_document, answers_of_board, show_answers

if TYPE_CHECKING:
    from openslate.apps.production.board.board_file import KeptBoard
    from openslate.apps.production.permissions.answers import Answer
    from openslate.apps.production.replanning.facts import Fact
    from openslate.apps.production.replanning.plans import Plan, Replanned
    from openslate.apps.production.rules.rules import Rules
    from openslate.apps.production.shoot.shoot import Shoot
    from openslate.apps.production.writing.plan import Plan as Written


class Choice(StrEnum):
    """Which plan is shown in full and written."""

    fewest = "fewest"
    between = "between"
    cheapest = "cheapest"


def add_to(app: typer.Typer) -> None:
    """Put this command among those of production."""
    example = "Example: openslate production replan shoot.toml board.json --lost 2027-03-09"
    app.command(epilog=example)(replan)


def replan(
    context: typer.Context,
    shoot: ShootFile,
    board: BoardFile,
    lost: Annotated[list[str] | None, typer.Option(metavar="DATE", help="A day on which nothing is shot.")] = None,
    out: Annotated[list[str] | None, typer.Option(metavar="CAST=FROM..TO", help="Somebody who cannot work.")] = None,
    gone: Annotated[list[str] | None, typer.Option(metavar="PLACE=FROM..TO", help="A location that is closed.")] = None,
    begins: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="Days before it are shot; the first changed day.")
    ] = None,
    leave: Annotated[list[str] | None, typer.Option(metavar="SCENE", help="Put a scene in the boneyard.")] = None,
    change_cost: Annotated[
        int | None, typer.Option(min=0, help="What a scene on another day may cost, for the plan between.")
    ] = None,
    plan: Annotated[Choice, typer.Option(help="The plan that is told in full and written.")] = Choice.between,
    seconds: Annotated[
        float | None, typer.Option(min=0.1, help="Stop after a time; what is found by then depends on the machine.")
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the random numbers.")] = 0,
    pages: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write the pages of the plan into it.")] = None,
    board_out: Annotated[Path | None, typer.Option("--board", metavar="FILE", help="Write the plan's board.")] = None,
    shoot_out: Annotated[
        Path | None, typer.Option("--changed-shoot", metavar="FILE", help="Write the shoot as it has become.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Plan the rest of a shoot anew, with the fewest changes. Ctrl-C keeps the plans so far."""
    from openslate.apps.production.reading.any_board import open_board
    from openslate.apps.production.reading.shoot_file import read_shoot
    from openslate.apps.production.replanning.plans import Effort
    from openslate.apps.production.replanning.replan import replan as replanned
    from openslate.apps.production.replanning.words import replanned_values
    from openslate.apps.production.replanning.written import written_day
    from openslate.apps.production.rules.loading import rules_of

    outputs = Outputs(pages, None, board_out, None, shoot_out)
    outputs.check(shoot, board)
    held = read_shoot(shoot)
    kept = open_board(board, held)
    facts = _facts(held, lost or (), out or (), gone or ())
    first = None if begins is None else written_day(begins, "--from")
    effort = Effort(seconds=seconds, seed=seed)
    rules = rules_of(held, shoot.parent)
    with interrupted() as stop, progress_bar() as progress:
        found = replanned(kept.board, facts, rules, first, change_cost, leave or (), effort, stop, progress)
    chosen = next(one for one in found.plans if any(name.startswith(plan.value) for name in one.names))
    answers = answers_of_board(context, chosen.board, shoot.parent)
    said = outputs.write(_written(found, chosen, kept, rules, answers), _solver(found, chosen, seed))
    _write_page(found, chosen, pages)
    if as_json:
        told = {"notices": [*kept.notices, *found.notices], "permissions": answers_document(chosen.board, answers)}
        print_json({**replanned_values(found), **told})
    else:
        for notice in kept.notices:
            say(notice)
        _show(found, chosen)
        for clash in chosen.clashes:
            if clash.kind == "scan-notice" and clash.strength == "penalty":
                say(clash.words)
        show_answers(chosen.board, answers)
        if pages is not None:
            say(f"What changes is on {pages / 'replan.html'}.")
        for sentence in said:
            say(sentence)
    if chosen.broken:
        raise typer.Exit(1)


def _facts(shoot: "Shoot", lost: "list[str] | tuple[()]", out: "list[str] | tuple[()]",
           gone: "list[str] | tuple[()]") -> "list[Fact]":  # fmt: skip
    from openslate.apps.production.replanning.written import written_gone, written_lost, written_out

    return [
        *map(written_lost, lost),
        *(written_out(one, shoot) for one in out),
        *(written_gone(one, shoot) for one in gone),
    ]


def _written(found: "Replanned", chosen: "Plan", kept: "KeptBoard", rules: "Rules",
             answers: "tuple[Answer, ...]") -> "Written":  # fmt: skip
    """The board of a plan as it is written; call sheets mark what changed since the board before."""
    from openslate.apps.production.board.conditions import condition_of
    from openslate.apps.production.pages.shown import shown
    from openslate.apps.production.writing.plan import Plan as Written

    bound = None if chosen.broken else found.bound
    condition = condition_of(chosen.board, rules, found.begins, found.stays)
    before = kept.shown or shown(kept.board, known=not kept.changed)
    return Written(chosen.board, chosen.clashes, bound, (), answers, before, condition)


def _solver(found: "Replanned", chosen: "Plan", seed: int) -> dict[str, int | float | str | bool]:
    proved = {} if chosen.broken else {"bound": found.bound}
    return {"cost": chosen.cost, **proved, "seed": seed}


def _write_page(found: "Replanned", chosen: "Plan", folder: Path | None) -> None:
    from openslate.apps.production.replanning.page import replan_page
    from openslate.storage.pages import write_page

    if folder is not None:
        write_page(folder / "replan.html", replan_page(found, chosen))


def _show(found: "Replanned", chosen: "Plan") -> None:
    from openslate.apps.production.replanning.lost_days import saving_words
    from openslate.apps.production.replanning.words import (
        booking_words,
        call_words,
        differently,
        move_words,
        none_words,
        plan_words,
        proof_words,
        short_day,
    )

    for fact in found.facts:
        say(f"{fact}.")
    say(f"Planned from {short_day(found.begins)} on; before it cost {found.cost_before:,} {found.shoot.currency}.")
    for one in found.plans:
        said = (plan_words(found, one), proof_words(found, one), saving_words(found, one))
        say(" ".join(filter(None, said)), indent=2)
    for notice in found.notices:
        say(notice)
    say(f"In full: {', '.join(chosen.names)}")
    changes = chosen.changes
    for heading, lines in (
        ("Scenes on another day:", [move_words(one) for one in changes.scenes]),
        ("Who must be called:", [call_words(chosen.board.shoot, one) for one in changes.cast]),
        ("Locations to be booked:", [booking_words(one) for one in changes.locations]),
        ("Costs:", [f"{one.name} {one.before:,} → {one.after:,} ({differently(one.after - one.before)})"
                    for one in changes.kinds if one.before or one.after]),
        ("Broken:", [clash.words for clash in chosen.broken]),
    ):  # fmt: skip
        if lines:
            say(heading)
        for text in lines:
            say(text, indent=2)
    if found.why:
        say("These cannot be kept together; change one of them, or leave a scene with --leave:")
        for sentence in found.why:
            say(sentence, indent=2)
    elif chosen.broken:
        say(none_words(found))
