"""Everything that is measured on one model's lists, against what is known of the split once and for all."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from openslate.evaluation import beyond_accuracy as beyond
from openslate.evaluation import ranking
from openslate.evaluation.results import Counts, TasteBin
from openslate.evaluation.split import Split

ACCURACY = {
    "ndcg": ranking.ndcg,
    "recall": ranking.recall,
    "map": ranking.average_precision,
    "hr": ranking.hit_rate,
    "mrr": ranking.reciprocal_rank,
    "title-recall": ranking.recall_by_title,
}

PerMember = NDArray[np.float64]


@dataclass(frozen=True)
class Genres:
    """What kinds of titles there are.

    Attributes:
        names: of the genres.
        shares: float64 [n_titles, genres]; every row sums to 1.
    """

    names: tuple[str, ...]
    shares: NDArray[np.float64]


@dataclass(frozen=True)
class Ground:
    """What the lists of every model are held against; each part is worked out once.

    Attributes:
        split: who is scored on what.
        genres: for calibration, or None.
    """

    split: Split
    genres: Genres | None

    @cached_property
    def catalogue(self) -> NDArray[np.bool_]:
        """The titles that are ranked, bool [n_titles]."""
        return self.split.catalogue

    @cached_property
    def watchers(self) -> NDArray[np.int64]:
        """Training members per title, int64 [n_titles]."""
        return beyond.watchers(self.split.train)

    @cached_property
    def percentiles(self) -> PerMember:
        """Each title's place among the catalogue by watchers, float64 [n_titles]."""
        return beyond.popularity_percentiles(self.watchers, self.catalogue)

    @cached_property
    def history_genres(self) -> NDArray[np.float64]:
        """Genre shares of the scored members' histories, float64 [scored, genres]; no columns without genres."""
        if self.genres is None:
            return np.zeros((self.split.fold_in.n_members, 0))
        return beyond.history_genres(self.split.fold_in, self.genres.shares)

    @cached_property
    def counts(self) -> Counts:
        """How much was trained and scored on."""
        return Counts(
            training_members=int((self.split.train.lengths() > 0).sum()),
            training_events=self.split.train.n_events,
            titles=int(self.catalogue.sum()),
            scored_members=self.split.fold_in.n_members,
            targets=len(self.split.targets),
        )

    def member_values(self, ranked: ranking.Ranked, cutoffs: tuple[int, ...]) -> dict[str, PerMember]:
        """Every metric that each member has one of, by name and cutoff.

        Args:
            ranked: int32 [scored, largest cutoff].
            cutoffs: list lengths; accuracy is measured at all, the rest at the first.
        """
        split, k = self.split, cutoffs[0]
        values = {
            f"{metric}@{length}": measure(ranked[:, :length], split.target_offsets, split.targets)
            for length in cutoffs
            for metric, measure in ACCURACY.items()
        }
        head = ranked[:, :k]
        values[f"novelty@{k}"] = beyond.novelty(head, self.watchers, self.counts.training_members)
        values[f"popularity-shift@{k}"] = beyond.popularity_shift(head, split.fold_in, self.percentiles)
        if self.genres:
            values[f"miscalibration@{k}"] = beyond.miscalibration(self.history_genres, self.list_genres(head))
        return values

    def list_values(self, ranked: ranking.Ranked) -> dict[str, float]:
        """The figures that only all lists together have, by name and cutoff."""
        shown = beyond.times_shown(ranked, len(self.catalogue))
        k = ranked.shape[1]
        return {
            f"coverage@{k}": beyond.coverage(shown, self.catalogue),
            f"gini@{k}": beyond.gini(shown[self.catalogue]),
        }

    def list_genres(self, ranked: ranking.Ranked) -> NDArray[np.float64]:
        """Genre shares of every list, float64 [scored, genres]; no columns without genres."""
        if self.genres is None:
            return np.zeros((len(ranked), 0))
        return beyond.list_genres(ranked, self.genres.shares)

    def deciles(self, titles: NDArray[np.int32]) -> tuple[float, ...]:
        """How titles (repeats counted, -1 ignored) spread over the tenths of the catalogue, most watched first."""
        counts = beyond.times_shown(titles, len(self.catalogue))
        return tuple(beyond.deciles(counts, self.watchers, self.catalogue).tolist())

    def tastes(self, ranked: ranking.Ranked) -> tuple[TasteBin, ...]:
        """Ten bins of (member, genre) pairs by the genre's share of the history; empty bins are left out."""
        history, listed = self.history_genres.ravel(), self.list_genres(ranked).ravel()
        bins = np.minimum((history * 10).astype(np.int64), 9)
        pairs = np.bincount(bins, minlength=10)
        history_sums, listed_sums = (np.bincount(bins, weights=part, minlength=10) for part in (history, listed))
        return tuple(
            TasteBin(float(history_sums[one] / pairs[one]), float(listed_sums[one] / pairs[one]), int(pairs[one]))
            for one in np.flatnonzero(pairs)
        )
