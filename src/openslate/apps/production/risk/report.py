"""The risk of a board: percentiles, drivers, what they were worked out from, and what they do not know."""

from collections.abc import Sequence
from dataclasses import dataclass

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.words import member_words, scenes_words
from openslate.apps.production.risk.calibration import Calibration, calibration
from openslate.apps.production.risk.chances import Chances
from openslate.apps.production.risk.drivers import Driver, drivers
from openslate.apps.production.risk.events import Source
from openslate.apps.production.risk.fitting import Fitted, fitted
from openslate.apps.production.risk.past_table import PastScene
from openslate.apps.production.risk.plan import is_exposed
from openslate.apps.production.risk.simulation import Outcomes, simulation
from openslate.apps.production.risk.summary import Summary, summary
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import UsageError
from openslate.progress import Progress, silent, within

NOT_KNOWN = (
    "The policy is simple: a person who replans by hand does better, so costs are more likely too high than too low.",
    "Whoever has something left when the plan ends is paid until the added days, which is much of what these cost: a "
    "day put in earlier, or an agreed drop, would be cheaper.",
    "No planned day is cancelled, however much time is gained, and people who are called are paid, shot or not.",
    "Added days are put after the last planned one even where somebody is away then or a place is closed; how often "
    "that happens is told. Nobody is ill on them.",
    "Weather takes EXT and INT/EXT scenes alike, however well a location shelters them; a set that has a stage is "
    "under a roof, and nothing in it is lost to weather.",
    "Minors' hours, locked orders of scenes and two sets on one stage are not looked at again once a day runs late.",
    "Weather, illness and overruns have nothing to do with one another; insurance, sickness pay and price rises are "
    "not in it, and neither is what stops a shoot altogether.",
    "Monte Carlo errors say how far another seed may lie, not whether the chances are right.",
)
MOST_NAMED = 3
"""Scenes that are named beside a bar of a chart."""
ASSUMED = "The chances are assumptions: no past shoots were given to fit them to."


@dataclass(frozen=True)
class Risk:
    """The risk of a board.

    Stability: provisional.

    Attributes:
        board: as it is planned.
        outcomes: of every run.
        summary: of them.
        drivers: the largest first.
        chances: that were used.
        fitted: how each of them was found; empty where no past shoots were given.
        calibration: whether the P80 of past shoots held; None with fewer than three of them.
        runs, seed: of the simulation.
    """

    board: Board
    outcomes: Outcomes
    summary: Summary
    drivers: tuple[Driver, ...]
    chances: Chances
    fitted: tuple[Fitted, ...]
    calibration: Calibration | None
    runs: int
    seed: int


def risk_of(
    board: Board,
    rules: Rules = Rules(),
    chances: Chances = Chances(),
    *,
    past: Sequence[PastScene] = (),
    runs: int = 2000,
    seed: int = 0,
    contingency: float = 0.1,
    progress: Progress = silent,
) -> Risk:
    """The risk of a board.

    Stability: provisional.

    Args:
        board: as it is planned.
        rules: that hold.
        chances: how likely things go otherwise; defaults that a fit is drawn to where past shoots are given.
        past: scenes of past shoots.
        runs: how many times it is simulated.
        seed: of the random numbers; everything equal gives an equal risk.
        contingency: share of the planned cost that is held back.
        progress: told how far it is.

    Raises:
        UsageError: the board is empty, or a number is out of range.
    """
    if not 0 <= contingency <= 5:
        raise UsageError(f"The contingency is {contingency:g}.", "Give a share of the cost from 0 to 5, such as 0.1.")
    checked: Calibration | None = None
    how: tuple[Fitted, ...] = ()
    if past:
        progress("Fitting past shoots", 0.0)
        checked = calibration(past, chances, seed)
        chances, how = fitted(past, chances)
    played = simulation(board, rules, runs, seed)
    progress("Simulating", 0.05)
    base = played.outcomes(chances)
    found = drivers(played, chances, base, within(progress, 0.1, 1.0))
    last = board.days[-1].date.toordinal()
    told = summary(base, played.prices.total, last, contingency)
    return Risk(board, base, told, found, chances, how, checked, runs, seed)


def source_words(shoot: Shoot, source: Source) -> str:
    """What a source is, in words.

    Args:
        shoot: that it is of.
        source: of the risk.
    """
    match source.kind:
        case "scene":
            scene = shoot.scene_of[source.name]
            return f"scene {source.name}, {scene.set}"
        case "person":
            return f"illness of {member_words(shoot.member_of[source.name])}"
        case "location":
            return f"weather at {source.name}{_exposed_words(shoot, source.name)}"
        case "overruns":
            return "all overruns"
        case "day":
            return "what the overruns of a day share"
        case "shoot":
            return "what all overruns share"
        case "weather":
            return "all weather"
        case _:
            return "all illness"


def _exposed_words(shoot: Shoot, location: str) -> str:
    """Why weather is a matter at all where nothing is plainly outdoors."""
    there = [one for one in shoot.scenes if shoot.place_of(one) == location and is_exposed(shoot, one)]
    if any(one.interior == "EXT" for one in there):
        return ""
    named = scenes_words([one.number for one in there]) if len(there) <= MOST_NAMED else f"{len(there)} scenes"
    return f", of {named}, INT/EXT"


def unknown_words(risk: Risk) -> tuple[str, ...]:
    """What the figures do not know, each a sentence."""
    return NOT_KNOWN if risk.fitted else (ASSUMED, *NOT_KNOWN)
