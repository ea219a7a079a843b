"""Interest is learned from those who allow it, tested on later news, and says what it was fitted on."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.press.interest.learning import learn
from openslate.apps.press.interest.taken_up import WINDOW, Told, taken_up
from openslate.errors import FitError

BEGIN = datetime(2027, 5, 1, tzinfo=UTC)
NOW = BEGIN + timedelta(days=60)


def news(stories: int = 300, seed: int = 3) -> list[Told]:
    """Stories of which those that say 'strike' are taken up by many, and others by few."""
    drawn = np.random.default_rng(seed)
    told = []
    for story in range(stories):
        loud = bool(drawn.integers(2))
        words = f"{'strike talks' if loud else 'festival lineup'} item {drawn.integers(50)}"
        begun = BEGIN + timedelta(hours=int(drawn.integers(24 * 50)))
        for follower in range(1 + int(drawn.poisson(5 if loud else 0.3))):
            seen = begun + timedelta(hours=2 * follower)
            domain = f"d{drawn.integers(20)}.example"
            told.append(Told(f"i{story}-{follower}", f"s{story}", seen, domain, words, 0, 0, follower % 4 != 3))
    return told


def test_it_finds_what_is_taken_up_and_says_on_what_it_was_fitted() -> None:
    items = news()
    found = learn(items, NOW)
    loud, still = (replace(items[0], words=words) for words in ("strike talks", "festival lineup"))
    high, low = found.interest.score([loud, still]).tolist()
    assert high > 60 > 40 > low
    assert found.rank > 0.3 and found.tested >= 30
    assert found.reserved == sum(not one.allowed for one in items) and found.open == 0
    assert found.items == sum(one.allowed for one in items) and found.begins < found.ends <= NOW


def test_words_of_those_who_reserve_them_are_never_learned() -> None:
    items = [replace(one, words=one.words + ("" if one.allowed else " ownwords")) for one in news()]
    assert "ownwords" not in bytes(learn(items, NOW).interest.words).decode()


def test_nothing_that_came_later_changes_it() -> None:
    items = news()
    then = BEGIN + timedelta(days=40)
    early = [one for one in items if one.seen <= then]
    mine, all_of_it = learn(early, then), learn(items, then)
    assert mine.interest.weights.tobytes() == all_of_it.interest.weights.tobytes()


def test_too_little_is_refused() -> None:
    with pytest.raises(FitError, match="200 or more"):
        learn(news(20), NOW)


TOLD = st.lists(
    st.builds(
        Told,
        st.integers(0, 999).map(str),
        st.sampled_from("st"),
        st.integers(0, 100).map(lambda hours: BEGIN + timedelta(hours=hours)),
        st.sampled_from(["a.example", "b.example", "c.example"]),
        st.just(""),
        st.just(0),
        st.just(0),
        st.booleans(),
    ),
    max_size=12,
    unique_by=lambda one: one.item,
)


@given(TOLD)
def test_those_who_followed_are_other_sources_within_two_days(items: list[Told]) -> None:
    for item, count in taken_up(items).items():
        one = next(other for other in items if other.item == item)
        after = [
            other.domain
            for other in items
            if other.story == one.story and one.seen < other.seen <= one.seen + WINDOW and other.domain != one.domain
        ]
        assert count == len(set(after))
