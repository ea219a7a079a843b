"""Weighing: what validation chooses of a recipe's components. Settings of `taste`, parts, weights, a second stage."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from openslate.apps.personalize.baselines import best_ease, some_members
from openslate.apps.personalize.counting import Counting
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.second_stage import fit_second_stage
from openslate.evaluation.split import Split
from openslate.evaluation.worth import Step
from openslate.models.blend import Blend, BlendWeights, Scorer, fit_blend
from openslate.progress import Progress, silent, within

DROPOUTS = (0.0, 0.5)
"""What validation chooses between for `taste`: EASE, and EDLAE with half of a member's events hidden."""
MOST_CHOOSING = 2_000
MOST_WEIGHING = 6_000
MOST_TAUGHT = 20_000
"""Validation members who choose the parts that stay, who weigh them, and who teach the second stage, at most."""
LEAST_WEIGHT = 0.01
"""A part that gets less adds less than a hundredth to the log-odds where it differs most, and is left out."""


def tuned(recipe: Recipe, validation: Split, count: Counting | None = None) -> Recipe:
    """The recipe whose `taste` is an EASE or an EDLAE with the ridge, whatever does best on validation.

    Args:
        recipe: the settings.
        validation: who judges.
        count: counts the training part of the validation.
    """
    gram = (count or Counting(validation.train)).sums(recipe.taste.training)
    return replace(recipe, taste=best_ease(recipe.taste, validation, DROPOUTS, gram))


def weigh_components(models: Mapping[str, Scorer], validation: Split, recipe: Recipe) -> BlendWeights:
    """Fit the weights of models that were fitted on `validation.train` to what was watched next."""
    return fit_blend(models, validation.fold_in, validation.target_offsets, validation.targets, recipe.blend)


@dataclass(frozen=True)
class Weighed:
    """A blend with what validation found of its second stage.

    Attributes:
        blend: models, weights, and the second stage where it won.
        steps: what each step of the second stage is worth.
    """

    blend: Blend
    steps: tuple[Step, ...]


def weigh(
    models: Mapping[str, Scorer], validation: Split, recipe: Recipe, k: int = 10, progress: Progress = silent
) -> Weighed:
    """The parts that win, their weights, and a second stage where it wins.

    Args:
        models: by name, fitted on `validation.train`.
        validation: whose targets decide.
        recipe: settings of the weights and of the second stage.
        k: of the nDCG@k by which the second stage is kept or left out.
        progress: told what is done.

    Raises:
        FitError: no target is among any member's candidates.
    """
    chosen = weigh_components(models, some_members(validation, MOST_CHOOSING), recipe)
    kept = {
        name: models[name]
        for name, weight in zip(chosen.components, chosen.weights, strict=True)
        if weight >= min(LEAST_WEIGHT, chosen.weights.max())
    }
    blend = Blend(weigh_components(kept, some_members(validation, MOST_WEIGHING), recipe), kept)
    if recipe.ranker is None:
        return Weighed(blend, ())
    taught = recipe.large.taught if recipe.is_large(validation.train.n_titles) else MOST_TAUGHT
    second = fit_second_stage(blend, some_members(validation, taught), recipe.ranker, k, within(progress, 0.3, 1.0))
    return Weighed(replace(blend, ranker=second.ranker), second.steps)
