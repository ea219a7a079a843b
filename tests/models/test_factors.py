import numpy as np
import pytest
from hypothesis import given, settings

from openslate.errors import FitError
from openslate.models.factors import Factors, FactorSettings, _common_of, _improve, fit_factors
from openslate.models.histories import Histories
from openslate.models.weights import WeightSettings, taste_rows
from tests.models.drawn import histories, many

SMALL = FactorSettings(width=4, epochs=2, l2=0.05)


def _loss(watched: np.ndarray, members: np.ndarray, titles: np.ndarray) -> float:
    predicted = members @ titles.T
    loss = (watched * (predicted - 1) ** 2).sum() + SMALL.unwatched * (predicted**2).sum()
    of_member = SMALL.l2 * (watched.sum(axis=1) + SMALL.unwatched * watched.shape[1])
    return float(loss + (of_member * (members**2).sum(axis=1)).sum())


@given(histories())
@settings(deadline=None)
def test_a_members_factors_are_where_the_loss_is_lowest(drawn: Histories) -> None:
    titles = np.random.default_rng(0).normal(size=(drawn.n_titles, 4)).astype(np.float32)
    scores = Factors(titles, SMALL).score(drawn).astype(np.float64)
    watched = taste_rows(drawn, WeightSettings()).toarray()
    members = np.linalg.lstsq(titles.astype(float), scores.T, rcond=None)[0].T
    if np.linalg.matrix_rank(titles) < 4:
        return
    lowest = _loss(watched, members, titles)
    rng = np.random.default_rng(1)
    for _ in range(5):
        moved = members + 0.01 * rng.normal(size=members.shape) * (watched.sum(axis=1, keepdims=True) > 0)
        assert _loss(watched, moved, titles) >= lowest - 1e-4


@given(histories())
@settings(deadline=None)
def test_contributions_sum_to_the_score(drawn: Histories) -> None:
    model = Factors(np.random.default_rng(0).normal(size=(drawn.n_titles, 4)).astype(np.float32), SMALL)
    scores = model.score(drawn)
    for title in range(drawn.n_titles):
        added = np.bincount(drawn.members_of_events(), model.contributions(drawn, title), drawn.n_members)
        assert added == pytest.approx(scores[:, title], abs=1e-3)


def test_each_turn_lowers_the_loss_and_equal_seeds_give_equal_bytes() -> None:
    told = many()
    one, again, other = (fit_factors(told, FactorSettings(width=8, seed=seed)) for seed in (0, 0, 1))
    assert one.title_factors.tobytes() == again.title_factors.tobytes() != other.title_factors.tobytes()


def test_steps_lead_to_where_the_system_is_solved() -> None:
    told, settings = many(), FactorSettings(width=4, steps=20, l2=0.05)
    titles = np.random.default_rng(0).normal(size=(told.n_titles, 4)).astype(np.float32)
    watched = taste_rows(told, WeightSettings())
    found = np.zeros((told.n_members, 4), dtype=np.float32)
    _improve(found, watched, titles, settings)
    common = _common_of(titles, settings)
    for member, row in enumerate(watched.toarray()):
        own = titles[row > 0]
        ridge = settings.l2 * (len(own) + settings.unwatched * told.n_titles)
        solved = np.linalg.solve(own.T @ own + common + ridge * np.eye(4), own.sum(axis=0))
        assert found[member] == pytest.approx(solved, abs=1e-4)


def test_titles_that_nobody_watched_together_are_near_where_tastes_are() -> None:
    clubs = [[a, b] for a, b in ((0, 1), (1, 2), (2, 3), (0, 3))] * 9 + [[a, a + 1] for a in (4, 6)] * 9
    scores = fit_factors(Histories.from_lists(clubs, n_titles=8), FactorSettings(width=3, unwatched=0.05)).score(
        Histories.from_lists([[0]], n_titles=8)
    )[0]
    assert scores[2] > scores[4:].max()


def test_no_ridge_is_refused() -> None:
    with pytest.raises(FitError, match="0"):
        fit_factors(many(), FactorSettings(l2=0.0))


def test_members_beyond_the_limit_are_left_out_evenly() -> None:
    told = many()
    few = fit_factors(told, FactorSettings(width=4, most_members=20))
    chosen = told.take(np.linspace(0, told.n_members - 1, 20).astype(np.int64))
    assert (few.title_factors == fit_factors(chosen, FactorSettings(width=4)).title_factors).all()
