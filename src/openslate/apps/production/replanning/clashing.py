"""Why what is ahead cannot be planned: the few demands that clash, locks of the board before among them."""

from collections.abc import Iterator

import numpy as np

from openslate.apps.production.replanning.remaining import Remaining
from openslate.apps.production.replanning.standing import Hold
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.arrays import Arranged
from openslate.apps.production.scheduling.impossible import why_impossible
from openslate.models.shooting.demands import Demand, Forbids


def why_not(rest: Remaining, rules: Rules) -> tuple[str, ...]:
    """The demands that cannot be kept together, each in a sentence; empty where none is shown to clash.

    Args:
        rest: what is left of the shoot.
        rules: that hold.
    """

    def held(arrays: Arranged) -> Iterator[tuple[Demand, str]]:
        for hold in rest.holds:
            yield _forbids(arrays, hold), hold.words

    numbers = {one.number for one in rest.ahead.scenes}
    orders = [tuple(number for number in order if number in numbers) for order in rest.locks.orders]
    return why_impossible(rest.ahead, rules, orders=[one for one in orders if len(one) > 1], further=held)


def lock_in(rest: Remaining, why: tuple[str, ...]) -> Hold | None:
    """The first lock among demands that clash; None where there is none."""
    return next((one for one in rest.holds if one.words in why), None)


def _forbids(arrays: Arranged, hold: Hold) -> Forbids:
    """Where a lock lets scenes not be: its own on no other day, and the others not on a day that is closed."""
    where = np.zeros((len(arrays.scenes), len(arrays.dates)), dtype=np.bool_)
    for row, one in enumerate(arrays.scenes):
        if one.number in hold.fixed:
            where[row] = [day != hold.fixed[one.number] for day in arrays.dates]
        elif hold.closed is not None:
            where[row] = [day == hold.closed for day in arrays.dates]
    return Forbids(where)
