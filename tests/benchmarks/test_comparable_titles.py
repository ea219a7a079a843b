"""On real films, comparable titles are better than the simple ways, and no answer is among what is compared."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.comparable_data import stem, tmdb_films
from benchmarks.comparable_tasks import ndcg, task
from benchmarks.comparable_views import views
from openslate.apps.greenlight.comps.parts import PARTS
from openslate.evaluation.forecasting.point import r_squared


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Rocky II", "rocky"), ("Star Wars: Episode I", "star wars"), ("Alien³", "alien³"), ("Toy Story 3", "toy story"),
     ("Harry Potter and the Goblet of Fire", "harry potter"), ("Jaws: The Revenge", "jaws"), ("Up", "")],
)  # fmt: skip
def test_what_the_names_of_a_franchise_begin_with(name: str, expected: str) -> None:
    assert stem(name) == expected


@pytest.mark.realdata
def test_earlier_films_of_a_franchise_are_found(real_data: Path) -> None:
    films = tmdb_films(real_data)
    assert len(films.works) == 4012 and not any(work.series for work in films.works)
    found = task("franchise", films, "2005-01-01", "2005-01-01", "2013-01-01")
    first = found.candidates[found.there]
    assert (films.released[first].reshape(-1) < np.datetime64("2013-01-01")).all()
    assert (films.released[found.candidates] < films.released[found.queries, None])[found.there].all()
    both = ndcg(found, found.theme.weighed(found.parts)).mean()
    text = found.theme.weights * np.array([part == "theme of the text" for part in PARTS])
    alone = ndcg(found, replace(found.theme, weights=text).weighed(found.parts)).mean()
    assert both > 0.75 > alone > 0.5 > 10 * ndcg(found, np.zeros(found.there.shape)).mean()


@pytest.mark.realdata
def test_views_of_comparable_titles_say_more_than_kind_reach_and_days(real_data: Path) -> None:
    found = views(real_data, "2024H1")
    assert len(found.actual) == 244
    forecast = found.forecast(found.theme.weights)
    assert r_squared(found.actual, forecast) > 0.18 > 0.12 > r_squared(found.actual, found.line)
