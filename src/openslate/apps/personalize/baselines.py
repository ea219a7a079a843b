"""What every recipe must beat: popularity of the last seven days, and a plain EASE with its ridge tuned."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from openslate.apps.personalize.counting import sums_of
from openslate.evaluation.protocol import rank_members
from openslate.evaluation.ranking import ndcg
from openslate.evaluation.split import Split
from openslate.models.blend import Scorer
from openslate.models.ease import Ease, EaseSettings, ease_from_gram, fit_ease
from openslate.models.histories import Histories
from openslate.models.packed import rearranged
from openslate.models.popularity import Popularity, fit_popularity, popularity_7_days
from openslate.models.top import most_watched
from openslate.models.weights import WeightSettings

POPULARITY = "popularity, 7 days"
EASE = "EASE, plain"
RIDGES = (100.0, 300.0, 1000.0, 3000.0)
"""The ridges a plain EASE may choose from on validation."""
JUDGES = 1000
"""Members whose scores choose the ridge: enough to tell ridges apart, and few enough to be quick."""
MOST_TITLES = 4000
"""Titles on which the ridge is chosen at most: each of its candidates is a system to be solved."""

PLAIN_EASE = EaseSettings(dropout=0.0, training=WeightSettings(), fold_in=WeightSettings())
"""EASE as its paper has it: every watched title counts one."""


def best_ease(
    settings: EaseSettings,
    validation: Split,
    dropouts: tuple[float, ...] = (0.0,),
    counted: NDArray[np.int64] | None = None,
) -> EaseSettings:
    """The settings with the ridge of `RIDGES`, and the dropout, that do best on up to `JUDGES` validation members.

    Of a large catalogue the `MOST_TITLES` most watched titles decide: a ridge is a number of members, and those few
    titles have the most to say about it.

    Args:
        settings: how events count.
        validation: who judges.
        dropouts: 0 for EASE, more for EDLAE.
        counted: the Gram matrix of the training part, where it is known already.
    """
    counted = sums_of(validation.train, settings.training) if counted is None else counted
    judges = some_members(validation, JUDGES)
    if validation.train.n_titles > MOST_TITLES:
        titles = most_watched(np.bincount(validation.train.titles, minlength=validation.train.n_titles), MOST_TITLES)
        counted, judges = rearranged(counted, titles), about_titles(judges, titles)
    candidates = [replace(settings, l2=l2, dropout=dropout) for dropout in dropouts for l2 in RIDGES]
    scores = [score_on(judges, ease_from_gram(counted, candidate)) for candidate in candidates]
    return candidates[int(np.argmax(scores))]


def about_titles(split: Split, titles: NDArray[np.int64]) -> Split:
    """The same split asked for some titles alone, of members who still have something to be scored from and on.

    Args:
        split: who is asked what.
        titles: int64, indices in ascending order, each with a training event.
    """
    places = np.full(split.fold_in.n_titles, -1, dtype=np.int32)
    places[titles] = np.arange(len(titles))
    shown = split.fold_in.keep(places[split.fold_in.titles] >= 0)
    targets = places[split.targets]
    asked = np.concatenate([[0], np.cumsum(targets >= 0)])[split.target_offsets]
    few = replace(
        split,
        # Of the training part nothing but its catalogue is asked for any more.
        train=Histories.from_lists([list(range(len(titles)))], len(titles)),
        fold_in=replace(shown, titles=places[shown.titles], n_titles=len(titles)),
        target_offsets=asked.astype(np.int64),
        targets=targets[targets >= 0],
    )
    return those_members(few, np.flatnonzero((np.diff(asked) > 0) & (shown.lengths() > 0)))


def some_members(split: Split, count: int) -> Split:
    """The same split scored on at most `count` members, evenly spread."""
    if len(split.members) <= count:
        return split
    return those_members(split, np.linspace(0, len(split.members) - 1, count).astype(np.int64))


def those_members(split: Split, chosen: NDArray[np.int64]) -> Split:
    """The same split scored on some of its members.

    Args:
        split: who is asked what.
        chosen: int64, places among its scored members, ascending.
    """
    lengths = np.diff(split.target_offsets)
    wanted = np.zeros(len(split.members), dtype=np.bool_)
    wanted[chosen] = True
    return replace(
        split,
        fold_in=split.fold_in.take(chosen),
        target_offsets=np.concatenate([[0], np.cumsum(lengths[chosen])]).astype(np.int64),
        targets=split.targets[np.repeat(wanted, lengths)],
        members=split.members[chosen],
    )


def fit_plain_ease(histories: Histories, validation: Split) -> Ease:
    """A plain EASE with the ridge that does best on validation.

    Args:
        histories: training members.
        validation: a cut of the same histories.
    """
    return fit_ease(histories, best_ease(PLAIN_EASE, validation))


def fit_recent_popularity(histories: Histories, as_of: int) -> Popularity:
    """What was watched in the last seven days."""
    return fit_popularity(histories, as_of, popularity_7_days())


def score_on(split: Split, model: Scorer, k: int = 10) -> float:
    """Mean nDCG@k of a model fitted on `split.train`."""
    return float(member_scores(split, model, k).mean())


def member_scores(split: Split, model: Scorer, k: int = 10) -> NDArray[np.float64]:
    """Each scored member's nDCG@k by a model fitted on `split.train`, float64 [scored]."""
    ranked = rank_members(split, lambda first, last: model.score(split.fold_in.part(first, last)), k)
    return ndcg(ranked, split.target_offsets, split.targets)
