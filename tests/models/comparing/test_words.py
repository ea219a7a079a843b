import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.models.comparing.words import LETTERS_READ, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("a I - ... 7", []),
        ("Straße STRASSE", ["strasse", "strasse"]),
        ("ﬁlm Ｎｏｉｒ", ["film", "noir"]),
        ("señor Señor", ["señor", "señor"]),
        ("боль БОЛЬ", ["боль", "боль"]),
        ("雪国", ["雪国"]),
        ("夜行列車", ["夜行", "行列", "列車"]),
        ("雪", ["雪"]),
        ("detectives detective gloss gas", ["detective", "detective", "gloss", "gas"]),
        ("under_score", ["under", "score"]),
    ],
)
def test_words_in_many_scripts(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


@given(st.text(max_size=60), st.text(max_size=60))
def test_texts_side_by_side_give_both_their_words(one: str, other: str) -> None:
    assert words_of(f"{one} . {other}") == words_of(one) + words_of(other)


def test_a_megabyte_is_read_as_far_as_a_synopsis_goes() -> None:
    assert len(words_of("word " * 200_000)) == LETTERS_READ // 5
