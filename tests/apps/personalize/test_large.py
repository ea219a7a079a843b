import numpy as np

from openslate.apps.personalize.components import fit_components
from openslate.apps.personalize.large import LargeCatalogue, Solving
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recipe_file import recipe_from
from openslate.models.ease import EaseSettings, fit_ease
from openslate.models.gram import gram_of_part
from openslate.models.sequential import SequentialSettings, fit_sequential, pair_sums_of_part
from openslate.models.top import most_watched
from openslate.models.truncation import CutEase, CutSequential, cut_ease, cut_sequential
from openslate.models.weights import WeightSettings
from tests.models.drawn import many

FEW = LargeCatalogue(from_titles=20, weights_per_row=5, solved_on_validation=12)
PLAYS = np.bincount(many().titles, minlength=many().n_titles)
COUNTED = EaseSettings(l2=3.0, training=WeightSettings())


def test_the_model_that_serves_is_solved_for_every_title_and_then_cut() -> None:
    solving = Solving.of(FEW, PLAYS, validating=False)
    taste = solving.ease(gram_of_part(many(), WeightSettings()), COUNTED)
    whole = cut_ease(fit_ease(many(), COUNTED), 5)
    assert isinstance(taste, CutEase) and taste.score(many()).tobytes() == whole.score(many()).tobytes()
    settings = SequentialSettings()
    next_one = solving.sequential(pair_sums_of_part(many(), settings), settings)
    after = cut_sequential(fit_sequential(many(), settings), 5)
    assert isinstance(next_one, CutSequential) and next_one.score(many()).tobytes() == after.score(many()).tobytes()


def test_validation_solves_for_the_titles_watched_most_and_the_others_say_nothing() -> None:
    solving, titles = Solving.of(FEW, PLAYS, validating=True), most_watched(PLAYS, 12)
    others = np.setdiff1d(np.arange(many().n_titles), titles)
    wanted = np.isin(many().titles, titles)
    places = np.searchsorted(titles, many().titles[wanted])
    kept = many().keep(wanted)
    few = type(kept)(kept.offsets, places.astype(np.int32), kept.times, kept.engagement, 12)
    taste = solving.ease(gram_of_part(many(), WeightSettings()), COUNTED)
    alone = cut_ease(fit_ease(few, COUNTED), 5)
    assert isinstance(taste, CutEase)
    assert (taste.weights.matrix().toarray()[np.ix_(titles, titles)] == alone.weights.matrix().toarray()).all()
    assert not taste.score(many())[:, others].any()
    pairs = pair_sums_of_part(many(), SequentialSettings())
    next_one = solving.sequential(pairs, SequentialSettings())
    assert isinstance(next_one, CutSequential) and not next_one.score(many())[:, others].any()
    assert next_one.score(many())[:, titles].any()


def test_a_catalogue_that_is_not_large_is_left_as_it_is() -> None:
    assert Solving.of(None, PLAYS, validating=True).titles is None
    assert Solving.of(FEW, PLAYS[:12], validating=True).titles is None
    assert Recipe().sized(7_999) == Recipe()


def test_a_large_catalogue_goes_without_what_costs_most() -> None:
    sized = Recipe().sized(8_000)
    assert not {"transitions", "between", "sequential_wide", "sequential_next"} & set(sized.parts)
    assert sized.neighbours is not None and sized.neighbours.most_events == LargeCatalogue().remembered
    assert sized.factors == LargeCatalogue().factors
    assert Recipe(factors=None).sized(8_000).factors is None
    always = Recipe(large=LargeCatalogue(without=("taste", "similar"))).sized(8_000)
    assert "taste" in always.parts and "similar" not in always.parts


def test_a_recipe_file_may_say_what_a_large_catalogue_goes_without() -> None:
    assert recipe_from({"large": {"without": ["factors"]}}).large.without == ("factors",)


def test_a_large_recipe_fits_every_part_it_has() -> None:
    recipe = Recipe(large=FEW)
    models = fit_components(many(), 100, recipe, validating=True)
    assert set(models) == set(recipe.sized(many().n_titles).parts)
    assert all(np.isfinite(model.score(many())).all() for model in models.values())
