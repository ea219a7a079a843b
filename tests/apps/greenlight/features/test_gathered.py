"""That facts are known of a title stands for how well known it became: it is set aside, not learned from."""

import numpy as np

from openslate.apps.greenlight.features.gathered import FACTS, FEWEST, fit_gathered
from openslate.apps.greenlight.works import Work


def films(many: int, listed: int) -> list[Work]:
    return [
        Work(str(one), "Ash", "film", genres=("Drama",) if one < listed else (), language="en" if one < listed else "")
        for one in range(many)
    ]


def test_what_goes_with_being_listed_is_set_aside_and_nothing_on_the_whole() -> None:
    works = films(200, 120)
    listed = np.array([bool(one.genres) for one in works])
    beyond = np.where(listed, 1.0, 0.0) + np.random.default_rng(1).normal(0, 0.1, 200)
    aside = fit_gathered(works, beyond).aside(works)
    assert abs(aside.mean()) < 1e-9
    assert 0.9 < aside[listed].mean() - aside[~listed].mean() < 1.05
    left = beyond - aside
    assert abs(left[listed].mean() - left[~listed].mean()) < 0.1


def test_a_fact_of_nearly_all_or_of_few_is_left_as_it_is() -> None:
    for listed in (0, FEWEST - 1, 170, 200):
        works = films(200, listed)
        found = fit_gathered(works, np.arange(200.0))
        assert not found.effect.any()
        assert not found.aside(works).any()


def test_what_films_have_says_nothing_of_series() -> None:
    works = films(100, 50)
    found = fit_gathered(works, np.array([float(bool(one.genres)) for one in works]))
    assert found.effect.shape == (2, len(FACTS))
    assert not found.aside([Work("s", "Bay", "series", genres=("Drama",))]).any()
