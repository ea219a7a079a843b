"""An invented shoot is scheduled, loses a day, and is simulated: what `make demo` shows of production."""

import json
from datetime import date
from pathlib import Path

from openslate.apps.production.board.board_file import write_board
from openslate.apps.production.board.conditions import condition_of
from openslate.apps.production.board.words import weekday_words
from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.replanning.facts import Lost
from openslate.apps.production.replanning.page import replan_page
from openslate.apps.production.replanning.plans import Replanned
from openslate.apps.production.replanning.replan import replan
from openslate.apps.production.risk.page import risk_page
from openslate.apps.production.risk.report import Risk, risk_of
from openslate.apps.production.rules.loading import rules_of
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort, Schedule
from openslate.apps.production.writing.plan import Plan, write_pages, write_tables
from openslate.apps.production.writing.shoot_file import write_shoot
from openslate.drawing.sheet import Facts, Link, Links, Prose, Section, Sheet, sheet_document
from openslate.errors import UsageError
from openslate.progress import Progress, monotone, silent, within
from openslate.storage.files import write_atomically
from openslate.storage.pages import write_page

MARKER = "demo.json"
"""The file that tells a demo's folder from one's own."""
SCENES = 40
SEED = 4
"""Of a shoot that has room for a lost day."""
TURNS = 1_000_000
RUNS = 500


def run_tour(folder: Path, seed: int = SEED, progress: Progress = silent) -> Path:
    """Invent a shoot, schedule it, lose a day of it, and look at its risk.

    Args:
        folder: an absent or empty folder.
        seed: where randomness starts.
        progress: told what is done.

    Returns:
        The page that leads to everything, an HTML file.

    Raises:
        UsageError: the folder holds something, or is a file.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not a new or empty folder.", "Name another folder for the demonstration.")
    progress = monotone(progress)
    folder.mkdir(parents=True, exist_ok=True)
    shoot = invented_shoot(ShootSettings(SCENES, seed=seed))
    rules = rules_of(shoot)
    write_atomically(folder / "shoot.toml", write_shoot(shoot).encode())
    found = schedule(shoot, rules, Effort(turns=TURNS, seed=seed), progress=within(progress, 0.0, 0.6))
    search = [(one.seconds, one.cost, one.bound) for one in found.points if one.cost is not None]
    facts = {"cost": found.cost, "bound": found.bound, "seed": seed}
    write_board(folder / "board.json", found.board, facts, condition_of(found.board, rules))
    write_pages(folder / "plan", Plan(found.board, found.clashes, found.bound, search))
    write_tables(folder / "plan" / "tables", found.board)
    lost = replan(found.board, [Lost(_middle(found))], rules, progress=within(progress, 0.6, 0.8))
    (folder / "lost").mkdir()
    write_page(folder / "lost" / "replan.html", replan_page(lost, lost.plans[0]))
    risk = risk_of(found.board, rules, runs=RUNS, seed=seed, progress=within(progress, 0.8, 1.0))
    write_page(folder / "risk.html", risk_page(risk))
    page = folder / "index.html"
    write_atomically(page, sheet_document(_index(folder.name, found, lost, risk)).encode())
    # Last, so that only a finished demo is taken for one.
    write_atomically(folder / MARKER, json.dumps({"seed": seed}).encode())
    progress("Done", 1.0)
    return page


def _middle(found: Schedule) -> date:
    return found.board.days[len(found.board.days) // 2].date


def _lost_words(found: Schedule, lost: Replanned) -> str:
    fewest, day = lost.plans[0], weekday_words(_middle(found))
    if fewest.broken:
        return f"With {day} lost, no plan that keeps every hard rule was found."
    more = fewest.cost - lost.cost_before
    return (
        f"With {day} lost, {len(fewest.changes.scenes)} scenes change their day, and it costs {more:+,}"
        f" {found.board.shoot.currency}."
    )


def _index(name: str, found: Schedule, lost: Replanned, risk: Risk) -> Sheet:
    shoot = found.board.shoot
    cost = f"{found.cost:,} {shoot.currency}"
    here = f"openslate production {{}} {name}/shoot.toml {name}/board.json"
    p80 = next(one.value for one in risk.summary.cost if one.share == 0.8)
    return Sheet(
        overline="Openslate demonstration",
        heading=f"{shoot.name}: production",
        made=f"{len(found.board.days)} days, {len(shoot.scenes)} scenes, {len(shoot.cast)} cast",
        verdict=f"The board costs {cost}; no board costs less than {found.bound:,}.",
        findings=(
            _lost_words(found, lost),
            f"In four of five simulated shoots it costs at most {p80:,} {shoot.currency}.",
            "The shoot is invented.",
        ),
        sections=[
            Section(
                "What to look at",
                [
                    Links(
                        [
                            Link("The stripboard", "plan/stripboard.html", "every scene on its day"),
                            Link("Day out of days", "plan/day-out-of-days.html", "who works, and who is held"),
                            Link("The one-line schedule", "plan/one-line-schedule.html", "to carry in a pocket"),
                            Link("Costs", "plan/costs.html", "by day and person, and how the search went"),
                            Link(
                                "The first call sheet",
                                f"plan/call-sheets/{found.board.days[0].date}.html",
                                "one of each day",
                            ),
                            Link("A lost day", "lost/replan.html", "what changes, and whom to call"),
                            Link("Risk", "risk.html", "what overruns, weather and absences may do"),
                        ]
                    )
                ],
            ),
            Section(
                "What to try",
                [
                    Prose("On the command line, where this was made:"),
                    Facts(
                        (
                            ("Check the board", here.format("check")),
                            ("Schedule it for longer", f"openslate production schedule {name}/shoot.toml --seconds 60"),
                        )
                    ),
                ],
            ),
        ],
    )
