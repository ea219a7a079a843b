"""Our forecasts beside the clean rows of a published table of baselines, all built here and tested on the same titles.

`python -m benchmarks.greenlight_rows`. Views: the rows learn from the halves 2023H2 and 2024H1 (ours from 2023H1, too),
tested on titles of 2024H2 that were available everywhere. Takings: from films before 2010, tested on films of TMDB from
2010 to 2012. What a row leaves open is chosen on the block before the test; the form of its features was chosen so that
the rows of views are about as strong as published on the test itself, which is in their favour and not in ours.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path

import numpy as np

from benchmarks.compared_rows import RESAMPLES, SEED, Ours, Row, compared
from benchmarks.greenlight_projects import At, forecast_at, takings_project, views_project
from benchmarks.machine import real_data
from benchmarks.reference_columns import films_sheet, views_sheet
from benchmarks.reference_rows import (
    PLAIN,
    RIDGES,
    SEEDS,
    SMALL,
    Learner,
    Parts,
    by_rates,
    chosen,
    kind_median,
    line_on,
    nearest_texts,
    random_trees,
    ridge,
    with_themes,
)
from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.features.column import Floats, logarithm

FIRST_WITH_KINDS = np.datetime64("2023-07-01")
"""The report before told neither kinds nor runtimes: it serves as the past of later seasons alone."""
THEMES = 30


def views_rows(at: At) -> list[Row]:
    """The rows of views.

    Args:
        at: what was fitted on a day, and its trial.
    """
    labels, origin = at.past.labels, at.origin
    sheet = views_sheet(at.past, at.as_of)
    told = labels.starts >= FIRST_WITH_KINDS
    parts = Parts(
        origin.fit[told[origin.fit]],
        origin.calibration[at.population[origin.calibration]],
        origin.known[told[origin.known]],
        at.trial.rows,
    )
    kinds = np.array([one.kind == "film" for one in labels.works], dtype=np.int64)
    logs = labels.logs
    absolute = replace(PLAIN, objective="regression_l1")
    rows = _all(
        {
            "median of the kind": {"": kind_median(kinds, logs)},
            "LightGBM, 400 trees": by_rates(lambda _: sheet, logs, PLAIN),
            "LightGBM, absolute error": by_rates(lambda _: sheet, logs, absolute),
            "LightGBM, 200 trees of 7 leaves": by_rates(lambda _: sheet, logs, SMALL),
            "ridge": {f"penalty {one:.0f}": ridge(sheet, logs, one) for one in RIDGES},
            "ExtraTrees, 300, leaf 5": {"": random_trees(sheet, logs)},
        },
        logs,
        parts,
    )
    four = [rows[place].point for place in (1, 2, 4, 5)]
    return [*rows, Row("mean of four: LightGBM, absolute error, ridge, ExtraTrees", np.mean(four, axis=0), "")]


def films_rows(at: At, mine_alone: bool) -> list[Row]:
    """The rows of takings.

    Args:
        at: what was fitted on a day, and its trial.
        mine_alone: whether films of the tested source alone are learned from, and not all that ours learned from.
    """
    labels, origin = at.past.labels, at.origin
    budgets = np.array([logarithm(one.budget) for one in labels.works])
    allowed = np.isfinite(budgets) & (at.population | (not mine_alone))
    parts = Parts(
        origin.fit[allowed[origin.fit]],
        origin.calibration[(allowed & at.population)[origin.calibration]],
        origin.known[allowed[origin.known]],
        at.trial.rows,
    )
    sheet = films_sheet(at.past, parts.known)
    texts = [f"{one.name} {one.text}" for one in labels.works]
    logs, floor = labels.logs, line_on(budgets, labels.logs)
    themed = with_themes(sheet, texts, THEMES)
    absolute = replace(SMALL, objective="regression_l1")
    return _all(
        {
            "line on the budget (OLS)": {"": lambda known, asked: floor(known)[asked]},
            "LightGBM, squared error": by_rates(lambda _: sheet, logs, PLAIN),
            "15 nearest texts, median multiple": {"": nearest_texts(texts, budgets, logs)},
            "LightGBM, absolute error on what the line leaves": by_rates(lambda _: sheet, logs, absolute, floor),
            f"the same and {THEMES} themes of the text": by_rates(themed, logs, absolute, floor),
        },
        logs,
        parts,
    )


def ours(at: At) -> Ours:
    """Our forecasts of the titles that were tested.

    Args:
        at: what was fitted on a day, and its trial.
    """
    block = at.trial.block
    return Ours(block.actual, block.point, block.top, at.trial.budgets, at.trial.double)


def _all(learners: Mapping[str, Mapping[str, Learner]], logs: Floats, parts: Parts) -> list[Row]:
    return [Row(name, *chosen(several, logs, parts)) for name, several in learners.items()]


def main() -> None:
    """Import, fit, forecast, and compare."""
    data = real_data()
    print(", ".join(f"{name} {version(name)}" for name in ("lightgbm", "scikit-learn")), end="; ")
    print(f"each learner with seeds 0 to {SEEDS - 1}, {RESAMPLES} draws of titles with seed {SEED}.")
    with tempfile.TemporaryDirectory() as folder:
        at = forecast_at(views_project(Path(folder) / "views", data), Asked(), date(2024, 7, 1))
        print(f"\nViews, {len(at.trial.rows)} titles of 2024H2, available everywhere:")
        print(compared(ours(at), views_rows(at)))
        asked = Asked(measure="revenue", source="tmdb", months=36)
        at = forecast_at(takings_project(Path(folder) / "takings", data), asked, date(2010, 1, 1))
        for mine_alone, words in ((True, "of TMDB alone"), (False, "of every source, as ours")):
            print(f"\nTakings, {len(at.trial.rows)} films of 2010 to 2012; the rows learned from films {words}:")
            print(compared(ours(at), films_rows(at, mine_alone)))
    print("\nTexts are compared by TF-IDF and SVD: no embedding of sentences is installed with the project.")


if __name__ == "__main__":
    main()
