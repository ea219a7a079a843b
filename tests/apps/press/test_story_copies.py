"""Copies: found by address, title or words, not by half a title; the first of them stands for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.press.stories.copies import Copies, address_key, signs_of, title_key
from openslate.apps.press.stories.things import Headline
from tests.apps.press.headlines import headline

TITLE = "Night Ferry wins the Golden Gull at Ostend"
WORDS = " ".join(f"word{at}" for at in range(80))
OTHERS = " ".join(f"other{at}" for at in range(80))


@pytest.mark.parametrize(
    ("first", "second", "copies"),
    [
        (headline("a", TITLE), headline("b", TITLE.upper() + " | The Herald"), True),
        (headline("a", TITLE), headline("b", TITLE + " again"), False),
        (headline("a", "Golden Gull won"), headline("b", "Golden Gull won"), False),
        (
            headline("a", "One", address="https://www.slate.example/gull/?utm_source=feed"),
            headline("b", "Two", address="http://slate.example/gull/amp#top"),
            True,
        ),
        (headline("a", "One", text=WORDS), headline("b", "Two", text=WORDS + " and more"), True),
        (headline("a", "One", text=WORDS), headline("b", "Two", text=OTHERS), False),
        # A column has the same title every week, and other words.
        (headline("a", TITLE, text=WORDS), headline("b", TITLE, text=OTHERS), False),
        (headline("a", TITLE, text=WORDS), headline("b", TITLE), True),
    ],
)
def test_copies_are_known_by_address_title_or_words(first: Headline, second: Headline, copies: bool) -> None:
    assert Copies().with_more([first, second]).of_last(2) == ({"b": "a"} if copies else {})
    assert Copies().with_more([first]).with_more([second]).of_last(1) == ({"b": "a"} if copies else {})


@given(
    st.lists(st.sampled_from(["Night", "Ferry", "wins", "Golden", "Gull"]), min_size=4, max_size=5), st.integers(1, 6)
)
def test_a_copy_of_a_copy_is_one_of_the_first_and_the_next_takes_its_place(words: list[str], many: int) -> None:
    title = " ".join(words)
    copies = Copies().with_more([headline(f"{at}", title) for at in range(many + 1)])
    assert copies.of_last(many + 1) == {f"{at}": "0" for at in range(1, many + 1)}
    left = copies.without_first(1)
    assert left.of_last(many) == {f"{at}": "1" for at in range(2, many + 1)}


@given(st.text(), st.text())
def test_any_text_and_address_has_signs_that_are_the_same_again(title: str, address: str) -> None:
    one = headline("a", title, address=address)
    keys, marks = signs_of(one)
    again, others = signs_of(one)
    assert (keys == again).all() and (marks == others).all()
    assert bool(keys[0]) == bool(address)


def test_what_does_not_name_an_article_is_left_out_of_its_keys() -> None:
    assert address_key("https://slate.example/a?b=1&utm_medium=x&a=2") == "slate.example/a?a=2&b=1"
    assert address_key("https://[broken/") == "https://[broken/"
    assert title_key(f"{TITLE} - The Herald") == title_key(TITLE)
    # What would be left is no title.
    assert title_key("Up | Slate") == "up slate"


def test_nothing_more_changes_nothing() -> None:
    copies = Copies()
    assert copies.with_more([]) is copies
