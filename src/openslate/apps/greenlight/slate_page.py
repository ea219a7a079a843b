"""A slate's advice as a page that prints: the total, each pitch, the runners-up, and what would change it."""

from datetime import date

from openslate.apps.greenlight import slate_words
from openslate.apps.greenlight.forecast_types import LEVELS
from openslate.apps.greenlight.memo_words import SELECTION, about, interval_in_words
from openslate.apps.greenlight.slate_advice import SlateAdvice
from openslate.apps.greenlight.slate_moved import risk_in_words
from openslate.drawing.page_words import day_in_words
from openslate.drawing.paper import Page, Paper, paper_document
from openslate.drawing.sheet import Block, Cell, Figure, Points, Section, Table
from openslate.drawing.spreads import Spread, figure, spreads
from openslate.drawing.words import shortened

LONGEST_NAME = 90
SMALLEST = 1e-9
"""What a total of nothing is drawn as, since the axis is logarithmic."""


def slate_page(advice: SlateAdvice) -> str:
    """The advice as a complete HTML document."""
    days = sorted({one.as_of for one in advice.candidates})
    return paper_document(
        Paper(
            overline="Slate under a budget",
            heading=shortened(advice.slate.name, LONGEST_NAME),
            made=f"Forecasts as of {_day(days[-1])} · {len(advice.problem.values):,} joint outcomes",
            verdict=slate_words.verdict(advice),
            findings=[
                *advice.warnings,
                slate_words.total(advice, advice.choice.best),
                *filter(
                    None,
                    [
                        slate_words.shared(advice),
                        risk_in_words(advice.risks, advice.target.unit),
                        slate_words.broad(advice),
                    ],
                ),
                slate_words.ADVICE,
            ],
            pages=[
                Page(
                    [
                        [Section(f"Forecasts: {about(advice.target)}", [_chart(advice)])],
                        [Section("The pitches", [_pitches(advice)])],
                    ]
                ),
                Page(
                    [
                        [Section("The next best slates", [_slates(advice)])],
                        *([[Section("Groups served", [_groups(advice)])]] if advice.slate.groups else []),
                        *([[Section("Members served", [_members(advice)])]] if advice.breadth.members else []),
                        [Section("What would change the choice", [Points(list(slate_words.changes(advice)))])],
                    ]
                ),
            ],
            foot=f"Made by Openslate. {SELECTION} This file loads nothing and runs no script.",
        )
    )


def _day(text: str) -> str:
    return day_in_words(date.fromisoformat(text))


def _chart(advice: SlateAdvice) -> Figure:
    best = advice.choice.best
    rows = []
    if best.chosen and float(best.totals.max()) > 0:
        totals = tuple(max(best.quantile(level), SMALLEST) for level in LEVELS)
        rows.append(Spread("the slate together", totals, "series-2"))
    order = [*best.chosen, *(one for one in range(len(advice.candidates)) if one not in best.chosen)]
    for one in order:
        candidate, is_in = advice.candidates[one], one in best.chosen
        rows.append(Spread(candidate.name, candidate.forecast.quantiles, "series-1" if is_in else "series-6"))
    svg = spreads(rows, title=f"Forecasts of {about(advice.target)}", axis=f"{advice.target.unit}, logarithmic scale")
    return Figure("Dark to light: 50, 80 and 90% intervals, with the median; chosen pitches first", svg)


def _pitches(advice: SlateAdvice) -> Block:
    adds = {one.candidate: figure(one.adds) for one in advice.changes.picks}
    rows = [
        (
            Cell(one.name, f"forecast {one.number}{', abstained' if one.abstains else ''}"),
            "chosen" if place in advice.choice.best.chosen else "",
            f"{one.cost:,}",
            interval_in_words(one.forecast, 80),
            figure(one.forecast.mean),
            adds.get(place, ""),
        )
        for place, one in enumerate(advice.candidates)
    ]
    headings = ("pitch", "", f"cost, {advice.slate.currency}", "80% interval", "mean", "adds")
    return Table("Adds: what the slate is worth with it, less what the others are worth", headings, rows, (2, 4, 5))


def _slates(advice: SlateAdvice) -> Block:
    rows = [
        (
            Cell(slate_words.named(advice, one.chosen), "the choice" if place == 0 else ""),
            f"{one.cost:,.0f}",
            figure(one.expected),
            figure(one.worst),
            figure(one.worth),
        )
        for place, one in enumerate((advice.choice.best, *advice.choice.runners_up))
    ]
    caption = "Every other slate is worth less; worth weighs the mean, the worst totals and the groups served"
    return Table(
        caption, ("slate", f"cost, {advice.slate.currency}", "mean", "worst mean", "worth"), rows, (1, 2, 3, 4)
    )


def _members(advice: SlateAdvice) -> Block:
    chosen = advice.choice.best.chosen
    rows = [
        (
            Cell(one.name, "" if place in chosen else "not chosen"),
            slate_words.served(advice, (place,)),
            slate_words.served_alone(advice, place),
        )
        for place, one in enumerate(advice.candidates)
    ]
    rows.append((Cell("the choice together", "each member once"), slate_words.served(advice, chosen), ""))
    caption = (
        "Members who watched two titles or more of its genres, language and kind, and more of them than members do on "
        "average; alone: those whom no other pitch of the choice serves"
    )
    return Table(caption, ("pitch", "members", "it alone"), rows, (1, 2))


def _groups(advice: SlateAdvice) -> Block:
    rows = [(group, f"{served:.2f}") for group, served in slate_words.breadth(advice)]
    return Table("How often the choice serves each; beyond once counts for nothing", ("group", "served"), rows, (1,))
