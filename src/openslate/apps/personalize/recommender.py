"""The model that serves, ready to answer: opened once, asked as often as there are members."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from openslate import clock
from openslate.apps.personalize.arguments import require_moment
from openslate.apps.personalize.fitted import CLASSES, Fitted
from openslate.apps.personalize.newcomers import metadata_transfer
from openslate.apps.personalize.signals import Signals, liked_titles
from openslate.apps.personalize.train import ROLE
from openslate.data.catalogue import Catalogue, read_catalogue
from openslate.data.datasets import MemberHistory, member_history
from openslate.errors import RegistryError, UsageError
from openslate.models.blend import Blend
from openslate.models.coldstart import ColdStart
from openslate.models.histories import Histories
from openslate.models.popularity import GroupPopularity
from openslate.project import Project
from openslate.registry.artifacts import REMOVED, load
from openslate.registry.pending import require_servable
from openslate.registry.promotion import serving

RECENT = 20
"""Liked titles whose part in the scores is looked at for reasons."""
ROUNDING = 1e-5
"""Differences between two scores that say nothing: scores are float32."""


@dataclass(frozen=True)
class Recommender:
    """Answers what a member would like to watch next.

    Stability: provisional.

    Attributes:
        project: where members' histories are read, through the gate.
        model: the artifact's id.
        catalogue: the titles, in the order the model knows them by; those it does not know yet come last.
        fitted: the model.
        cold: carries scores over to titles nobody had watched when the model was trained.
    """

    project: Project
    model: str
    catalogue: Catalogue
    fitted: Fitted
    cold: ColdStart

    @classmethod
    def open(cls, project: Project) -> "Recommender":
        """Load the model that serves.

        Raises:
            RegistryError: none serves yet, or it is damaged.
            RightsError: it should have forgotten somebody by now.
        """
        artifact = serving(project, ROLE)
        if artifact is None:
            raise RegistryError(
                "No model serves in this project yet.",
                f"Train one: openslate --project {project.folder} personalize train",
            )
        require_servable(project, artifact.id)
        fitted = Fitted.of(load(artifact, CLASSES))
        catalogue = _in_order(read_catalogue(project), fitted.order.titles)
        return cls(project, artifact.id, catalogue, fitted, _transfer(catalogue, fitted))

    def current(self) -> "Recommender":
        """This one while its model serves, else the model that does, opened: what a process asks before each answer.

        Raises:
            RegistryError: none serves any more, or it is damaged.
            RightsError: it should have forgotten somebody by now.
        """
        now = serving(self.project, ROLE)
        if now is None or now.id != self.model or REMOVED in now.manifest:
            return Recommender.open(self.project)
        require_servable(self.project, self.model)
        return self

    def _require_current(self) -> None:
        """Refuse to answer from a model whose place was taken: it may know somebody who was forgotten or withdrew."""
        now = serving(self.project, ROLE)
        if now is not None and now.id == self.model and REMOVED not in now.manifest:
            require_servable(self.project, self.model)
        else:
            raise RegistryError(
                f"Model {self.model[:12]} does not serve any more: another has taken its place since it was opened.",
                "Open it again: Recommender.open(project), or recommender.current().",
            )

    def scores(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for each member, float32 [members, n_titles]: a new event changes the next call.

        Args:
            histories: over `catalogue`; events on titles that the model has never seen say nothing to it.
        """
        return self._scores(self.fitted.blend, histories)

    def _scores(self, blend: Blend, histories: Histories) -> NDArray[np.float32]:
        known = len(self.fitted.order.titles)
        if known == len(self.catalogue):
            return self.cold.fill(blend.score(histories))
        scores = np.zeros((histories.n_members, len(self.catalogue)), dtype=np.float32)
        scores[:, :known] = blend.score(replace(histories.keep(histories.titles < known), n_titles=known))
        return self.cold.fill(scores)

    def history(
        self, member: str, reader: str = "program", country: str | None = None, as_of: datetime | None = None
    ) -> MemberHistory:
        """A member's events, through the gate.

        Args:
            member: the member's id.
            reader: which step asks, for the ledger.
            country: ISO 3166 alpha-2 of the visit, for members whose country is not known or may not be used.
            as_of: events later than this are not seen; None for all.

        Raises:
            UsageError: the id is not text, such as bytes that are no UTF-8, the country is no country's code, or
                `as_of` is no moment.
            RegistryError: another model serves since this one was opened; see `current`.
            RightsError: the model should have forgotten somebody by now.
        """
        self._require_current()
        if not isinstance(member, str):
            raise UsageError(f"The member id {member!r} is no text: member ids are text.", "Give it in quotes.")
        require_moment(as_of)
        if country is not None and not (isinstance(country, str) and len(country) == 2 and country.isalpha()):
            raise UsageError(f"The country {country!r} is no code of two letters.", "Give it as in FR or US.")
        if any("\ud800" <= letter <= "\udfff" for letter in member):
            raise UsageError(f"The member id {member!r} is not valid UTF-8.", "Give the id as it was imported.")
        history = member_history(self.project, member, self.catalogue, "personalize", reader, as_of)
        return replace(history, country=country.upper()) if country and not history.country else history

    def signals(self, history: MemberHistory) -> Signals:
        """What the rows of this member's page are chosen by."""
        popular = self.popular_in(history.country)
        recent = liked_titles(history, RECENT)
        # What a title adds is a difference of scores, which a second stage gives out by rank alone.
        first_stage = replace(self.fitted.blend, ranker=None)
        variants = self._scores(first_stage, _with_and_without(history.histories, recent)).astype(np.float64)
        changes = variants[0] - variants[1:]
        scores = self.scores(history.histories)[0].astype(np.float64)
        changes[np.abs(changes) < ROUNDING] = 0.0
        *losses, gains = changes
        return Signals(
            catalogue=self.catalogue,
            history=history,
            scores=scores if gains.any() else popular,
            recent=recent,
            losses=np.reshape(losses, (len(recent), len(self.catalogue))),
            gains=gains,
            trending=self._by_others(self.fitted.trending, history.country),
            popular=popular,
            starters=self.fitted.starters.titles,
            now=self.fitted.order.as_of,
            until=max(self.fitted.order.as_of, clock.to_microseconds(clock.now())),
        )

    def popular_in(self, country: str) -> NDArray[np.float64]:
        """What has been watched in a country for a longer while, float64 [n_titles]; '' for everywhere."""
        return self._by_others(self.fitted.popular, country)

    def _by_others(self, popularity: GroupPopularity, country: str) -> NDArray[np.float64]:
        known = self.fitted.watched_by_others(popularity, country)
        # The least share is what smoothing leaves to titles that nobody watched: no ground to recommend any.
        known[known <= known.min() * (1 + ROUNDING)] = 0.0
        return np.concatenate([known, np.zeros(len(self.catalogue) - len(known))])


def _in_order(catalogue: Catalogue, known: Sequence[str]) -> Catalogue:
    """The catalogue of now, beginning with the titles a model knows, in its order."""
    titles = {title.title: title for title in catalogue.titles}
    lost = [title for title in known if title not in titles]
    if lost:
        raise RegistryError(
            f"The model knows the title {lost[0]!r}, which is not in the catalogue.", "Import the titles."
        )
    first = [titles.pop(title) for title in known]
    return Catalogue((*first, *titles.values()))


def _transfer(catalogue: Catalogue, fitted: Fitted) -> ColdStart:
    """The model's own cold start, or one that covers the titles that came after it was trained."""
    newer = len(catalogue) - len(fitted.order.titles)
    if newer == 0:
        return fitted.cold
    plays = np.concatenate([fitted.plays.counts, np.zeros(newer, dtype=np.int64)])
    return metadata_transfer(catalogue.tokens(), plays, fitted.cold.settings)


def _with_and_without(histories: Histories, titles: NDArray[np.int32]) -> Histories:
    """One member's history as it is, once without each of the titles, and once without any event: so many members."""
    whole = np.ones(histories.n_events, dtype=np.bool_)
    kept = np.vstack([whole, histories.titles != titles[:, None], ~whole])
    copies = histories.take(np.zeros(len(kept), dtype=np.int64))
    return copies.keep(kept.ravel())
