"""`openslate production risk`: what overruns, weather and absences may do to a board."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from openslate.cli.output import AsJson, print_json, progress_bar, say

if TYPE_CHECKING:
    from openslate.apps.production.board.board import Board
    from openslate.apps.production.risk.report import Risk
    from openslate.apps.production.rules.rules import Rules
    from openslate.apps.production.shoot.shoot import Shoot
    from openslate.progress import Progress

TURNS_A_SCENE = 3_000
"""For a board of one's own making; `production schedule` searches twenty times as long."""
MOST_DRIVERS = 10


def add_to(app: typer.Typer) -> None:
    """Put this command among those of production."""
    app.command("risk", epilog="Example: openslate production risk shoot.toml --board board.json --weather .2")(risk)


def risk(
    file: Annotated[Path, typer.Argument(metavar="SHOOT.toml", help="The shoot; docs/production-shoots.md.")],
    board: Annotated[
        Path | None, typer.Option(metavar="BOARD", help="Its board; a quick one is made where it is left out.")
    ] = None,
    overrun: Annotated[float, typer.Option(help="Median of actual over planned minutes.")] = 1.0,
    spread: Annotated[float, typer.Option(help="How far overruns of scenes spread.")] = 0.25,
    weather: Annotated[float, typer.Option(help="Chance of a day too wet for exteriors.")] = 0.1,
    absence: Annotated[float, typer.Option(help="Chance that a cast member falls ill on a day.")] = 0.005,
    cover: Annotated[bool, typer.Option("--cover", help="Pull interiors forward on wet days.")] = False,
    past: Annotated[
        Path | None, typer.Option(metavar="PAST.csv", help="Fit all these to past shoots; docs/production-risk.md.")
    ] = None,
    contingency: Annotated[float, typer.Option(help="Share of the planned cost that is held back.")] = 0.1,
    runs: Annotated[int, typer.Option(help="How often it is simulated, 100 to 10,000.")] = 2000,
    seed: Annotated[int, typer.Option(min=0, help="Of the random numbers.")] = 0,
    pages: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write risk.html into it.")] = None,
    as_json: AsJson = False,
) -> None:
    """What a board may cost, when it may wrap, and why."""
    from openslate.apps.production.reading.shoot_file import read_shoot
    from openslate.apps.production.risk.chances import Chances
    from openslate.apps.production.risk.documents import risk_document
    from openslate.apps.production.risk.past_table import read_past
    from openslate.apps.production.risk.report import risk_of
    from openslate.apps.production.rules.loading import rules_of
    from openslate.errors import UsageError

    if pages is not None and pages.exists() and not pages.is_dir():
        raise UsageError(f"{pages} is a file, and pages go into a folder.", "Name a folder, or one that is not there.")
    chances = Chances(overrun=overrun, weather=weather, absence=absence, cover=cover).with_spread(spread)
    shoot = read_shoot(file)
    rules = rules_of(shoot, file.parent)
    before = () if past is None else read_past(past)
    with progress_bar() as progress:
        planned = _board(shoot, rules, board, seed, progress)
        found = risk_of(
            planned,
            rules,
            chances,
            past=before,
            runs=runs,
            seed=seed,
            contingency=contingency,
            progress=progress,
        )
    if pages is not None:
        _write_page(found, pages)
    if as_json:
        print_json(risk_document(found))
    else:
        _show(found, pages)


def _board(shoot: "Shoot", rules: "Rules", file: Path | None, seed: int, progress: "Progress") -> "Board":
    """The board that a file holds, or one that is searched for quickly."""
    from openslate.apps.production.board.clash import impossible
    from openslate.apps.production.board.clashes import clashes_of
    from openslate.apps.production.reading.any_board import open_board
    from openslate.apps.production.risk.quick_board import quick_board

    if file is None:
        found = quick_board(shoot, rules, TURNS_A_SCENE * len(shoot.scenes), seed, progress)
    else:
        kept = open_board(file, shoot)
        found = kept.board
        for notice in kept.notices:
            typer.echo(notice, err=True)
    for clash in impossible(clashes_of(found, rules)):
        typer.echo(f"The board breaks a rule before anything happens: {clash.words}", err=True)
    for number in found.boneyard:
        typer.echo(f"Scene {number} is in the boneyard, and no part of this.", err=True)
    return found


def _write_page(found: "Risk", folder: Path) -> None:
    from openslate.apps.production.risk.page import risk_page
    from openslate.storage.pages import write_page

    folder.mkdir(parents=True, exist_ok=True)
    write_page(folder / "risk.html", risk_page(found))


def _show(found: "Risk", pages: Path | None) -> None:
    from openslate.apps.production.risk.page import calibration_words
    from openslate.apps.production.risk.report import source_words, unknown_words

    told, currency = found.summary, found.board.shoot.currency
    say(f"The plan costs {told.planned_cost:,} {currency} and wraps {_day(told.planned_wrap)}.")
    for cost, wrap in zip(told.cost, told.wrap, strict=True):
        sure = f"{cost.low:,} to {cost.high:,} with other seeds"
        say(
            f"P{cost.share * 100:.0f}: at most {cost.value:,} {currency} ({sure}), wrap by {_day(wrap.value)}.",
            indent=2,
        )
    say(f"In the mean it costs {told.mean.value:,.0f} ± {2 * told.mean.error:,.0f}, in {found.runs:,} runs.")
    say(f"Wrapping by the planned date has a chance of {told.on_time.value:.1%} ± {2 * told.on_time.error:.1%}.")
    within = f"{told.within.value:.1%} ± {2 * told.within.error:.1%}"
    say(f"Staying within a contingency of {told.contingency:.0%} has a chance of {within}.")
    if told.wanting.value:
        say(
            f"In {told.wanting.value:.0%} of the runs an added day lacks a place or a person, or is after the calendar."
        )
    if found.drivers:
        say("What falls off the expected cost, and off the P80, when one source does nothing:")
    for one in found.drivers[:MOST_DRIVERS]:
        fall = f"{one.mean.value:,.0f} ± {2 * one.mean.error:,.0f}"
        say(f"{source_words(found.board.shoot, one.source)}: {fall}; P80 {one.p80:,}", indent=2)
    for each in found.fitted:
        alone = "nothing is known" if each.alone is None else f"past shoots alone say {each.alone:.3g}"
        error = "" if each.error is None else f" ± {2 * each.error:.2g}"
        say(f"{each.name.replace('_', ' ')}: {each.value:.3g}{error}, of {each.count:,}; {alone}.", indent=2)
    if found.calibration is not None:
        say(calibration_words(found))
    say("What this does not know:")
    for sentence in unknown_words(found):
        say(sentence, indent=2)
    if pages is not None:
        say(f"The page is {pages / 'risk.html'}: open it in a browser.")


def _day(ordinal: int) -> str:
    return f"{date.fromordinal(ordinal):%a %d %b %Y}"
