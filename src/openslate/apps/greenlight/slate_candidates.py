"""The pitches that a slate is chosen from, and what else to know of the choice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openslate.apps.greenlight.forecast_types import Distribution
from openslate.apps.greenlight.slate_breadth import SlateBreadth
from openslate.apps.greenlight.slate_fields import WrittenSlate
from openslate.apps.greenlight.slate_together import Together
from openslate.models.slate_choice import SlateChoice


@dataclass(frozen=True)
class Candidate:
    """A pitch that may be chosen.

    Attributes:
        name: by which the slate's file calls it.
        number: of its filed forecast.
        cost: in whole units of the slate's currency.
        cost_from_pitch: whether the cost is the top of the pitch's budget.
        forecast: what it may come to.
        as_of: the day of the forecast.
        doubts: what speaks against the model that made the forecast, a sentence each.
        planned_in: the currency of the pitch's budget, where it is another than the slate's.
        why_abstained: why the model abstained, in sentences; empty where it did not.
    """

    name: str
    number: str
    cost: Decimal
    cost_from_pitch: bool
    forecast: Distribution
    as_of: str
    why_abstained: str = ""
    doubts: tuple[str, ...] = ()
    planned_in: str = ""

    @property
    def abstains(self) -> bool:
        """Whether the model abstained."""
        return bool(self.why_abstained)


def warnings_of(
    slate: WrittenSlate, candidates: Sequence[Candidate], choice: SlateChoice, together: Together, broad: SlateBreadth
) -> tuple[str, ...]:
    """What else to know of a slate, a sentence each; what the model abstained on comes first.

    Args:
        slate: as it is written.
        candidates: in the file's order.
        choice: of some of them.
        together: how far outcomes move together.
        broad: what the breadth of a slate is of.
    """
    found = []
    for place, one in enumerate(candidates):
        if one.abstains:
            where = "chosen" if place in choice.best.chosen else "left out"
            found.append(
                f"The model abstained on {one.name}, which is {where} all the same: do not rely on its forecast."
                f" {one.why_abstained}"
            )
    found += list(_doubted(candidates))
    days = sorted({one.as_of for one in candidates})
    if len(days) > 1:
        found.append(f"The forecasts are as of different days, {days[0]} to {days[-1]}.")
    assumed = [one.name for one in candidates if one.cost_from_pitch]
    if assumed:
        found.append(f"The cost is the top of the pitch's budget for {', '.join(assumed)}.")
    found += list(_planned_otherwise(slate, candidates))
    found += [one for one in (broad.words, together.words) if one]
    return tuple(found)


def _planned_otherwise(slate: WrittenSlate, candidates: Sequence[Candidate]) -> Iterator[str]:
    """That a cost in the slate's currency stands for a budget in another."""
    for currency in dict.fromkeys(one.planned_in for one in candidates if one.planned_in):
        names = [one.name for one in candidates if one.planned_in == currency]
        yield (
            f"The cost in {slate.currency} is as the slate's file has it, and the budget of the pitch is in"
            f" {currency}, of {', '.join(names)}: no exchange rate is assumed."
        )


def _doubted(candidates: Sequence[Candidate]) -> Iterator[str]:
    """Each thing that speaks against a model once, with the pitches that it forecast."""
    for doubt in dict.fromkeys(doubt for one in candidates for doubt in one.doubts):
        names = [one.name for one in candidates if doubt in one.doubts]
        whose = "every pitch" if len(names) == len(candidates) else ", ".join(names)
        yield f"Of the forecast of {whose}: {doubt}"
