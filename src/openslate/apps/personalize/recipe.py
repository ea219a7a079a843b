"""The recipe: which models are fitted, with which settings, and how they become one blend."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from openslate.apps.personalize.baselines import best_ease
from openslate.errors import FitError
from openslate.evaluation.split import Split
from openslate.models.blend import Blend, BlendSettings, BlendWeights, Scorer, fit_blend
from openslate.models.coldstart import ColdStartSettings
from openslate.models.ease import Ease, EaseSettings, ease_from_gram
from openslate.models.gram import gram_of_part
from openslate.models.histories import Histories
from openslate.models.popularity import Popularity, PopularitySettings, fit_popularity
from openslate.models.sequential import Sequential, SequentialSettings, pair_sums_of_part, sequential_from_sums
from openslate.models.transitions import Transitions, TransitionSettings, fit_transitions
from openslate.models.truncation import CutEase, CutSequential
from openslate.models.weights import WeightSettings
from openslate.progress import Progress, silent, within
from openslate.storage.engine import Engine

COMPONENTS: Mapping[str, type] = {
    model.__name__: model for model in (BlendWeights, CutEase, CutSequential, Ease, Popularity, Sequential, Transitions)
}
"""Every class a stored blend may be made of."""

DROPOUTS = (0.0, 0.5)
"""What validation chooses between for `taste`: EASE, and EDLAE with half of a member's events hidden."""
COMPONENT_NAMES = ("taste", "recent", "sequential", "transitions", "popularity")


@dataclass(frozen=True)
class Recipe:
    """Settings of every part; equal recipes on equal data give equal models.

    Stability: provisional.

    Attributes:
        taste: what is watched by the same members, all they ever watched alike; `tuned` chooses EASE or EDLAE.
        recent: the same, what they watched lately counting more.
        sequential: what is watched after what, over long histories.
        transitions: what is watched right after what.
        popularity: what everybody has been watching lately.
        cold_start: how scores carry over to titles nobody has watched.
        blend: how the weights between them are fitted.
    """

    taste: EaseSettings = EaseSettings(dropout=0.0, training=WeightSettings(), fold_in=WeightSettings())
    recent: EaseSettings = EaseSettings()
    sequential: SequentialSettings = SequentialSettings()
    transitions: TransitionSettings = TransitionSettings()
    popularity: PopularitySettings = PopularitySettings(half_life_days=None, window_days=7.0)
    cold_start: ColdStartSettings = ColdStartSettings(fewest_plays=1)
    blend: BlendSettings = BlendSettings()


def fit_components(
    histories: Histories,
    as_of: int,
    recipe: Recipe = Recipe(),
    engine: Engine = Engine(),
    parts: int = 1,
    progress: Progress = silent,
) -> dict[str, Scorer]:
    """Fit every model of the recipe.

    Args:
        histories: training members.
        as_of: microseconds since 1970-01-01 UTC, the moment popularity is seen from.
        recipe: the settings.
        engine: where shards of members are counted.
        parts: how many shards to count in; the result does not depend on it.
        progress: told what is fitted.

    Raises:
        FitError: a system cannot be solved.
    """
    size = -(-histories.n_members // parts)

    def ease(settings: EaseSettings) -> Ease:
        return ease_from_gram(
            _sum(engine, partial(gram_of_part, settings=settings.training), histories, size), settings
        )

    progress("Learning what is watched by the same members", 0.0)
    taste = ease(recipe.taste)
    progress("Learning what is watched by them lately", 0.2)
    recent = ease(recipe.recent)
    progress("Learning what is watched after what", 0.4)
    sums = _sum(engine, partial(pair_sums_of_part, settings=recipe.sequential), histories, size)
    progress("Solving what is watched after what", 0.7)
    sequential = sequential_from_sums(sums, recipe.sequential)
    progress("Learning what is watched next", 0.9)
    return {
        "taste": taste,
        "recent": recent,
        "sequential": sequential,
        "transitions": fit_transitions(histories, recipe.transitions),
        "popularity": fit_popularity(histories, as_of, recipe.popularity),
    }


def tuned(recipe: Recipe, validation: Split) -> Recipe:
    """The recipe whose `taste` is an EASE or an EDLAE with the ridge, whatever does best on validation."""
    return replace(recipe, taste=best_ease(recipe.taste, validation, DROPOUTS))


def weigh_components(models: Mapping[str, Scorer], validation: Split, recipe: Recipe) -> BlendWeights:
    """Fit the weights of models that were fitted on `validation.train` to what was watched next."""
    return fit_blend(models, validation.fold_in, validation.target_offsets, validation.targets, recipe.blend)


def fit_recipe(
    histories: Histories,
    as_of: int,
    validate: Callable[[Histories], Split],
    recipe: Recipe = Recipe(),
    engine: Engine = Engine(),
    parts: int = 1,
    progress: Progress = silent,
) -> Blend:
    """Fit weights on a validation cut of the histories, then every model again on all of them.

    Args:
        histories: training members.
        as_of: microseconds since 1970-01-01 UTC.
        validate: cuts the histories into training and targets.
        recipe: the settings.
        engine: where shards of members are counted.
        parts: how many shards to count in.
        progress: told what is done.

    Raises:
        FitError: the validation cut leaves nobody, or a system cannot be solved.
    """
    validation = validate(histories)
    progress("Choosing between EASE and EDLAE on validation", 0.0)
    recipe = tuned(recipe, validation)
    first = fit_components(validation.train, validation.as_of, recipe, engine, parts, within(progress, 0.1, 0.45))
    progress("Weighing the models on validation", 0.45)
    weights = weigh_components(first, validation, recipe)
    del first
    final = fit_components(histories, as_of, recipe, engine, parts, within(progress, 0.5, 1.0))
    return Blend(weights, final)


def _sum(
    engine: Engine, count: Callable[[Histories], NDArray[np.int64]], histories: Histories, size: int
) -> NDArray[np.int64]:
    if not histories.n_members:
        raise FitError("There is no member to learn from.", "Import plays or ratings first.")
    if engine.executor is None:
        return count(histories)  # in one process parts would only be added up once more
    total = engine.sum(count, histories.parts(size))
    assert total is not None
    return total
