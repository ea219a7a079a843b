"""What a pitch leaves out is taken as titles had it: that it names nobody is no fact about it."""

from dataclasses import replace
from datetime import date

from openslate.apps.greenlight.imputing import imputed
from openslate.apps.greenlight.unused import usable
from openslate.apps.greenlight.works import Work

KNOWN = Work("", "Ash", "film", people=("A", "B"), companies=("C",), genres=("Drama",), language="en", budget=5e6)
TITLES = [replace(KNOWN, id=str(number), people=(f"P{number}",), released=date(2020, 1, 1)) for number in range(60)]
OBSCURE = [replace(one, id=f"o{one.id}", people=(), companies=()) for one in TITLES[:40]]


def test_people_and_companies_that_are_not_said_are_taken_from_titles_that_have_them() -> None:
    pitch = replace(KNOWN, people=(), companies=(), released=date(2030, 1, 1))
    found = imputed(pitch, [*TITLES, *OBSCURE], date(2029, 1, 1), 1)
    assert len(found) == 40 and all(one.people and one.companies for one in found)
    assert imputed(replace(pitch, people=("A",), companies=("C",)), TITLES, date(2029, 1, 1), 1) != found


def test_what_films_alone_have_says_nothing_of_series() -> None:
    series = [Work(f"s{number}", "Bay", "series") for number in range(30)]
    said = replace(KNOWN, kind="series")
    assert usable(said, [*TITLES, *series]) == Work("", "Ash", "series")
    assert usable(KNOWN, [*TITLES, *series]) == KNOWN
