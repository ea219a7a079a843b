"""The risk of a board as a page to print: how cost and wrap spread, what drives them, and what they are made from."""

from collections.abc import Sequence
from datetime import date

from openslate.apps.production.risk.charts import Bar, Mark, bars, distribution
from openslate.apps.production.risk.report import Risk, source_words, unknown_words
from openslate.apps.production.risk.summary import Percentile
from openslate.drawing.page_words import day_in_words
from openslate.drawing.paper import Page, Paper, paper_document
from openslate.drawing.printed import FOOT
from openslate.drawing.sheet import Block, Facts, Figure, Points, Prose, Section, Table

MOST_DRIVERS = 15
MOST_PLACES = 6
SMALL = 2.0
"""Standard errors; a driver that is smaller cannot be told from none."""


def risk_page(risk: Risk) -> str:
    """The risk of a board as a complete HTML document."""
    shoot, told = risk.board.shoot, risk.summary
    p80 = told.cost[1]
    return paper_document(
        Paper(
            overline="Risk of a board",
            heading=shoot.name,
            made=f"{risk.runs:,} runs with seed {risk.seed}; amounts in {shoot.currency}",
            verdict=f"With a chance of 80% it costs at most {p80.value:,} {shoot.currency} and wraps by "
            f"{_day(told.wrap[1].value)}.",
            findings=[
                f"The plan: {told.planned_cost:,} {shoot.currency}, wrapping {_day(told.planned_wrap)}.",
                f"Chance of wrapping by then: {told.on_time.value:.0%}. Chance of staying within a contingency of "
                f"{told.contingency:.0%}: {told.within.value:.0%}.",
            ],
            pages=[
                Page([[Section("Cost", [_costs(risk)])], [Section("Wrap", [_wraps(risk)])], [_percentiles(risk)]]),
                Page([[Section("What drives it", _drivers(risk))]]),
                Page([[Section("What it was worked out from", _inputs(risk))], [_unknown(risk)]]),
            ],
            foot=FOOT,
        )
    )


def _costs(risk: Risk) -> Figure:
    told = risk.summary
    marks = [Mark(told.planned_cost, f"planned {told.planned_cost:,}", dashed=True)]
    marks += [Mark(one.value, f"{_share(one)} {one.value:,}") for one in told.cost]
    currency = risk.board.shoot.currency
    caption = "How many runs cost how much"
    return Figure(
        caption, distribution(risk.outcomes.cost, marks, title=caption, axis=currency, written="{:,.0f}".format)
    )


def _wraps(risk: Risk) -> Figure:
    told = risk.summary
    marks = [Mark(told.planned_wrap, f"planned {_day(told.planned_wrap)}", dashed=True)]
    marks += [Mark(one.value, f"{_share(one)} {_day(one.value)}") for one in told.wrap]
    caption = "How many runs wrap when"
    return Figure(caption, distribution(risk.outcomes.wrap, marks, title=caption, axis="last day", written=_short_day))


def _percentiles(risk: Risk) -> Section:
    rows = [
        (
            _share(cost),
            f"{cost.value:,}",
            f"{cost.low:,} to {cost.high:,}",
            _day(wrap.value),
            f"{_short_day(wrap.low)} to {_short_day(wrap.high)}",
        )
        for cost, wrap in zip(risk.summary.cost, risk.summary.wrap, strict=True)
    ]
    table = Table(
        "Percentiles; between the ends lies what 95 of 100 other seeds would say",
        ("share of runs", "cost at most", "95%", "wrap by", "95%"),
        rows,
        numbers=(1, 2),
    )
    mean = risk.summary.mean
    said = f"The mean cost is {mean.value:,.0f} ± {2 * mean.error:,.0f}."
    more = f" {risk.summary.added_days.value:.1f} days are added in the mean."
    return Section("In figures", [table, Prose(said + more)])


def _drivers(risk: Risk) -> list[Block]:
    shown = risk.drivers[:MOST_DRIVERS]
    if not shown:
        return [Prose("Nothing: no source is switched on.")]
    shoot = risk.board.shoot
    caption = f"Expected cost that falls away when one source does nothing, {shoot.currency}; whiskers are two errors"
    drawn = bars([Bar(source_words(shoot, one.source), one.mean.value, one.mean.error) for one in shown],
                 title="Drivers of the expected cost", axis=shoot.currency)  # fmt: skip
    rows = [
        (
            source_words(shoot, one.source),
            f"{one.mean.value:,.0f} ± {2 * one.mean.error:,.0f}",
            f"{one.p80:,}" + ("" if one.p80_error is None else f" ± {2 * one.p80_error:,.0f}"),
            f"{one.days:.2f}",
            "" if one.rank is None else f"{one.rank:.2f}",
        )
        for one in shown
    ]
    table = Table(
        "With two standard errors over the same runs. Sources meet, so what falls away does not add up.",
        ("source", "off the mean", "off the P80", "days", "rank"),
        rows,
        numbers=(1, 2, 3, 4),
    )
    unclear = sum(one.mean.value < SMALL * one.mean.error for one in risk.drivers)
    more = [Prose(f"{unclear} of {len(risk.drivers)} sources cannot be told from none in so many runs.")]
    return [Figure(caption, drawn), table, *(more if unclear else [])]


def _inputs(risk: Risk) -> list[Block]:
    pairs = [(name.replace("_", " "), _value(value)) for name, value in risk.chances.told().items()]
    blocks: list[Block] = [Facts([*pairs, ("runs", f"{risk.runs:,}"), ("seed", str(risk.seed))])]
    if risk.fitted:
        rows = [
            (
                one.name.replace("_", " "),
                f"{one.default:g}",
                "" if one.alone is None else f"{one.alone:.3g}",
                f"{one.value:.3g}" + ("" if one.error is None else f" ± {one.error:.2g}"),
                f"{one.count:,}",
            )
            for one in risk.fitted
        ]
        columns = ("chance", "default", "past shoots alone", "used, with its error", "rests on")
        blocks.append(Table("Fitted to past shoots, drawn to the defaults", columns, rows, numbers=(1, 2, 3, 4)))
    if risk.calibration is not None:
        blocks.append(Prose(calibration_words(risk)))
    return blocks


def calibration_words(risk: Risk) -> str:
    """Whether the P80 of past shoots held; empty where that is not known."""
    found = risk.calibration
    if found is None:
        return ""
    inside = sum(one.inside for one in found.shoots)
    return (
        f"Each past shoot foretold from the others: {inside} of {len(found.shoots)} took no longer than their P80 "
        f"({found.share:.0%}; 80% are promised, and chance allows {found.low:.0%} to {found.high:.0%})."
    )


def _unknown(risk: Risk) -> Section:
    return Section("What it does not know", [Points(unknown_words(risk))])


def _share(one: Percentile) -> str:
    return f"P{one.share * 100:.0f}"


def _day(ordinal: int) -> str:
    return day_in_words(date.fromordinal(ordinal))


def _short_day(ordinal: float) -> str:
    day = date.fromordinal(round(ordinal))
    return f"{day.day} {day:%b}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        parts: Sequence[str] = [f"{name} {share:g}" for name, share in list(value.items())[:MOST_PLACES]]
        return ", ".join(parts) or "none apart"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
