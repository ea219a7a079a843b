"""What a second stage is told about a candidate: how every model sees it, and how it goes with the latest titles.

Between the models' scores and the ranker. No feature is made from an id or an index; titles count only by who watched
them after, with and instead of what.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.following import Following
from openslate.models.histories import Histories
from openslate.models.kernels import plain
from openslate.models.neighbours import Neighbours

KINDS = ("score", "logarithm", "exponential", "rank", "top ranks", "by length")
LATEST = 6
"""Latest titles of which each is looked at by itself."""
LOWEST = 0.1
"""Added before a logarithm is taken of a standardised score, counted from the member's lowest."""
TOP_RANKS = 2.0
"""Added to a rank before it is turned over: the first places differ most, though not without end."""
WORTH_COMPILING = 2**18
"""Scores below which NumPy has found the lowest before the compiled loop is even loaded; it finds the same."""


@dataclass(frozen=True)
class Scored:
    """Every model's view of a block of members.

    Attributes:
        standard: float32 [members, n_titles] by model, standardised over each member's unseen titles.
        seen: bool [members, n_titles].
    """

    standard: Mapping[str, NDArray[np.float32]]
    seen: NDArray[np.bool_]


def feature_names(models: Mapping[str, object]) -> tuple[str, ...]:
    """The names of the features, in their order.

    Args:
        models: the blend's, by name.
    """
    names = [f"{name}, {kind}" for name in models for kind in KINDS]
    for name, model in models.items():
        if isinstance(model, Following | Neighbours):
            names.extend(f"{name}, {lag} back" for lag in range(1, LATEST + 1))
            names.append(f"{name}, most of the latest")
    return tuple(names)


def candidate_features(
    models: Mapping[str, object], scored: Scored, histories: Histories, candidates: NDArray[np.int32]
) -> NDArray[np.float32]:
    """The features of each member's candidates.

    Args:
        models: the blend's, by name.
        scored: their views of these members.
        histories: the members.
        candidates: int32 [members, candidates], -1 where there is none.

    Returns:
        float32 [members, candidates, features]; what stands where there is no candidate means nothing.
    """
    length = np.log1p(histories.lengths()).astype(np.float32)[:, None]
    features: list[NDArray[np.float32]] = []
    for name in models:
        standard = scored.standard[name]
        lowest = _lowest(standard, scored.seen)[:, None]
        own = np.take_along_axis(standard, candidates, axis=1)
        there = np.where(candidates < 0, np.float32(-np.inf), own)
        rank = _ranks(there)
        # At least the lowest of all, for a member who has no candidate.
        highest = np.maximum(there.max(axis=1, keepdims=True, initial=-np.inf), lowest)
        features += [own, np.log(np.maximum(own - lowest, 0) + LOWEST), np.exp(there - highest)]
        features += [np.log1p(rank), np.float32(1) / (rank + np.float32(TOP_RANKS)), own * length]
    latest = latest_titles(histories, LATEST)
    for model in models.values():
        if isinstance(model, Following):
            features += _by_latest(model.lifts.values_at(latest, candidates))
        elif isinstance(model, Neighbours):
            features += _by_latest(model.rows.values_at(latest, candidates))
    return np.stack(features, axis=2, dtype=np.float32)


def latest_titles(histories: Histories, count: int) -> NDArray[np.int64]:
    """Each member's latest titles, the last first, int64 [members, count]; -1 where there are fewer.

    Example:
        >>> latest_titles(Histories.from_lists([[4, 2], [3]], n_titles=5), 2).tolist()
        [[2, 4], [3, -1]]
    """
    if not histories.n_events:
        return np.full((histories.n_members, count), -1, dtype=np.int64)
    places = histories.offsets[1:, None] - np.arange(1, count + 1)
    there = places >= histories.offsets[:-1, None]
    return np.where(there, histories.titles[np.maximum(places, 0)], -1).astype(np.int64)


def _by_latest(said: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """What each of the latest titles says of the candidates, and the strongest word.

    Args:
        said: float32 [members, latest, candidates].
    """
    words = [said[:, lag] for lag in range(LATEST)]
    return [*words, np.max(words, axis=0)]


def _lowest(scores: NDArray[np.float32], seen: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Each member's lowest score of an unseen title, at most 0, float32 [members]."""
    if scores.size < WORTH_COMPILING:
        return plain.lowest(scores, seen)
    from openslate.models.kernels import standardising

    return standardising.lowest(scores, seen)


def _ranks(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each candidate's place among the candidates, from 0; of equal ones, the first comes first."""
    order = np.argsort(-scores, axis=1, kind="stable")
    ranks = np.empty(scores.shape, dtype=np.float32)
    np.put_along_axis(ranks, order, np.arange(scores.shape[1], dtype=np.float32)[None], axis=1)
    return ranks
