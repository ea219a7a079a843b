"""What a pitch leaves out is taken as titles had it that are like it: that it names nobody is no fact about it."""

from dataclasses import replace
from datetime import date

import numpy as np

from openslate.apps.greenlight.comps.seen import see
from openslate.apps.greenlight.comps.theme import fit_theme
from openslate.apps.greenlight.imputing import WAYS, Lenders
from openslate.apps.greenlight.labels import labels
from openslate.apps.greenlight.unused import usable
from openslate.apps.greenlight.works import Work
from openslate.data.outcomes import Outcomes

KNOWN = Work(
    "", "Ash", "film", people=("A", "B"), companies=("C",), genres=("Drama",), language="en", budget=5e6, currency="USD"
)
DAY = date(2029, 1, 1)


def of(number: int, **facts: object) -> Work:
    return replace(KNOWN, id=f"t{number}", people=(f"P{number}",), released=date(2020, 1, 1), **facts)  # type: ignore[arg-type]


TITLES = [of(number) for number in range(60)]
OBSCURE = [replace(of(100 + number), people=(), companies=()) for number in range(40)]


def lenders(titles: list[Work]) -> Lenders:
    theme = fit_theme(titles)
    ids = np.array([one.id for one in titles], dtype=object)
    starts, ends = (np.full(len(titles), np.datetime64(day)) for day in ("2020-01-01", "2020-03-31"))
    values = np.ones(len(titles))
    told = labels(titles, Outcomes("revenue", "*", ids, starts, ends, values, values, ends))
    return Lenders(theme, see(theme, titles, told), np.arange(len(titles)), "USD")


def test_people_and_companies_that_are_not_said_are_taken_from_titles_that_have_them() -> None:
    pitch = replace(KNOWN, people=(), companies=(), released=date(2030, 1, 1))
    (found,) = lenders([*TITLES, *OBSCURE]).ways([pitch], [DAY])
    assert len(found) == WAYS and all(one.people and one.companies for one in found)
    whole = replace(pitch, people=("A",), companies=("C",), countries=("US",), runtime_minutes=90)
    assert lenders(TITLES).ways([whole], [DAY]) == [[whole]]


def test_the_titles_that_lend_are_those_most_like_the_pitch() -> None:
    cheap = [of(number, genres=("Drama",), budget=1e6) for number in range(30)]
    dear = [of(number, genres=("War",), budget=9e7) for number in range(30, 60)]
    pitches = [replace(KNOWN, genres=(genre,), budget=None, currency="") for genre in ("Drama", "War")]
    drama, war = lenders([*cheap, *dear]).ways(pitches, [DAY, DAY])
    assert {one.budget for one in drama} == {1e6}
    assert {one.budget for one in war} == {9e7}


def test_a_fact_that_few_titles_of_the_kind_have_is_left_out() -> None:
    series = [replace(of(200 + number), kind="series", language="", budget=None) for number in range(200)]
    lending = lenders([*TITLES, *series])
    # Of all titles fewer than half have a language; of films all do.
    assert "language" in lending.used("film")
    assert "language" not in lending.used("series")
    assert lending.lacking(replace(KNOWN, kind="series", language="", released=DAY)) == []


def test_a_release_that_is_not_said_lies_in_the_year_after_the_forecast() -> None:
    (found,) = lenders(TITLES).ways([replace(KNOWN, released=None)], [DAY])
    assert {one.released for one in found} == {date(2030, 1, 1)}


def test_a_budget_in_another_currency_is_lent_to_nobody() -> None:
    foreign = [of(number, currency="EUR") for number in range(60)]
    assert "budget" not in lenders(foreign).used("film")


def test_what_films_alone_have_says_nothing_of_series() -> None:
    series = [Work(f"s{number}", "Bay", "series") for number in range(30)]
    said = replace(KNOWN, kind="series")
    assert usable(said, [*TITLES, *series]) == Work("", "Ash", "series")
    assert usable(KNOWN, [*TITLES, *series]) == KNOWN
