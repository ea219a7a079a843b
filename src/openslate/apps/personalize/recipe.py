"""The recipe: which models are fitted, with which settings, and how they become one blend."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial

import numpy as np

from openslate.apps.personalize.baselines import best_ease, some_members
from openslate.apps.personalize.counting import Counting, Kept, Summed, Sums
from openslate.apps.personalize.large import LargeCatalogue, Solving
from openslate.apps.personalize.second_stage import fit_second_stage
from openslate.clock import stopwatch
from openslate.evaluation.split import Split
from openslate.evaluation.worth import Step
from openslate.models.between import Between, BetweenSettings, between_from_sums
from openslate.models.blend import Blend, BlendSettings, BlendWeights, Scorer, fit_blend
from openslate.models.coldstart import ColdStartSettings
from openslate.models.ease import Ease, EaseSettings
from openslate.models.factors import Factors, FactorSettings, fit_factors
from openslate.models.following import Following, FollowingSettings, following_from_sums
from openslate.models.histories import Histories
from openslate.models.member_neighbours import MemberNeighbours, MemberNeighbourSettings, fit_member_neighbours
from openslate.models.neighbours import Neighbours, NeighbourSettings, neighbours_from_gram
from openslate.models.popularity import Popularity, PopularitySettings, fit_popularity
from openslate.models.ranking.ranker import Ranker, RankerSettings
from openslate.models.sequential import Sequential, SequentialSettings
from openslate.models.temporal import Temporal, TemporalSettings, temporal_from_sums, trends_of
from openslate.models.transformer.model import SequenceTransformer
from openslate.models.transformer.settings import TransformerSettings
from openslate.models.transitions import Transitions, TransitionSettings, fit_transitions
from openslate.models.truncation import CutEase, CutSequential
from openslate.models.weights import WeightSettings
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

DROPOUTS = (0.0, 0.5)
"""What validation chooses between for `taste`: EASE, and EDLAE with half of a member's events hidden."""
ALWAYS = ("taste", "recent", "sequential", "popularity")
"""Parts whose settings every recipe has: others may be counted by them."""
MOST_CHOOSING = 2_000
MOST_WEIGHING = 6_000
MOST_TAUGHT = 20_000
"""Validation members who choose the parts that stay, who weigh them, and who teach the second stage, at most."""
LEAST_WEIGHT = 0.01
"""A part that gets less adds less than a hundredth to the log-odds where it differs most, and is left out."""


@dataclass(frozen=True)
class Recipe:
    """Settings of every part; equal recipes on equal data give equal models. A part set to None is left out.

    Stability: provisional.

    Attributes:
        taste: what is watched by the same members, all they ever watched alike; `tuned` chooses EASE or EDLAE.
        recent: the same, what they watched lately counting more.
        latest: the weights of `recent` once more, for the last few titles alone.
        sequential: what is watched after what, over long histories.
        sequential_wide: the same over longer spans.
        sequential_next: what is watched right after what.
        temporal: what is watched not long after what, by time.
        following: how much more often than expected titles follow one another; counted by `sequential`.
        similar: how much audiences overlap; counted by `recent`.
        transitions: what is watched so many events after what.
        neighbours: what other members watched after the titles a member watched lately.
        next_neighbours: the same, right after them.
        between: what stands between the titles a member watched, wherever some may be missing.
        factors: what members of like taste watch, whether or not two of them share a title.
        transformer: what comes next to a reader of the whole sequence; needs the torch extra, and minutes.
        popularity: what everybody has been watching lately.
        cold_start: how scores carry over to titles nobody has watched.
        blend: how the weights between them are fitted.
        ranker: the second stage over the blend's best candidates.
        large: what is done differently on a large catalogue.
    """

    taste: EaseSettings = EaseSettings(dropout=0.0, training=WeightSettings(), fold_in=WeightSettings())
    recent: EaseSettings = EaseSettings(fold_in=WeightSettings(engagement_share=0.5, half_life=6.0))
    latest: WeightSettings | None = WeightSettings(engagement_share=0.5, half_life=2.0)
    sequential: SequentialSettings = SequentialSettings()
    sequential_wide: SequentialSettings | None = SequentialSettings(past=100, past_power=0.5, future=10, future_power=1)
    sequential_next: SequentialSettings | None = SequentialSettings(past=20, past_power=1.0, future=1, l2=5.0)
    temporal: TemporalSettings | None = None
    following: FollowingSettings | None = FollowingSettings()
    similar: NeighbourSettings | None = NeighbourSettings(neighbours=200, shrinkage=20.0)
    transitions: TransitionSettings | None = TransitionSettings()
    neighbours: MemberNeighbourSettings | None = MemberNeighbourSettings()
    next_neighbours: MemberNeighbourSettings | None = MemberNeighbourSettings(latest=10, nearby=10, ahead=1)
    between: BetweenSettings | None = BetweenSettings()
    factors: FactorSettings | None = FactorSettings()
    transformer: TransformerSettings | None = None
    popularity: PopularitySettings = PopularitySettings(half_life_days=None, window_days=7.0)
    cold_start: ColdStartSettings = ColdStartSettings(fewest_plays=1)
    blend: BlendSettings = BlendSettings()
    ranker: RankerSettings | None = RankerSettings()
    large: LargeCatalogue = LargeCatalogue()

    def is_large(self, n_titles: int) -> bool:
        """Whether a catalogue counts as large."""
        return n_titles >= self.large.from_titles

    def sized(self, n_titles: int) -> "Recipe":
        """The recipe without what takes too much memory or time on a large catalogue, see `LargeCatalogue`."""
        if not self.is_large(n_titles):
            return self
        fewer = {
            name: replace(part, most_events=min(part.most_events, self.large.remembered))
            for name in ("neighbours", "next_neighbours")
            if (part := getattr(self, name)) is not None
        }
        without = {name: None for name in self.large.without if name not in ALWAYS}
        factors = None if self.factors is None else self.large.factors
        return replace(self, **{**fewer, "factors": factors, **without})

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of the models that are fitted."""
        others = {"cold_start", "blend", "ranker", "large"}
        return tuple(
            field.name for field in fields(self) if field.name not in others and getattr(self, field.name) is not None
        )


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

    Raises:
        FitError: a system cannot be solved.
    """
    recipe = recipe.sized(histories.n_titles)
    if only is not None:
        recipe = _without_others(recipe, only)
    count = Counting(histories, engine, parts, kept)
    plays = np.bincount(histories.titles, minlength=histories.n_titles)
    solving = Solving.of(recipe.large if recipe.is_large(histories.n_titles) else None, plays, validating)
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
        keep("taste", solving.ease(sums(recipe.taste.training, step, 0.0, 0.07), recipe.taste))
    step = "Learning what is watched by them lately"
    progress(step, 0.15)
    if wanted("recent", "latest", "similar"):
        gram = sums(recipe.recent.training, step, 0.15, 0.2)
        if wanted("recent", "latest"):
            recent = solving.ease(gram, recipe.recent)
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
            keep("sequential", solving.sequential(pairs, recipe.sequential))
        del pairs
    for name, settings, start in (
        ("sequential_wide", recipe.sequential_wide, 0.45),
        ("sequential_next", recipe.sequential_next, 0.6),
    ):
        if settings:
            keep(name, solving.sequential(sums(settings, step, start, start + 0.08), settings))
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

        keep("transformer", fit_transformer(histories, recipe.transformer, progress=within(progress, 0.85, 0.99)))
    keep("popularity", fit_popularity(histories, as_of, recipe.popularity))
    return {name: models[name] for name in recipe.parts if wanted(name)}


def _without_others(recipe: Recipe, wanted: Collection[str]) -> Recipe:
    """The recipe without the parts that are not wanted, as far as it can be without them."""
    left_out = {name: None for name in recipe.parts if name not in wanted and name not in ALWAYS}
    return replace(recipe, **left_out)  # type: ignore[arg-type]  # every other part may be None


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


@dataclass(frozen=True)
class Chosen:
    """What validation chose, small enough to be kept while every model is fitted again.

    Attributes:
        recipe: with the settings of `taste` settled.
        weights: of the parts that stay.
        ranker: the second stage, or None where it did not win.
    """

    recipe: Recipe
    weights: BlendWeights
    ranker: Ranker | None

    def fit(
        self,
        histories: Histories,
        as_of: int,
        engine: Engine = Engine(),
        parts: int = 1,
        progress: Progress = silent,
    ) -> Blend:
        """The blend of what was chosen, its models fitted on these histories; the rest as for `fit_recipe`."""
        models = fit_components(histories, as_of, self.recipe, engine, parts, progress, only=self.weights.components)
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
    weighed: "Weighed"

    @property
    def chosen(self) -> Chosen:
        """What was chosen, without the models."""
        return Chosen(self.recipe, self.weighed.blend.fitted, self.weighed.blend.ranker)


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
