"""Every model on the same split and the same members: fit, score, rank the whole catalogue, measure, compare."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from openslate.clock import stopwatch
from openslate.errors import FitError, UsageError
from openslate.evaluation import ranking
from openslate.evaluation.bootstrap import bootstrap
from openslate.evaluation.measure import Genres, Ground
from openslate.evaluation.results import Evaluation, ForeignRow, ModelRow, Role
from openslate.evaluation.split import Split
from openslate.models.histories import Histories

SCORES_AT_ONCE = 2**24
"""Scores held at a time, members times titles: 64 MB in float32."""


class Scorer(Protocol):
    """What a fitted model must be able to do; nothing has to be inherited."""

    def score(self, histories: Histories, /) -> NDArray[np.float32]:
        """Scores of every title for every member, [members, n_titles], titles already seen not masked."""


Fit = Callable[[Histories], Scorer]
Oracle = Callable[[NDArray[np.int64]], NDArray[np.float32]]
BlockScores = Callable[[int, int], NDArray[np.float32]]


@dataclass(frozen=True)
class _Measured:
    """One model's lists and their metrics, before any resampling."""

    name: str
    role: Role
    ranked: ranking.Ranked
    values: dict[str, NDArray[np.float64]]
    fit_seconds: float
    score_seconds: float


def evaluate(
    split: Split,
    models: Mapping[str, Fit],
    *,
    baselines: Collection[str],
    cutoffs: tuple[int, ...] = (10,),
    genres: Genres | None = None,
    oracle: Oracle | None = None,
    foreign: tuple[ForeignRow, ...] = (),
    seed: int = 0,
    resamples: int = 1000,
    progress: Callable[[str], None] | None = None,
) -> Evaluation:
    """Fit every model on the training part, rank every title of the catalogue, measure and compare.

    Titles in a member's fold-in and titles without a training event are not ranked. Differences are paired, to
    the baseline that does best on this very split: the hardest one to beat.

    Args:
        split: who is trained and scored on what.
        models: name to a function that fits on the training histories; `lambda train: model` for one that is fitted.
        baselines: which of the names are baselines, at least one.
        cutoffs: list lengths k; the first gives the headline, nDCG@k, and the figures beyond accuracy.
        genres: for calibration; None leaves it out.
        oracle: the simulator's true scores [members, n_titles] of members named by index in the source
            histories; reported beside the models and never ranked among them.
        foreign: rows quoted from papers.
        seed: of the resampling.
        resamples: how many.
        progress: told each model's name before it is fitted.

    Raises:
        UsageError: a baseline is not among the models, or there is none.
        FitError: a model returns scores of the wrong shape or NaN, or fewer than two members are scored.
    """
    if not baselines or not set(baselines) <= set(models):
        raise UsageError(
            f"The baselines {sorted(baselines)} are not all among the models {sorted(models)}.",
            "Name at least one of the models as a baseline.",
        )
    ground = Ground(split, genres)
    measured = []
    for name, fit in models.items():
        if progress:
            progress(name)
        role: Role = "baseline" if name in baselines else "model"
        measured.append(_fit_and_measure(ground, name, role, fit, cutoffs))
    if oracle:
        truth = _block_scores_of_truth(oracle, split)
        measured.append(_measure(ground, "oracle", "oracle", truth, cutoffs, fit_seconds=0.0))
    headline = f"ndcg@{cutoffs[0]}"
    best = max((one for one in measured if one.role == "baseline"), key=lambda one: float(one.values[headline].mean()))
    return Evaluation(
        split=split.name,
        rule=split.rule,
        split_hash=split.hash,
        as_of=split.as_of,
        counts=ground.counts,
        headline=headline,
        best_baseline=best.name,
        rows=tuple(_row(ground, one, best, cutoffs[0], seed, resamples) for one in measured),
        foreign=foreign,
        genre_names=genres.names if genres else (),
        history_genres=_column_means(ground.history_genres),
        target_deciles=ground.deciles(split.targets),
        seed=seed,
        resamples=resamples,
    )


def rank_members(split: Split, scores: BlockScores, k: int) -> ranking.Ranked:
    """The k best new titles of the catalogue for every scored member, in blocks of members.

    Args:
        split: whose fold-in is left out of the lists.
        scores: gives the scores [last - first, n_titles] of scored members `first` up to, not including, `last`.
        k: how many.

    Returns:
        int32 [scored, k], best first.
    """
    catalogue, n_members = split.catalogue, split.fold_in.n_members
    at_once = max(1, SCORES_AT_ONCE // split.train.n_titles)
    blocks = []
    for first in range(0, n_members, at_once):
        last = min(first + at_once, n_members)
        known = np.where(catalogue, scores(first, last), np.float32(-np.inf))
        blocks.append(ranking.top_k(known, split.fold_in.part(first, last), k))
    return np.concatenate(blocks)


def _fit_and_measure(ground: Ground, name: str, role: Role, fit: Fit, cutoffs: tuple[int, ...]) -> _Measured:
    started = stopwatch()
    scorer = fit(ground.split.train)
    fit_seconds = stopwatch() - started

    def scores(first: int, last: int) -> NDArray[np.float32]:
        return scorer.score(ground.split.fold_in.part(first, last))

    return _measure(ground, name, role, scores, cutoffs, fit_seconds)


def _block_scores_of_truth(oracle: Oracle, split: Split) -> BlockScores:
    return lambda first, last: oracle(split.members[first:last])


def _measure(
    ground: Ground, name: str, role: Role, scores: BlockScores, cutoffs: tuple[int, ...], fit_seconds: float
) -> _Measured:
    n_titles = ground.split.train.n_titles

    def checked(first: int, last: int) -> NDArray[np.float32]:
        block = scores(first, last)
        if block.shape != (last - first, n_titles):
            raise FitError(
                f"{name} returned scores of shape {block.shape} for {last - first} members and {n_titles} titles.",
                "Return one row per member and one column per title of the catalogue.",
            )
        return block

    started = stopwatch()
    ranked = rank_members(ground.split, checked, max(cutoffs))
    score_seconds = stopwatch() - started
    values = ground.member_values(ranked, cutoffs)
    return _Measured(name, role, ranked, values, fit_seconds, score_seconds)


def _row(ground: Ground, one: _Measured, best: _Measured, k: int, seed: int, resamples: int) -> ModelRow:
    names = list(one.values)
    ours = np.column_stack(list(one.values.values()))
    # One row of the matrix is one member, so figures and differences are resampled together, in pairs.
    differences = ours - np.column_stack(list(best.values.values()))
    intervals = bootstrap(np.hstack([ours, differences]), seed, resamples)
    head = one.ranked[:, :k]
    return ModelRow(
        name=one.name,
        role=one.role,
        metrics=dict(zip(names, intervals[: len(names)], strict=True)),
        ahead={} if one is best else dict(zip(names, intervals[len(names) :], strict=True)),
        lists=ground.list_values(head),
        deciles=ground.deciles(head),
        genres=_column_means(ground.list_genres(head)),
        tastes=ground.tastes(head),
        fit_seconds=one.fit_seconds,
        score_seconds=one.score_seconds,
    )


def _column_means(shares: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(shares.mean(axis=0).tolist())
