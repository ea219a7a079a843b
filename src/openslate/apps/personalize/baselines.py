"""What every recipe must beat: popularity of the last seven days, and a plain EASE with its ridge tuned."""

import numpy as np

from openslate.evaluation.protocol import rank_members
from openslate.evaluation.ranking import ndcg
from openslate.evaluation.split import Split
from openslate.models.blend import Scorer
from openslate.models.ease import Ease, EaseSettings, ease_from_gram
from openslate.models.gram import gram_of_part
from openslate.models.histories import Histories
from openslate.models.popularity import Popularity, fit_popularity, popularity_7_days
from openslate.models.weights import WeightSettings

POPULARITY = "popularity, 7 days"
EASE = "EASE, plain"
RIDGES = (100.0, 300.0, 1000.0)
"""The ridges a plain EASE may choose from on validation."""


def plain_ease(l2: float) -> EaseSettings:
    """EASE as its paper has it: every watched title counts one."""
    return EaseSettings(l2=l2, dropout=0.0, training=WeightSettings(), fold_in=WeightSettings())


def fit_plain_ease(histories: Histories, validation: Split) -> Ease:
    """A plain EASE with the ridge that does best on validation.

    Args:
        histories: training members.
        validation: a cut of the same histories.
    """
    counted = gram_of_part(validation.train, WeightSettings())
    scores = [score_on(validation, ease_from_gram(counted, plain_ease(l2))) for l2 in RIDGES]
    chosen = plain_ease(RIDGES[int(np.argmax(scores))])
    return ease_from_gram(gram_of_part(histories, WeightSettings()), chosen)


def fit_recent_popularity(histories: Histories, as_of: int) -> Popularity:
    """What was watched in the last seven days."""
    return fit_popularity(histories, as_of, popularity_7_days())


def score_on(split: Split, model: Scorer, k: int = 10) -> float:
    """Mean nDCG@k of a model fitted on `split.train`."""
    ranked = rank_members(split, lambda first, last: model.score(split.fold_in.part(first, last)), k)
    return float(ndcg(ranked, split.target_offsets, split.targets).mean())
