"""A title of the pitch's series compares, however its series is known; a title that is only a film, too, does not."""

from datetime import date

import pytest

from openslate.apps.greenlight.comps.comparables import Found, find_comparables
from openslate.apps.greenlight.comps.seen import see
from openslate.apps.greenlight.comps.theme import fit_theme
from openslate.apps.greenlight.forecast_types import Comparable
from openslate.apps.greenlight.memo_parts import comparable_blocks
from openslate.apps.greenlight.missed import missed
from openslate.apps.greenlight.pitch import Pitch
from openslate.apps.greenlight.works import Work
from openslate.drawing.sheet import Prose
from tests.apps.greenlight.comps.labelled import labels_of
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import FULL

OUT = date(2019, 3, 1)
FORMS = [
    *(Work(f"f{place}", f"Film {'abcdefgh'[place]}", "film", OUT, runtime_minutes=90 + place) for place in range(8)),
    *(Work(f"s{place}", f"Show {'abcdefgh'[place]}", "series", OUT, runtime_minutes=400) for place in range(8)),
]
"""What engagement reports say of titles: their kind and length, and no genre."""
SERIES = [
    Work("b1", "Lake: Season 1", "series", date(2018, 3, 1), series="Lake", season=1, runtime_minutes=400),
    Work("b2", "Lake: Season 2", "series", date(2020, 3, 1), series="Lake", season=2, runtime_minutes=400),
    Work("b3", "Lake: The Making Of", "series", date(2020, 4, 1), runtime_minutes=40),
    Work("b4", "Lake", "film", date(2018, 4, 1), runtime_minutes=95),
]
FRANCHISE = [Work("x1", "Dig", "film", date(2018, 1, 1)), Work("x2", "The Dig 2", "film", date(2020, 1, 1))]


def found(query: Work, works: list[Work], **chosen: object) -> Found:
    theme = fit_theme(works)
    seen = see(theme, works, labels_of(works, {work.id: 1e6 for work in works}))
    return find_comparables(query, seen, date(2024, 1, 1), theme, **chosen)  # type: ignore[arg-type]


def named(told: Found) -> dict[str, Comparable]:
    return {one.title: one for one in told.comparables}


@pytest.mark.parametrize(
    "query", [Work("", "Rain", "film", runtime_minutes=92), Work("", "Rain", "film"), Work("", "Rain")]
)
def test_what_has_only_its_form_in_common_is_no_comparable_title(query: Work) -> None:
    told = found(query, FORMS)
    assert told.comparables == ()
    [said] = comparable_blocks(forecast_of(FULL, comparables=()))
    assert isinstance(said, Prose)
    assert said.text.startswith("No comparable title is known: none whose outcome was known on")
    pinned = found(query, FORMS, pins=["f3"])
    assert [(one.title, one.pinned) for one in pinned.comparables] == [("f3", True)]


@pytest.mark.parametrize(
    "query",
    [
        Work("", "Lake: Season 3", "series", date(2025, 1, 1)),
        Work("", "Lake", "series", date(2025, 1, 1), season=3),
        Work("", "The Lake Returns", "series", date(2025, 1, 1), series="lake"),
    ],
)
def test_earlier_seasons_compare_also_where_only_the_name_says_so(query: Work) -> None:
    told = named(found(query, FORMS + SERIES))
    assert told.keys() == {"b1", "b2"}
    assert all(one.why.startswith("same series") and one.weight > 0.3 for one in told.values())


def test_films_of_one_name_compare_where_no_source_names_a_series() -> None:
    told = named(found(Work("", "Dig 3", "film", date(2025, 1, 1)), FORMS + FRANCHISE))
    assert told.keys() == {"x1", "x2"}
    assert {one.why.split(";")[0] for one in told.values()} == {"same series"}
    remake = found(Work("", "Dig", "film", date(2040, 1, 1)), FORMS + FRANCHISE[:1])
    assert remake.comparables == ()


def test_a_genre_in_common_is_enough_and_the_rest_stays_used() -> None:
    works = [*FORMS, Work("g", "Gala", "film", OUT, genres=("Noir",)), Work("h", "Hut", "film", OUT, genres=("War",))]
    told = found(Work("", "Rain", "film", genres=("noir",)), works)
    assert [one.title for one in told.comparables] == ["g"]
    assert told.near.rows[0][0] == len(FORMS) and (told.near.rows[0] >= 0).sum() > 1


def test_only_facts_that_were_learned_from_are_missed() -> None:
    pitch = Pitch("Rain", date(2026, 3, 1))
    assert missed(pitch, FORMS) == ("kind", "runtime_minutes", "release")
    assert missed(Pitch("Rain", date(2026, 3, 1), kind="season", runtime_minutes=50), FORMS + SERIES) == (
        "series",
        "season",
        "release",
    )
    told = [
        Work(
            str(place),
            "A",
            "film",
            genres=(f"G{place}",),
            language=("en", "fr")[place % 2],
            countries=(("US",), ("FR",))[place % 2],
            companies=("Blue Lamp",),
            people=("Ada Ortiz",),
            runtime_minutes=90 + place,
            budget=1e6 + place,
            worldwide=bool(place % 2),
            text="A crew hunts a whale.",
        )
        for place in range(4)
    ]
    # They are all films, no series is named, and no forecaster looks at ratings.
    assert set(pitch.missing) - set(missed(pitch, told)) == {"kind", "maturity"}


def test_titles_of_another_kind_stand_last_and_say_what_they_are() -> None:
    query = Work("", "Lake: Season 3", "series", date(2025, 1, 1), genres=("Drama",), people=("Ada Ortiz", "Bo Lund"))
    near = {"people": ("Ada Ortiz", "Bo Lund"), "language": "en"}
    works = [
        *FORMS,
        Work("r1", "Lake: The Island", "series", OUT, genres=("Reality", "Drama"), **near),  # type: ignore[arg-type]
        Work("m1", "Deep", "film", OUT, genres=("Drama",), **near),  # type: ignore[arg-type]
        Work("d1", "Shore", "series", OUT, genres=("Drama",), people=("Bo Lund",), language="en"),
    ]
    told = found(query, works)
    assert {one.title: one.kind for one in told.comparables} == {"d1": "", "r1": "unscripted", "m1": "a film"}
    first, *others = told.comparables
    # By weight alone another would have been first; the weights stay those that the forecast follows.
    assert first.title == "d1" and first.weight < others[0].weight
    by_weight = sorted((one.weight for one in others), reverse=True)
    assert [one.weight for one in others] == by_weight
    pinned = found(query, works, pins=["m1"]).comparables
    assert [one.title for one in pinned] == ["m1", "d1", "r1"] and pinned[0].kind == "a film"
    table = comparable_blocks(forecast_of(FULL, comparables=told.comparables))[0]
    assert "another kind: unscripted" in str(table) and "another kind: a film" in str(table)
