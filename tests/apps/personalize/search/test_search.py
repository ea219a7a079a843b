"""Search: within its budget, resumable, and honest about what choosing the best of many does to its figure."""

import json
from pathlib import Path

import numpy as np
import pytest

from openslate.apps.personalize.protocols import PROTOCOLS
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recipe_file import read_recipe
from openslate.apps.personalize.search import bench as benches
from openslate.apps.personalize.search.bench import Bench
from openslate.apps.personalize.search.page import search_verdict
from openslate.apps.personalize.search.run import Searched, search
from openslate.apps.personalize.search.trials import DEFAULT, Notebook, Plan, Trial, climb, draw
from openslate.apps.personalize.space import with_settings
from openslate.apps.personalize.train import train
from openslate.data.datasets import viewing
from openslate.errors import ProjectError, UsageError
from openslate.evaluation.bootstrap import Interval
from openslate.progress import silent
from openslate.project import Project
from openslate.registry import runs
from openslate.storage.engine import Engine
from tests.simulated import LIGHT


@pytest.fixture(autouse=True)
def two_rungs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service of these tests is small: let its rungs be small, too."""
    monkeypatch.setattr(benches, "FEWEST_TRAINED", 250)


def same(one: Searched, other: Searched) -> bool:
    apart = {"run", "report", "recipe_file", "verdict"}
    plain = [{name: value for name, value in found.to_dict().items() if name not in apart} for found in (one, other)]
    return plain[0] == plain[1]


def test_a_search_ends_with_a_recipe_that_trains(fresh: Project, tmp_path: Path) -> None:
    found = search(fresh, budget=6, recipe=LIGHT, output=tmp_path / "best.json", report=tmp_path / "search.html")
    assert {one.number for one in found.trials} == set(range(6))
    assert [one.rung for one in found.trials].count(1) == 2
    assert found.best == found.trials[0].number
    assert read_recipe(tmp_path / "best.json") == found.recipe
    page = (tmp_path / "search.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "<script" not in page
    assert "had no part in choosing" in page
    for name in found.settings:
        assert name in page
    run = runs.find(fresh, found.run)
    assert (run.status, run.record["plan"], run.record["outcome"]) == ("done", [6, 2], found.verdict)
    assert json.loads(json.dumps(found.to_dict()))["best"] == found.best
    assert train(fresh, recipe=found.recipe).artifact.manifest["recipe"]["sequential"]["l2"] > 0


def test_a_search_goes_on_where_it_stopped_and_ends_the_same(fresh: Project) -> None:
    stopped: list[str] = []

    def stop(step: str, share: float) -> None:
        stopped.append(step)
        if step.startswith("Setting 4 of"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search(fresh, budget=6, recipe=LIGHT, progress=stop)
    assert runs.every(fresh)[-1].status == "failed"
    rows = fresh.state.rows("SELECT count(*) FROM stages")
    assert rows[0][0] == 3
    again = search(fresh, budget=6, recipe=LIGHT)
    # Seconds are kept with each trial, so that even they come back.
    assert same(again, search(fresh, budget=6, recipe=LIGHT))


def test_equal_seeds_search_alike_and_a_larger_budget_only_adds() -> None:
    assert draw(5, 3, Recipe()) == draw(9, 3, Recipe())[:5]
    assert draw(5, 3, Recipe()) != draw(5, 4, Recipe())
    assert draw(5, 3, Recipe())[DEFAULT] == {}


def test_parts_that_a_recipe_leaves_out_stay_out() -> None:
    without = Recipe(following=None, neighbours=None)
    changed = {name for settings in draw(60, 3, without) for name in settings}
    assert "transitions.lags" in changed
    assert not [name for name in changed if name.startswith(("following.", "neighbours."))]
    assert with_settings(without, draw(3, 3, without)[2]).following is None


def test_a_setting_that_matters_is_found_and_its_worth_is_told_as_it_is(
    fresh: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A world in which the nearer `sequential.l2` is to 200, the better, and nothing else matters but chance."""

    def worth(recipe: Recipe) -> float:
        return 0.5 - 0.1 * abs(np.log(recipe.sequential.l2 / 200))

    def scores(bench: Bench, recipe: Recipe, share: float = 1.0) -> np.ndarray:
        noise = np.random.default_rng(int(1000 * recipe.sequential.l2)).normal(0, 0.05, len(bench.choosing.members))
        return worth(recipe) + noise

    monkeypatch.setattr(Bench, "choose", scores)
    monkeypatch.setattr(Bench, "confirm", scores)
    found = search(fresh, budget=40, recipe=LIGHT)
    assert 100 < float(found.settings["sequential.l2"]) < 400
    assert found.ahead.excludes_zero
    assert found.ahead.mean == pytest.approx(worth(found.recipe) - worth(LIGHT), abs=0.02)
    assert "is better" in found.verdict


def test_those_who_confirm_have_no_part_in_choosing_and_the_test_part_is_not_looked_at(fresh: Project) -> None:
    histories = viewing(fresh, ("train", "evaluate"), "a test").histories
    for protocol in PROTOCOLS.values():
        bench = Bench.of(histories, protocol, 1, Engine(), 1)
        assert not set(bench.choosing.members) & set(bench.confirming.members)
        assert abs(bench.choosers - bench.confirmers) <= 1
    bench = Bench.of(histories, PROTOCOLS["global-time"], 1, Engine(), 1)
    test = PROTOCOLS["global-time"].test(histories)
    assert bench.choosing.as_of < test.as_of
    assert bench.choosing.fold_in.times.max() <= bench.choosing.as_of
    assert np.array_equal(np.sort(bench.order), np.arange(len(bench.order)))
    assert bench.rungs == (1 / 3, 1.0)


def test_minutes_are_kept_to_by_the_cost_of_one_setting() -> None:
    for seconds in (5.0, 60.0, 600.0):
        plan = Plan.within(seconds, [0.2, 0.6, 1.8])
        spent = sum(count * cost for count, cost in zip(plan.counts, [0.2, 0.6, 1.8], strict=True))
        assert spent <= seconds or plan.counts[0] == 2
    assert Plan.within(-1.0, [1.0]).counts == (2,)


def test_when_the_time_is_up_no_rung_takes_more_than_it_needs(fresh: Project) -> None:
    histories = viewing(fresh, ("train", "evaluate"), "a test").histories
    bench = Bench.of(histories, PROTOCOLS["global-time"], 1, Engine(), 1)
    notebook = Notebook.of(fresh, bench, bench.settle(LIGHT))
    trials = climb(notebook, draw(6, 1, LIGHT), Plan.of(6, 2), 1, until=0.0, progress=silent)
    assert [(one.number, one.rung) for one in sorted(trials, key=lambda one: one.number)] == [(0, 1), (1, 1)]


def test_the_verdict_follows_those_who_confirm_and_not_those_who_chose() -> None:
    score, looked = Interval(0.2, 0.18, 0.22, 500), Interval(0.05, 0.04, 0.06, 500)
    trials = [Trial(1, {"sequential.l2": 3.0}, 100, score, looked, 1.0, 0), Trial(0, {}, 100, score, looked, 1.0, 0)]
    told = {
        "is better": Interval(0.01, 0.005, 0.015, 500),
        "cannot be told apart": Interval(0.01, -0.005, 0.025, 500),
        "misled by chance": Interval(-0.01, -0.015, -0.005, 500),
    }
    for words, ahead in told.items():
        verdict = search_verdict("ndcg@10", trials, 1, score, ahead)
        assert words in verdict
        assert "looked like 0.0500" in verdict
    assert "None of 1 other settings" in search_verdict("ndcg@10", trials, 0, score, looked)


def test_what_makes_no_sense_is_refused(fresh: Project, tmp_path: Path) -> None:
    for wrong in (
        {"budget": 1},
        {"budget": 10**20},
        {"minutes": 0.0},
        {"minutes": float("nan")},
        {"budget": 3, "minutes": 1.0},
    ):
        with pytest.raises(UsageError):
            search(fresh, **wrong)
    with pytest.raises(UsageError, match="no protocol"):
        search(fresh, protocol="guessing")
    with pytest.raises(ProjectError, match="no such folder"):
        search(fresh, output=tmp_path / "nowhere" / "best.json")
    for wrong_place in ({"output": tmp_path}, {"report": tmp_path}):
        with pytest.raises(ProjectError, match="it is a folder"):
            search(fresh, **wrong_place)
    with pytest.raises(UsageError, match="would both be"):
        search(fresh, output=tmp_path / "one", report=tmp_path / "one")
    assert runs.every(fresh) == []
