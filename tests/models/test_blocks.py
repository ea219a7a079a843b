import threading
from unittest.mock import patch

import numpy as np
import pytest

from openslate.models import blocks
from openslate.models.blend import Blend, BlendWeights, fit_blend
from openslate.models.blocks import in_blocks
from openslate.models.ease import fit_ease
from openslate.models.following import following_from_sums
from openslate.models.histories import Histories
from openslate.models.kernels.sharing import on_one_thread, threads
from openslate.models.popularity import fit_popularity
from openslate.models.sequential import SequentialSettings, pair_sums_of_part
from tests.models.drawn import many


def test_members_come_in_order_and_each_once() -> None:
    drawn = many()
    with patch.object(blocks, "FROM_TITLES", 1), patch.object(blocks, "SCORES_AT_ONCE", 7 * drawn.n_titles):
        found = list(in_blocks(drawn, lambda first, last, block: (first, last, block.titles.tolist())))
    assert [last - first for first, last, _ in found] == [7] * 28 + [4]
    assert [first for first, _, _ in found] == [0, *(last for _, last, _ in found[:-1])]
    assert [title for _, _, titles in found for title in titles] == drawn.titles.tolist()


def test_on_a_large_catalogue_every_block_has_one_thread() -> None:
    drawn, seen = many(), []

    def look(first: int, last: int, block: Histories) -> int:
        seen.append((threading.get_ident(), threads()))
        return threads()

    with patch.object(blocks, "FROM_TITLES", 1), patch.object(blocks, "SCORES_AT_ONCE", drawn.n_titles):
        found = list(in_blocks(drawn, look))
    assert len(found) == drawn.n_members
    assert threads() == 1 or (set(found) == {1} and threading.get_ident() not in {thread for thread, _ in seen})


def test_on_a_small_catalogue_blocks_are_as_asked_for_and_here() -> None:
    here: list[int] = []
    sizes = list(in_blocks(many(), lambda first, last, block: here.append(threading.get_ident()) or last - first, 150))
    assert sizes == [150, 50] and set(here) == {threading.get_ident()}
    assert list(in_blocks(Histories.from_lists([], 3), lambda first, last, block: last)) == []


def test_what_goes_wrong_in_a_block_is_told() -> None:
    def fail(first: int, last: int, block: Histories) -> None:
        raise ValueError("no")

    with patch.object(blocks, "FROM_TITLES", 1), pytest.raises(ValueError, match="no"):
        list(in_blocks(many(), fail))


def test_a_thread_that_has_one_core_says_so_and_forgets_it_again() -> None:
    before = threads()
    with on_one_thread(), on_one_thread():
        assert threads() == 1
    assert threads() == before


def test_a_blend_scores_and_weighs_the_same_in_blocks() -> None:
    drawn, asked = many(), many(seed=5)
    plays = np.bincount(drawn.titles, minlength=drawn.n_titles)
    models = {
        "taste": fit_ease(drawn),
        "following": following_from_sums(pair_sums_of_part(drawn, SequentialSettings()), plays),
        "popularity": fit_popularity(drawn, as_of=100),
    }
    blend = Blend(BlendWeights(tuple(models), np.array([0.5, 0.3, 0.2]), 0.0, 1), models)
    targets = (asked.titles[asked.offsets[:-1]] + 1) % asked.n_titles
    offsets = np.arange(asked.n_members + 1)
    whole = blend.score(asked), fit_blend(models, asked, offsets, targets).weights
    with patch.object(blocks, "FROM_TITLES", 1), patch.object(blocks, "SCORES_AT_ONCE", 9 * drawn.n_titles):
        parts = blend.score(asked), fit_blend(models, asked, offsets, targets).weights
    assert parts[0].tobytes() == whole[0].tobytes()
    assert parts[1].tobytes() == whole[1].tobytes()
