"""The pitches that a slate is chosen from, and what else to know of the choice."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from openslate.apps.greenlight.forecast_types import Distribution
from openslate.apps.greenlight.slate_breadth import SlateBreadth
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
        why_abstained: why the model abstained, in sentences; empty where it did not.
    """

    name: str
    number: str
    cost: Decimal
    cost_from_pitch: bool
    forecast: Distribution
    as_of: str
    why_abstained: str = ""

    @property
    def abstains(self) -> bool:
        """Whether the model abstained."""
        return bool(self.why_abstained)


def warnings_of(
    candidates: Sequence[Candidate], choice: SlateChoice, together: Together, broad: SlateBreadth
) -> tuple[str, ...]:
    """What else to know of a slate, a sentence each; what the model abstained on comes first.

    Args:
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
    days = sorted({one.as_of for one in candidates})
    if len(days) > 1:
        found.append(f"The forecasts are as of different days, {days[0]} to {days[-1]}.")
    assumed = [one.name for one in candidates if one.cost_from_pitch]
    if assumed:
        found.append(f"The cost is the top of the pitch's budget for {', '.join(assumed)}.")
    found += [one for one in (broad.words, together.words) if one]
    return tuple(found)
