from collections.abc import Iterator
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from openslate.models import one_member
from openslate.models.blend import Scorer
from openslate.models.ease import EaseSettings, fit_ease
from openslate.models.factors import FactorSettings, fit_factors
from openslate.models.following import FollowingSettings, following_from_sums
from openslate.models.histories import Histories
from openslate.models.kernels import adding, plain
from openslate.models.neighbours import fit_neighbours
from openslate.models.sequential import SequentialSettings, fit_sequential, pair_sums_of_part
from openslate.models.sparse_rows import SparseRows
from openslate.models.transitions import TransitionSettings, fit_transitions
from openslate.models.weights import WeightSettings, taste_rows
from tests.models.drawn import histories, many


@pytest.fixture(params=[True, False], ids=["compiled", "plain"], autouse=True)
def way(request: pytest.FixtureRequest) -> Iterator[None]:
    with patch.object(one_member, "loaded", return_value=request.param):
        yield


def _models(told: Histories) -> list[Scorer]:
    plays = np.bincount(told.titles, minlength=told.n_titles)
    sums = pair_sums_of_part(told, SequentialSettings())
    return [
        fit_ease(told, EaseSettings(l2=1.0)),
        fit_ease(told, EaseSettings(l2=1.0, fold_in=WeightSettings(engagement_share=0.5, half_life=1.0))),
        fit_sequential(told, SequentialSettings(past=3)),
        following_from_sums(sums, plays, FollowingSettings(latest=2)),
        fit_neighbours(told),
        fit_transitions(told, TransitionSettings(lags=3)),
        fit_factors(told, FactorSettings(width=4)),
    ]


def test_a_member_alone_is_scored_like_among_others() -> None:
    told = many()
    for model in _models(told):
        together = model.score(told)
        for member in range(0, 40, 3):
            alone = model.score(told.part(member, member + 1))
            assert alone.dtype == np.float32 and alone.shape == (1, told.n_titles)
            assert alone[0] == pytest.approx(together[member], abs=1e-6)


def test_a_member_without_events_gets_nothing() -> None:
    for model in _models(many()):
        assert not model.score(Histories.from_lists([[]], n_titles=30)).any()


@given(histories(most_members=1), st.sampled_from([None, 2.0]))
@settings(max_examples=60)
def test_the_row_of_a_member_is_the_row_of_the_sparse_matrix(drawn: Histories, half_life: float | None) -> None:
    weights = WeightSettings(engagement_share=0.5, half_life=half_life)
    rows = taste_rows(drawn.part(0, 1), weights)
    titles, found = one_member.taste_row(drawn.part(0, 1), weights)
    assert titles.tolist() == rows.indices.tolist() and found.tolist() == rows.data.tolist()


@given(st.lists(st.integers(0, 8), max_size=14), st.integers(0, 99))
@settings(max_examples=100, deadline=None)
def test_the_loops_add_up_to_the_same_bits(named: list[int], seed: int) -> None:
    random = np.random.default_rng(seed)
    dense = random.normal(size=(9, 37)).astype(np.float32)
    sparse = SparseRows.of(csr_array(np.where(random.random((9, 37)) < 0.3, dense, 0)))
    rows, weights = np.array(named, dtype=np.int64), random.random(len(named)).astype(np.float32)
    assert adding.sum_of_rows(rows, weights, dense).tobytes() == plain.sum_of_rows(rows, weights, dense).tobytes()
    expected = plain.sum_of_rows(rows, weights, sparse)
    assert adding.sum_of_sparse_rows(rows, weights, sparse).tobytes() == expected.tobytes()
