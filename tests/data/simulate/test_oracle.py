"""Whether the truth can be learned: oracle above a quick EASE, EASE above popularity, on plays later than a moment."""

from dataclasses import dataclass

import numpy as np
import pytest

from openslate.data.simulate import Oracle, Service, Shard, SimulatorSettings
from openslate.data.simulate.tastes import DAY
from openslate.errors import UsageError


@dataclass(frozen=True)
class Task:
    at: int
    before: np.ndarray
    after: np.ndarray
    week: np.ndarray


@pytest.fixture(scope="module")
def task(settings: SimulatorSettings, shards: list[Shard]) -> Task:
    member = np.concatenate([[int(name[1:]) for name in shard.plays["member"]] for shard in shards])
    title = np.concatenate([[int(name[1:]) for name in shard.plays["title"]] for shard in shards])
    started = np.concatenate([shard.plays["started"] for shard in shards]).astype(np.int64)
    at = int(np.datetime64(settings.start, "us").astype(np.int64)) + (settings.days - 14) * DAY
    before = np.zeros((settings.members, settings.titles))
    after = np.zeros_like(before)
    before[member[started < at], title[started < at]] = 1
    after[member[started >= at], title[started >= at]] = 1
    after[before > 0] = 0
    last_week = (started < at) & (started >= at - 7 * DAY)
    return Task(at, before, after, np.bincount(title[last_week], minlength=settings.titles))


def ndcg(scores: np.ndarray, task: Task, k: int = 10) -> np.ndarray:
    scored = (task.before.sum(axis=1) > 0) & (task.after.sum(axis=1) > 0)
    open_titles = np.where(task.before[scored] > 0, -np.inf, scores[scored])
    top = np.argsort(-open_titles, axis=1, kind="stable")[:, :k]
    discounts = 1 / np.log2(np.arange(2, k + 2))
    gains = np.take_along_axis(task.after[scored], top, axis=1) @ discounts
    reachable = np.cumsum(discounts)[np.minimum(task.after[scored].sum(axis=1), k).astype(int) - 1]
    return gains / reachable


def ease(watched: np.ndarray, penalty: float = 300.0) -> np.ndarray:
    inverse = np.linalg.inv(watched.T @ watched + penalty * np.eye(watched.shape[1]))
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return watched @ weights


def test_oracle_is_above_ease_and_ease_above_popularity(service: Service, task: Task) -> None:
    everybody = np.arange(len(task.before))
    popularity = ndcg(np.tile(task.week, (len(everybody), 1)), task)
    learned = ndcg(ease(task.before), task)
    oracle = ndcg(Oracle(service).score(everybody, task.at), task)
    assert learned.mean() > 1.15 * popularity.mean()
    assert oracle.mean() > 1.2 * learned.mean()
    for better, worse in ((learned, popularity), (oracle, learned)):
        gaps = better - worse
        assert gaps.mean() > 4 * gaps.std() / np.sqrt(len(gaps))


def test_scores_are_chances_and_nothing_is_offered_before_release(service: Service, task: Task) -> None:
    scores = Oracle(service).score(np.array([3, 1_999]), task.at)
    released = service.catalogue.release_days <= service.settings.days - 14
    assert scores.dtype == np.float32
    assert (scores[:, ~released] == 0).all()
    assert (scores[:, released] > 0).all()
    assert (scores.sum(axis=1) < 1.5).all()


def test_members_are_scored_alike_alone_and_among_others(service: Service, task: Task) -> None:
    oracle = Oracle(service)
    together = oracle.score(np.array([1_700, 5, 801]), task.at)
    alone = oracle.score(np.array([5]), task.at)
    assert together[1] == pytest.approx(alone[0], rel=1e-4)
    assert not np.allclose(together[0], together[1])


def test_tastes_wander_and_talk_changes(service: Service, task: Task) -> None:
    oracle, members = Oracle(service), np.arange(50)
    assert not np.allclose(oracle.score(members, task.at), oracle.score(members, task.at - 60 * DAY))


def test_the_enjoyable_is_finished_more_often(service: Service, shards: list[Shard], task: Task) -> None:
    plays = shards[0].plays
    member = np.array([int(name[1:]) for name in plays["member"]])
    title = np.array([int(name[1:]) for name in plays["title"]])
    glad = Oracle(service).enjoyment(np.arange(800), task.at)[member, title]
    assert ((glad > 0) & (glad < 1)).all()
    high = glad > np.median(glad)
    assert plays["completion"][high].mean() > plays["completion"][~high].mean() + 0.05


def test_a_member_who_is_not_there_is_refused(service: Service) -> None:
    with pytest.raises(UsageError, match="no member number 2000"):
        Oracle(service).score(np.array([2_000]), 0)
