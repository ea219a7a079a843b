"""Facts that some source gathered of some titles: that a title has them at all goes with how well known it became.

A film list beside a service's reports has the films that were watched. What a forecaster then learns from having genres
is that somebody listed the film, and a pitch that says its genres would be forecast like a title that was. So the mean
difference that goes with a fact's being known is taken out of what is learned from, where a good part of titles lack
the fact. Where nearly all have it there is nothing to tell a pitch by: what a pitch lacks is filled in.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.column import Floats
from openslate.apps.greenlight.patterns import said
from openslate.apps.greenlight.works import Work

FACTS = ("genres", "language", "countries", "companies", "people", "budget", "runtime_minutes")
MOST_SHARE = 0.8
"""Of a fact that more of the titles have, the lack is told apart by what the title is, and not by who listed it."""
FEWEST = 15
"""So many titles must have a fact, and so many must lack it."""
DRAWN = 5.0
"""Ridge: differences are drawn towards none as if so many more titles, half with and half without, had shown none."""


@dataclass(frozen=True)
class Gathered:
    """What goes with facts' being known.

    Attributes:
        effect: float64 [2, facts], ln, by which outcomes of series and of films that have a fact differ from others'.
        share: float64 [2, facts], of titles that have it.
    """

    effect: Floats
    share: Floats

    def aside(self, works: Sequence[Work]) -> Floats:
        """What of each outcome goes with which facts are known of the title, ln, float64 [works]; 0 on the whole.

        Args:
            works: budgets in the currency that is learned from.
        """
        film = _films(works).astype(np.int64)
        found: Floats = ((_told(works) - self.share[film]) * self.effect[film]).sum(axis=1)
        return found


def fit_gathered(works: Sequence[Work], beyond: Floats) -> Gathered:
    """Learn what goes with facts' being known.

    Args:
        works: of the titles that forecasts are made for, as far as their outcome is known; budgets in one currency.
        beyond: float64 [works], ln of each outcome less that of the simple forecast.

    Example:
        >>> listed = [Work(str(one), "A", "film", genres=("Drama",) if one % 2 else ()) for one in range(80)]
        >>> found = fit_gathered(listed, np.array([1.0 if one.genres else 0.0 for one in listed]))
        >>> found.aside([Work("", "B", "film", genres=("War",)), Work("", "B", "film")]).round(1).tolist()
        [0.4, -0.4]
    """
    effect, share = np.zeros((2, len(FACTS))), np.zeros((2, len(FACTS)))
    film, told = _films(works), _told(works)
    for kind in (False, True):
        mine = np.flatnonzero(film == kind)
        if not len(mine):
            continue
        have = told[mine].sum(axis=0)
        enough = (have >= FEWEST) & (len(mine) - have >= FEWEST) & (have <= MOST_SHARE * len(mine))
        chosen = np.flatnonzero(enough)
        share[int(kind)] = have / len(mine)
        if len(chosen):
            apart = told[np.ix_(mine, chosen)] - share[int(kind), chosen]
            left = beyond[mine] - beyond[mine].mean()
            pull = DRAWN * np.eye(len(chosen))
            effect[int(kind), chosen] = np.linalg.solve(apart.T @ apart + pull, apart.T @ left)
    return Gathered(effect, share)


def _films(works: Sequence[Work]) -> NDArray[np.bool_]:
    return np.array([work.kind == "film" for work in works], dtype=np.bool_)


def _told(works: Sequence[Work]) -> Floats:
    rows = [[said(work, fact) for fact in FACTS] for work in works]
    return np.array(rows, dtype=np.float64).reshape(len(works), len(FACTS))
