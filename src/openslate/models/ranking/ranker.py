"""The ranker: the blend's best candidates in a new order, by a logit over their features and, where they win, trees.

It is fitted on what validation members watched next, so on a strictly later slice than the models that make its
features. Titles that are no candidates keep the blend's order, behind them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.logit import conditional_logit
from openslate.models.ranking.features import feature_names
from openslate.models.ranking.trees import Trees, TreeSettings, grow_trees


@dataclass(frozen=True)
class RankerSettings:
    """What the second stage is fitted with.

    Stability: provisional.

    Attributes:
        candidates: titles of each member that are put in a new order.
        l2: ridge on the logit's weights, for features of deviation one.
        trees: how trees are grown; None for the logit alone. On MovieLens 1M they added nothing that 18,000 choices
            could tell from chance, and took longer than all the rest.
        folds: parts that validation members are dealt into, so that each is judged by what the others taught.
    """

    candidates: int = 150
    l2: float = 0.001
    trees: TreeSettings | None = None
    folds: int = 3


@dataclass(frozen=True)
class Ranker:
    """A fitted second stage.

    Stability: provisional.

    Attributes:
        features: names, in the order of the weights.
        centres: float32 [features], subtracted.
        weights: float32 [features], of the centred features.
        trees: grown trees, or None where they did not win.
        settings: what it was fitted with.
    """

    features: tuple[str, ...]
    centres: NDArray[np.float32]
    weights: NDArray[np.float32]
    trees: Trees | None
    settings: RankerSettings

    def utilities(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """What speaks for each candidate, as log-odds but for a number of each member's.

        Args:
            features: float32 [members, candidates, features].

        Returns:
            float32 [members, candidates].
        """
        logit = ((features - self.centres) @ self.weights).astype(np.float32)
        if self.trees is None:
            return logit
        rows = with_logit(features, logit)
        trees = self.trees.score(rows).reshape(logit.shape)
        return (logit + self.trees.settings.share * trees).astype(np.float32)


def fit_logit(
    models: Mapping[str, object],
    features: NDArray[np.float32],
    watched: NDArray[np.bool_],
    there: NDArray[np.bool_],
    settings: RankerSettings,
) -> Ranker:
    """The logit alone.

    Args:
        models: the blend's, by name.
        features: float32 [members, candidates, features].
        watched: bool [members, candidates]; members who watched none of them take no part.
        there: bool [members, candidates], false where a place holds no candidate.
        settings: the ridge.
    """
    useful = watched.any(axis=1)
    rows, present = features[useful], there[useful]
    centres = rows.mean(axis=(0, 1), dtype=np.float64, where=present[..., None]).astype(np.float32)
    spread = rows.std(axis=(0, 1), dtype=np.float64, where=present[..., None])
    # A feature that is the same for all tells nothing, and must not be blown up to something.
    scales = np.where(spread > 1e-6, 1 / np.maximum(spread, 1e-6), 0).astype(np.float32)
    scaled = (rows - centres) * scales
    weights, _ = conditional_logit(scaled, watched[useful], settings.l2, signed=True, there=present)
    return Ranker(feature_names(models), centres, weights.astype(np.float32) * scales, None, settings)


def fit_trees(
    features: NDArray[np.float32],
    watched: NDArray[np.bool_],
    logit: NDArray[np.float32],
    there: NDArray[np.bool_],
    settings: TreeSettings,
) -> Trees:
    """Trees over the candidates that the logit puts first.

    Those it puts last are left out even where they were watched: among those left in, being last must not give away
    that they were.

    Args:
        features: float32 [members, candidates, features].
        watched: bool [members, candidates].
        logit: float32 [members, candidates], the logit's word, of a logit that these members did not teach.
        there: bool [members, candidates], false where a place holds no candidate.
        settings: how trees are grown.
    """
    logit = np.where(there, logit, np.float32(-np.inf))
    rank = np.argsort(np.argsort(-logit, axis=1, kind="stable"), axis=1, kind="stable")
    asked = (rank < settings.candidates) & there
    asked &= (asked & watched).any(axis=1, keepdims=True)
    return grow_trees(with_logit(features, logit)[asked.ravel()], watched[asked], settings)


def with_logit(features: NDArray[np.float32], logit: NDArray[np.float32]) -> NDArray[np.float32]:
    """Features with the logit's word as the last of them, float32 [members * candidates, features + 1]."""
    return np.concatenate([features.reshape(logit.size, -1), logit.reshape(-1, 1)], axis=1)
