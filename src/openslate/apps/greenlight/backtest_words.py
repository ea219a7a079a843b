"""What a backtest says in sentences, written from its figures alone: also where a simple forecast wins."""

from openslate.apps.greenlight.backtest_figures import (
    FIGURES,
    difference_told,
    key_of,
    listed,
    outcome,
    share,
    shown,
    told,
)
from openslate.apps.greenlight.backtest_types import Backtest, OriginFound
from openslate.apps.greenlight.gap_words import gap_alarms, gap_finding
from openslate.drawing.page_words import day_in_words
from openslate.evaluation.forecasting.holding import Abstention
from openslate.evaluation.forecasting.intervals import Coverage

FEWEST_TO_JUDGE = 80
"""Below so many titles the band around a coverage of 80% is wider than 9 points either way."""
SEGMENT_MARGIN = 0.08
NOT_THIS = (
    "Only titles that were made and released can be seen: a pitch that nobody made has no outcome. Every figure is "
    "conditional on being made.",
    "Nothing is said of quality, of reviews or of awards; an audience's size is not its judgement.",
    "Past blocks are no promise: a change in how outcomes are reported, or in what is released, makes intervals miss.",
    "Drivers of a forecast are associations. That a budget goes with revenue does not say what more money would bring.",
    "Money is counted as it was published, that of each year in its own prices: nothing is adjusted for inflation, and "
    "a forecast speaks of money as the latest years learned from had it.",
    "The backtest advises. No pitch is approved, refused or hidden by it; a named person decides.",
)


def where(backtest: Backtest) -> str:
    """What was forecast, of which titles."""
    region = "worldwide" if backtest.region == "*" else f"in {backtest.region}"
    return f"{backtest.measure.replace('_', ' ')} {region}, {backtest.window}, of {backtest.population}"


def span(origin: OriginFound) -> str:
    """From when until when an origin tested."""
    return f"{day_in_words(origin.day)} to before {day_in_words(origin.until)}"


def alarms(backtest: Backtest) -> list[str]:
    """What must be looked at before anything is believed: results too good to be true, intervals that do not hold."""
    everywhere = [f"All origins: {one}" for one in (backtest.pooled.alarm, backtest.pooled.drift) if one]
    return [*everywhere, *_too_good(backtest), *_drifts(backtest), *gap_alarms(backtest.pooled.gaps)]


def verdict(backtest: Backtest) -> str:
    """The one sentence to remember: is the model ahead of the simple forecasts, and do its intervals hold."""
    origins, card = backtest.origins, backtest.pooled.card
    over = f"{len(origins)} origin{'s' * (len(origins) != 1)}"
    said = f"n {card.titles:,} titles of {over} the model is {_standing(backtest)}; {_holding(card.coverages)}."
    strange = backtest.pooled.alarm or any(one.alarm for one in origins)
    return f"Not to be believed before the alarm is looked into: o{said}" if strange else f"O{said}"


def findings(backtest: Backtest) -> list[str]:
    """Further sentences: by simple forecast, over origins, segments, totals and abstentions."""
    return [
        *_against(backtest.pooled),
        *_over_origins(backtest),
        *_segments(backtest.pooled),
        *gap_finding(backtest.pooled.gaps),
        _total(backtest.pooled.card.total_bias),
        abstention_told(backtest.pooled.abstention),
    ]


def abstention_told(found: Abstention) -> str:
    """Whether titles that were abstained from were forecast worse."""
    if not found.abstained:
        return f"The model abstained from none of {found.kept:,} titles."
    if not found.kept:
        return f"The model abstained from all {found.abstained:,} titles."
    many = f"The model abstained from {found.abstained:,} of {found.abstained + found.kept:,} titles"
    size = f"mean absolute error on ln {shown(abs(found.worse_by))} {'higher' if found.worse_by > 0 else 'lower'}"
    if found.earns:
        return f"{many}, and errs more there: {size}, which chance gives {_chance(found.chance)}."
    return f"{many}, without showing that it errs more there: {size}, which chance gives {_chance(found.chance)}."


def coverage_told(one: Coverage) -> str:
    """What an interval promised and held, and whether chance explains the gap.

    Example:
        >>> coverage_told(Coverage(0.8, 0.79, 0.75, 0.85, 12.0, 250))
        '79%, inside 75% to 85%'
    """
    return f"{share(one.share)}, {'inside' if one.holds else 'outside'} {share(one.low)} to {share(one.high)}"


def _too_good(backtest: Backtest) -> list[str]:
    """One sentence for all origins that are too good to be true."""
    strange = [one for one in backtest.origins if one.alarm]
    if len(strange) < 2:
        return [f"Origin {one.day.isoformat()}: {one.alarm}" for one in strange]
    each = ", ".join(f"{one.day.isoformat()} R² {shown(one.card.r_squared)}" for one in strange)
    return [f"Too good to be true at {len(strange)} of {len(backtest.origins)} origins: {each}."]


def _drifts(backtest: Backtest) -> list[str]:
    """One sentence for all origins that drifted: the table of coverages tells each."""
    drifts = [(origin.day.isoformat(), origin.drift) for origin in backtest.origins if origin.drift]
    if len(drifts) < 2:
        return [f"Origin {day}: {drift}" for day, drift in drifts]
    days = ", ".join(day for day, _ in drifts)
    return [
        f"Calibration drifted at {len(drifts)} of {len(backtest.origins)} origins ({days}): the coverage of each "
        "tells how far."
    ]


def _standing(backtest: Backtest) -> str:
    standings: dict[str, list[str]] = {}
    for name in dict.fromkeys(one.over for one in backtest.pooled.ahead):
        found = {outcome(one) for one in backtest.pooled.ahead if one.over == name}
        if "worse" in found:
            standing = "behind"
        elif found == {"better"}:
            standing = "clearly ahead of"
        elif "better" in found:
            standing = "on some figures ahead of"
        else:
            standing = "not to be told apart from"
        standings.setdefault(standing, []).append(name)
    if not standings:
        return "compared with no simple forecast"
    order = ("behind", "not to be told apart from", "on some figures ahead of", "clearly ahead of")
    if set(standings) == {"clearly ahead of"}:
        names = standings["clearly ahead of"]
        return f"clearly ahead of {listed([f'the {one}' for one in names])} on every figure compared"
    return listed([f"{one} {listed([f'the {name}' for name in standings[one]])}" for one in order if one in standings])


def _holding(coverages: tuple[Coverage, ...]) -> str:
    missed = [one for one in coverages if not one.holds]
    if not missed:
        each = listed([f"the {share(one.nominal)} one {share(one.share)}" for one in coverages])
        return f"its intervals hold ({each} of outcomes, inside what chance explains)"
    each = listed(
        [
            f"the {share(one.nominal)} one held {share(one.share)} of outcomes (chance explains {share(one.low)} to "
            f"{share(one.high)})"
            for one in missed
        ]
    )
    return f"its intervals do not all hold: {each}"


def _against(pooled: OriginFound) -> list[str]:
    said = []
    words = {"better": "better", "worse": "worse", "unclear": "no clear difference"}
    for name in dict.fromkeys(one.over for one in pooled.ahead):
        parts = []
        for one in pooled.ahead:
            if one.over == name:
                key = key_of(one.figure)
                value, interval = difference_told(key, one.difference)
                parts.append(f"{FIGURES[key].label} {value} ({interval}), {words[outcome(one)]}")
        said.append(f"Against the {name}: {'; '.join(parts)}.")
    return said


def _over_origins(backtest: Backtest) -> list[str]:
    if len(backtest.origins) < 2:
        return ["One origin says nothing of how figures change from one to the next."]
    ranges = []
    for key in ("r_squared", "wis_skill"):
        values = [getattr(one.card, key) for one in backtest.origins]
        ranges.append(f"{FIGURES[key].label} goes from {told(key, min(values))} to {told(key, max(values))}")
    missed = sum(not one.holds for origin in backtest.origins for one in origin.card.coverages)
    checks = sum(len(origin.card.coverages) for origin in backtest.origins)
    held = f"{checks - missed} of {checks} interval coverages lie inside what chance explains"
    return [f"Over origins, {' and '.join(ranges)}; {held}."]


def _segments(pooled: OriginFound) -> list[str]:
    wide = []
    for name, card in pooled.segments.items():
        eighty = next((one for one in card.coverages if abs(one.nominal - 0.8) < 1e-9), None)
        if eighty and card.titles >= FEWEST_TO_JUDGE and abs(eighty.share - eighty.nominal) > SEGMENT_MARGIN:
            wide.append(f"{name} ({share(eighty.share)} of {card.titles:,})")
    if not wide:
        return []
    return [f"The 80% interval is off by more than {100 * SEGMENT_MARGIN:.0f} points for {listed(wide)}."]


def _total(bias: float) -> str:
    if not 0.85 <= bias <= 1.15:
        return f"Predictive means sum to {shown(bias)} times what came: do not trust a slate's total."
    return f"Predictive means sum to {shown(bias)} times what came."


def _chance(chance: float) -> str:
    return "less than 1% of the time" if chance < 0.01 else f"{chance:.0%} of the time"
