import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models.comparing.name_sets import learn_rarity, name_rows, overlap

LISTS = st.lists(st.lists(st.sampled_from(["Åsa", "Bo", "Cy", "李", "E"]), max_size=4), max_size=6)


@given(learned=LISTS, queries=LISTS, seen=LISTS)
@settings(max_examples=60, deadline=None)
def test_overlap_equals_the_formula(learned: list[list[str]], queries: list[list[str]], seen: list[list[str]]) -> None:
    rarity = learn_rarity(learned)
    found = overlap(name_rows(queries, rarity), name_rows(seen, rarity))
    assert found.shape == (len(queries), len(seen))
    for row, mine in enumerate(queries):
        for column, theirs in enumerate(seen):
            shared = sum(rarity.of(name) for name in set(mine) & set(theirs))
            lengths = [sum(rarity.of(name) for name in set(names)) for names in (mine, theirs)]
            expected = shared / math.sqrt(lengths[0] * lengths[1]) if all(lengths) else 0.0
            assert found[row, column] == pytest.approx(expected, abs=1e-8)


def test_a_rare_name_says_more_and_a_new_one_most() -> None:
    rarity = learn_rarity([["Drama"], ["Drama"], ["Drama", "Noir"]])
    assert rarity.of("Drama") < rarity.of("Noir") == rarity.of("never named")


def test_the_first_of_the_credits_counts_for_more() -> None:
    rarity = learn_rarity([["Ada", "Bo", "Cy"]])
    lists = [["Ada", "Bo", "Cy"], ["Ada"], ["Cy"]]
    fading = overlap(*(name_rows(lists, rarity, fading=True),) * 2)
    assert fading[0, 1] > fading[0, 2] > 0
    plain = overlap(*(name_rows(lists, rarity),) * 2)
    assert plain[0, 1] == plain[0, 2]


def test_names_that_were_never_learned_match_one_another() -> None:
    rarity = learn_rarity([["Ada"]])
    found = overlap(name_rows([["New"], []], rarity), name_rows([["New"], ["Ada"], []], rarity))
    assert found.tolist() == [[1, 0, 0], [0, 0, 0]]
    assert np.isfinite(found).all()
