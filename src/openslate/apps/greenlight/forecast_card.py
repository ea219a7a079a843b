"""The model card of a forecaster: what it forecasts, from what, how good and where it ends.

Source: M. Mitchell et al., "Model Cards for Model Reporting", FAT* 2019, doi:10.1145/3287560.3287596. People appear as
track records of titles alone; what was not tested is said not to be.
"""

from typing import Any

from openslate.apps.greenlight.backtest_figures import listed, share, shown
from openslate.apps.greenlight.backtest_plain import plain
from openslate.apps.greenlight.forecast_card_types import TEXT_KINDS, ForecastCard, GroupError, TextUse
from openslate.apps.greenlight.memo_words import about

FOR = (
    "Telling people who commission films and series how large an audience or how much revenue comparable titles had, "
    "and how far such a forecast can be off.",
    "Comparing pitches for a slate by their distributions, beside a simple forecast that anybody can check.",
)
NOT_FOR = (
    "Approving, refusing, ranking away or hiding a pitch without a person: there is no automatic greenlight.",
    "Foretelling quality, reviews, ratings or awards: what is known at a pitch says next to nothing of them.",
    "Judging a person. Talent enters as the outcomes of earlier titles together; no one is scored, and no trait of "
    "anybody is used or inferred.",
    "Another service, region, window or measure than the one it was trained for.",
    "Saying what would happen if a budget, a month or a cast were changed: drivers are associations, and causes need "
    "the causal module with its sensitivity.",
    "Comparing money of years far apart: budgets and revenue are as they were published, without inflation.",
    "Setting what anybody is paid, or any contract that rests on one figure alone.",
)
RULES = (
    "A named person decides, with reasons; the decision is kept beside the forecast it was made with, also where it "
    "departs from it.",
    "The interval is shown before the point, and the simple forecast beside the model's.",
    "An abstention, a value out of range and a drift of calibration are told above the forecast.",
    "No accuracy is quoted without its split, its number of titles, the simple forecast and the coverage of intervals.",
    "A forecast is filed when it is made and scored when its window closes.",
    "Scripts, treatments and outlines are learned from only under a recorded permission; when one is withdrawn, what "
    "was learned from the text goes with it.",
    "Errors are looked at by language, by country, and for new against established talent and series.",
)
SELECTION = (
    "Only titles that were made and released have outcomes. Pitches that nobody made are not among them, and those "
    "that were made were chosen by people: every forecast is conditional on being made, and says nothing of what was "
    "refused."
)
REFERENCE = "Mitchell et al. 2019, Model Cards for Model Reporting, doi:10.1145/3287560.3287596"
SURE = 0.05


def card_plain(card: ForecastCard) -> dict[str, Any]:
    """The card as plain values for JSON, the fixed texts included."""
    return {
        "verdict": card_verdict(card),
        **plain(card),
        "texts": [plain(one) for one in texts_of(card)],
        "intended_use": list(FOR),
        "not_for": list(NOT_FOR),
        "rules": list(RULES),
        "selection": SELECTION,
        "reference": REFERENCE,
    }


def card_verdict(card: ForecastCard) -> str:
    """The one sentence to remember, with split, size, simple forecast and coverage, or that it was not tested."""
    what = f"Forecasts {about(card.target)}, of {card.population}"
    if not card.tested:
        return f"{what}; it was never tested, so nothing is known of how good it is."
    last = card.tested[-1]
    eighty = next(one for one in last.coverages if abs(one.nominal - 0.8) < 1e-9)
    over = [f"{share(skill)} over the {name}" for name, skill in last.baselines.items()]
    simple = f", {listed(over)}" if over else ", beside no simple forecast"
    return (
        f"{what}. On {last.titles:,} titles ({last.split}) its 80% interval held {share(eighty.share)} of outcomes "
        f"(chance explains {share(eighty.low)} to {share(eighty.high)}), with a WIS skill of {share(last.wis_skill)} "
        f"over a forecast alike for every title{simple}."
    )


def texts_of(card: ForecastCard) -> tuple[TextUse, ...]:
    """Use of texts by kind; a kind nobody told of stands with none, so that the card never passes over it."""
    told = {one.kind: one for one in card.texts}
    always = tuple(told.get(kind, TextUse(kind, 0)) for kind in TEXT_KINDS)
    return (*always, *(one for one in card.texts if one.kind not in TEXT_KINDS))


def worse_groups(groups: tuple[GroupError, ...]) -> list[GroupError]:
    """Groups that are clearly forecast worse than the others, with the bar raised for how many were looked at.

    Source: C. Bonferroni's correction, here over the groups of one table.
    """
    return [one for one in groups if one.worse_by > 0 and one.chance <= SURE / len(groups)]


def fairness_told(groups: tuple[GroupError, ...], what: str) -> str:
    """Whether some groups are forecast worse.

    Args:
        groups: of one kind.
        what: the kind, such as 'language'.
    """
    if not groups:
        return f"Errors by {what} were not measured; equal errors must not be assumed."
    worse = worse_groups(groups)
    if not worse:
        return (
            f"No {what} is clearly forecast worse than the others; with few titles of some, that is no proof of "
            "equal errors."
        )
    each = listed([f"{one.name} (error on ln {shown(one.worse_by)} higher, {one.titles:,} titles)" for one in worse])
    return f"Forecast clearly worse than the others by {what}: {each}."
