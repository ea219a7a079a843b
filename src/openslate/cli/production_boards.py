"""`openslate production check`, `show` and `compare`: boards that are there already."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.output import AsJson, print_json, say
from openslate.cli.production_outputs import Outputs
from openslate.cli.production_permissions import answers_document, answers_of_board, show_answers

if TYPE_CHECKING:
    from openslate.apps.production.board.board_file import KeptBoard
    from openslate.apps.production.board.clash import Clash
    from openslate.apps.production.replanning.changes import Changes
    from openslate.apps.production.rules.rules import Rules

ANOTHER_SHOOT = (
    "The two boards were made of two shoots, such as before and after a lost day, and both are priced by the one that"
    " was named: replan writes the shoot as it has become with --changed-shoot."
)
ShootFile = Annotated[Path, typer.Argument(metavar="SHOOT.toml", help="The shoot; docs/production-shoots.md.")]
BoardFile = Annotated[Path, typer.Argument(metavar="BOARD", help="Its board, JSON or .uss; docs/production-boards.md.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands among those of production."""
    app.command(epilog="Example: openslate production check shoot.toml board.json")(check)
    app.command(epilog="Example: openslate production show shoot.toml board.json --pages plan --tables plan")(show)
    app.command(epilog="Example: openslate production compare shoot.toml old.json new.json")(compare)


def check(context: typer.Context, shoot: ShootFile, board: BoardFile, as_json: AsJson = False) -> None:
    """Say what a board costs and everything that clashes on it. Exit code 1 where something makes it impossible."""
    from openslate.apps.production.board.clash import impossible

    kept, rules = _read(shoot, board)
    clashes, cost = _looked_at(kept, rules)
    answers = answers_of_board(context, kept.board, shoot.parent)
    if as_json:
        print_json(
            {
                "shoot": kept.board.shoot.name,
                "currency": kept.board.shoot.currency,
                "cost": cost,
                "clashes": [_clash(one) for one in clashes],
                "permissions": answers_document(kept.board, answers),
                "notices": list(kept.notices),
            }
        )
    else:
        for notice in kept.notices:
            say(notice)
        say(f"This board costs {cost:,} {kept.board.shoot.currency}.")
        for one in clashes:
            say(f"{'Broken: ' if one.strength == 'hard' else ''}{one.words}{f' {one.cost:,}.' if one.cost else ''}")
        if not clashes:
            say("Nothing clashes on it.")
        show_answers(kept.board, answers)
    if impossible(clashes):
        raise typer.Exit(1)


def show(
    context: typer.Context,
    shoot: ShootFile,
    board: BoardFile,
    pages: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write the pages of the board into it.")] = None,
    tables: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write its tables into it, as CSV.")] = None,
    uss: Annotated[Path | None, typer.Option(metavar="FILE.uss", help="Write it for other programs.")] = None,
    previous: Annotated[
        Path | None, typer.Option(metavar="BOARD", help="The board before: call sheets mark what changed.")
    ] = None,
    previous_shoot: Annotated[
        Path | None, typer.Option(metavar="OLD.toml", help="The shoot of --previous, where its file says too little.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print a board, and write its pages and tables."""
    from openslate.apps.production.board.clash import impossible
    from openslate.apps.production.board.conditions import Condition
    from openslate.apps.production.board.kept_bound import kept_bound
    from openslate.apps.production.pages.proof import proof_of
    from openslate.apps.production.reading.shown_before import shown_before
    from openslate.apps.production.writing.plan import Plan, tables_of

    outputs = Outputs(pages, tables, None, uss)
    outputs.check(shoot, board, previous, previous_shoot)
    kept, rules = _read(shoot, board)
    rest = outputs.kept(kept.board.shoot, shoot.parent, board)
    before = shown_before(previous, previous_shoot, kept.board.shoot)
    clashes, cost = _looked_at(kept, rules)
    answers = answers_of_board(context, kept.board, shoot.parent)
    condition = kept.condition or Condition()
    bound, *why = kept_bound(kept, cost, rules)
    notices = [*kept.notices, *why]
    proof = proof_of(kept.board, clashes, bound, condition)
    said = outputs.write(Plan(kept.board, clashes, proof.bound, (), answers, before, condition), {}, rest)
    if as_json:
        print_json(
            {
                "shoot": kept.board.shoot.name,
                "currency": kept.board.shoot.currency,
                "cost": cost,
                "bound": proof.bound,
                "bound_is_of": None if proof.bound is None else proof.among,
                "broken": [one.words for one in impossible(clashes)],
                "permissions": answers_document(kept.board, answers),
                "notices": notices,
                "tables": {name: rows.values() for name, rows in tables_of(kept.board).items()},
            }
        )
        return
    for sentence in notices:
        say(sentence)
    for number, day in enumerate(kept.board, start=1):
        night = ", night" if day.night else ""
        locked = ", locked" if day.locked else ""
        say(f"Day {number}, {day.date:%a %d %b %Y}{night}{locked}: scenes {', '.join(day.scenes)}")
    if kept.board.boneyard:
        say(f"Boneyard: scenes {', '.join(kept.board.boneyard)}")
    least = "" if proof.bound is None else f"; no {proof.among} costs less than {proof.bound:,}"
    say(f"It costs {cost:,} {kept.board.shoot.currency}{least}.")
    for clash in impossible(clashes):
        say(f"Broken: {clash.words}", indent=2)
    show_answers(kept.board, answers)
    for sentence in said:
        say(sentence)


def compare(
    shoot: ShootFile,
    old: Annotated[Path, typer.Argument(metavar="OLD.json", help="The board as it was.")],
    new: Annotated[Path, typer.Argument(metavar="NEW.json", help="The board as it is.")],
    as_json: AsJson = False,
) -> None:
    """Say what changed from one board to another. Exit code 1 where something was locked."""
    from openslate.apps.production.board.lock_changes import lock_changes
    from openslate.apps.production.board.lock_clashes import unlocked_clashes
    from openslate.apps.production.replanning.changes import changes_between
    from openslate.apps.production.replanning.words import changes_values

    before, rules = _read(shoot, old)
    after, _ = _read(shoot, new)
    found = changes_between(before.board, after.board, rules)
    unlocked = [one.words for one in unlocked_clashes(before.board, after.board)]
    locks = lock_changes(before.board, after.board)
    notices = list(dict.fromkeys((*before.notices, *after.notices)))
    if before.changed != after.changed:
        notices.append(ANOTHER_SHOOT)
    if as_json:
        print_json({**changes_values(found), "unlocked": unlocked, "locks": list(locks), "notices": notices})
    else:
        _show_changes(after, found, [*notices, *locks, *unlocked])
    if unlocked:
        raise typer.Exit(1)


def _show_changes(after: "KeptBoard", found: "Changes", told: list[str]) -> None:
    from openslate.apps.production.replanning.words import change_sentences

    sentences = list(change_sentences(found, after.board.shoot))
    for sentence in [*sentences, *told] or ["Nothing changed."]:
        say(sentence)


def _read(shoot: Path, board: Path) -> tuple["KeptBoard", "Rules"]:
    from openslate.apps.production.reading.any_board import open_board
    from openslate.apps.production.reading.shoot_file import read_shoot
    from openslate.apps.production.rules.loading import rules_of

    held = read_shoot(shoot)
    return open_board(board, held), rules_of(held, shoot.parent)


def _looked_at(kept: "KeptBoard", rules: "Rules") -> tuple[tuple["Clash", ...], int]:
    """What clashes, and the cost with the penalties of rules."""
    from openslate.apps.production.board.clash import penalties
    from openslate.apps.production.board.clashes import clashes_of
    from openslate.apps.production.board.costs import costs_of

    clashes = clashes_of(kept.board, rules)
    return clashes, costs_of(kept.board).total + penalties(clashes)


def _clash(one: "Clash") -> dict[str, Any]:
    return {
        "kind": one.kind,
        "strength": one.strength,
        "words": one.words,
        "dates": [day.isoformat() for day in one.dates],
        "scenes": list(one.scenes),
        "people": list(one.people),
        "cost": one.cost,
        "rule": None if one.source is None else f"{one.source.pack}/{one.source.rule}",
    }
