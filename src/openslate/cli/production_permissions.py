"""`openslate production permissions`: what the rights gate answers for the replicas and scans of a shoot."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from openslate.cli.output import AsJson, print_json, say

if TYPE_CHECKING:
    from openslate.apps.production.board.board import Board
    from openslate.apps.production.permissions.answers import Answer


def add_to(app: typer.Typer) -> None:
    """Put this command among those of production."""
    app.command(epilog="Example: openslate --project svc production permissions shoot.toml --board board.json")(
        permissions
    )


def permissions(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="SHOOT.toml", help="The shoot; docs/production-shoots.md.")],
    board: Annotated[
        Path | None, typer.Option(metavar="BOARD", help="Its board, which says the day of each scene.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask the rights gate about every replica and scan. Exit code 1 where one is not allowed."""
    from openslate.apps.production.board.board import Board
    from openslate.apps.production.reading.any_board import open_board
    from openslate.apps.production.reading.shoot_file import read_shoot

    shoot = read_shoot(file)
    if board is None:
        asked = Board(shoot, (), tuple(one.number for one in shoot.scenes))
    else:
        asked = open_board(board, shoot).board
    answers = answers_of_board(context, asked, file.parent)
    if as_json:
        print_json({"shoot": shoot.name, "answers": answers_document(asked, answers)})
    else:
        if not answers:
            say("No scene has a replica or a scan.")
        show_answers(asked, answers)
    if not all(one.allowed for one in answers):
        raise typer.Exit(1)


def answers_of_board(context: typer.Context, board: "Board", folder: Path) -> tuple["Answer", ...]:
    """What the gate of the project answers; without a project nothing is allowed."""
    from openslate.apps.production.permissions.answers import answers_for
    from openslate.project import Project
    from openslate.settings import FILE_NAME

    there = (Path(context.obj) / FILE_NAME).exists()
    return answers_for(board, Project.open(context.obj) if there else None, folder)


def show_answers(board: "Board", answers: tuple["Answer", ...]) -> None:
    """Say every answer in a sentence."""
    for one in answers:
        say(one.words(board.shoot))


def answers_document(board: "Board", answers: tuple["Answer", ...]) -> list[dict[str, Any]]:
    """Every answer in plain values."""
    return [
        {
            "scene": one.use.scene.number,
            "date": None if one.use.day is None else one.use.day.isoformat(),
            "person": one.use.replica.person,
            "use": one.use.replica.use,
            "allowed": one.allowed,
            "record": None if one.verdict is None else one.verdict.record,
            "codes": [] if one.verdict is None else [finding.code for finding in one.verdict.findings],
            "words": one.words(board.shoot),
        }
        for one in answers
    ]
