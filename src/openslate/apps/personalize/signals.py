"""What is known when a page is made: the scores, what each watched title adds to them, and what others watch."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from openslate.data.catalogue import Catalogue
from openslate.data.datasets import MemberHistory
from openslate.models.histories import ENGAGEMENT_STEPS

LIKED = ENGAGEMENT_STEPS * 6 // 10
"""Engagement from which a title counts as liked: watched, or rated, at 60% or more."""


@dataclass(frozen=True)
class Signals:
    """Everything the rows of one page are chosen by.

    Attributes:
        catalogue: the titles.
        history: the member's events; empty where the member has not agreed or is new.
        scores: float64 [n_titles], the model's scores for this member; by popularity where the history changes none.
        recent: int32 [n], liked titles of the history, the latest first, each once.
        losses: float64 [n, n_titles], how much each title's score falls when that one watched title is taken away.
        gains: float64 [n_titles], how much each title's score rises from no history at all to the whole one. Both are
            sums of scores standardised over unseen titles, so 0 stands for the average title in either.
        trending: float64 [n_titles], what members of the country watched in the seven days up to `now`.
        popular: float64 [n_titles], what they have been watching for longer.
        starters: int32 [m], titles that make good first choices, the best first.
        now: microseconds since 1970-01-01 UTC of the last event the model knows.
        until: microseconds since 1970-01-01 UTC; titles released later are not out yet, and not shown.
    """

    catalogue: Catalogue
    history: MemberHistory
    scores: NDArray[np.float64]
    recent: NDArray[np.int32]
    losses: NDArray[np.float64]
    gains: NDArray[np.float64]
    trending: NDArray[np.float64]
    popular: NDArray[np.float64]
    starters: NDArray[np.int32]
    now: int
    until: int

    @property
    def personal(self) -> bool:
        """Whether the scores are this member's own: a history of which the model knows nothing changes none."""
        return bool((self.gains != 0).any())

    @property
    def note(self) -> str:
        """Why what is shown is not the member's own, in words for the member; empty where it is."""
        if self.personal:
            return ""
        if self.history.histories.n_events:
            return "The model knows nothing yet of what you have watched, so this page goes by what others watch."
        where = f"everyone in {self.history.country}" if self.history.country else "everyone"
        if not self.history.permitted and self.history.known:
            return f"You have not agreed to personalisation, so this page is the same for {where}."
        return f"You have not watched anything yet, so this page is the same for {where}."

    @cached_property
    def unseen(self) -> NDArray[np.bool_]:
        """Titles that are out and that the member has not watched, bool [n_titles]."""
        unseen = self.catalogue.release_microseconds <= self.until
        unseen[self.history.histories.titles] = False
        return unseen

    @cached_property
    def tastes(self) -> NDArray[np.float64]:
        """Genre shares of the history weighted by engagement, float64 [genres]; zeros where nothing is personal."""
        if not self.personal:
            return np.zeros(len(self.catalogue.genre_names))
        engagement = self.history.histories.engagement.astype(np.float64)
        shares = engagement @ self.catalogue.genre_shares[self.history.histories.titles]
        total = shares.sum()
        return np.asarray(shares / total if total > 0 else shares, dtype=np.float64)

    @cached_property
    def enjoyment(self) -> NDArray[np.float64]:
        """A probability-like value that grows with the score, float64 [n_titles].

        The best title gets 0.9 and the hundredth 0.5: enough for the page to weigh places against one another,
        and no claim about how many members in a hundred would enjoy the title.
        """
        best_first = np.sort(self.scores[self.unseen])[::-1]
        if len(best_first) == 0:
            return np.full(len(self.scores), 0.5)
        middle = best_first[min(99, len(best_first) - 1)]
        scale = max((best_first[0] - middle) / np.log(9.0), 1e-9)
        steps = np.clip((self.scores - middle) / scale, -30.0, np.log(9.0))
        return np.asarray(1.0 / (1.0 + np.exp(-steps)), dtype=np.float64)

    def best(self, allowed: NDArray[np.bool_], by: NDArray[np.float64], count: int) -> NDArray[np.int32]:
        """The `count` allowed titles with the highest values, ties to the lower index.

        Args:
            allowed: bool [n_titles].
            by: float64 [n_titles].
            count: how many at most.
        """
        titles = np.flatnonzero(allowed)
        order = np.argsort(-by[titles], kind="stable")[:count]
        return titles[order].astype(np.int32)


def liked_titles(history: MemberHistory, count: int) -> NDArray[np.int32]:
    """The titles a member liked, the latest first, each once, int32 [up to count]."""
    titles = history.histories.titles[history.histories.engagement >= LIKED][::-1]
    _, first = np.unique(titles, return_index=True)
    return titles[np.sort(first)][:count]
