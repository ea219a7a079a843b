from dataclasses import asdict

import numpy as np
import pytest

from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recipe_file import leaves, recipe_from
from openslate.apps.personalize.space import SPACE, Dimension, draw_settings, setting_of, with_settings


@pytest.mark.parametrize("dimension", SPACE, ids=lambda one: one.name)
def test_every_dimension_is_a_setting_of_the_recipe_and_holds_its_default(dimension: Dimension) -> None:
    default = setting_of(Recipe(), dimension.name)
    assert dimension.low < dimension.high
    assert default is None or dimension.low <= default <= dimension.high
    assert isinstance(default, int) == dimension.whole
    assert dimension.scale == "linear" or dimension.low > 0
    for value in (dimension.low, dimension.high):
        changed = with_settings(Recipe(), {dimension.name: round(value) if dimension.whole else value})
        assert setting_of(changed, dimension.name) == value
        assert recipe_from(asdict(changed)) == changed
        differing = [
            name
            for (name, one), (_, other) in zip(leaves(asdict(changed)), leaves(asdict(Recipe())), strict=True)
            if one != other
        ]
        assert differing in ([dimension.name], [])


def test_draws_stay_within_bounds_and_follow_the_seed() -> None:
    by_name = {one.name: one for one in SPACE}
    random, again = np.random.default_rng(5), np.random.default_rng(5)
    changed: set[str] = set()
    for _ in range(200):
        settings = draw_settings(SPACE, random)
        assert settings == draw_settings(SPACE, again)
        assert settings
        for name, value in settings.items():
            assert by_name[name].low <= value <= by_name[name].high
            assert isinstance(value, int) == by_name[name].whole
        changed |= settings.keys()
    assert changed == by_name.keys()


def test_a_logarithmic_scale_draws_every_factor_alike() -> None:
    random = np.random.default_rng(1)
    drawn = [Dimension("l2", 1.0, 10_000.0, "log").draw(random) for _ in range(2000)]
    assert np.mean(np.array(drawn) < 100) == pytest.approx(0.5, abs=0.05)


def test_what_is_no_setting_is_no_setting() -> None:
    with pytest.raises(AttributeError):
        with_settings(Recipe(), {"sequential.savour": 1.0})
