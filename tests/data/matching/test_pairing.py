"""What is matched, what is left to a person, and what never depends on order."""

import random
from dataclasses import replace
from datetime import date
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.data.catalogue import Title
from openslate.data.matching.comparing import FIELDS
from openslate.data.matching.one_to_one import among_rivals
from openslate.data.matching.pairing import Link, match_titles
from openslate.data.matching.weighing import WEIGHTS
from tests.data.matching.catalogues import titles


def found(left: list[Title], right: list[Title]) -> dict[tuple[str, str], Link]:
    return {(link.first, link.second): link for link in match_titles(left, right)}


def film(identity: str, name: str, day: date | None = None, minutes: int | None = None) -> Title:
    return Title(identity, name, "film", day, runtime_minutes=minutes)


def test_the_same_name_and_days_apart_is_sure_and_says_why() -> None:
    link = found(
        [film("a", "Pirates & Co: The Return", date(2011, 5, 17))],
        [film("x", "Pirates and Co - The Return", date(2011, 5, 20))],
    )["a", "x"]
    assert link.is_sure
    assert link.reasons == ("same name", "released 3 days apart")


def test_remakes_go_to_their_own_and_years_apart_is_not_taken() -> None:
    ours = [film("k33", "King Kong", date(1933, 3, 2)), film("k05", "King Kong", date(2005, 12, 14))]
    theirs = [film("x05", "King Kong", date(2005, 12, 12)), film("x76", "King Kong", date(1976, 12, 17))]
    assert [(link.first, link.second) for link in match_titles(ours, theirs) if link.sureness >= 0.5] == [
        ("k05", "x05")
    ]


def test_a_tie_is_shown_with_both_and_not_guessed() -> None:
    links = found([film("a", "The Long Way Home")], [film("x", "The Long Way Home"), film("y", "The Long Way Home")])
    assert links.keys() == {("a", "x"), ("a", "y")}
    assert {link.sureness for link in links.values()} == {links["a", "x"].sureness}
    assert links["a", "x"].sureness < 0.5
    assert links["a", "x"].reasons[-1] == "but so may be y"


def test_a_rival_that_has_its_own_partner_is_no_tie() -> None:
    day = date(2012, 5, 4)
    ours = [film("a1", "The Long Way Home"), film("a2", "The Long Way Home", day, 99)]
    theirs = [film("b1", "The Long Way Home"), film("b2", "The Long Way Home", day, 99)]
    links = found(ours, theirs)
    assert links["a2", "b2"].is_sure
    assert links["a1", "b1"].sureness > 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dark Water: Season 1", "Dark Water: Season 2"),
        ("Dark Water 2", "Dark Water 3"),
        ("Dark Water: Season 1", "Dark Water: Temporada 3"),
    ],
)
def test_other_seasons_and_numbers_are_other_titles(one: str, other: str) -> None:
    day = date(2020, 1, 7)
    links = match_titles([Title("a", one, "series", day)], [Title("x", other, "series", day)])
    assert not [link for link in links if link.is_sure]


def test_a_limited_series_is_its_first_season() -> None:
    ours, theirs = Title("a", "Dark Water: Limited Series"), Title("x", "Dark Water: Season 1")
    (link,) = match_titles([replace(ours, released=date(2020, 1, 7))], [replace(theirs, released=date(2020, 1, 7))])
    assert link.is_sure
    assert "both season 1" in link.reasons


def test_people_lengths_and_original_names_speak() -> None:
    cast = tuple((name, "cast") for name in ("Ada Ortiz", "Bo Li", "Cy Young"))
    ours = Title("a", "The Glory // 더 글로리", "film", date(2020, 1, 1), (), "ko", 101, credits=cast)
    theirs = Title("x", "더 글로리", "film", date(2020, 1, 1), (), "ko", 100, credits=cast[:2])
    (link,) = match_titles([ours], [theirs])
    assert link.is_sure
    assert link.reasons == ("same name", "both of 2020", "101 and 100 minutes", "Ada Ortiz, Bo Li in both")


def test_nothing_in_common_is_nothing() -> None:
    assert match_titles([], []) == ()
    assert match_titles([film("a", "Ash")], []) == ()
    assert match_titles([film("a", "Ash")], [film("x", "Completely Different")]) == ()


def test_every_level_has_a_weight() -> None:
    assert {field: len(levels) for field, levels in FIELDS.items()} == {
        field: len(one) for field, one in WEIGHTS.items()
    }


@settings(max_examples=60, deadline=None)
@given(titles("a"), titles("b"), st.randoms(use_true_random=False))
def test_neither_order_nor_side_matters(left: list[Title], right: list[Title], chance: random.Random) -> None:
    expected = match_titles(left, right)
    assert match_titles(right, left) == expected
    for side in (left, right):
        chance.shuffle(side)
    assert match_titles(left, right) == expected


@settings(max_examples=60, deadline=None)
@given(titles("a"), titles("b"))
def test_no_title_is_surely_two(left: list[Title], right: list[Title]) -> None:
    likely = [link for link in match_titles(left, right) if link.sureness > 0.5]
    for side in (lambda link: link.first, lambda link: link.second):
        assert len({side(link) for link in likely}) == len(likely)


def by_listing(left: list[int], right: list[int], odds: list[float]) -> list[float]:
    """The same by writing down every way to pair."""
    rows, weights = sorted(set(left)), [0.0] * len(odds)
    of = {pair: place for place, pair in enumerate(zip(left, right, strict=True))}
    columns = [*sorted(set(right)), *([None] * len(rows))]
    ways = set(permutations(columns, len(rows)))
    whole = 0.0
    for way in ways:
        pairs = [(row, column) for row, column in zip(rows, way, strict=True) if column is not None]
        if all(pair in of for pair in pairs):
            weight = float(np.prod([odds[of[pair]] for pair in pairs]))
            whole += weight
            for pair in pairs:
                weights[of[pair]] += weight
    return [weight / whole for weight in weights]


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.tuples(st.integers(0, 2), st.integers(0, 2)), st.floats(0.01, 500), min_size=1))
def test_sureness_among_rivals_is_counted_over_all_ways(pairs: dict[tuple[int, int], float]) -> None:
    left, right = [one for one, _ in pairs], [other for _, other in pairs]
    sure = among_rivals(np.array(left), np.array(right), np.array(list(pairs.values())))
    assert sure == pytest.approx(by_listing(left, right, list(pairs.values())), rel=1e-9)


def test_a_large_knot_is_never_surer_than_its_parts_allow() -> None:
    left, right = (side.reshape(-1) for side in np.meshgrid(np.arange(14), np.arange(14), indexing="ij"))
    sure = among_rivals(left, right, np.where(left == right, 1e6, 2.0))
    assert (sure[left == right] > 0.99).all()
    assert (np.bincount(left, sure) <= 1 + 1e-9).all()
