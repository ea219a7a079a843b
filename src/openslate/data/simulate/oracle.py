"""The oracle: the ranking that somebody who knows the whole truth would give, to be reported beside the models'."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate.attention import SHELF_DAYS
from openslate.data.simulate.choosing import PATIENCE, admires, ideal_points, shelf_chances
from openslate.data.simulate.policy import looking, page_shares
from openslate.data.simulate.service import Service
from openslate.data.simulate.sessions import first_microsecond
from openslate.data.simulate.tastes import DAY, MOODS, WEEK_SHARES, Tastes
from openslate.data.simulate.truth import enjoyment, wanting
from openslate.data.simulate.watching import SHELF_LOOKS

MEMBERS_AT_ONCE = 256


@dataclass(frozen=True)
class Oracle:
    """Scores titles from the truth that generated the plays.

    It knows tastes, moods, drift, hidden quality and what is talked about on the day; it does not know what members
    watched lately, nor how chance will fall. So no model can rank the next new titles better on average, except by
    the small effects of satiation; and the gap between the oracle and 1 is what nobody can predict.

    Stability: provisional.

    Attributes:
        service: whose truth it tells.
    """

    service: Service

    def score(self, members: NDArray[np.int64], at: int) -> NDArray[np.float32]:
        """The chance that each title, if still unseen, is what the member chooses in a session around a moment.

        It multiplies how often a title comes before the member's eyes (on the page, on shelves) by the chance that it
        then wins, averaged over the moods of the member's week. The competition in one session is replaced by its
        mean, the only approximation.

        Args:
            members: int64 [members], numbers in the whole service (member 42 is 'm0000042').
            at: microseconds UTC; a moment outside the simulated days is moved to the nearest of them.

        Returns:
            float32 [members, titles], 0 for titles that are not released yet; seen titles are not masked.

        Raises:
            UsageError: there is no such member.
        """
        return self._average(members, at, by_choice=True)

    def enjoyment(self, members: NDArray[np.int64], at: int) -> NDArray[np.float32]:
        """The chance that a member who presses play around a moment is glad of it, over the moods of the week.

        Args:
            members: int64 [members], numbers in the whole service.
            at: microseconds UTC; a moment outside the simulated days is moved to the nearest of them.

        Returns:
            float32 [members, titles], for released and unreleased titles alike.

        Raises:
            UsageError: there is no such member.
        """
        return self._average(members, at, by_choice=False)

    def _average(self, members: NDArray[np.int64], at: int, by_choice: bool) -> NDArray[np.float32]:
        settings = self.service.settings
        day = min(max((at - first_microsecond(settings)) // DAY, 0), settings.days - 1)
        tastes = self.service.tastes_of(members)
        scores = np.zeros((len(members), settings.titles), dtype=np.float32)
        for start in range(0, len(members), MEMBERS_AT_ONCE):
            some = np.arange(start, min(start + MEMBERS_AT_ONCE, len(members)))
            for mood in range(MOODS):
                share = tastes.moods[some, :, mood] @ WEEK_SHARES.astype(np.float32)
                scores[some] += share[:, None] * self._in_mood(tastes.take(some), mood, day, by_choice)
        return scores

    def _in_mood(self, tastes: Tastes, mood: int, day: int, by_choice: bool) -> NDArray[np.float32]:
        """One mood of some members: float32 [members, titles]."""
        truth = self.service.world.truth
        moods = np.full(len(tastes), mood)
        points = ideal_points(tastes, moods, np.full(len(tastes), day, dtype=np.float32))
        width = tastes.width[:, mood]
        wanted = wanting(
            _squared_distances(points, truth.themes),
            width[:, None],
            truth.promise,
            tastes.own_language[:, None] * truth.language_fit[tastes.country],
            admires(truth.crew[None], tastes.favourites),
        )
        if not by_choice:
            return enjoyment(wanted, truth.substance)
        looks = self._looks(tastes, shelf_chances(truth, points, width), day)
        pull = np.exp(wanted)
        rivals = np.einsum("mt,mt->m", looks, pull)[:, None] + np.float32(np.exp(PATIENCE))
        chances: NDArray[np.float32] = looks * pull / (pull + rivals)
        return chances

    def _looks(self, tastes: Tastes, shelves: NDArray[np.float32], day: int) -> NDArray[np.float32]:
        """How often each title comes before each member's eyes in one session: float32 [members, titles]."""
        settings, attention = self.service.settings, self.service.world.attention
        week = attention.shelves[day // SHELF_DAYS]
        of_shelf = np.array([attention.shares(deck) for deck in week], dtype=np.float32)
        on_page = np.array(
            [page_shares(settings, attention, day, country) for country in range(len(settings.countries))]
        )
        # a title fills at most one place, so the many places of a page saturate
        places = float(looking(settings, settings.places).sum())
        by_country = (1 - (1 - on_page) ** places).astype(np.float32)
        return by_country[tastes.country] + SHELF_LOOKS * shelves @ of_shelf


def _squared_distances(points: NDArray[np.float32], themes: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 [members, titles]."""
    lengths = np.einsum("md,md->m", points, points)[:, None] + np.einsum("td,td->t", themes, themes)
    distances: NDArray[np.float32] = np.maximum(lengths - 2 * points @ themes.T, 0)
    return distances
