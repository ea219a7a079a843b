"""What a choice changes: the one place in greenlight where a figure is meant causally, under stated assumptions.

Drivers, comparable titles and forecasts are associations. Here two alternatives are compared among titles that are
alike in everything that was known before the choice, by double machine learning, and the answer says how strong a
confounder that nobody recorded would have to be to overturn it. Where titles cannot tell, the question is refused.
"""

import re

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.causal_questions import MECHANICAL, Question, choices
from openslate.apps.greenlight.causal_types import Answer, Association, Confounders
from openslate.apps.greenlight.labels import Labels
from openslate.errors import FitError, UsageError
from openslate.models.causal.effect import FEWEST, FEWEST_SERIES, Effect, Parted, difference, effect
from openslate.models.causal.nuisances import Learning
from openslate.models.causal.overlap import DECIDED, HIGH, LOW, MOST_OUTSIDE, Overlap, area, separation
from openslate.models.causal.rows import Rows
from openslate.models.causal.scores import Estimand
from openslate.models.causal.sensitivity import NORMAL

MOST_AT_MOST = 0.25
"""Share of outcomes that may be known only to be at most a step."""
YARDSTICK_PARTINGS = 2
EXPOSURE = "days in the window"


def ask(
    question: Question,
    labels: Labels,
    confounders: Confounders,
    *,
    drop: tuple[str, ...] = (),
    learning: Learning = Learning(),
) -> Answer:
    """Answer a causal question from titles whose outcome is known.

    Args:
        question: of `causal_questions.question`.
        labels: works with their outcomes, as known on the day that is asked.
        confounders: known before the choice, aligned with the labels; nothing that follows from it.
        drop: names of further confounders that tell, or follow from, the choice itself.
        learning: how nuisances are learned.

    Raises:
        UsageError: the confounders are not those of the labels, or `drop` names none of them.
        FitError: the titles cannot tell: too few on a side, too unlike, or the choice decided by the confounders.

    Source: V. Chernozhukov et al., "Double/debiased machine learning", 2018, and "Long story short", 2022.
    """
    _checked(question, labels, confounders, drop)
    chosen = choices(question, labels.works)
    kept, dropped = _apart(question, labels, confounders, drop)
    families = tuple(dict.fromkeys(kept.families))
    rows = Rows(
        labels.logs[chosen.known],
        chosen.treated[chosen.known],
        kept.values[chosen.known],
        _series(labels)[chosen.known],
    )
    _enough(question, rows, int((~chosen.known).sum()))
    _undecided(question, rows, kept)
    parted = Parted(rows, learning)
    refusals = {estimand: _refusal(question, parted, estimand) for estimand in ("average", "on the treated")}
    if all(refusals.values()):
        raise FitError(refusals["on the treated"], _WAY_OUT)
    short = {
        family: parted.without(np.flatnonzero([one == family for one in kept.families]), YARDSTICK_PARTINGS)
        for family in families
        if len(families) > 1
    }
    found: dict[str, Effect | None] = {
        estimand: None if refusals[estimand] else effect(parted, estimand, short)
        for estimand in ("average", "on the treated")
    }
    plain, error = difference(rows)
    (treated, treated_series), (other, other_series) = rows.count(True), rows.count(False)
    return Answer(
        question=question,
        measure=labels.measure,
        region=labels.region,
        treated=treated,
        other=other,
        treated_series=treated_series,
        other_series=other_series,
        average=found["average"],
        on_treated=found["on the treated"],
        refused=next((one for one in refusals.values() if one), ""),
        association=Association(*(float(np.exp(plain + side * NORMAL * error)) for side in (0, -1, 1))),
        confounders=families,
        dropped=dropped,
        left_out=int((~chosen.known).sum()),
        at_most=int(labels.at_most[chosen.known].sum()),
    )


_WAY_OUT = (
    "Ask with a number, months or a group of titles for which both were chosen, or leave out confounders that only "
    "tell the choice again."
)


def _checked(question: Question, labels: Labels, confounders: Confounders, drop: tuple[str, ...]) -> None:
    if len(confounders.values) != len(labels):
        raise UsageError(
            f"There are {len(confounders.values)} rows of confounders for {len(labels)} titles.",
            "Give each title of the labels one row.",
        )
    if not len(labels):
        raise FitError(f"No title has a known outcome in {labels.measure}.", "Import outcomes first.")
    unknown = [name for name in drop if name not in confounders.names]
    if unknown:
        raise UsageError(
            f"There is no confounder {unknown[0]!r} to leave out.", f"There are {', '.join(confounders.names)}."
        )
    if labels.at_most.mean() > MOST_AT_MOST:
        raise FitError(
            f"Of {labels.at_most.mean():.0%} of the outcomes it is only known that they are at most a step.",
            f"Ask of a measure where that holds for {MOST_AT_MOST:.0%} at the most.",
        )
    if question.field == "month" and not labels.from_release:
        raise FitError(
            f"Windows of {labels.measure} end on a fixed day, so a release late in one has fewer days: the month and "
            "the days to be counted cannot be told apart.",
            "Ask it of a measure whose windows all begin with the release and are equally long, such as the first 91 "
            "days.",
        )


def _apart(
    question: Question, labels: Labels, confounders: Confounders, drop: tuple[str, ...]
) -> tuple[Confounders, tuple[str, ...]]:
    """Confounders without those that tell the choice itself, and the names of the latter."""
    told = [
        name in drop or not _words(name).isdisjoint(question.told_by) or not _words(family).isdisjoint(question.told_by)
        for name, family in zip(confounders.names, confounders.families, strict=True)
    ]
    if question.field == "weekday":
        # The day of the month or year is no function of the weekday.
        told = [name in drop or "weekday" in name or "weekend" in name for name in confounders.names]
    kept = np.flatnonzero(~np.array(told, dtype=np.bool_))
    values, names = confounders.values[:, kept], [confounders.names[one] for one in kept]
    families = [confounders.families[one] for one in kept]
    if not labels.from_release and not any(not _words(name).isdisjoint(MECHANICAL) for name in names):
        values = np.column_stack([values, np.log(labels.days)])
        names.append(EXPOSURE)
        families.append(EXPOSURE)
    if not names:
        raise FitError(
            "No confounder is left once those that tell the choice itself are taken away.",
            "Give what else was known before the choice, such as kind, genres, language, year and budget.",
        )
    return (
        Confounders(values, tuple(names), tuple(families)),
        tuple(name for name, one in zip(confounders.names, told, strict=True) if one),
    )


def _words(name: str) -> set[str]:
    return set(re.split(r"[^a-z]+", name.lower()))


def _series(labels: Labels) -> NDArray[np.int64]:
    """Numbers of series; a title of none has one of its own."""
    keys = [("series", work.series) if work.series else ("title", work.id) for work in labels.works]
    numbers = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return np.array([numbers[key] for key in keys], dtype=np.int64)


def _enough(question: Question, rows: Rows, unknown: int) -> None:
    for treated, name in ((True, question.text), (False, question.instead)):
        titles, series = rows.count(treated) if len(rows) else (0, 0)
        if titles < FEWEST or series < FEWEST_SERIES:
            raise FitError(
                f"Only {titles} titles of {series} series have {name!r}, and of {unknown} titles it is not known.",
                f"An answer needs {FEWEST} titles of {FEWEST_SERIES} series on each side: ask with a wider one, or "
                "import more outcomes.",
            )


def _undecided(question: Question, rows: Rows, kept: Confounders) -> None:
    for column, name in zip(rows.confounders.T, kept.names, strict=True):
        if separation(column, rows.treated) >= DECIDED:
            raise FitError(
                f"{name!r} alone decides whether a title has {question.text!r}, so that no two titles differ in the "
                "choice alone.",
                "Leave it out if it only tells the choice again; if it does not, titles cannot answer this.",
            )


def _refusal(question: Question, parted: Parted, estimand: Estimand) -> str:
    """Why an estimand cannot be told, in a sentence; empty where it can."""
    propensity = np.median([one.propensity for one in parted.known], axis=0)
    told = area(propensity, parted.rows.treated)
    if told >= DECIDED:
        return (
            f"The confounders together decide whether a title has {question.text!r} (area under the curve {told:.2f}), "
            "so that no two titles differ in the choice alone."
        )
    found = parted.overlap(estimand)
    return _poor(question, found, estimand) if found.poor else ""


def _poor(question: Question, found: Overlap, estimand: Estimand) -> str:
    whose = "all titles" if estimand == "average" else f"titles with {question.text!r}"
    if found.outside > MOST_OUTSIDE:
        limits = f"outside {LOW} to {HIGH}" if estimand == "average" else f"above {HIGH}"
        return (
            f"The effect over {whose} cannot be told: {found.outside:.0%} of them are chosen for one way nearly always "
            f"(propensity {limits}), and at most {MOST_OUTSIDE:.0%} may be."
        )
    return (
        f"The effect over {whose} cannot be told: those to compare amount to "
        f"{found.effective[0]:.0f} titles on one side and {found.effective[1]:.0f} on the other."
    )
