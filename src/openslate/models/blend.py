"""The blend: several models' scores as one, with a few weights fitted on what validation members watched next.

Among a member's best candidates, the one watched is chosen with probability softmax(sum of weight times standardised
score); `logit` fits the weights. A second stage may put the best candidates in a new order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.models.blocks import in_blocks
from openslate.models.histories import Histories
from openslate.models.kernels import plain
from openslate.models.logit import conditional_logit
from openslate.models.ranking.features import Scored, candidate_features
from openslate.models.ranking.ranker import Ranker
from openslate.models.top import top_titles

MOST_COMPONENTS = 16
MEMBERS_PER_BLOCK = 1024
WORTH_COMPILING = 2**14
"""Scores below which NumPy has standardised them before the compiled loop is even loaded; the bits are equal."""
WORTH_CHOOSING = 2**18
"""Scores below which NumPy has found the best candidates before the compiled loop is even loaded; it finds the same."""

Looked: TypeAlias = tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]
"""Members' candidates: standardised scores by each model, which were watched, and which places hold one."""


class Scorer(Protocol):
    """Anything that scores every title for every member: our models, or one brought along.

    On a large catalogue several threads call it at once, each for other members.
    """

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Scores as float32 [members, n_titles]."""
        ...


@runtime_checkable
class Explainer(Protocol):
    """A scorer whose scores are sums over a member's events."""

    def contributions(self, histories: Histories, title: int) -> NDArray[np.float32]:
        """What each event adds to the score of `title`, float32 [events]."""
        ...


@dataclass(frozen=True)
class BlendSettings:
    """What the blend's weights are fitted with.

    Stability: provisional.

    Attributes:
        candidates: titles per member among which the watched one is told apart.
        l2: ridge on the weights; small, it only settles components that say the same.
    """

    candidates: int = 300
    l2: float = 0.001


@dataclass(frozen=True)
class BlendWeights:
    """Fitted weights.

    Stability: provisional.

    Attributes:
        components: names of the models, in the order of the weights.
        weights: float64 [components], none below zero, for scores standardised per member.
        log_likelihood: mean logarithm of the probability given to each title watched next.
        members: how many validation members had a target among their candidates, and so took part.
    """

    components: tuple[str, ...]
    weights: NDArray[np.float64]
    log_likelihood: float
    members: int


@dataclass(frozen=True)
class Blend:
    """Models and their weights, which score together; and a second stage, where there is one.

    Stability: provisional.

    Attributes:
        fitted: the weights.
        models: fitted models by the names in `fitted.components`.
        ranker: puts the best candidates in a new order; None leaves them in that of the weights.
    """

    fitted: BlendWeights
    models: Mapping[str, Scorer]
    ranker: Ranker | None = None

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for every member, float32 [members, n_titles].

        Without a ranker this is the weighted sum of standardised scores. With one, the best candidates, which stand
        before all others, share out the same scores among themselves in the ranker's order; so scores mean with it
        what they mean without.
        """
        total = np.empty((histories.n_members, histories.n_titles), dtype=np.float32)

        def score(first: int, last: int, block: Histories) -> None:
            total[first:last] = self._score(block)

        for _ in in_blocks(histories, score):
            pass
        return total

    def _score(self, histories: Histories) -> NDArray[np.float32]:
        scored = self.scored(histories, every_model=self.ranker is not None)
        total = self.weighted(scored)
        if self.ranker is not None:
            candidates = best_candidates(total, scored.seen, self.ranker.settings.candidates)
            features = candidate_features(self.parts, scored, histories, candidates)
            _put_in_order(total, candidates, self.ranker.utilities(features))
        return total

    @property
    def parts(self) -> dict[str, Scorer]:
        """The models that have a weight, in the order of the weights."""
        return {name: self.models[name] for name in self.fitted.components}

    def scored(self, histories: Histories, every_model: bool = True) -> Scored:
        """The models' standardised scores; those of models of weight zero only where every one is wanted."""
        seen = seen_titles(histories)
        return Scored(
            {
                name: standardise(self.models[name].score(histories), seen)
                for name, weight in zip(self.fitted.components, self.fitted.weights, strict=True)
                if weight > 0 or every_model
            },
            seen,
        )

    def weighted(self, scored: Scored) -> NDArray[np.float32]:
        """The weighted sum of standardised scores, float32 [members, n_titles]: the first stage."""
        total = np.zeros(scored.seen.shape, dtype=np.float32)
        weighed = np.empty_like(total)
        for name, weight in zip(self.fitted.components, self.fitted.weights, strict=True):
            if weight > 0:
                total += np.multiply(np.float32(weight), scored.standard[name], out=weighed)
        return total

    def contributions(self, histories: Histories, title: int) -> NDArray[np.float32]:
        """What each event of one member adds to the score of `title`, float32 [events].

        Each component's scale (its standard deviation over the member's unseen titles) is held as it is; components
        that are no sums over events, such as popularity, add nothing.

        Args:
            histories: one member.
            title: index of the title.
        """
        seen = seen_titles(histories)
        total = np.zeros(histories.n_events, dtype=np.float32)
        for name, weight in zip(self.fitted.components, self.fitted.weights, strict=True):
            model = self.models[name]
            if weight > 0 and isinstance(model, Explainer):
                _, spread = plain.moments(model.score(histories), seen)
                total += np.float32(weight / spread[0]) * model.contributions(histories, title)
        return total


def fit_blend(
    models: Mapping[str, Scorer],
    fold_in: Histories,
    target_offsets: NDArray[np.int64],
    targets: NDArray[np.int32],
    settings: BlendSettings = BlendSettings(),
) -> BlendWeights:
    """Fit the weights by conditional logit on each validation member's best candidates.

    The candidates are the unseen titles with the highest sum of standardised scores. A target that is not among
    them cannot be told apart by any weights and takes no part.

    Args:
        models: by name, at most MOST_COMPONENTS, fitted without the targets.
        fold_in: validation members' histories before their targets.
        target_offsets: int64 [members + 1], where each member's targets begin.
        targets: int32 [targets], titles watched next.
        settings: how many candidates, and the ridge.

    Raises:
        FitError: there are too many models or none, or no target is among any member's candidates.
    """
    if not 0 < len(models) <= MOST_COMPONENTS:
        raise FitError(f"A blend of {len(models)} models was asked for.", f"Give it from one to {MOST_COMPONENTS}.")

    def look(
        start: int, stop: int, block: Histories
    ) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
        wanted = np.zeros((stop - start, fold_in.n_titles), dtype=bool)
        member = np.repeat(np.arange(stop - start), np.diff(target_offsets[start : stop + 1]))
        wanted[member, targets[target_offsets[start] : target_offsets[stop]]] = True
        told, hits, present = _candidate_features(list(models.values()), block, wanted, settings)
        useful = hits.any(axis=1)
        return told[useful], hits[useful], present[useful]

    blocks = list(in_blocks(fold_in, look, MEMBERS_PER_BLOCK))
    features, watched, there = (list(column) for column in zip(*blocks, strict=True)) if blocks else ([], [], [])
    members = sum(len(hits) for hits in watched)
    if not members:
        raise FitError(
            "No validation member watched any of the candidates next.",
            "Give the blend more members, or raise its number of candidates.",
        )
    weights, log_likelihood = conditional_logit(
        np.concatenate(features), np.concatenate(watched), settings.l2, there=np.concatenate(there)
    )
    return BlendWeights(tuple(models), weights, log_likelihood, members)


def _candidate_features(
    models: Sequence[Scorer], fold_in: Histories, wanted: NDArray[np.bool_], settings: BlendSettings
) -> Looked:
    """Standardised scores of a block's candidates [members, candidates, models], and which of them were watched next.

    Where a member has few unseen titles, some places hold no candidate: those that do are marked last.
    """
    seen = seen_titles(fold_in)
    standard = [standardise(model.score(fold_in), seen) for model in models]
    candidates = best_candidates(np.sum(standard, axis=0), seen, settings.candidates)
    there = candidates >= 0
    features = np.stack([np.take_along_axis(scores, candidates, axis=1) for scores in standard], axis=2)
    return features.astype(np.float64), np.take_along_axis(wanted, candidates, axis=1) & there, there


def standardise(scores: NDArray[np.float32], seen: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Scores with mean zero and deviation one over each member's unseen titles; all zero where they are all equal.

    Args:
        scores: float32 [members, n_titles].
        seen: bool [members, n_titles], titles left out of mean and deviation.

    Example:
        >>> scores = np.array([[1, 3, 9]], dtype=np.float32)
        >>> standardise(scores, np.array([[False, False, True]])).tolist()
        [[-1.0, 1.0, 7.0]]
    """
    if scores.size < WORTH_COMPILING:
        return plain.standardised(scores, seen)
    from openslate.models.kernels import standardising

    return standardising.standardised(scores, seen)


def best_candidates(scores: NDArray[np.float32], seen: NDArray[np.bool_], count: int) -> NDArray[np.int32]:
    """Each member's best unseen titles, int32 [members, count], -1 where there are fewer."""
    unseen = np.where(seen, np.float32(-np.inf), scores)
    if scores.size < WORTH_CHOOSING:
        return top_titles(unseen, count)
    from openslate.models.kernels.scoring import best_of_scores

    return best_of_scores(unseen, count)[0]


def _put_in_order(scores: NDArray[np.float32], candidates: NDArray[np.int32], utilities: NDArray[np.float32]) -> None:
    """Deal the candidates' own scores out anew, in place: the highest to the candidate of the highest utility."""
    there = candidates >= 0
    order = np.argsort(np.where(there, -utilities, np.inf), axis=1, kind="stable")
    falling = np.take_along_axis(scores, candidates, axis=1)
    member = np.nonzero(there)[0]
    scores[member, np.take_along_axis(candidates, order, axis=1)[there]] = falling[there]


def seen_titles(histories: Histories) -> NDArray[np.bool_]:
    """Which titles each member has events of, bool [members, n_titles]."""
    seen = np.zeros((histories.n_members, histories.n_titles), dtype=bool)
    seen[histories.members_of_events(), histories.titles] = True
    return seen
