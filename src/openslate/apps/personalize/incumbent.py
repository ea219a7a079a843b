"""The model that serves, asked what the new one is asked: the paired comparison behind the promotion gate.

Where the serving model has learned from no event after the validation cut, it is asked as it serves. Where it has,
as after last night's training, its answers would be partly remembered; then its recipe and weights are asked in a
model fitted on the same events as the new one's. So neither knows what the other does not, or what is to come.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from openslate.apps.personalize.fitted import CLASSES, RANKER, Fitted
from openslate.apps.personalize.recipe_file import recipe_from
from openslate.apps.personalize.validation import Validation
from openslate.data.catalogue import Catalogue
from openslate.errors import FitError, RegistryError, UsageError
from openslate.models.blend import Blend, BlendWeights
from openslate.models.histories import Histories
from openslate.progress import within
from openslate.registry.artifacts import Artifact, load
from openslate.registry.standing import Comparison

AS_IT_SERVES = "asked as it serves"
FITTED_AGAIN = "fitted again without the events it is asked for"


@dataclass(frozen=True)
class Elder:
    """A stored model that answers about another catalogue than its own; titles it does not know stand last.

    Attributes:
        fitted: the model.
        places: int64 [n_titles], each title's index in the model's own order, -1 where it knows none.
    """

    fitted: Fitted
    places: NDArray[np.int64]

    @classmethod
    def over(cls, fitted: Fitted, catalogue: Catalogue) -> "Elder":
        """The model over this catalogue, titles matched by their ids."""
        own = {title: place for place, title in enumerate(fitted.order.titles)}
        return cls(fitted, np.array([own.get(title.title, -1) for title in catalogue.titles], dtype=np.int64))

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Scores float32 [members, n_titles]; minus infinity for titles the model does not know."""
        heard = histories.keep(self.places[histories.titles] >= 0)
        own = replace(heard, titles=self.places[heard.titles].astype(np.int32), n_titles=len(self.fitted.order.titles))
        known = np.flatnonzero(self.places >= 0)
        scores = np.full((histories.n_members, len(self.places)), -np.inf, dtype=np.float32)
        scores[:, known] = self.fitted.blend.score(own)[:, self.places[known]]
        return scores


def compare(incumbent: Artifact, validation: Validation, catalogue: Catalogue) -> Comparison:
    """The new model against the serving one on the new one's validation members.

    Args:
        incumbent: the model that serves.
        validation: of the new model.
        catalogue: the titles of the new model.
    """
    leaked = incumbent.manifest["as_of"] > validation.split.as_of
    other, how = (_fitted_again, FITTED_AGAIN) if leaked else (_as_it_serves, AS_IT_SERVES)
    try:
        return Comparison(incumbent.id, validation.ahead_of(lambda: other(incumbent, validation, catalogue)), how)
    except (FitError, RegistryError, UsageError) as error:
        return Comparison(incumbent.id, None, f"it cannot be asked the same: {error.what.rstrip('.')}")


def _as_it_serves(incumbent: Artifact, validation: Validation, catalogue: Catalogue) -> Elder:
    validation.let_go()
    return Elder.over(Fitted.of(load(incumbent, CLASSES)), catalogue)


def _fitted_again(incumbent: Artifact, validation: Validation, catalogue: Catalogue) -> Blend:
    """The serving model's recipe and weights in parts that never saw the events asked for, over the new catalogue."""
    if "settled" not in incumbent.manifest:
        raise RegistryError("its manifest does not say what its recipe had settled on", "Train again.")
    settled, weights = recipe_from(incumbent.manifest["settled"], "its manifest"), incumbent.manifest["components"]
    if settled == validation.settled:
        models = validation.models
    else:
        validation.let_go()
        models = validation.fit(settled, within(validation.progress, 0.9, 1.0))
    if not set(weights) <= set(models):
        raise RegistryError("it has parts that are unknown here", "Train again.")
    ranker = load(incumbent, CLASSES).get(RANKER)
    return Blend(BlendWeights(tuple(weights), np.array(list(weights.values())), 0.0, 0), models, ranker)
