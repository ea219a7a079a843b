"""The components of a blend: every model of a recipe, fitted on the same histories."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from openslate.apps.personalize.counting import Counting, Kept, Summed, Sums
from openslate.apps.personalize.large import Solving, Systems
from openslate.apps.personalize.recipe import ALWAYS, Recipe
from openslate.clock import stopwatch
from openslate.models.between import Between, between_from_sums
from openslate.models.blend import BlendWeights, Scorer
from openslate.models.ease import Ease
from openslate.models.factors import Factors, fit_factors
from openslate.models.following import Following, following_from_sums
from openslate.models.histories import Histories
from openslate.models.member_neighbours import MemberNeighbours, fit_member_neighbours
from openslate.models.neighbours import Neighbours, neighbours_from_gram
from openslate.models.popularity import Popularity, fit_popularity
from openslate.models.ranking.ranker import Ranker
from openslate.models.sequential import Sequential
from openslate.models.temporal import Temporal, temporal_from_sums, trends_of
from openslate.models.transformer.model import SequenceTransformer
from openslate.models.transitions import Transitions, fit_transitions
from openslate.models.truncation import CutEase, CutSequential
from openslate.progress import Progress, silent, within
from openslate.storage.engine import Engine

COMPONENTS: Mapping[str, type] = {
    model.__name__: model
    for model in (
        Between, BlendWeights, CutEase, CutSequential, Ease, Factors, Following, MemberNeighbours, Neighbours,
        Popularity, Ranker, Sequential, SequenceTransformer, Temporal, Transitions,
    )
}  # fmt: skip
"""Every class a stored blend may be made of."""


def _unheard(name: str, seconds: float) -> None:
    """Tell nobody."""


def fit_components(
    histories: Histories,
    as_of: int,
    recipe: Recipe = Recipe(),
    engine: Engine = Engine(),
    parts: int = 1,
    progress: Progress = silent,
    only: Collection[str] | None = None,
    kept: Kept | None = None,
    took: Callable[[str, float], None] = _unheard,
    validating: bool = False,
    begun: SequenceTransformer | None = None,
    systems: Systems | None = None,
) -> dict[str, Scorer]:
    """Fit the models of the recipe.

    Args:
        histories: training members.
        as_of: microseconds since 1970-01-01 UTC, the moment popularity is seen from.
        recipe: the settings.
        engine: where shards of members are counted.
        parts: how many shards to count in; the result does not depend on it.
        progress: told what is fitted.
        only: names of the parts that are wanted; None for all.
        kept: sums of an earlier training over most of the same histories, and where to keep these; None for neither.
        took: told each part's name and the seconds it took; what it shares with another is counted for the first.
        validating: whether the models are only weighed, for which a large catalogue is not solved as a whole.
        begun: the transformer of the same recipe on most of these histories, to go on from; None for none.
        systems: asked first for models that are solved for; None for nobody.

    Raises:
        FitError: a system cannot be solved.
    """
    recipe = recipe.sized(histories.n_titles)
    if only is not None:
        recipe = _without_others(recipe, only)
    count = Counting(histories, engine, parts, kept)
    plays = np.bincount(histories.titles, minlength=histories.n_titles)
    solving = Solving.of(recipe.large if recipe.is_large(histories.n_titles) else None, plays, validating, systems)
    models: dict[str, Scorer] = {}
    began = stopwatch()

    def keep(name: str, model: Scorer) -> None:
        nonlocal began
        models[name] = model
        took(name, stopwatch() - began)
        began = stopwatch()

    def wanted(*names: str) -> bool:
        parts_wanted = set(recipe.parts) if only is None else set(only)
        return not parts_wanted.isdisjoint(names)

    def sums(settings: Summed, step: str, start: float, stop: float) -> Sums:
        return count.sums(settings, partial(within(progress, start, stop), step))

    step = "Learning what is watched by the same members"
    progress(step, 0.0)
    if wanted("taste"):
        keep("taste", solving.ease(sums(recipe.taste.training, step, 0.0, 0.07), recipe.taste, "taste"))
    step = "Learning what is watched by them lately"
    progress(step, 0.15)
    if wanted("recent", "latest", "similar"):
        gram = sums(recipe.recent.training, step, 0.15, 0.2)
        if wanted("recent", "latest"):
            recent = solving.ease(gram, recipe.recent, "recent")
            keep("recent", recent)
        if recipe.latest:
            keep("latest", replace(recent, settings=replace(recipe.recent, fold_in=recipe.latest)))
        if recipe.similar:
            keep("similar", neighbours_from_gram(gram, recipe.similar))
        del gram
    step = "Learning what is watched after what"
    progress(step, 0.3)
    if wanted("sequential", "following"):
        pairs = sums(recipe.sequential, step, 0.3, 0.38)
        if recipe.following:
            keep("following", following_from_sums(pairs, plays, recipe.following))
        if wanted("sequential"):
            keep("sequential", solving.sequential(pairs, recipe.sequential, "sequential"))
        del pairs
    for name, settings, start in (
        ("sequential_wide", recipe.sequential_wide, 0.45),
        ("sequential_next", recipe.sequential_next, 0.6),
    ):
        if settings:
            keep(name, solving.sequential(sums(settings, step, start, start + 0.08), settings, name))
    if recipe.temporal:
        trends = trends_of(histories, as_of, recipe.temporal)
        keep("temporal", temporal_from_sums(sums(recipe.temporal, step, 0.7, 0.75), trends, recipe.temporal))
    if recipe.between:
        keep("between", between_from_sums(sums(recipe.between, step, 0.75, 0.78), recipe.between))
    progress("Learning what is watched next", 0.8)
    if recipe.transitions:
        keep("transitions", fit_transitions(histories, recipe.transitions))
    for name, remembered in (("neighbours", recipe.neighbours), ("next_neighbours", recipe.next_neighbours)):
        if remembered:
            keep(name, fit_member_neighbours(histories, remembered))
    if recipe.factors:
        progress("Learning what members of like taste watch", 0.85)
        keep("factors", fit_factors(histories, recipe.factors))
    if recipe.transformer:
        # Imported here alone: it asks for torch, which is an extra.
        from openslate.models.transformer.fitting import fit_transformer

        step_on = within(progress, 0.85, 0.99)
        keep("transformer", fit_transformer(histories, recipe.transformer, progress=step_on, begun=begun))
    keep("popularity", fit_popularity(histories, as_of, recipe.popularity))
    return {name: models[name] for name in recipe.parts if wanted(name)}


def _without_others(recipe: Recipe, wanted: Collection[str]) -> Recipe:
    """The recipe without the parts that are not wanted, as far as it can be without them."""
    left_out: dict[str, Any] = {name: None for name in recipe.parts if name not in wanted and name not in ALWAYS}
    return replace(recipe, **left_out)
