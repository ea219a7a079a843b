"""How well comparable titles are found, on real films: `python -m benchmarks.comparable_titles [--tune]`.

Three questions, each asked of films released after everything was learned. Franchise: are the earlier films of a
franchise found among others as old? Audience: are the ten films with the most alike audience found among others as
often watched? Takings: how much better than the line on the budget is a forecast from the neighbours' takings? Text
alone, metadata alone and both stand side by side, and with audiences a pitch's predicted place on the audience map.

A fourth: views in the half-year of release, of titles without text, genres or people, beside a line on kind, reach and
days. There alone the same series speaks.

`--tune` prints weights for `openslate.apps.greenlight.comps.theme`, found on films before 2005 (1997 on MovieLens).
"""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.comparable_data import Films, movielens_films, tmdb_films
from benchmarks.comparable_tasks import Takings, Task, ndcg, predicted_audience, recall, takings, task
from benchmarks.comparable_views import of_series, views
from benchmarks.machine import describe, real_data
from openslate.apps.greenlight.comps.maps import both_maps
from openslate.apps.greenlight.comps.parts import PARTS
from openslate.apps.greenlight.comps.theme import WEIGHTS
from openslate.clock import stopwatch
from openslate.evaluation.forecasting.point import r_squared, rmsle

Floats = NDArray[np.float64]

TEXT = "theme of the text"
STEPS = (0.25, 0.5, 0.7, 1.4, 2.0, 4.0)
ROUNDS, ENOUGH = 4, 0.002
IMPORTANCE = {"franchise, TMDB": 1.0, "franchise, MovieLens": 1.0, "audience, MovieLens": 3.0}
TAKINGS_COUNT = 4.0
NOT_TUNED = ("same series", "kind")
"""In the first three all are films, and no series is told; that of series is chosen on the fourth."""
SERIES_WEIGHTS = (0.0, 1.0, 2.0, 3.0, 5.0, 8.0)
BAND = 1.96


@dataclass(frozen=True)
class Asked:
    """Every question, of films of one time."""

    tasks: Mapping[str, Task]
    takings: Takings

    def worth(self, weights: Floats) -> float:
        """All figures in one, for tuning."""
        found = sum(IMPORTANCE[name] * float(one.of_weights(weights).mean()) for name, one in self.tasks.items())
        return found + TAKINGS_COUNT * r_squared(self.takings.actual, self.takings.forecast(weights))


def asked(films: Films, watched: Films, days: Mapping[str, tuple[str, str, str]], sold: tuple[str, str]) -> Asked:
    """The questions of one time; days are (learned before, asked from, asked until)."""
    tasks = {
        "franchise, TMDB": task("franchise", films, *days["films"]),
        "franchise, MovieLens": task("franchise", watched, *days["watched"]),
        "audience, MovieLens": task("audience", watched, *days["watched"]),
    }
    return Asked(tasks, takings(films, *sold))


def weights_of(*left_out: str) -> Floats:
    """The weights without some parts."""
    return np.array([0.0 if part in left_out else WEIGHTS[part] for part in PARTS])


def tuned(found: Asked) -> Floats:
    """One weight after another, as long as it pays."""
    weights, best = weights_of(), found.worth(weights_of())
    for _ in range(ROUNDS):
        before = best
        for place, part in enumerate(PARTS):
            for step in STEPS if part not in NOT_TUNED else ():
                tried = weights.copy()
                tried[place] *= step
                if (worth := found.worth(tried)) > best:
                    weights, best = tried, worth
        if best - before < ENOUGH:
            break
    return weights


def show(found: Asked, watched: Films) -> None:
    """The tables."""
    arms = {
        "text alone": weights_of(*(part for part in PARTS if part != TEXT)),
        "metadata alone": weights_of(TEXT),
        "both": weights_of(),
        "both, every part alike": np.ones(len(PARTS)),
    }
    for name, one in found.tasks.items():
        relevant, there = one.relevant.sum(axis=1).mean(), one.there.sum(axis=1).mean()
        print(f"\n{name}: {len(one.queries)} films, {relevant:.1f} relevant of {there:.0f} each; NDCG@10, recall@10")
        scores = {"by chance": np.zeros(one.there.shape), "most watched, or newest": one.popularity}
        scores |= {arm: _scored(one, weights) for arm, weights in arms.items()}
        if one.name == "audience":
            told = predicted_audience(one, watched)
            scores["predicted audience"] = told
            scores["theme and predicted audience"] = both_maps(scores["both"], np.where(told > 0, told, np.nan))
        for arm, score in scores.items():
            _line(arm, ndcg(one, score), recall(one, score))
    sold = found.takings
    print(f"\ntakings: {len(sold.actual)} films from {len(sold.residual)}; R2 on the logarithm, RMSLE")
    print(f"  {'line on the budget':30} {r_squared(sold.actual, sold.line):.3f}  {rmsle(sold.actual, sold.line):.3f}")
    for arm, weights in arms.items():
        said = sold.forecast(weights)
        print(f"  {'line and ' + arm:30} {r_squared(sold.actual, said):.3f}  {rmsle(sold.actual, said):.3f}")


def show_views(half: str) -> None:
    """The table of the fourth question."""
    found = views(real_data(), half)
    print(f"\nviews in {half}: {len(found.actual)} titles from {len(found.residual)}; R2 on the logarithm, RMSLE")
    arms = {"line on kind, reach and days": found.line}
    arms |= {
        f"line and titles, series at {weight:g}": of_series(found, weight).forecast(
            of_series(found, weight).theme.weights
        )
        for weight in SERIES_WEIGHTS
    }
    for arm, said in arms.items():
        print(f"  {arm:30} {r_squared(found.actual, said):.3f}  {rmsle(found.actual, said):.3f}")


def _scored(one: Task, weights: Floats) -> Floats:
    return replace(one.theme, weights=weights).weighed(one.parts)


def _line(arm: str, gain: Floats, found: Floats) -> None:
    band = BAND * float(gain.std()) / np.sqrt(len(gain))
    print(f"  {arm:30} {gain.mean():.3f} ± {band:.3f}  {found.mean():.3f}")


def main() -> None:
    """Ask of later films; with `--tune`, find weights on earlier ones first."""
    print(describe())
    started = stopwatch()
    films, watched = tmdb_films(real_data()), movielens_films(real_data())
    if "--tune" in sys.argv:
        before = {"films": ("1990-01-01", "1985-01-01", "2005-01-01"), "watched": ("1990-01-01",) * 2 + ("1997-01-01",)}
        weights = tuned(asked(films, watched, before, ("2000-01-01", "2005-01-01")))
        show_views("2024H1")
        print({part: round(float(weight), 2) for part, weight in zip(PARTS, weights, strict=True)})
    after = {"films": ("2005-01-01",) * 2 + ("2013-01-01",), "watched": ("1997-01-01",) * 2 + ("2001-01-01",)}
    show(asked(films, watched, after, ("2010-01-01", "2013-01-01")), watched)
    show_views("2024H2")
    print(f"\n{stopwatch() - started:.0f} s in all")


if __name__ == "__main__":
    main()
