import json
from dataclasses import dataclass, replace

import numpy as np
import pytest

from openslate.errors import FitError, UsageError
from openslate.evaluation import protocol
from openslate.evaluation.measure import Genres
from openslate.evaluation.protocol import evaluate, rank_members
from openslate.evaluation.ranking import ndcg, top_k
from openslate.evaluation.results import Evaluation, ForeignRow
from openslate.evaluation.splits import Split, global_time, strong_generalisation
from openslate.models.histories import ENGAGEMENT_STEPS, Histories

N_TITLES, N_MEMBERS, N_KINDS = 40, 300, 4


@dataclass(frozen=True)
class Linear:
    """A model of our own for these tests: scores are the binary history times `weights`, plus `bias`."""

    weights: np.ndarray
    bias: np.ndarray

    def score(self, histories: Histories) -> np.ndarray:
        return (matrix(histories) @ self.weights + self.bias).astype(np.float32)


def matrix(histories: Histories) -> np.ndarray:
    watched = np.zeros((histories.n_members, histories.n_titles))
    watched[histories.members_of_events(), histories.titles] = 1
    return watched


def popularity(train: Histories) -> Linear:
    return Linear(np.zeros((train.n_titles, train.n_titles)), matrix(train).sum(axis=0))


def rare_first(train: Histories) -> Linear:
    return Linear(np.zeros((train.n_titles, train.n_titles)), -matrix(train).sum(axis=0))


def ease(train: Histories) -> Linear:
    inverse = np.linalg.inv(matrix(train).T @ matrix(train) + 20 * np.eye(train.n_titles))
    weights = np.eye(train.n_titles) - inverse / np.diag(inverse)
    return Linear(weights, np.zeros(train.n_titles))


@dataclass(frozen=True)
class World:
    """Members with a favourite kind of title, and the scores they truly act by."""

    histories: Histories
    truth: np.ndarray
    genres: Genres


@pytest.fixture(scope="module")
def world() -> World:
    random = np.random.default_rng(11)
    kinds = np.arange(N_TITLES) % N_KINDS
    favourite = random.integers(N_KINDS, size=N_MEMBERS)
    truth = 3.0 * (kinds[None, :] == favourite[:, None]) - 0.05 * np.arange(N_TITLES)[None, :]
    watched = np.argsort(-(truth + random.gumbel(size=truth.shape)), axis=1)[:, :12]
    times = np.sort(random.integers(1000, size=watched.shape), axis=1)
    histories = Histories(
        offsets=np.arange(N_MEMBERS + 1, dtype=np.int64) * 12,
        titles=random.permuted(watched, axis=1).ravel().astype(np.int32),
        times=times.ravel().astype(np.int64),
        engagement=np.full(watched.size, ENGAGEMENT_STEPS, dtype=np.int32),
        n_titles=N_TITLES,
    )
    genres = Genres(("comedy", "crime", "drama", "war"), np.eye(N_KINDS)[kinds])
    return World(histories, truth.astype(np.float32), genres)


@pytest.fixture(scope="module")
def split(world: World) -> Split:
    return global_time(world.histories, 700)


@pytest.fixture(scope="module")
def evaluation(world: World, split: Split) -> Evaluation:
    return evaluate(
        split,
        {"popularity": popularity, "rare first": rare_first, "ease": ease},
        baselines=["popularity", "rare first"],
        cutoffs=(10, 5),
        genres=world.genres,
        oracle=lambda members: world.truth[members],
        foreign=(ForeignRow("Printed", "somebody's paper, their own split", {"ndcg@10": 0.99}),),
        resamples=200,
    )


def test_every_row_stands_where_it_should(evaluation: Evaluation) -> None:
    assert [(row.name, row.role) for row in evaluation.rows] == [
        ("popularity", "baseline"),
        ("rare first", "baseline"),
        ("ease", "model"),
        ("oracle", "oracle"),
    ]
    assert evaluation.best_baseline == "popularity" and not evaluation.row("popularity").ahead
    means = {row.name: row.metrics[evaluation.headline].mean for row in evaluation.rows}
    assert means["rare first"] < means["popularity"] < means["ease"] < means["oracle"]
    assert evaluation.row("ease").ahead["ndcg@10"].excludes_zero
    assert evaluation.row("rare first").ahead["ndcg@10"].high < 0
    assert evaluation.foreign[0].metrics == {"ndcg@10": 0.99}  # quoted, and in no comparison


def test_the_figures_are_those_of_the_plain_route(evaluation: Evaluation, split: Split) -> None:
    scores = ease(split.train).score(split.fold_in)
    scores[:, ~split.catalogue] = -np.inf
    ranked = top_k(scores, split.fold_in, 10)
    row = evaluation.row("ease")
    for k in (5, 10):
        plain = ndcg(ranked[:, :k], split.target_offsets, split.targets).mean()
        assert row.metrics[f"ndcg@{k}"].mean == pytest.approx(plain)
    assert row.lists["coverage@10"] == len(np.unique(ranked)) / split.catalogue.sum()
    difference = row.metrics["ndcg@10"].mean - evaluation.row("popularity").metrics["ndcg@10"].mean
    assert row.ahead["ndcg@10"].mean == pytest.approx(difference)


def test_what_is_beyond_accuracy_tells_the_models_apart(evaluation: Evaluation) -> None:
    popular, taste = evaluation.row("popularity"), evaluation.row("ease")
    assert taste.metrics["miscalibration@10"].high < popular.metrics["miscalibration@10"].low
    assert taste.metrics["novelty@10"].mean > popular.metrics["novelty@10"].mean
    assert popular.metrics["popularity-shift@10"].mean > taste.metrics["popularity-shift@10"].mean
    for row in evaluation.rows:
        assert sum(row.deciles) == pytest.approx(1) and sum(row.genres) == pytest.approx(1)
        assert sum(one.pairs for one in row.tastes) == evaluation.counts.scored_members * N_KINDS
    assert sum(evaluation.target_deciles) == pytest.approx(1)


def test_it_goes_to_json_and_comes_back_the_same(evaluation: Evaluation) -> None:
    assert Evaluation.from_dict(json.loads(json.dumps(evaluation.to_dict(), allow_nan=False))) == evaluation


def test_blocks_of_members_change_nothing(
    evaluation: Evaluation, split: Split, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "SCORES_AT_ONCE", 7 * N_TITLES)
    told: list[str] = []
    again = evaluate(
        split,
        {"popularity": popularity, "rare first": rare_first, "ease": ease},
        baselines=["popularity", "rare first"],
        cutoffs=(10, 5),
        genres=world.genres,
        oracle=lambda members: world.truth[members],
        foreign=evaluation.foreign,
        resamples=200,
        progress=told.append,
    )
    assert again == evaluation
    assert told == ["popularity", "rare first", "ease"]


def test_titles_outside_training_are_never_ranked(split: Split) -> None:
    narrow = replace(split, train=split.train.keep(split.train.titles < 5))
    ranked = rank_members(narrow, lambda first, last: np.ones((last - first, N_TITLES), dtype=np.float32), 10)
    assert ranked.max() == 4 and (ranked[:, 5:] == -1).all()


def test_strong_generalisation_runs_without_genres(world: World) -> None:
    strong = strong_generalisation(world.histories, 60, engagement_above=0)
    found = evaluate(strong, {"popularity": popularity, "ease": ease}, baselines=["popularity"], resamples=50)
    assert found.genre_names == () and found.row("ease").genres == () and found.row("ease").tastes == ()
    assert found.row("ease").ahead["recall@10"].mean > 0


def test_a_missing_baseline_or_a_wrong_shape_is_named(split: Split) -> None:
    with pytest.raises(UsageError, match="'popularity-7d'"):
        evaluate(split, {"ease": ease}, baselines=["popularity-7d"])
    with pytest.raises(UsageError, match="at least one"):
        evaluate(split, {"ease": ease}, baselines=[])
    transposed = Linear(np.zeros((N_TITLES, 3)), np.zeros(3))
    with pytest.raises(FitError, match=r"mine returned scores of shape \(\d+, 3\)"):
        evaluate(split, {"mine": lambda train: transposed}, baselines=["mine"])
