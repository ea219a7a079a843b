"""Learning interest: a ridge regression on words and sources, fitted on sources that allow it, tested on later news."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack
from scipy.stats import spearmanr
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import Ridge

from openslate.apps.press.interest.taken_up import WINDOW, Told, taken_up
from openslate.errors import FitError

Floats = NDArray[np.float64]
FEWEST = 200
"""Items, below which nothing is learned."""
TESTED = 0.2
"""Share of the items, the latest, on which it is tested before it learns from all."""
FEWEST_TESTED = 30
MOST_WORDS = 20_000
PENALTY = 3.0
LEVELS = 101


@dataclass(frozen=True)
class Interest:
    """What was learned.

    Attributes:
        words: uint8, JSON of the words in the order of their numbers.
        rarity: float64 [words], how rare each is.
        weights: float64 [words + 2], of the words, the points of the source's tier, and the entities.
        constant: of the regression.
        levels: float64 [101], what it says of the items it learned from, at each hundredth.
    """

    words: NDArray[np.uint8]
    rarity: Floats
    weights: Floats
    constant: float
    levels: Floats

    def score(self, items: Sequence[Told]) -> NDArray[np.int64]:
        """How each item stands among those that were learned from, int64 [items], 0 to 100.

        Args:
            items: whose words are looked at; nothing is learned from them.
        """
        if not items:
            return np.zeros(0, dtype=np.int64)
        said = _features(self._vectorizer().transform([one.words for one in items]), items) @ self.weights
        reached = np.searchsorted(self.levels, np.asarray(said + self.constant, dtype=np.float64), side="right") - 1
        return np.asarray(np.clip(reached, 0, 100), dtype=np.int64)

    def _vectorizer(self) -> TfidfVectorizer:
        known = json.loads(self.words.tobytes())
        found = TfidfVectorizer(vocabulary={word: at for at, word in enumerate(known)}, sublinear_tf=True)
        found.idf_ = self.rarity
        return found


@dataclass(frozen=True)
class Learned:
    """An interest score and what it was fitted on.

    Attributes:
        interest: the score.
        items: that were learned from.
        sources: of those, by domain.
        begins, ends: moments of the first and the last of them, UTC.
        reserved: items left out because their source reserves them against learning.
        open: items left out because two days had not passed.
        tested: later items that a first fit, of earlier ones alone, was tested on.
        rank: Spearman's correlation of the score with how many took the story up, on those; NaN where too few.
        rank_of_tier: the same of the tier of the source alone.
    """

    interest: Interest
    items: int
    sources: int
    begins: datetime
    ends: datetime
    reserved: int
    open: int
    tested: int
    rank: float
    rank_of_tier: float


def learn(items: Sequence[Told], as_of: datetime) -> Learned:
    """Learn how far news is taken up.

    Args:
        items: of whole stories.
        as_of: the moment, UTC; nothing seen later is looked at.

    Raises:
        FitError: fewer than 200 items may be learned from.
    """
    seen = [one for one in items if one.seen <= as_of]
    outcome = taken_up(seen)
    closed = [one for one in seen if one.seen + WINDOW <= as_of]
    usable = sorted((one for one in closed if one.allowed), key=lambda one: (one.seen, one.item))
    if len(usable) < FEWEST:
        raise FitError(
            f"Interest can be learned from {len(usable)} items, of {len(closed)} that are two days old.",
            f"{FEWEST} or more are needed, of sources that allow it: training = true in the sources' file.",
        )
    split = usable[int(len(usable) * (1 - TESTED))].seen
    # What was taken up while the tested items came in was not known before them.
    earlier = [one for one in usable if one.seen + WINDOW <= split]
    later = [one for one in usable if one.seen >= split]
    rank, rank_of_tier = float("nan"), float("nan")
    if len(earlier) >= FEWEST // 2 and len(later) >= FEWEST_TESTED:
        came = np.array([outcome[one.item] for one in later])
        rank = _rank(_fit(earlier, outcome).score(later).astype(np.float64), came)
        rank_of_tier = _rank(np.array([one.points for one in later], dtype=np.float64), came)
    return Learned(
        interest=_fit(usable, outcome),
        items=len(usable),
        sources=len({one.domain for one in usable}),
        begins=usable[0].seen,
        ends=usable[-1].seen,
        reserved=sum(not one.allowed for one in closed),
        open=len(seen) - len(closed),
        tested=len(later),
        rank=rank,
        rank_of_tier=rank_of_tier,
    )


def _fit(items: Sequence[Told], outcome: dict[str, int]) -> Interest:
    vectorizer = TfidfVectorizer(min_df=2, max_features=MOST_WORDS, sublinear_tf=True)
    features = _features(vectorizer.fit_transform([one.words for one in items]), items)
    target = np.log1p([outcome[one.item] for one in items])
    # Solved by a method without draws, so that the same items give the same bytes.
    fitted = Ridge(alpha=PENALTY, solver="sparse_cg", tol=1e-10, max_iter=2_000).fit(features, target)
    weights, constant = np.asarray(fitted.coef_, dtype=np.float64), float(fitted.intercept_)
    known = sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
    said = features @ weights + constant
    return Interest(
        np.frombuffer(json.dumps(known).encode(), dtype=np.uint8),
        np.asarray(vectorizer.idf_, dtype=np.float64),
        weights,
        constant,
        np.quantile(said, np.linspace(0.0, 1.0, LEVELS)),
    )


def _features(words: csr_array, items: Sequence[Told]) -> csr_array:
    beside = np.array([[one.points / 50, np.log1p(one.entities)] for one in items], dtype=np.float64)
    return csr_array(hstack([csr_array(words), csr_array(beside)]))


def _rank(said: Floats, came: NDArray[np.int64]) -> float:
    if len(np.unique(said)) < 2 or len(np.unique(came)) < 2:
        return float("nan")
    return float(spearmanr(said, came).statistic)
