"""The second stage on validation: fitted on what members watched next, and kept only as far as it measurably wins.

Each member is judged by what the other members taught, and each step against the one before it: the logit against the
blend's own order, trees on top of it against the logit alone. What does not win with a 95% interval is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from openslate.clock import stopwatch
from openslate.errors import FitError
from openslate.evaluation.bootstrap import estimate
from openslate.evaluation.ranking import ndcg
from openslate.evaluation.split import Split
from openslate.evaluation.worth import Step
from openslate.models.blend import Blend, best_candidates
from openslate.models.blocks import in_blocks
from openslate.models.histories import Histories
from openslate.models.ranking.features import candidate_features
from openslate.models.ranking.ranker import Ranker, RankerSettings, fit_logit, fit_trees, with_logit
from openslate.models.ranking.trees import Trees, TreeSettings
from openslate.progress import Progress, silent

MEMBERS_AT_ONCE = 256
SEED = 0
FEWEST_TAUGHT = 200
"""Members below which nothing is fitted: dozens of weights need some hundred choices."""
Described: TypeAlias = tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.bool_]]
"""Candidates, their features, and which were watched."""


@dataclass(frozen=True)
class SecondStage:
    """A second stage that was tried.

    Attributes:
        ranker: what was kept, or None where nothing won.
        steps: each with what it is worth.
    """

    ranker: Ranker | None
    steps: tuple[Step, ...]


def ranker_record(ranker: Ranker | None) -> dict[str, Any] | None:
    """A ranker as plain values, but for its settings, which are the recipe's."""
    if ranker is None:
        return None
    return {
        "features": list(ranker.features),
        "centres": ranker.centres.tolist(),
        "weights": ranker.weights.tolist(),
        "trees": None if ranker.trees is None else ranker.trees.text,
    }


def ranker_of(record: Mapping[str, Any] | None, settings: RankerSettings | None) -> Ranker | None:
    """The ranker that `ranker_record` described."""
    if record is None or settings is None:
        return None
    trees = Trees(record["trees"], settings.trees) if record["trees"] and settings.trees else None
    centres, weights = (np.array(record[name], dtype=np.float32) for name in ("centres", "weights"))
    return Ranker(tuple(record["features"]), centres, weights, trees, settings)


@dataclass(frozen=True)
class Choices:
    """Validation members' candidates, described, and what was watched of them.

    Attributes:
        candidates: int32 [members, candidates], in the blend's order.
        features: float32 [members, candidates, features].
        watched: bool [members, candidates].
        split: whose targets they are.
        k: of nDCG@k.
    """

    candidates: NDArray[np.int32]
    features: NDArray[np.float32]
    watched: NDArray[np.bool_]
    split: Split
    k: int

    def ndcg(self, utilities: NDArray[np.floating]) -> NDArray[np.float64]:
        """Each member's nDCG@k with candidates in the order of their utilities, float64 [members]."""
        missing = self.candidates < 0
        order = np.argsort(np.where(missing, np.inf, -utilities), axis=1, kind="stable")[:, : self.k]
        return ndcg(np.take_along_axis(self.candidates, order, axis=1), self.split.target_offsets, self.split.targets)

    @property
    def there(self) -> NDArray[np.bool_]:
        """Where a place holds a candidate, bool [members, candidates]."""
        return self.candidates >= 0

    @property
    def as_they_came(self) -> NDArray[np.float32]:
        """Utilities that leave the blend's order as it is, float32 [members, candidates]."""
        return np.broadcast_to(-np.arange(self.candidates.shape[1], dtype=np.float32), self.candidates.shape)

    def folds(self, count: int) -> NDArray[np.int64]:
        """The fold of each choice, int64 [members]; all choices of one member are in one."""
        return np.unique(self.split.members, return_inverse=True)[1] % count


def fit_second_stage(
    blend: Blend, validation: Split, settings: RankerSettings, k: int, progress: Progress = silent
) -> SecondStage:
    """Fit a ranker to the candidates of a blend.

    Args:
        blend: fitted on `validation.train`, with its weights.
        validation: whose targets teach and judge.
        settings: candidates, ridge, trees and folds.
        k: of the nDCG@k that decides.
        progress: told what is done.

    Raises:
        FitError: there are fewer than two folds.
    """
    if settings.folds < 2:
        raise FitError(f"A ranker of {settings.folds} folds judges itself.", "Give ranker.folds two or more.")
    began = stopwatch()
    choices = describe(blend, validation, settings, k, progress)
    if choices.watched.any(axis=1).sum() < FEWEST_TAUGHT:
        return SecondStage(None, ())
    progress("Telling candidates apart by their features", 0.4)
    logit = _judged_logit(blend, choices, settings)
    first = _step("logit", choices, choices.ndcg(logit) - choices.ndcg(choices.as_they_came), began)
    if not first.kept:
        return SecondStage(None, (first,))
    ranker = fit_logit(blend.parts, choices.features, choices.watched, choices.there, settings)
    if settings.trees is None:
        return SecondStage(ranker, (first,))
    progress("Growing trees over the candidates' features", 0.6)
    began = stopwatch()
    grown = _with_trees(choices, logit, settings.trees, settings.folds)
    second = _step("trees", choices, choices.ndcg(grown) - choices.ndcg(logit), began)
    if not second.kept:
        return SecondStage(ranker, (first, second))
    progress("Growing the trees that stay", 0.9)
    trees = fit_trees(choices.features, choices.watched, logit, choices.there, settings.trees)
    return SecondStage(replace(ranker, trees=trees), (first, second))


def describe(blend: Blend, split: Split, settings: RankerSettings, k: int, progress: Progress = silent) -> Choices:
    """The features of every validation member's candidates.

    Args:
        blend: fitted on `split.train`.
        split: whose members are asked.
        settings: how many candidates.
        k: of the nDCG@k that decides.
        progress: told what is done.
    """
    asked, catalogue = split.fold_in.n_members, split.catalogue

    def look(start: int, stop: int, block: Histories) -> Described:
        scored = blend.scored(block)
        hidden = scored.seen | ~catalogue
        candidates = best_candidates(blend.weighted(scored), hidden, settings.candidates)
        features = candidate_features(blend.parts, scored, block, candidates)
        features[candidates < 0] = 0
        return candidates, features, split.watched(start, stop, candidates)

    parts: list[Described] = []
    done = 0
    for part in in_blocks(split.fold_in, look, MEMBERS_AT_ONCE):
        progress("Describing candidates", 0.4 * done / asked)
        parts.append(part)
        done += len(part[0])
    candidates, features, watched = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Choices(candidates, features, watched, split, k)


def _judged_logit(blend: Blend, choices: Choices, settings: RankerSettings) -> NDArray[np.float32]:
    """Utilities of each member's candidates by a logit that the other folds taught."""
    utilities = np.zeros(choices.watched.shape, dtype=np.float32)
    folds = choices.folds(settings.folds)
    for fold in range(settings.folds):
        asked = folds == fold
        taught = fit_logit(
            blend.parts, choices.features[~asked], choices.watched[~asked], choices.there[~asked], settings
        )
        utilities[asked] = taught.utilities(choices.features[asked])
    return utilities


def _with_trees(
    choices: Choices, logit: NDArray[np.float32], settings: TreeSettings, count: int
) -> NDArray[np.float64]:
    """The logit's word and that of trees that the other folds taught."""
    utilities = logit.astype(np.float64)
    folds = choices.folds(count)
    for fold in range(count):
        asked = folds == fold
        trees = fit_trees(
            choices.features[~asked], choices.watched[~asked], logit[~asked], choices.there[~asked], settings
        )
        rows = with_logit(choices.features[asked], logit[asked])
        utilities[asked] += settings.share * trees.score(rows).reshape(logit[asked].shape)
    return utilities


def _step(name: str, choices: Choices, gains: NDArray[np.float64], began: float) -> Step:
    gain = estimate(choices.split.by_member(gains), SEED)
    return Step(name, gain, gain.low > 0, stopwatch() - began)
