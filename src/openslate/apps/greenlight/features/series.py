"""The series so far: what became of earlier seasons and films, in reports and in weekly lists closed by the day."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from openslate.apps.greenlight.features.column import UNKNOWN, Columns, beside, columns, logarithm
from openslate.apps.greenlight.features.money import priced
from openslate.apps.greenlight.features.past import Past, before, series_key
from openslate.apps.greenlight.features.told import Told
from openslate.apps.greenlight.works import Work

REMAKE_YEARS = 8
"""A title of the same name so long before is another one: a remake follows no series."""


def series_columns(works: Sequence[Work], as_of: Sequence[date], past: Past) -> Columns:
    """Features of each work's series.

    Args:
        works: what is known of each.
        as_of: of each, the day before which windows must have closed.
        past: what became of works.
    """
    labelled, reported, listed = [], [], []
    for work, day in zip(works, as_of, strict=True):
        key = series_key(work)
        labelled.append(_labelled(work, day, key, past))
        reported.append(_reported(work, day, past.reports_by_series.before(key, day), past))
        listed.append(_listed(work, day, key, past))
    return beside(
        [
            columns("series so far", "closed", labelled),
            columns("series so far", "closed", reported),
            columns("weekly lists", "closed", listed),
        ]
    )


def earlier_labels(work: Work, day: date, past: Past) -> list[int]:
    """Labels of earlier titles of a work's series, closed before a day, by release."""
    rows = [row for _, row in before(past.labels_by_series.get(series_key(work), ()), day)]
    return sorted(
        (row for row in rows if is_earlier(past.labels.works[row], work)),
        key=lambda row: (past.labels.released[row], row),
    )


def has_past(work: Work, day: date, past: Past) -> bool:
    """Whether anything is known of an earlier title of a work's series."""
    told = past.reports_by_series.before(series_key(work), day)
    return bool(earlier_labels(work, day, past)) or any(is_earlier(past.works[one.work], work) for one in told)


def is_earlier(other: Work, work: Work) -> bool:
    """Whether a title whose name says the same series came before a work in it, and is no other one of that name.

    Args:
        other: of the same `series_key`.
        work: that is asked about.
    """
    if other.id == work.id or (other.kind and work.kind and other.kind != work.kind):
        return False
    if other.released is None or work.released is None:
        return True
    if other.released >= work.released:
        return False
    same_name = other.name.casefold() == work.name.casefold()
    return not (same_name and (work.released - other.released).days > 365 * REMAKE_YEARS)


def _labelled(work: Work, day: date, key: str, past: Past) -> dict[str, float]:
    labels = past.labels
    rows = earlier_labels(work, day, past)
    last = rows[-1] if rows else None
    budget = (
        UNKNOWN
        if last is None
        else logarithm(work.budget) - logarithm(priced(labels.works[last], past.currency).budget)
    )
    gap = UNKNOWN
    if last is not None and work.released is not None:
        gap = float((np.datetime64(work.released) - labels.released[last]).astype(np.int64))
    return {
        "series_earlier": float(len(rows)),
        "series_last": UNKNOWN if last is None else float(labels.logs[last]),
        "series_last_ln_days": UNKNOWN if last is None else logarithm(labels.days[last]),
        "series_best": max((float(labels.logs[row]) for row in rows), default=UNKNOWN),
        "series_budget_step": budget,
        "series_gap_days": gap,
        "season": float(work.season) if work.season else 0.0 if work.kind == "film" else 1.0,
    }


def _reported(work: Work, day: date, told: Sequence[Told], past: Past) -> dict[str, float]:
    told = [one for one in told if is_earlier(past.works[one.work], work)]
    latest = max((one.ends for one in told), default=None)
    now = [one.log for one in told if one.ends == latest]
    released = [past.works[one.work].released for one in told]
    ages = [(day - one).days for one in released if one is not None]
    return {
        "reported_titles": float(len({one.work for one in told})),
        "reported_latest_total": float(np.log(np.exp(now).sum())) if now else UNKNOWN,
        "reported_latest_mean": float(np.log(np.exp(now).mean())) if now else UNKNOWN,
        "reported_largest": max((one.log for one in told), default=UNKNOWN),
        "reported_age_days": float(min(ages)) if ages else UNKNOWN,
    }


def _listed(work: Work, day: date, key: str, past: Past) -> dict[str, float]:
    weeks = [one for one in past.weeks_by_series.before(key, day) if past.works[one.work].id != work.id]
    ranks = [one for one in past.ranks_by_series.before(key, day) if past.works[one.work].id != work.id]
    logs = [one.log for one in weeks]
    return {
        "weeks_listed": float(len(ranks or weeks)),
        "weeks_largest": max(logs, default=UNKNOWN),
        "weeks_total": float(np.log(np.exp(logs).sum())) if logs else UNKNOWN,
        "weeks_best_rank": min((one.log for one in ranks), default=UNKNOWN),
        "weeks_ago": (day - max(one.ends for one in ranks or weeks)).days / 7 if ranks or weeks else UNKNOWN,
    }
