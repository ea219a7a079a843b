from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from openslate.errors import FitError
from openslate.evaluation import ranking
from openslate.models.histories import Histories

few_values = st.sampled_from([-np.inf, -1.0, 0.0, 0.5, 2.0, np.inf])
scores = hnp.arrays(np.float32, st.tuples(st.integers(1, 5), st.integers(1, 12)), elements=few_values)


def naive_top_k(scores: np.ndarray, seen: list[set[int]], k: int) -> list[list[int]]:
    best = []
    for row, watched in zip(scores.tolist(), seen, strict=True):
        allowed = [title for title, score in enumerate(row) if title not in watched and score > -np.inf]
        best.append(sorted(allowed, key=lambda title: (-row[title], title))[:k])
    return [titles + [-1] * (k - len(titles)) for titles in best]


@given(scores, st.integers(1, 14), st.data())
def test_top_k_equals_a_full_stable_sort(scores: np.ndarray, k: int, data: st.DataObject) -> None:
    n_members, n_titles = scores.shape
    watched = [data.draw(st.sets(st.integers(0, n_titles - 1))) for _ in range(n_members)]
    seen = Histories.from_lists([sorted(titles) for titles in watched], n_titles)
    before = scores.copy()
    assert ranking.top_k(scores, seen, k).tolist() == naive_top_k(scores, watched, k)
    assert ranking.top_k(scores, None, k).tolist() == naive_top_k(scores, [set()] * n_members, k)
    np.testing.assert_array_equal(scores, before)


def test_a_score_that_is_not_a_number_is_refused() -> None:
    with pytest.raises(FitError, match="title 1 for member 0 is not a number"):
        ranking.top_k(np.array([[0.0, np.nan]], dtype=np.float32), None, 1)


RANKED = np.array([[3, 1, 0], [2, 4, -1]], dtype=np.int32)
OFFSETS = np.array([0, 2, 6], dtype=np.int64)
TARGETS = np.array([0, 3, 1, 3, 4, 5], dtype=np.int32)  # member 0: {0, 3}; member 1: {1, 3, 4, 5}


def test_metrics_by_hand() -> None:
    """Member 0 hits at places 1 and 3 of 2 targets; member 1 hits at place 2, with 4 targets in 3 places."""

    def measure(metric: Callable[..., np.ndarray]) -> list[float]:
        return metric(RANKED, OFFSETS, TARGETS).tolist()

    assert measure(ranking.recall) == pytest.approx([1, 1 / 3])
    assert measure(ranking.hit_rate) == [1, 1]
    assert measure(ranking.average_precision) == pytest.approx([(1 + 2 / 3) / 2, (1 / 2) / 3])
    assert measure(ranking.reciprocal_rank) == [1, 0.5]
    log2_3 = np.log2(3)
    assert measure(ranking.ndcg) == pytest.approx(
        [(1 + 1 / 2) / (1 + 1 / log2_3), (1 / log2_3) / (1 + 1 / log2_3 + 1 / 2)]
    )


def test_recall_by_title_gives_every_title_one_voice() -> None:
    """Targets 0, 1, 3 (twice), 4, 5: title 0 found by all who wanted it, 3 by half, 4 by all, 1 and 5 by none."""
    assert ranking.recall_by_title(RANKED, OFFSETS, TARGETS).mean() == pytest.approx((1 + 0 + 0.5 + 1 + 0) / 5)


@given(st.data())
def test_metrics_equal_their_slow_reference(data: st.DataObject) -> None:
    n_titles, k = 8, data.draw(st.integers(1, 6))
    n_members = data.draw(st.integers(1, 4))
    wanted = [sorted(data.draw(st.sets(st.integers(0, n_titles - 1), min_size=1))) for _ in range(n_members)]
    lists = [data.draw(st.permutations(range(n_titles)))[: data.draw(st.integers(0, k))] for _ in range(n_members)]
    ranked = np.array([[*titles, *[-1] * (k - len(titles))] for titles in lists], dtype=np.int32)
    offsets = np.cumsum([0] + [len(titles) for titles in wanted])
    targets = np.array([title for titles in wanted for title in titles], dtype=np.int32)
    for member, (listed, want) in enumerate(zip(lists, wanted, strict=True)):
        found = [title in want for title in listed]
        possible = min(k, len(want))
        gains = [hit / np.log2(place + 2) for place, hit in enumerate(found)]
        ideal = sum(1 / np.log2(place + 2) for place in range(possible))
        precisions = [sum(found[: place + 1]) / (place + 1) for place, hit in enumerate(found) if hit]
        first = next((1 / (place + 1) for place, hit in enumerate(found) if hit), 0)
        expected = {
            ranking.recall: sum(found) / possible,
            ranking.hit_rate: float(any(found)),
            ranking.ndcg: sum(gains) / ideal,
            ranking.average_precision: sum(precisions) / possible,
            ranking.reciprocal_rank: first,
        }
        for metric, value in expected.items():
            assert metric(ranked, offsets, targets)[member] == pytest.approx(value), metric.__name__
    by_title = []
    for title in sorted(set(targets.tolist())):
        those = [member for member in range(n_members) if title in wanted[member]]
        by_title.append(np.mean([title in lists[member] for member in those]))
    assert ranking.recall_by_title(ranked, offsets, targets).mean() == pytest.approx(np.mean(by_title))


def test_a_member_without_target_has_no_metric() -> None:
    with pytest.raises(FitError, match="Targets were given for 1 members, but 2 were ranked"):
        ranking.recall(RANKED, np.array([0, 0, 6]), TARGETS)
