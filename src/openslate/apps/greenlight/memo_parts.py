"""The parts of a memo below its chart, as blocks of a paper."""

from collections.abc import Sequence

from openslate.apps.greenlight.decision_types import VERDICTS, Decision
from openslate.apps.greenlight.forecast_types import Comparable, Forecast
from openslate.apps.greenlight.memo_words import (
    about,
    comparable_outcome,
    facts_of_pitch,
    missing_in_words,
    moved,
    none_compares,
    part,
    record_in_words,
    standing_of,
    weeks_in_words,
)
from openslate.apps.greenlight.pitch import Pitch
from openslate.drawing.page_words import day_in_words, moment_in_words
from openslate.drawing.sheet import Block, Cell, Facts, Lines, Prose, Table
from openslate.drawing.spreads import figure
from openslate.drawing.words import shortened

SHOWN_COMPARABLES = 8
SHOWN_BESIDE_AUDIENCE = 6
"""Where titles by audience take their place on the page."""
SHOWN_AUDIENCE = 3
SHOWN_DRIVERS = 6
LONGEST_TEXT = 320
LONGEST_NAME = 70
LONGEST_WHY = 120
LONGEST_VALUE = 70
SHOWN_DECISIONS = 2
LONGEST_REASON = 240


def pitch_blocks(pitch: Pitch) -> list[Block]:
    """What the pitch says."""
    text = pitch.logline or pitch.synopsis
    told: list[Block] = [Prose(shortened(text, LONGEST_TEXT))] if text else []
    return [*told, Facts(facts_of_pitch(pitch))]


def missing_blocks(forecast: Forecast) -> list[Block]:
    """What the pitch lacks."""
    if not forecast.missing:
        return [Prose("Nothing that the forecast asks for.")]
    lacking = "; ".join(missing_in_words(one) for one in forecast.missing)
    return [
        Prose(f"{lacking[:1].upper()}{lacking[1:]}."),
        Prose("The forecast does without; with them the interval could be narrower."),
    ]


def comparable_blocks(forecast: Forecast, shown: int = SHOWN_COMPARABLES, full: bool = True) -> list[Block]:
    """Titles that compare, each with why and with its outcome as it was known."""
    watched = audience_blocks(forecast) if full else []
    if not forecast.comparables:
        return [Prose(none_compares(forecast)), *watched]
    if watched:
        shown = min(shown, SHOWN_BESIDE_AUDIENCE)
    headings = (
        ("title", "why it compares", "outcome", "known since", "weight") if full else ("title", "outcome", "weight")
    )
    rows = [_comparable(one, full) for one in forecast.comparables[:shown]]
    caption = f"Outcomes as known on {day_in_words(forecast.as_of)}: {about(forecast.target)}"
    left = len(forecast.comparables) - shown
    more = [Prose(f"{left} more are filed with the forecast.")] if left > 0 else []
    return [Table(caption, headings, rows, numbers=(2, 3, 4) if full else (1, 2)), *more, *watched]


def audience_blocks(forecast: Forecast) -> list[Block]:
    """Titles that the same members watched, which the forecast does not follow."""
    if not forecast.audience:
        return []
    rows = [
        (
            f"{shortened(one.name, LONGEST_NAME)} ({one.year})",
            shortened(one.why, LONGEST_WHY),
            f"{'at most ' * one.at_most}{figure(one.outcome)}",
            part(one.trust),
        )
        for one in forecast.audience[:SHOWN_AUDIENCE]
    ]
    caption = "By audience: what the same members watched. The forecast does not follow these."
    return [Table(caption, ("title", "why", "outcome", "trust"), rows, numbers=(2, 3))]


def _comparable(one: Comparable, full: bool) -> list[str | Cell]:
    marks = ("put there by a person" if one.pinned else "", f"another kind: {one.kind}" if one.kind else "")
    name = Cell(f"{shortened(one.name, LONGEST_NAME)} ({one.year})", "; ".join(filter(None, marks)))
    why = shortened(f"{marks[1]}; {one.why}" if one.kind and not full else one.why, LONGEST_WHY)
    outcome, weight = comparable_outcome(one), part(one.weight)
    if not full:
        return [Cell(name.text, why), outcome, weight]
    return [name, why, outcome, "" if one.known is None else one.known.isoformat(), weight]


def driver_blocks(forecast: Forecast, full: bool = True) -> list[Block]:
    """What the forecast goes with, as associations; in half the width, what the pitch says stands below each."""
    if not forecast.drivers:
        return [Prose("None is told apart.")]
    caption = "Associations in past titles, not causes: changing one need not change the outcome"
    told = [
        (one.name, shortened(one.value, LONGEST_VALUE), moved(one.multiple)) for one in forecast.drivers[:SHOWN_DRIVERS]
    ]
    if full:
        return [Table(caption, ("", "of this pitch", "median"), told, (2,))]
    return [Table(caption, ("", "median"), [(Cell(name, value), median) for name, value, median in told], (1,))]


def trust_blocks(forecast: Forecast) -> list[Block]:
    """How good such forecasts were, and how the window's weeks divide."""
    blocks: list[Block] = [Facts(record_in_words(forecast.record))] if forecast.record else []
    if not blocks:
        blocks = [Prose("No such forecast has been tested against outcomes: treat it as untried.")]
    if any(one[0] > 0 for one in forecast.weeks):
        blocks.append(Prose(weeks_in_words(forecast.weeks)))
    return blocks


def decision_blocks(decisions: Sequence[Decision]) -> list[Block]:
    """What people decided, or room for it."""
    if decisions:
        rows = [
            (
                Cell(one.who, one.role),
                moment_in_words(one.at),
                Cell(one.verdict, standing_of(one)),
                shortened(one.reason, LONGEST_REASON),
            )
            for one in decisions[-SHOWN_DECISIONS:]
        ]
        left = len(decisions) - SHOWN_DECISIONS
        before = f"; {left} earlier {'ones are' if left > 1 else 'one is'} filed" if left > 0 else ""
        return [Table(f"Recorded; the last one stands{before}", ("who", "when", "decision", "reason"), rows)]
    return [
        Prose(
            f"A named person decides, and says why: {', '.join(VERDICTS)}. The forecast is advice and decides nothing."
        ),
        Lines(["Decision", "Reason", "Does it depart from the forecast?", "Name and role", "Day"]),
    ]
