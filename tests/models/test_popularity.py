import numpy as np
import pytest

from openslate.models.histories import Histories
from openslate.models.popularity import (
    DAY,
    PLAY_STEPS,
    PopularitySettings,
    fit_popularity,
    group_popularity_from_plays,
    plays_of_part,
    popularity_7_days,
)

EVERYONE = np.zeros(3, dtype=np.int32)


def _aged(titles: list[int], days: list[float], n_titles: int = 3) -> Histories:
    """One member, whose plays happened so many days before day 100, oldest first."""
    plain = Histories.from_lists([titles], n_titles)
    times = np.array([(100 - day) * DAY for day in days]).astype(np.int64)
    return Histories(plain.offsets, plain.titles, times, plain.engagement, n_titles)


@pytest.mark.parametrize("half_life", [1.0, 7.0, 30.0, 2.5])
def test_a_play_counts_half_after_its_half_life(half_life: float) -> None:
    drawn = _aged([0, 1, 2], [2 * half_life, half_life, 0])
    settings = PopularitySettings(half_life_days=half_life)
    plays = plays_of_part(drawn, EVERYONE[:1], 1, 100 * DAY, settings)
    assert plays.tolist() == [[PLAY_STEPS // 4, PLAY_STEPS // 2, PLAY_STEPS]]


def test_the_window_holds_seven_days_and_nothing_from_the_future() -> None:
    drawn = _aged([0, 1, 2, 2], [7.0, 6.9, 0.0, -1.0])
    plays = plays_of_part(drawn, EVERYONE[:1], 1, 100 * DAY, popularity_7_days())
    assert (plays // PLAY_STEPS).tolist() == [[0, 1, 1]]


def test_without_half_life_and_window_every_play_counts_once() -> None:
    drawn = _aged([0, 1, 1], [5000, 300, 2])
    plays = plays_of_part(drawn, EVERYONE[:1], 1, 100 * DAY, PopularitySettings(half_life_days=None))
    assert (plays // PLAY_STEPS).tolist() == [[1, 2, 0]]


def test_shards_add_up_and_a_member_is_subtracted_exactly() -> None:
    rng = np.random.default_rng(0)
    drawn = Histories.from_lists([rng.integers(0, 5, 7).tolist() for _ in range(9)], n_titles=5)
    drawn = Histories(drawn.offsets, drawn.titles, drawn.times * DAY, drawn.engagement, 5)
    groups = rng.integers(-1, 2, 9).astype(np.int32)
    settings = PopularitySettings(half_life_days=3.0)

    def counted(start: int, stop: int) -> np.ndarray:
        return plays_of_part(drawn.part(start, stop), groups[start:stop], 2, 10 * DAY, settings)

    assert (counted(0, 4) + counted(4, 9) == counted(0, 9)).all()
    assert (counted(0, 9) - counted(8, 9) == counted(0, 8)).all()


def test_scores_are_the_same_for_everyone_even_for_members_without_events() -> None:
    model = fit_popularity(Histories.from_lists([[2, 1], [2]], n_titles=3), as_of=DAY)
    scores = model.score(Histories.from_lists([[], [0]], n_titles=3))
    assert scores.shape == (2, 3) and scores.dtype == np.float32
    assert (scores[0] == scores[1]).all()
    assert np.argsort(-scores[0]).tolist() == [2, 1, 0]


def test_a_small_group_is_drawn_to_everyone_and_a_large_one_speaks_for_itself() -> None:
    plays = np.array([[1000, 10], [0, 500], [0, 1], [0, 0]]) * PLAY_STEPS
    model = group_popularity_from_plays(plays, PopularitySettings(shrinkage=100.0))
    groups = np.array([0, 1, 2, 3, -1], dtype=np.int32)
    assert model.score_groups(groups).argmax(axis=1).tolist() == [0, 1, 0, 0, 0]
    assert np.exp(model.score_groups(groups)).sum(axis=1) == pytest.approx(1.0)
    assert (model.score_groups(groups)[3] == model.score_groups(groups)[4]).all()


def test_members_of_no_group_are_left_out() -> None:
    drawn = Histories.from_lists([[0], [1], [1]], n_titles=2)
    groups = np.array([0, -1, 1], dtype=np.int32)
    plays = plays_of_part(drawn, groups, 2, DAY, PopularitySettings(half_life_days=None))
    assert (plays // PLAY_STEPS).tolist() == [[1, 0], [0, 1]]
