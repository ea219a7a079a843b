"""From works to a matrix of features, learned anew at every origin from what was known there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.buzz import buzz_columns
from openslate.apps.greenlight.features.column import Columns, Floats, beside, logarithm
from openslate.apps.greenlight.features.gathered import Gathered, fit_gathered
from openslate.apps.greenlight.features.money import priced
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.features.plan import plan_columns
from openslate.apps.greenlight.features.records import record_columns
from openslate.apps.greenlight.features.series import series_columns
from openslate.apps.greenlight.features.taxonomy import Taxonomy, fit_taxonomy
from openslate.apps.greenlight.works import Work
from openslate.evaluation.forecasting.leakage import require_known_at_pitch, require_learned_from
from openslate.models.forecasting.prior import Prior, fit_line, fit_median

USUAL_DAYS = 3 * 365
FEWEST_USUAL = 20
"""Of so many budgets in the three years before, the median says what is usual."""
FEWEST_SHARE = 0.5
"""The simple forecast is drawn on budgets where at least so many of the titles have one."""
N_KINDS = 4


@dataclass(frozen=True)
class Encoder:
    """What was learned of the works known at an origin.

    Attributes:
        taxonomy: which genres, languages and countries have columns.
        line: the simple forecast, which says what was to be expected of earlier titles.
        on_budget: whether the simple forecast is drawn on budgets; else on the days of the window.
        budget_days: int64, days since 1970 of the releases of titles with a budget, in order.
        budgets: float64, ln of their budgets.
        gathered: what goes with facts' being known, and is not learned from.
    """

    taxonomy: Taxonomy
    line: Prior
    on_budget: bool
    budget_days: NDArray[np.int64]
    budgets: Floats
    gathered: Gathered

    def covariate(self, works: Sequence[Work], days: Sequence[float], currency: str) -> Floats:
        """What the simple forecast is drawn on, float64 [works]; a budget in another currency is unknown."""
        if self.on_budget:
            return np.array([logarithm(priced(work, currency).budget) for work in works], dtype=np.float64)
        return np.log(np.asarray(days, dtype=np.float64))

    def beyond(self, past: Past) -> Floats:
        """ln of each label's outcome less that of the simple forecast and `aside`, float64 [labels]."""
        labels = past.labels
        covariate = self.covariate(labels.works, labels.days.tolist(), past.currency)
        return labels.logs - self.line.center(covariate, kinds_of(labels.works)) - self.aside(past)

    def aside(self, past: Past) -> Floats:
        """What of each label's outcome goes with which facts are known of the title, ln, float64 [labels]."""
        return self.gathered.aside([priced(work, past.currency) for work in past.labels.works])

    def encode(self, works: Sequence[Work], days: Sequence[float], as_of: Sequence[date], past: Past) -> Columns:
        """The features of works.

        Args:
            works: what is known of each.
            days: from release to the end of the window, of each.
            as_of: of each, the day before which windows must have closed.
            past: what became of works.

        Raises:
            FitError: a feature is known only after release.
        """
        beyond = self.beyond(past)
        works = [priced(work, past.currency) for work in works]
        found = beside(
            [
                plan_columns(works, days, self._usual(as_of)),
                self.taxonomy.columns(works),
                series_columns(works, as_of, past),
                record_columns(works, as_of, past, beyond),
                *([buzz_columns(works, as_of, past.buzz)] if past.buzz.counted else []),
            ]
        )
        require_known_at_pitch(found.names, dict(zip(found.names, found.stages, strict=True)))
        return found

    def _usual(self, as_of: Sequence[date]) -> list[float]:
        """ln of the median budget of the three years before each day."""
        found = []
        for day in as_of:
            until = (day - date(1970, 1, 1)).days
            low, high = np.searchsorted(self.budget_days, [until - USUAL_DAYS, until])
            rows = self.budgets[low:high]
            found.append(float(np.median(rows)) if len(rows) >= FEWEST_USUAL else float("nan"))
        return found


def fit_encoder(
    past: Past, rows: NDArray[np.int64], allowed: NDArray[np.int64], counted: NDArray[np.int64] | None = None
) -> Encoder:
    """Learn what features are made with.

    Args:
        past: what became of works.
        rows: int64, the labels it learns from.
        allowed: int64, the labels that were known at the origin.
        counted: int64, those of the rows that forecasts are made for, which say what goes with facts' being known;
            None where that is not asked.

    Raises:
        FitError: a row was not known, or there are too few.
    """
    require_learned_from("The encoder of features", rows, allowed)
    works = [priced(past.labels.works[row], past.currency) for row in rows]
    money = np.array([logarithm(work.budget) for work in works])
    on_budget = bool(np.isfinite(money).mean() >= FEWEST_SHARE)
    covariate = money if on_budget else np.log(past.labels.days[rows])
    kinds, logs = kinds_of(works), past.labels.logs[rows]
    known = covariate[np.isfinite(covariate)]
    # A window that is equally long for all says nothing.
    drawn = len(known) >= 3 and float(np.ptp(known)) > 0
    line = fit_line(logs, covariate, kinds, N_KINDS) if drawn else fit_median(logs, kinds, N_KINDS)
    told = np.isfinite(money)
    days = past.labels.released[rows].astype("datetime64[D]").astype(np.int64)[told]
    order = np.argsort(days, kind="stable")
    place = np.flatnonzero(np.isin(rows, rows[:0] if counted is None else counted))
    beyond = (logs - line.center(covariate, kinds))[place]
    gathered = fit_gathered([works[one] for one in place.tolist()], beyond)
    return Encoder(fit_taxonomy(works), line, on_budget, days[order], money[told][order], gathered)


def kinds_of(works: Sequence[Work]) -> NDArray[np.int64]:
    """Kind and reach of works, below `N_KINDS`: series, series everywhere, film, film everywhere."""
    return np.array([2 * (work.kind == "film") + bool(work.worldwide) for work in works], dtype=np.int64)
