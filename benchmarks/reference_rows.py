"""The clean rows of a published table of baselines: simple forecasts and general learners, none of them ours.

What a row leaves open, such as a learning rate, is chosen on the calibration block: each candidate learns from what was
known when that block began, and the one that errs least there learns anew from all that was known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.reference_columns import Sheet
from openslate.apps.greenlight.features.column import Floats
from openslate.models.comparing.texts import fit_texts
from openslate.models.forecasting.boosting import Growth, grow

Rows = NDArray[np.int64]
Learner = Callable[[Rows, Rows], Floats]
"""From the labels that are learned from and those that are forecast to forecasts, ln."""
RATES = (0.02, 0.03, 0.05, 0.1)
LEAVES = (7, 15, 31)
RIDGES = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
SEEDS = 5
COMPS = 15
PLAIN = Growth("regression", trees=400, leaves=31, fewest_per_leaf=20, feature_share=0.8, row_share=0.8, l2=0.0)
SMALL = replace(PLAIN, trees=200, leaves=7)


@dataclass(frozen=True)
class Parts:
    """Which labels play which part.

    Attributes:
        before: int64, known when the calibration block began.
        chosen_on: int64, of the calibration block.
        known: int64, all that was known on the day.
        tested: int64.
    """

    before: Rows
    chosen_on: Rows
    known: Rows
    tested: Rows


def chosen(learners: Mapping[str, Learner], logs: Floats, parts: Parts) -> tuple[Floats, str]:
    """Forecasts of the learner that errs least on the calibration block, ln, and its name.

    Args:
        learners: by name; of equals the first.
        logs: float64 [labels], outcomes, ln.
        parts: of the labels.
    """
    if len(learners) == 1:
        name = next(iter(learners))
    else:
        errors = {
            name: float(((learn(parts.before, parts.chosen_on) - logs[parts.chosen_on]) ** 2).mean())
            for name, learn in learners.items()
        }
        name = min(errors, key=lambda one: errors[one])
    return learners[name](parts.known, parts.tested), name


def kind_median(kinds: Rows, logs: Floats) -> Learner:
    """The median of a title's kind."""

    def learn(known: Rows, asked: Rows) -> Floats:
        medians = {one: float(np.median(logs[known][kinds[known] == one])) for one in np.unique(kinds[known])}
        return np.array([medians[one] for one in kinds[asked]])

    return learn


def boosted(
    sheet: Callable[[Rows], Sheet], target: Floats, growth: Growth, floor: Callable[[Rows], Floats] | None = None
) -> Learner:
    """Boosted trees, the mean of several seeds.

    Args:
        sheet: from labels that are learned from to the features of all.
        target: float64 [labels], ln of the outcomes.
        growth: how trees are grown.
        floor: from labels that are learned from to a forecast of all, ln, on whose residual the trees are grown; None
            to grow them on the target itself.
    """

    def learn(known: Rows, asked: Rows) -> Floats:
        below = np.zeros(len(target)) if floor is None else floor(known)
        values = sheet(known).values
        grove = grow(values[known], target[known] - below[known], [replace(growth, seeds=SEEDS)])
        return np.asarray(below[asked] + grove.predict(values[asked])[0], dtype=np.float64)

    return learn


def by_rates(
    sheet: Callable[[Rows], Sheet], target: Floats, growth: Growth, floor: Callable[[Rows], Floats] | None = None
) -> dict[str, Learner]:
    """Boosted trees at each learning rate and, unless they are few, of each size."""
    sizes = LEAVES if growth.leaves > min(LEAVES) else (growth.leaves,)
    return {
        f"rate {rate}, {leaves} leaves": boosted(
            sheet, target, replace(growth, learning_rate=rate, leaves=leaves), floor
        )
        for leaves in sizes
        for rate in RATES
    }


def ridge(sheet: Sheet, target: Floats, penalty: float) -> Learner:
    """A line on everything, its slopes drawn towards 0."""

    def learn(known: Rows, asked: Rows) -> Floats:
        table = sheet.straight(known)
        mean = float(target[known].mean())
        drawn = table[known].T @ table[known] + penalty * np.eye(table.shape[1])
        slopes = np.linalg.solve(drawn, table[known].T @ (target[known] - mean))
        return np.asarray(mean + table[asked] @ slopes, dtype=np.float64)

    return learn


def random_trees(sheet: Sheet, target: Floats, leaf: int = 5, trees: int = 300) -> Learner:
    """Extremely randomised trees, unknown values at the median with a flag, the mean of several seeds."""

    def learn(known: Rows, asked: Rows) -> Floats:
        from sklearn.ensemble import ExtraTreesRegressor

        table = sheet.straight(known)
        said = [
            ExtraTreesRegressor(trees, min_samples_leaf=leaf, random_state=seed)
            .fit(table[known], target[known])
            .predict(table[asked])
            for seed in range(SEEDS)
        ]
        return np.asarray(np.mean(said, axis=0), dtype=np.float64)

    return learn


def line_on(covariate: Floats, target: Floats) -> Callable[[Rows], Floats]:
    """Least squares on one covariate: from the labels that are learned from to a forecast of all, ln."""

    def drawn(known: Rows) -> Floats:
        slope, level = np.polyfit(covariate[known], target[known], 1)
        return np.asarray(level + slope * covariate, dtype=np.float64)

    return drawn


def nearest_texts(texts: Sequence[str], budgets: Floats, target: Floats) -> Learner:
    """ln of the budget and the median multiple of the films whose texts are most alike (TF-IDF and SVD).

    Args:
        texts: of each label.
        budgets: float64 [labels], ln.
        target: float64 [labels], ln of the takings.
    """

    def learn(known: Rows, asked: Rows) -> Floats:
        space = fit_texts([texts[row] for row in known])
        ours = space.place([texts[row] for row in asked]).themes
        theirs = space.place([texts[row] for row in known]).themes
        nearest = np.argsort(-(ours @ theirs.T), axis=1, kind="stable")[:, :COMPS]
        multiples = (target - budgets)[known]
        return np.asarray(budgets[asked] + np.median(multiples[nearest], axis=1), dtype=np.float64)

    return learn


def with_themes(sheet: Sheet, texts: Sequence[str], components: int) -> Callable[[Rows], Sheet]:
    """Features and the first themes of the texts, learned from the labels that are learned from."""

    def widened(known: Rows) -> Sheet:
        themes = fit_texts([texts[row] for row in known]).place(list(texts)).themes[:, :components]
        return Sheet(np.column_stack([sheet.values, themes]), sheet.categories)

    return widened
