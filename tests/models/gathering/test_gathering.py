"""Groups: linkage as SciPy's own, communities that no move betters, and agreement that finds what is there."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.models.gathering.communities import communities, nearest_graph, numbered
from openslate.models.gathering.consensus import Ways, agreed, together
from openslate.models.gathering.linking import cut, linked, tree

SEEDS = st.integers(0, 10**6)


def blocks(seed: int, sizes: tuple[int, ...], noise: float) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Similarities of things in true groups, with noise."""
    drawn, true = np.random.default_rng(seed), np.repeat(np.arange(len(sizes)), sizes)
    alike = np.where(true[:, None] == true[None, :], 0.6, 0.1) + drawn.normal(0, noise, (len(true), len(true)))
    alike = np.clip((alike + alike.T) / 2, 0, 1)
    np.fill_diagonal(alike, 1.0)
    return alike, true


def modularity(graph: NDArray[np.float64], labels: NDArray[np.int64], resolution: float) -> float:
    degree, total = graph.sum(axis=1), graph.sum()
    same = labels[:, None] == labels[None, :]
    return float(((graph - resolution * np.outer(degree, degree) / total) * same).sum() / total)


@settings(max_examples=30, deadline=None)
@given(SEEDS, st.integers(2, 12), st.sampled_from((0.5, 1.0, 2.0)))
def test_no_single_move_betters_communities_of_one_level(seed: int, n: int, resolution: float) -> None:
    drawn = np.random.default_rng(seed)
    graph = np.triu(drawn.random((n, n)) * (drawn.random((n, n)) < 0.5), 1)
    graph += graph.T
    found = communities(csr_array(graph), resolution, seed)
    assert found.shape == (n,) and np.array_equal(numbered(found), found)
    if graph.sum() == 0:
        assert len(set(found.tolist())) == n
        return
    best = modularity(graph, found, resolution)
    assert best >= modularity(graph, np.arange(n), resolution) - 1e-9
    for one in range(int(found.max()) + 1):
        for other in range(one):
            joined = np.where(found == one, other, found)
            assert modularity(graph, joined, resolution) <= best + 1e-9


def test_a_graph_of_nearest_things_is_the_same_both_ways() -> None:
    alike, _ = blocks(3, (6, 5, 4), 0.1)
    graph = nearest_graph(alike, 3).toarray()
    assert np.allclose(graph, graph.T) and np.all(np.diag(graph) == 0)
    assert np.all((graph > 0).sum(axis=1) >= 3)
    for many in (0, 1, 99):
        assert nearest_graph(alike[:1, :1], many).nnz == 0


@pytest.mark.parametrize("seed", range(5))
def test_true_groups_are_found_by_each_way_and_by_all(seed: int) -> None:
    alike, true = blocks(seed, (9, 7, 6, 5), 0.12)
    assert np.array_equal(linked(alike, 0.35), true)
    assert np.array_equal(communities(nearest_graph(alike, 5)), true)
    ways = Ways(least=(0.4, 0.3), nearest=(4, 5), resolutions=(1.0,))
    assert np.array_equal(agreed([alike, alike**2], alike, ways), true)
    order = np.random.default_rng(seed).permutation(len(true))
    turned = agreed([alike[np.ix_(order, order)]], alike[np.ix_(order, order)], ways)
    assert np.array_equal(numbered(turned), numbered(true[order]))


def test_linkage_joins_by_the_average_of_members() -> None:
    alike = np.array([[1.0, 0.8, 0.5, 0.1], [0.8, 1.0, 0.3, 0.1], [0.5, 0.3, 1.0, 0.1], [0.1, 0.1, 0.1, 1.0]])
    assert [one.tolist() for one in cut(tree(alike), (0.9, 0.5, 0.4, 0.1))] == [
        [0, 1, 2, 3], [0, 0, 1, 2], [0, 0, 0, 1], [0, 0, 0, 0],
    ]  # fmt: skip


def test_few_things_are_grouped_as_well() -> None:
    assert linked(np.eye(1), 0.5).tolist() == [0] and linked(np.eye(0), 0.5).tolist() in ([], [0])
    assert agreed([np.eye(1)], np.eye(1)).tolist() == [0]
    assert together([np.array([0, 0, 1]), np.array([0, 1, 1])]).tolist() == [[1, 0.5, 0], [0.5, 1, 0.5], [0, 0.5, 1]]
