"""The whole of greenlight on an invented studio: what `make demo` shows of it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from openslate import clock
from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.backtest_report import backtest_document
from openslate.apps.greenlight.backtest_words import verdict
from openslate.apps.greenlight.decision_types import Decision
from openslate.apps.greenlight.decisions import decide, file_forecast
from openslate.apps.greenlight.demonstration.bringing import import_studio
from openslate.apps.greenlight.demonstration.commissioned import StudioSettings
from openslate.apps.greenlight.demonstration.pitches import studio_pitches
from openslate.apps.greenlight.filed import find_filed
from openslate.apps.greenlight.forecast_types import Forecast
from openslate.apps.greenlight.forecasting import forecast
from openslate.apps.greenlight.gaps import find_gaps
from openslate.apps.greenlight.gaps_page import gaps_document, gaps_verdict
from openslate.apps.greenlight.memo import memo, memo_of_two, write_memo
from openslate.apps.greenlight.opened import open_model
from openslate.apps.greenlight.pitch import Pitch
from openslate.apps.greenlight.shared_shock import evaluate_and_keep
from openslate.apps.greenlight.slate_advice import advise_slate
from openslate.apps.greenlight.slate_page import slate_page
from openslate.apps.greenlight.train import train
from openslate.drawing.page_words import moment_in_words
from openslate.drawing.sheet import Facts, Link, Links, Prose, Section, Sheet, sheet_document
from openslate.models.forecasting.forecaster import RESIDUAL, Settings
from openslate.progress import Progress, monotone, silent, within
from openslate.project import Project
from openslate.rights.folders import release_folder
from openslate.storage.files import write_atomically

MARKER = "demo.json"
"""The file that tells a demo's folder from a project of one's own."""
SETTINGS = Settings(
    members=tuple(replace(one, seeds=1) for one in Settings().members), residual=replace(RESIDUAL, seeds=1), folds=3
)
"""Fewer seeds than by default, so that nobody waits."""
PITCHES = 8
BUDGET_SHARE = Decimal("0.4")
"""Of what all pitches cost together: enough for some of them."""
MEMBER = 2_000
"""What serving one member of the studio is worth to the slate, in views."""
INVENTED = "The studio, its titles, members, pitches and people are invented."


def run_tour(folder: Path, seed: int = 1, progress: Progress = silent) -> Path:
    """Invent a studio, backtest, train, forecast pitches, file and decide, look for gaps, and choose a slate.

    Args:
        folder: an absent or empty folder for the project.
        seed: where randomness starts.
        progress: told what is done.

    Returns:
        The page that leads to everything, an HTML file.

    Raises:
        RightsError: the signing key cannot be kept outside the project.
        AdmitError: the clock stands before the days that are invented.
    """
    progress = monotone(progress)
    project = Project.init(folder)
    # An earlier demonstration in this folder was signed, and this is another ledger on purpose.
    release_folder(project.folder)
    settings = StudioSettings(seed=seed)
    studio = import_studio(project, settings, within(progress, 0.0, 0.1))
    origins = date(settings.until.year - 1, 7, 1), date(settings.until.year, 1, 1)
    asked = Asked(until=settings.until, origins=origins)
    found = evaluate_and_keep(project, asked, SETTINGS, within(progress, 0.1, 0.45))
    write_memo(backtest_document(found), project.folder / "backtest.html")
    train(project, asked, SETTINGS, within(progress, 0.45, 0.85))
    opened = open_model(project)
    pitches = studio_pitches(studio, PITCHES)
    progress("Forecasting pitches", 0.85)
    forecasts = [forecast(opened, pitch) for pitch in pitches]
    numbers = [file_forecast(project, *both) for both in zip(pitches, forecasts, strict=True)]
    decide(project, numbers[0], _decision(forecasts[0]))
    decided = find_filed(project, numbers[0]).decisions
    write_memo(memo(pitches[0], forecasts[0], numbers[0], decided), project.folder / "memo.html")
    both = (pitches[0], forecasts[0]), (pitches[1], forecasts[1])
    write_memo(memo_of_two(*both), project.folder / "two-pitches.html")
    progress("Looking for gaps", 0.9)
    gaps = find_gaps(project, settings.until)
    write_memo(gaps_document(gaps), project.folder / "gaps.html")
    progress("Looking at slates", 0.95)
    slate = project.folder / "slate.toml"
    write_atomically(slate, _slate(pitches, numbers).encode())
    write_memo(slate_page(advise_slate(project, slate)), project.folder / "slate.html")
    page = project.folder / "index.html"
    write_atomically(page, sheet_document(_index(project.folder.name, verdict(found), gaps_verdict(gaps))).encode())
    # Last, so that only a finished demo is taken for one.
    write_atomically(project.folder / MARKER, json.dumps({"seed": seed}).encode())
    progress("Done", 1.0)
    return page


def _decision(found: Forecast) -> Decision:
    return Decision(
        who="Ines Falk",
        role="head of series",
        verdict="develop further",
        reason="The interval is wide, and members have watched most of what there is of its kind.",
        departs=bool(found.abstains),
    )


def _slate(pitches: Sequence[Pitch], numbers: Sequence[str]) -> str:
    """A slate of all pitches under a budget for some of them, as somebody would write it."""
    costs = [pitch.budget.highest if pitch.budget is not None else Decimal(0) for pitch in pitches]
    currency = next(pitch.budget.currency for pitch in pitches if pitch.budget is not None)
    lines = ['name = "Next year"', f"budget = {int(sum(costs) * BUDGET_SHARE)}", f'currency = "{currency}"', ""]
    lines += ["[breadth]", f"member = {MEMBER}", ""]
    for number, cost in zip(numbers, costs, strict=True):
        lines += ["[[candidate]]", f'forecast = "{number}"', f"cost = {int(cost)}", ""]
    return "\n".join(lines)


def _index(studio: str, backtested: str, gaps: str) -> Sheet:
    here = f"openslate --project {studio}"
    return Sheet(
        overline="Openslate demonstration",
        heading=f"{studio}: greenlight",
        made=f"Made {moment_in_words(clock.now().isoformat())}",
        verdict=backtested,
        findings=(gaps, INVENTED),
        sections=[
            Section(
                "What to look at",
                [
                    Links(
                        [
                            Link("The backtest", "backtest.html", "every origin beside simple forecasts"),
                            Link("A memo", "memo.html", "one pitch, its forecast and what a named person decided"),
                            Link("Two pitches", "two-pitches.html", "side by side"),
                            Link("Gaps", "gaps.html", "where members' taste outruns the catalogue"),
                            Link(
                                "A slate", "slate.html", "which pitches to choose under a budget, and what changes it"
                            ),
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
                            ("What was filed", f"{here} greenlight filed"),
                            ("The backtest again", f"{here} greenlight evaluate"),
                            ("Takings instead of views", f"{here} greenlight evaluate --measure revenue"),
                        )
                    ),
                ],
            ),
        ],
    )
