"""Headlines of one event come together, whatever order they come in."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.press.stories.grouping import grouped
from openslate.apps.press.stories.headlines import SHARP, SMOOTH, alike
from openslate.apps.press.stories.terms import stems
from openslate.evaluation.grouping import b_cubed

EVENTS = (
    ("lighthouse", "crew", "Harbour Lights wraps", "sixty-one days", "Cornwall"),
    ("festival", "Golden Gull", "jury", "Night Ferry wins", "Ostend"),
    ("strike", "dubbing actors", "union", "walkout", "Madrid studios"),
    ("merger", "Northstream", "shareholders", "Slate Media bid", "regulators"),
    ("cinema", "ticket prices", "Easter weekend", "record takings", "multiplex"),
)


def drawn(seed: int, each: int = 12) -> tuple[list[str], list[int]]:
    draw = random.Random(seed)
    rows = [
        (" ".join(draw.sample([*event, *draw.sample(["today", "report", "live", "analysis", "video"], 2)], 4)), true)
        for true, event in enumerate(EVENTS)
        for _ in range(each)
    ]
    draw.shuffle(rows)
    return [text for text, _ in rows], [true for _, true in rows]


@pytest.mark.parametrize("seed", range(3))
def test_events_are_told_apart(seed: int) -> None:
    texts, true = drawn(seed)
    assert b_cubed(true, grouped(texts).tolist()).f1 > 0.85


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(60)))
def test_the_order_in_which_headlines_come_says_nothing(order: list[int]) -> None:
    texts, _ = drawn(1)
    straight, turned = grouped(texts), grouped([texts[at] for at in order])
    same = straight[:, None] == straight[None, :]
    assert np.array_equal(same[np.ix_(order, order)], turned[:, None] == turned[None, :])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=30), max_size=8))
def test_any_texts_are_grouped_and_equal_ones_together(texts: list[str]) -> None:
    found = grouped(texts)
    assert len(found) == len(texts)
    for one, text in enumerate(texts):
        assert found[texts.index(text)] == found[one]
    for view in (*SMOOTH, SHARP):
        if texts:
            assert all(np.isfinite(one).all() for one in alike(texts, view))


def test_words_and_agreement() -> None:
    assert stems("Walkouts: unions' filings at AT&T") == ["walkout", "union", "filing", "at&t"]
    assert b_cubed([1, 1, 2], ["a", "a", "b"]).f1 == 1.0
    assert b_cubed([1, 1, 2, 2], [1, 2, 3, 4]).recall == 0.5 and b_cubed([1, 2], [1, 1]).precision == 0.5
