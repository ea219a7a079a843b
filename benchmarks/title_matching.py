"""How right, and how honest, the matching of titles is, on pairs that are known by a key the rule never sees.

`python -m benchmarks.title_matching [--fit]`. For each labelled set: precision and recall of what is taken at .95, the
share of doubtful pairs, and the naive baselines; then, over all, what became of pairs that were so-and-so sure. `--fit`
prints the weights for `openslate.data.matching.weighing`, and how the rule does on a set that it did not learn from.
"""

import sys
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.labelled_titles import Labelled, labelled_sets, movielens, wikipedia
from benchmarks.machine import describe as machine
from benchmarks.machine import real_data
from openslate.clock import stopwatch
from openslate.data.matching import weighing
from openslate.data.matching.candidates import candidates
from openslate.data.matching.comparing import FIELDS, Comparison, compare
from openslate.data.matching.describing import NO_DAY, UNKNOWN, Described, describe
from openslate.data.matching.one_to_one import among_rivals

NAME_AGAIN = {"two_years": -2.4, "two_years_on": -2.4, "apart": -6.5, "years_apart": -6.5}
"""The most that is said for a name that comes again later: doubtful at first, and a remake after two years and more."""
ROUNDS = 8
EACH = 2000
"""Pairs that every set counts for, however many it has."""
RIDGE = 0.5
"""Pulls weights that few pairs speak of towards 0."""
STEPS = (0.0, 0.05, 0.5, 0.8, 0.95, 0.99, 1.0)
SMOOTHED, MOST_FOR_LANGUAGE = 0.5, 2.5


@dataclass(frozen=True)
class Seen:
    """One labelled set, compared.

    Attributes:
        name: of the set, and of what was withheld from it.
        fields: whose weights it may teach.
        comparison: of the pairs.
        labels: 1, 0, or -1 where unknown.
        names: of both titles, for reading.
    """

    name: str
    fields: tuple[str, ...]
    comparison: Comparison
    labels: NDArray[np.int64]
    names: list[tuple[str, str]]
    seconds: float


def withheld(titles: Described, what: str) -> Described:
    """Titles without their days, or without any date."""
    if what == "days":
        return replace(titles, day=np.full_like(titles.day, NO_DAY))
    return replace(titles, day=np.full_like(titles.day, NO_DAY), year=np.full_like(titles.year, UNKNOWN))


def seen(one: Labelled, what: str = "") -> Seen:
    """Compare a set, all of it or without its days or dates."""
    started = stopwatch()
    left, right = describe(one.left), describe(one.right)
    if what:
        left, right = withheld(left, what), withheld(right, what)
    found = compare(left, right, candidates(left, right))
    spent = stopwatch() - started
    pairs = [(left.titles[a], right.titles[b]) for a, b in zip(found.left, found.right, strict=True)]
    labels = one.labels([(a.title, b.title) for a, b in pairs])
    name = f"{one.name} without {what}" if what else one.name
    return Seen(name, one.fields, found, labels, [(a.name, b.name) for a, b in pairs], spent)


def everything() -> list[Seen]:
    """Every set, and those with dates again without days and without dates."""
    found = []
    for one in labelled_sets():
        found.append(seen(one))
        if one.name in ("money", "id", "cast"):
            found += [seen(one, what) for what in ("days", "dates")]
    return found


def columns(one: Seen) -> NDArray[np.float64]:
    """A column for every level of every field that the set may teach but the first, which is the base."""
    parts = []
    for field, levels in FIELDS.items():
        parts.append(np.eye(len(levels))[one.comparison.levels[field]][:, 1:])
    return np.concatenate(parts, axis=1)


def fitted(sets: list[Seen]) -> tuple[float, dict[str, tuple[float, ...]]]:
    """Logistic regression with a ridge, sets counting alike, of what is said once rivals are heard.

    With rivals, odds are divided by one more than theirs; what that takes away is worked out with the weights so far,
    and the weights anew, until they stand.
    """
    chosen = [one for one in sets if "released" in one.fields or not (one.comparison.levels["released"] > 0).any()]
    inputs = [columns(one) for one in chosen]
    parameters = np.zeros(inputs[0].shape[1] + 1)
    for _ in range(ROUNDS):
        heard = []
        for one, x in zip(chosen, inputs, strict=True):
            odds = np.exp(parameters[0] + x @ parameters[1:])
            sure = np.clip(among_rivals(one.comparison.left, one.comparison.right, odds), 1e-12, 1 - 1e-12)
            heard.append(np.log(sure / (1 - sure)) - np.log(odds))
        parameters = _fit_once(chosen, inputs, heard, parameters)
    weights: dict[str, tuple[float, ...]] = {}
    start = 1
    for field, levels in FIELDS.items():
        weights[field] = (0.0, *(round(float(value), 2) for value in parameters[start : start + len(levels) - 1]))
        start += len(levels) - 1
    return round(float(parameters[0]), 2), weights


def _fit_once(
    chosen: list[Seen], inputs: list[NDArray[np.float64]], heard: list[NDArray[np.float64]], start: NDArray[np.float64]
) -> NDArray[np.float64]:
    known = [one.labels >= 0 for one in chosen]
    x = np.concatenate([one[use] for one, use in zip(inputs, known, strict=True)])
    y = np.concatenate([one.labels[use] for one, use in zip(chosen, known, strict=True)])
    offset = np.concatenate([one[use] for one, use in zip(heard, known, strict=True)])
    counts = np.concatenate([np.full(use.sum(), EACH / use.sum()) for use in known])

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = parameters[0] + x @ parameters[1:] + offset
        signed = np.where(y == 1, scores, -scores)
        value = float((counts * np.logaddexp(0, -signed)).sum() + RIDGE / 2 * (parameters[1:] ** 2).sum())
        errors = counts * (1 / (1 + np.exp(-scores)) - y)
        return value, np.concatenate([[errors.sum()], x.T @ errors + RIDGE * parameters[1:]])

    found: NDArray[np.float64] = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000}).x
    return found


def reasoned(weights: dict[str, tuple[float, ...]], sets: list[Seen]) -> dict[str, tuple[float, ...]]:
    """The fitted weights with what counting alone cannot teach.

    Nearly every labelled pair of two titles has the right partner beside it, which hides how little a name that is
    only alike proves where there is none. So numbers and seasons that differ are ruled by logic; longer apart is never
    likelier; a name that comes again after more than a year is not taken without a person; and lengths and people
    are weighed by how often pairs of one and of two titles share them.
    """
    dated = list(weights["released"])
    dated[1:7] = descending(dated[1:7])
    dated[7:] = descending(dated[7:])
    for level, most in NAME_AGAIN.items():
        place = FIELDS["released"].index(level)
        dated[place] = min(dated[place], most)
    lengths = next((one for one in sets if one.name == "date"), None)
    runtime = weights["runtime"]
    if lengths is not None:
        named = lengths.comparison.levels["name"] == 0
        told = named & (lengths.labels == 1), named & (lengths.labels == 0)
        runtime = ratios(lengths.comparison.levels["runtime"], *told, len(FIELDS["runtime"]))
    return {
        **weights,
        "released": tuple(dated),
        "numbers": (0.0, -1.5, -4.0),
        "season": (0.0, 0.0, -3.0, -9.0),
        "runtime": runtime,
        "people": people_weights(),
        "language": tuple(max(one, -MOST_FOR_LANGUAGE) for one in weights["language"]),
    }


def descending(values: list[float]) -> list[float]:
    """The nearest values that never rise, as least squares."""
    blocks: list[list[float]] = []
    for value in values:
        blocks.append([value])
        while len(blocks) > 1 and np.mean(blocks[-2]) < np.mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += last
    return [round(float(np.mean(block)), 2) for block in blocks for _ in block]


def people_weights() -> tuple[float, ...]:
    """From how often pairs of one film share people: the same name and year stand for one, years apart for two."""
    articles, listed = wikipedia(real_data())[0], movielens(real_data())[0]
    left, right = describe(listed), describe(articles)
    found = compare(left, right, candidates(left, right))
    named, released = found.levels["name"] == 0, found.levels["released"]
    same = named & (released == FIELDS["released"].index("same_year"))
    other = named & (released == FIELDS["released"].index("years_apart"))
    return ratios(found.levels["people"], same, other, len(FIELDS["people"]))


def ratios(levels: NDArray[np.int64], same: Any, other: Any, count: int) -> tuple[float, ...]:
    """Logarithms of how much more often pairs of one title show each known level."""
    first = np.bincount(levels[same], minlength=count)[1:] + SMOOTHED
    second = np.bincount(levels[other], minlength=count)[1:] + SMOOTHED
    return (0.0, *np.log((first / first.sum()) / (second / second.sum())).round(2).tolist())


def probability(one: Seen) -> NDArray[np.float64]:
    """As the rule says it, rivals heard."""
    return among_rivals(one.comparison.left, one.comparison.right, weighing.odds_of(one.comparison))


def figures(taken: NDArray[np.bool_], labels: NDArray[np.int64]) -> str:
    """Precision and recall on the pairs whose truth is known."""
    right = int((taken & (labels == 1)).sum())
    wrong = int((taken & (labels == 0)).sum())
    return f"{right / max(right + wrong, 1):7.4f} {right / max(int((labels == 1).sum()), 1):7.4f} ({wrong:4} wrong)"


def show(sets: list[Seen], verbose: bool = False) -> None:
    """The table of every set, and the calibration."""
    print(f"{'set':22} {'one/two':>11}  {'sure, >= .95: P, R':32}{'at least .5: P, R':32}{'same name':32}same year too")
    every: list[tuple[NDArray[np.float64], NDArray[np.int64]]] = []
    for one in sets:
        sure = probability(one)
        named = np.array([first.casefold() == second.casefold() for first, second in one.names])
        released = one.comparison.levels["released"]
        near = named & np.isin(
            released, [FIELDS["released"].index(level) for level in ("days", "month", "half", "same_year")]
        )
        counts = f"{(one.labels == 1).sum()}/{(one.labels == 0).sum()}"
        print(
            f"{one.name:22} {counts:>11}  "
            + "   ".join(figures(taken, one.labels) for taken in (sure >= 0.95, sure >= 0.5, named, near))
            + f"  {one.seconds:.1f} s"
        )
        every.append((sure[one.labels >= 0], one.labels[one.labels >= 0]))
        if verbose:
            for place in np.flatnonzero((sure >= 0.95) & (one.labels == 0))[:8]:
                print("   wrong:", one.names[place], round(float(sure[place]), 3), levels_of(one, place))
            for place in np.flatnonzero((sure < 0.5) & (one.labels == 1))[:8]:
                print("   missed:", one.names[place], round(float(sure[place]), 3), levels_of(one, place))
    sure, labels = (np.concatenate(part) for part in zip(*every, strict=True))
    print("how sure      pairs   mean said   were one")
    for low, high in pairwise(STEPS):
        among = (sure >= low) & ((sure < high) | (high == 1.0))
        if among.any():
            print(
                f"{low:.2f} to {high:.2f} {among.sum():7}   {sure[among].mean():.3f}       {labels[among].mean():.3f}"
            )
    print(f"Brier score {((sure - labels) ** 2).mean():.4f}")


def levels_of(one: Seen, place: int) -> str:
    """What a pair has in common, in short."""
    return " ".join(f"{field}:{levels[one.comparison.levels[field][place]]}" for field, levels in FIELDS.items())


def main() -> None:
    """Print the tables; with `--fit`, the weights too."""
    print(machine())
    sets = everything()
    if "--fit" in sys.argv:
        base, weights = fitted(sets)
        weights = reasoned(weights, sets)
        print("BASE =", base)
        for field, found in weights.items():
            print(f'    "{field}": {found},')
        weighing.BASE, weighing.WEIGHTS = base, weights
        show(sets, "--errors" in sys.argv)
        for name in ("money", "id", "cast", "date", "week"):
            others = [one for one in sets if not one.name.startswith(name)]
            weighing.BASE, found_without = fitted(others)
            weighing.WEIGHTS = reasoned(found_without, others)
            print(f"\nnot learned from {name}")
            show([one for one in sets if one.name.startswith(name)])
        return
    show(sets, "--errors" in sys.argv)


if __name__ == "__main__":
    main()
