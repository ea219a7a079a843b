"""Laws hold in places by their codes: a slip in one must not be a way around a law."""

from datetime import date

import pytest

from openslate.rights.governing import Dates, govern
from openslate.rights.packs.loading import built_in
from openslate.rights.packs.pack import Pack
from openslate.rights.places import COUNTRIES, MEMBERS, STATES, WITHIN, why_no_place, with_what_holds_there

TODAY = Dates(date(2026, 11, 25), None, None, None)


def governing(place: str, *laws: Pack) -> set[str]:
    known = {**built_in(), **{one.id: one for one in laws}}
    return {pack.id for pack in govern(known, frozenset(), frozenset({place}), TODAY).packs}


def law(where: str) -> Pack:
    return Pack("a.law", 1, "A law", "law", (where,), date(2000, 1, 1), None, "use", {}, "read", True, ())


def test_the_lists_have_their_lengths() -> None:
    assert (len(COUNTRIES), len(STATES), len(MEMBERS)) == (249, 57, 34)
    assert MEMBERS <= COUNTRIES
    assert set(WITHIN) <= COUNTRIES


@pytest.mark.parametrize("place", ["*", "EU", "US", "US-CA", "US-PR", "PR", "GB", "GB-SCT", "DE-BE", "FR-75", "AX"])
def test_places_are_taken(place: str) -> None:
    assert why_no_place(place) is None


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("US-CAL", "the United States have no part 'CAL'"),
        ("US-XX", "the United States have no part 'XX'"),
        ("UK", "ISO 3166 writes it 'GB'"),
        ("UK-SCT", "ISO 3166 writes it 'GB-SCT'"),
        ("EL", "ISO 3166 writes it 'GR'"),
        ("XX", "has no country 'XX'"),
        ("EU-DE", "has no country 'EU'"),
        ("us", "as ISO 3166 writes it"),
        ("USA", "as ISO 3166 writes it"),
        ("US-", "as ISO 3166 writes it"),
        ("US-CA\n", "as ISO 3166 writes it"),
        ("", "as ISO 3166 writes it"),
    ],
)
def test_what_is_no_place_is_refused(place: str, why: str) -> None:
    found = why_no_place(place)
    assert found is not None
    assert why in found


@pytest.mark.parametrize("place", sorted(MEMBERS))
def test_the_unions_law_holds_in_its_members_and_their_parts(place: str) -> None:
    assert "eu.ai-act.50" in governing(place)
    assert "eu.ai-act.50" in governing(f"{place}-1")


@pytest.mark.parametrize("place", ["GB", "NO", "PF", "NC", "US", "US-CA"])
def test_the_unions_law_holds_nowhere_else(place: str) -> None:
    assert "eu.ai-act.50" not in governing(place)


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("US", "PR"),
        ("US-PR", "PR"),
        ("PR", "US-PR"),
        ("PR", "US"),
        ("US", "US-CA"),
        ("US-CA", "US"),
        ("FR", "RE"),
        ("RE", "FR"),
        ("EU", "RE"),
        ("FR", "EU"),
    ],
)
def test_a_law_holds_where_its_country_reaches(where: str, place: str) -> None:
    assert "a.law" in governing(place, law(where))


@pytest.mark.parametrize(("where", "place"), [("US-CA", "PR"), ("PR", "US-CA"), ("GU", "PR"), ("RE", "FR-75")])
def test_a_law_of_one_part_does_not_hold_in_another(where: str, place: str) -> None:
    assert "a.law" not in governing(place, law(where))


def test_everywhere_stays_everywhere() -> None:
    assert with_what_holds_there(frozenset({"*"})) == {"*"}
    assert {"eu.ai-act.50", "us-ca.ab2602"} <= governing("*")
