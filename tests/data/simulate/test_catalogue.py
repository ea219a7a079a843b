import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from openslate.data.simulate import Catalogue, Service, SimulatorSettings
from openslate.data.simulate.catalogue import invent_catalogue
from openslate.data.simulate.countries import COUNTRIES
from openslate.data.simulate.dark_plots import DARK_PLOTS
from openslate.data.simulate.genres import GENRES, MATURITY
from openslate.data.simulate.light_plots import LIGHT_PLOTS
from openslate.data.simulate.names import SENTENCES
from openslate.data.simulate.traditions import TRADITIONS
from openslate.data.simulate.vocabulary import VOCABULARIES


@pytest.fixture(scope="module")
def many() -> Catalogue:
    return invent_catalogue(SimulatorSettings(titles=2_500, countries=tuple(COUNTRIES)), np.random.default_rng(3))


def test_every_genre_has_its_words_and_plots() -> None:
    for told in (VOCABULARIES, DARK_PLOTS | LIGHT_PLOTS, {genre: "" for genre in SENTENCES if genre != "any"}):
        assert set(told) == set(GENRES)
    assert {country.tradition for country in COUNTRIES.values()} == set(TRADITIONS)
    for genre in GENRES.values():
        assert set(genre.companions) <= set(GENRES)


def test_names_are_unique_and_of_several_styles(many: Catalogue) -> None:
    names = many.table["name"].tolist()
    assert len(set(names)) == len(names)
    words = Counter(min(len(name.split()), 5) for name in names)
    assert all(words[count] > 0.05 * len(names) for count in (1, 2, 3, 4, 5))
    assert 0.1 < np.mean([name.startswith("The ") for name in names]) < 0.6


@hypothesis_settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**32), titles=st.integers(100, 400))
def test_names_are_unique_whatever_the_seed(seed: int, titles: int) -> None:
    names = invent_catalogue(SimulatorSettings(titles=titles), np.random.default_rng(seed)).table["name"]
    assert len(np.unique(names)) == titles


def test_texts_are_finished(many: Catalogue) -> None:
    for text in [*many.table["name"], *many.table["synopsis"], *many.people.names]:
        assert not re.search(r"[{}|_~]|  |\n", text), text
        assert text == text.strip()
        assert text[0].isupper() or not text[0].isascii(), text
    for synopsis in many.table["synopsis"]:
        assert synopsis[-1] in ".?!"
        assert 60 < len(synopsis) < 420


def test_synopses_hardly_repeat(many: Catalogue) -> None:
    assert len(set(many.table["synopsis"].tolist())) == len(many.table["synopsis"])


def test_columns_fit_the_schema(many: Catalogue) -> None:
    table = many.table
    assert set(table) == {
        "title", "name", "kind", "released", "genres", "language", "runtime_minutes", "maturity", "synopsis",
        "credits", "countries",
    }  # fmt: skip
    assert {len(column) for column in table.values()} == {2_500}
    assert table["title"][42] == "t00042"
    assert set(table["kind"]) == {"film", "series"}
    assert table["released"].dtype == np.dtype("datetime64[D]")
    assert all(1 <= len(genres) <= 3 and len(set(genres)) == len(genres) for genres in table["genres"])
    assert set(table["maturity"]) == set(MATURITY)
    assert table["runtime_minutes"].min() >= 9
    assert table["runtime_minutes"].max() <= 220
    for language, countries in zip(table["language"], table["countries"], strict=True):
        assert language == COUNTRIES[countries[0]].language


def test_credits_name_a_director_writers_and_a_cast_who_come_back(many: Catalogue) -> None:
    directors: Counter[str] = Counter()
    for team in many.table["credits"]:
        roles = Counter(role for _, role in team)
        assert roles["director"] == 1
        assert 1 <= roles["writer"] <= 2
        assert 3 <= roles["cast"] <= 6
        assert len({name for name, _ in team}) == len(team)
        directors[team[0][0]] += 1
    assert sum(count > 1 for count in directors.values()) > 0.3 * len(directors)
    assert len(set(many.people.names)) == len(many.people.names)


def test_releases_are_spread_over_the_days(service: Service) -> None:
    days = service.catalogue.release_days
    new = days[days > 0]
    assert len(new) == round(0.1 * 600)
    assert new.max() < service.settings.days
    assert np.ptp(new) > 0.8 * service.settings.days
    assert (service.titles["released"] == np.datetime64(service.settings.start) + days).all()
