"""Is a group of titles forecast worse than the others: by language, by country, by new and established talent?

Groups are of titles, never of people. A title in several groups, such as one of two countries, counts in each.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.forecast_card_types import GroupError
from openslate.apps.greenlight.forecast_types import INTERVALS, LEVELS
from openslate.errors import FitError
from openslate.evaluation.forecasting.holding import score_abstention
from openslate.evaluation.forecasting.intervals import coverage
from openslate.evaluation.forecasting.point import rmsle

FEWEST_TITLES = 10
REST = "others, too few each"


def group_errors(
    groups: Sequence[Sequence[str]],
    actual: NDArray[np.float64],
    quantiles: NDArray[np.float64],
    seed: int,
    fewest: int = FEWEST_TITLES,
) -> tuple[GroupError, ...]:
    """How each group was forecast, the largest first, and what has too few titles together at the end.

    Args:
        groups: for each title the groups it belongs to; none leaves it in no group, yet among the others of each.
        actual: float64 [titles], outcomes in natural units.
        quantiles: float64 [titles, 7], in natural units.
        seed: of the lots.
        fewest: titles a group must have to be told by itself.

    Raises:
        FitError: the three are not of as many titles, or an outcome or quantile is not above 0.

    Example:
        >>> outcomes = np.exp(np.tile([0.0, 1.0], 20))
        >>> said = np.exp(np.tile([-2.0, -1.0, -0.5, 0.5, 1.5, 2.0, 3.0], (40, 1)))
        >>> [(one.name, one.titles) for one in group_errors([("en",)] * 30 + [("ko",)] * 10, outcomes, said, seed=0)]
        [('en', 30), ('ko', 10)]
    """
    if not len(groups) == len(actual) == len(quantiles):
        raise FitError(
            f"There are groups of {len(groups)} titles, {len(actual)} outcomes and {len(quantiles)} forecasts.",
            "Give each title one of each.",
        )
    if not ((actual > 0).all() and (quantiles > 0).all()):
        raise FitError("An outcome or a quantile is not above 0, so it has no logarithm.", "Leave such titles out.")
    logs, forecast = np.log(actual), np.log(quantiles)
    members = _members(groups)
    named = {name: rows for name, rows in members.items() if len(rows) >= fewest}
    rest = sorted({row for name, rows in members.items() if name not in named for row in rows})
    chosen = dict(sorted(named.items(), key=lambda one: (-len(one[1]), one[0])))
    return tuple(
        _group(name, np.array(rows), logs, forecast, seed)
        for name, rows in [*chosen.items(), *([(REST, rest)] if rest else [])]
    )


def _members(groups: Sequence[Sequence[str]]) -> Mapping[str, list[int]]:
    members: dict[str, list[int]] = {}
    for row, names in enumerate(groups):
        for name in dict.fromkeys(names):
            members.setdefault(name, []).append(row)
    return members


def _group(
    name: str, rows: NDArray[np.int64], logs: NDArray[np.float64], forecast: NDArray[np.float64], seed: int
) -> GroupError:
    median = forecast[:, LEVELS.index(0.5)]
    low, high = INTERVALS[80]
    inside = np.zeros(len(logs), dtype=np.bool_)
    inside[rows] = True
    # The same test that holds abstentions against errors: are these titles farther off than the others?
    held = score_abstention(logs - median, inside, seed)
    return GroupError(
        name=name,
        titles=len(rows),
        rmsle=rmsle(logs[rows], median[rows]),
        off_by=float(np.exp(np.median(median[rows] - logs[rows]))),
        eighty=coverage(logs[rows], forecast[rows, low], forecast[rows, high], 0.8),
        worse_by=held.worse_by,
        chance=held.chance,
    )
