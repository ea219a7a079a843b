"""Settling a recipe: fitted and weighed on a validation split, then what was chosen fitted on everything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from openslate.apps.personalize.begun import transformer_of
from openslate.apps.personalize.components import fit_components
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.weighing import Weighed, tuned, weigh
from openslate.evaluation.split import Split
from openslate.models.blend import Blend, BlendWeights, Scorer
from openslate.models.histories import Histories
from openslate.models.ranking.ranker import Ranker
from openslate.models.transformer.model import SequenceTransformer
from openslate.progress import Progress, silent, within
from openslate.storage.engine import Engine


@dataclass(frozen=True)
class Chosen:
    """What validation chose, small enough to be kept while every model is fitted again.

    Attributes:
        recipe: with the settings of `taste` settled.
        weights: of the parts that stay.
        ranker: the second stage, or None where it did not win.
        begun: the transformer, which is trained on from validation's weights; None where it has no part.
    """

    recipe: Recipe
    weights: BlendWeights
    ranker: Ranker | None
    begun: SequenceTransformer | None = None

    def fit(
        self,
        histories: Histories,
        as_of: int,
        engine: Engine = Engine(),
        parts: int = 1,
        progress: Progress = silent,
    ) -> Blend:
        """The blend of what was chosen, its models fitted on these histories; the rest as for `fit_recipe`."""
        models = fit_components(
            histories, as_of, self.recipe, engine, parts, progress, only=self.weights.components, begun=self.begun
        )
        return Blend(self.weights, models, self.ranker)


@dataclass(frozen=True)
class Settled:
    """A recipe on its validation split.

    Attributes:
        validation: who was asked what.
        recipe: with the settings of `taste` settled.
        models: every part, those that were left out, too.
        seconds: to fit each part.
        weighed: the blend of the parts that stay.
    """

    validation: Split
    recipe: Recipe
    models: Mapping[str, Scorer]
    seconds: Mapping[str, float]
    weighed: Weighed

    @property
    def chosen(self) -> Chosen:
        """What was chosen, without the models but for the one that is trained on."""
        blend = self.weighed.blend
        return Chosen(self.recipe, blend.fitted, blend.ranker, transformer_of(blend.models))


def settle(
    validation: Split,
    recipe: Recipe = Recipe(),
    engine: Engine = Engine(),
    parts: int = 1,
    progress: Progress = silent,
    k: int = 10,
) -> Settled:
    """Choose what validation chooses: the settings of `taste`, parts, weights, and a second stage.

    Args:
        validation: who is asked what.
        recipe: the settings.
        engine: where shards of members are counted.
        parts: how many shards to count in.
        progress: told what is done.
        k: of the nDCG@k by which the second stage is kept or left out.

    Raises:
        FitError: a system cannot be solved, or no target is among any member's candidates.
    """
    progress("Choosing between EASE and EDLAE on validation", 0.0)
    recipe = tuned(recipe, validation)
    train, seconds = validation.train, dict[str, float]()
    step = within(progress, 0.07, 0.45)
    models = fit_components(
        train, validation.as_of, recipe, engine, parts, step, took=seconds.__setitem__, validating=True
    )
    progress("Weighing the models on validation", 0.45)
    weighed = weigh(models, validation, recipe, k, within(progress, 0.45, 1.0))
    return Settled(validation, recipe, models, seconds, weighed)


def fit_recipe(
    histories: Histories,
    as_of: int,
    validate: Callable[[Histories], Split],
    recipe: Recipe = Recipe(),
    engine: Engine = Engine(),
    parts: int = 1,
    progress: Progress = silent,
    k: int = 10,
) -> Blend:
    """Fit weights and a second stage on a validation cut of the histories, then every model again on all of them.

    Args:
        histories: training members.
        as_of: microseconds since 1970-01-01 UTC.
        validate: cuts the histories into training and targets.
        recipe: the settings.
        engine: where shards of members are counted.
        parts: how many shards to count in.
        progress: told what is done.
        k: of the nDCG@k by which the second stage is kept or left out.

    Raises:
        FitError: the validation cut leaves nobody, or a system cannot be solved.
    """
    chosen = settle(validate(histories), recipe, engine, parts, within(progress, 0.0, 0.7), k).chosen
    return chosen.fit(histories, as_of, engine, parts, within(progress, 0.7, 1.0))
