"""Names that are one name are spelled alike, and what tells titles apart is never dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.data.matching.names import parse_name
from openslate.data.matching.spelling import words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Amélie", "Amelie"),
        ("Mr. & Mrs. Smith", "Mr and Mrs Smith"),
        ("Matrix, The", "The Matrix"),
        ("Rocky II", "Rocky 2"),
        ("Ocean's Eleven", "Ocean’s 11"),
        ("Kill Bill: Vol. 2", "Kill Bill 2"),
        ("Dune: Part Two", "Dune - Part II"),
        ("S.W.A.T.", "SWAT"),
        ("The Seventh Seal", "The 7th Seal"),
        ("Spider-Man", "Spiderman"),
        ("20,000 Leagues", "20.000 Leagues"),
        ("Øst", "ost"),
        ("Toy Story (1995)", "Toy Story"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert parse_name(one).variants[0].bare == parse_name(other).variants[0].bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rocky II", "Rocky III"),
        ("Cars", "Cars 2"),
        ("1917", "1984"),
        ("が", "か"),
        ("V for Vendetta", "5 for Vendetta"),
    ],
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert parse_name(one).variants[0].bare != parse_name(other).variants[0].bare


@pytest.mark.parametrize(
    ("name", "season"),
    [
        ("You: Season 4", 4),
        ("The Glory: Season 1 // 더 글로리: 시즌 1", 1),
        ("더 글로리: 시즌 1", 1),
        ("Elite: Temporada 2", 2),
        ("La casa: 2ª temporada", 2),
        ("Dark S03", 3),
        ("呪術廻戦: シーズン1", 1),
        ("Love Is Blind: S2: Chicago", 2),
        ("The Night Agent", None),
        ("Series", None),
    ],
)
def test_a_season_is_kept_as_a_number(name: str, season: int | None) -> None:
    assert parse_name(name).season == season


def test_a_limited_series_and_a_year_are_noted_and_do_not_stand_in_the_way() -> None:
    limited, dated = parse_name("The Queen's Gambit: Limited Series"), parse_name("365 Days (2020)")
    assert (limited.limited, limited.variants[0].whole) == (True, "the queens gambit")
    assert (dated.year, dated.variants[0].whole) == (2020, "365 days")


def test_parts_of_a_name_can_be_compared() -> None:
    assert parse_name("Omen III: The Final Conflict").variants[0].tail == "finalconflict"
    assert parse_name("Bram Stoker's Dracula").variants[0].tail == "dracula"
    assert parse_name("Mongol: The Rise of Genghis Khan").variants[0].head == "mongol"
    assert parse_name("Up: A Film").variants[0].head == ""


@given(st.text(min_size=1, max_size=60))
def test_any_text_has_a_name(text: str) -> None:
    found = parse_name(text)
    assert found.variants
    assert all(variant.bare for variant in found.variants) or not text.strip()


@given(st.text(alphabet="abcdefgh IVX12&'-éÄß", max_size=30))
def test_spelling_is_settled_and_ignores_case(text: str) -> None:
    assert words_of(text) == words_of(text.upper().lower()) or "ß" in text
    once = words_of(text)
    assert all(word == word.casefold() for word in once)
