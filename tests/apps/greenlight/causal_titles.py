"""Titles with a known effect of being released in November or December, for causal questions."""

from datetime import date, timedelta

import numpy as np

from openslate.apps.greenlight.causal_types import Confounders
from openslate.apps.greenlight.labels import Labels
from openslate.apps.greenlight.works import Work
from openslate.models.causal.nuisances import Learning

QUICK = Learning(folds=3, repeats=1)
MULTIPLE = 1.5


def causal_labels(titles: int = 400, from_release: bool = True) -> tuple[Labels, Confounders]:
    """Large budgets are released late in the year more often, and earn more."""
    drawn = np.random.default_rng(5)
    budget = drawn.normal(size=titles)
    late = drawn.random(titles) < 1 / (1 + np.exp(-budget))
    months = np.where(late, drawn.integers(11, 13, titles), drawn.integers(1, 11, titles))
    film = drawn.random(titles) < 0.5
    days = [date(2010 + one % 10, int(month), 1 + one % 28) for one, month in enumerate(months)]
    works = tuple(
        Work(
            f"t{one}",
            f"Title {one}",
            kind="film" if film[one] else "series",
            released=days[one],
            series=f"Series {one}" if one % 3 == 0 else "",
            season=None if film[one] else 1 + one % 3,
            worldwide=None if one % 10 == 0 else bool(film[one]),
            budget=float(round(2e7 * np.exp(budget[one]))) if one % 20 else None,
            currency="USD" if one % 20 else "",
        )
        for one in range(titles)
    )
    logs = 12 + 1.2 * budget + np.log(MULTIPLE) * late + 0.5 * film + 0.7 * drawn.normal(size=titles)
    released = np.array(days, dtype="datetime64[D]")
    window = np.full(titles, 91.0) if from_release else np.array([(date(d.year, 12, 31) - d).days + 1.0 for d in days])
    ends = np.array([d + timedelta(days=int(w) - 1) for d, w in zip(days, window, strict=True)], dtype="datetime64[D]")
    labels = Labels(
        measure="first_views",
        region="*",
        works=works,
        released=released,
        starts=released if from_release else np.array([date(d.year, 1, 1) for d in days], dtype="datetime64[D]"),
        ends=ends,
        days=window,
        logs=logs,
        at_most=np.arange(titles) < 3,
        published=ends,
        zero=0,
    )
    values = np.column_stack([budget, film, months == 12, drawn.normal(size=titles), np.log(window)])
    names = ("ln budget", "film", "release month 12", "story length", "ln days available")
    families = ("budget", "kind", "release month", "story", "days available")
    kept = slice(None) if not from_release else slice(0, 4)
    return labels, Confounders(values[:, kept], names[kept], families[kept])
