from dataclasses import asdict, dataclass, field

import numpy as np
import pytest
from numpy.typing import NDArray

from openslate.errors import RegistryError
from openslate.evaluation.bootstrap import Interval
from openslate.project import Project
from openslate.registry import artifacts, lineage, promotion, runs, stages
from openslate.registry.standing import Comparison, comparison_key
from tests.lake_rows import add_rows


@dataclass(frozen=True)
class Choices:
    reg: float = 2.0
    lags: tuple[int, ...] = (1, 2)


@dataclass(frozen=True)
class Weights:
    matrix: NDArray[np.float32]
    choices: Choices = field(default_factory=Choices)
    name: str = "weights"


def save(
    project: Project, score: float = 0.2, as_of: int = 5, split: str = "s", value: float = 1
) -> artifacts.Artifact:
    lead = Interval(score - 0.1, score - 0.11, score - 0.09, 500)
    lift = Interval(10 * score, 10 * score - 0.1, 10 * score + 0.1, 500)
    intervals = {"ahead": asdict(lead), "lift": asdict(lift)}
    validation = {"split": split, "metric": "ndcg@10", "score": score, "baseline": 0.1, "intervals": intervals}
    manifest = {"as_of": as_of, "data": f"data {score} {value}", "validation": validation}
    return artifacts.save(project, "personalize", {"main": Weights(np.full((2, 3), value, np.float32))}, manifest)


def test_a_model_comes_back_as_it_was(project: Project) -> None:
    artifact = save(project)
    parts = artifacts.load(artifacts.find(project, artifact.id[:10]), {"Weights": Weights})
    assert parts["main"].matrix.tolist() == [[1, 1, 1], [1, 1, 1]]
    assert parts["main"].choices == Choices()


@dataclass(frozen=True)
class Maybe:
    settings: Choices | None
    matrix: NDArray[np.float32] | None = None


@pytest.mark.parametrize("settings", [None, Choices(reg=7.0, lags=(3,))])
def test_a_dataclass_that_may_be_none_comes_back_as_it_was(project: Project, settings: Choices | None) -> None:
    artifact = artifacts.save(project, "personalize", {"main": Maybe(settings)}, {})
    assert artifacts.load(artifact, {"Maybe": Maybe})["main"] == Maybe(settings)


def test_an_array_that_two_parts_share_is_stored_once(project: Project) -> None:
    shared = np.arange(60_000, dtype=np.float32).reshape(200, 300)
    parts = {"one": Weights(shared), "two": Weights(shared, Choices(reg=9.0), "twin"), "three": Weights(shared + 1)}
    artifact = artifacts.save(project, "personalize", parts, {})
    assert (artifact.folder / artifacts.WEIGHTS).stat().st_size < 2.2 * shared.nbytes
    opened = artifacts.load(artifact, {"Weights": Weights})
    for name, part in parts.items():
        assert (opened[name].matrix == part.matrix).all() and opened[name].matrix.dtype == np.float32
        assert (opened[name].choices, opened[name].name) == (part.choices, part.name)
    copied = {**parts, "two": Weights(shared.copy(), Choices(reg=9.0), "twin")}
    again = artifacts.load(artifacts.save(project, "personalize", copied, {}), {"Weights": Weights})
    assert (again["two"].matrix == shared).all()


def test_equal_content_is_one_artifact_and_other_content_another(project: Project) -> None:
    assert save(project).id == save(project).id
    assert save(project).id != save(project, value=2).id
    assert save(project).id != save(project, score=0.3).id
    assert len(artifacts.every(project)) == 3
    assert [path.name for path in project.models.glob(".tmp-*")] == []


def test_a_changed_byte_is_noticed(project: Project) -> None:
    artifact = save(project)
    path = artifact.folder / artifacts.WEIGHTS
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(RegistryError, match="is damaged"):
        artifacts.load(artifact, {"Weights": Weights})
    path.unlink()
    with pytest.raises(RegistryError, match="cannot be read"):
        artifacts.load(artifact, {"Weights": Weights})


def test_a_changed_manifest_is_noticed(project: Project) -> None:
    artifact = save(project)
    path = artifact.folder / artifacts.MANIFEST
    path.write_bytes(path.read_bytes().replace(b"0.2", b"0.9"))
    with pytest.raises(RegistryError, match="its manifest is not the one that names it"):
        artifacts.load(artifact, {"Weights": Weights})
    path.unlink()
    with pytest.raises(RegistryError, match="cannot be read"):
        artifacts.load(artifact, {"Weights": Weights})


def test_only_named_models_are_ever_built(project: Project) -> None:
    with pytest.raises(RegistryError, match="unknown here"):
        artifacts.load(save(project), {"Other": Weights})


@dataclass(frozen=True)
class LaterWeights(Weights):
    nearest: int = 1000


def test_what_another_version_stored_is_refused_and_not_filled_up_with_defaults(project: Project) -> None:
    with pytest.raises(RegistryError, match=r"stored without main\.nearest, by another version"):
        artifacts.load(save(project), {"Weights": LaterWeights})


def test_what_cannot_be_stored_is_refused(project: Project) -> None:
    with pytest.raises(RegistryError, match=r"main\.matrix is a dict"):
        artifacts.save(project, "personalize", {"main": Weights({})}, {})  # type: ignore[arg-type]
    assert list(project.models.iterdir()) == []


def test_names_that_fit_none_or_several_are_refused(project: Project) -> None:
    for number in range(20):
        save(project, value=number)
    with pytest.raises(RegistryError, match="no model"):
        artifacts.find(project, "zzz")
    with pytest.raises(RegistryError, match="no model"):
        artifacts.find(project, "")
    beginnings = [artifact.id[0] for artifact in artifacts.every(project)]
    with pytest.raises(RegistryError, match="Several"):
        artifacts.find(project, max(beginnings, key=beginnings.count))


def test_a_run_is_recorded_with_what_explains_it(project: Project) -> None:
    with runs.recorded(project, "train", {"reg": 1}, seed=7) as notebook:
        notebook.record["metrics"] = {"ndcg@10": 0.2}
    (run,) = runs.every(project)
    assert run.status == "done"
    assert run.record["seed"] == 7
    assert run.record["metrics"] == {"ndcg@10": 0.2}
    assert run.record["seconds"] >= 0
    assert run.record["peak_memory_megabytes"] > 10
    assert "numpy" in run.record["machine"]
    assert runs.find(project, run.id[:6]) == run


def test_a_failed_run_says_why(project: Project) -> None:
    with pytest.raises(ValueError, match="no"), runs.recorded(project, "train", {}, seed=1):
        raise ValueError("no data")
    (run,) = runs.every(project)
    assert (run.status, run.record["error"]) == ("failed", "no data")
    with pytest.raises(RegistryError, match="no run"):
        runs.find(project, "nothing")


def test_lineage_leads_back_to_the_beginning(project: Project) -> None:
    lineage.link(project, "page", "model", "filled by")
    lineage.link(project, "model", "snapshot", "trained on")
    lineage.link(project, "model", "snapshot", "trained on")
    lineage.link(project, "snapshot", "import", "holds")
    found = [(one.id, one.depth) for one in lineage.ancestors(project, lineage.full_name(project, "pa"))]
    assert found == [("model", 1), ("snapshot", 2), ("import", 3)]
    with pytest.raises(RegistryError):
        lineage.full_name(project, "elsewhere")


def test_a_snapshot_leads_back_to_its_files_and_imports(project: Project) -> None:
    titles = add_rows(project, "titles", [("t1", "One")], "catalogue")
    plays = add_rows(project, "plays", [("ann", "t1", "2024-01-01")], "csv:plays.csv")
    snapshot, (first, second) = project.lake.snapshot(), project.lake.imports()
    for _ in range(2):
        lineage.link_snapshot(project, "run", snapshot)
    assert [(one.id, one.relation, one.depth) for one in lineage.ancestors(project, "run")] == [
        (snapshot.id, "read", 1),
        (plays.hash, "holds plays from csv:plays.csv", 2),
        (titles.hash, "holds titles from catalogue", 2),
        *(
            (one.id, f"imported from test on {one.recorded.date().isoformat()}", 3)
            for one in sorted((first, second), key=lambda one: one.id)
        ),
    ]


def test_promote_force_and_roll_back(project: Project) -> None:
    first, worse, best = save(project), save(project, score=0.15), save(project, score=0.25)
    assert promotion.serving(project, "personalize") is None
    promotion.promote(project, "personalize", first)
    with pytest.raises(RegistryError, match="not promoted"):
        promotion.promote(project, "personalize", worse)
    promotion.promote(project, "personalize", worse, forced_because="a test of the gate")
    assert promotion.promote(project, "personalize", best).serves
    assert promotion.promote(project, "personalize", best).why == "it serves already"
    assert promotion.roll_back(project, "personalize", "complaints").id == worse.id
    assert promotion.roll_back(project, "personalize", "more of them").id == first.id
    with pytest.raises(RegistryError, match="No earlier model"):
        promotion.roll_back(project, "personalize", "again")
    serving = promotion.serving(project, "personalize")
    assert serving is not None
    assert serving.id == first.id


def test_a_damaged_model_serves_neither_by_force_nor_by_a_roll_back(project: Project) -> None:
    first, second = save(project), save(project, score=0.25)
    promotion.promote(project, "personalize", first)
    promotion.promote(project, "personalize", second)
    (first.folder / artifacts.WEIGHTS).write_bytes(b"nothing of the kind")
    with pytest.raises(RegistryError, match="is damaged"):
        promotion.roll_back(project, "personalize", "complaints")
    with pytest.raises(RegistryError, match="is damaged"):
        promotion.promote(project, "personalize", first, forced_because="a test of the gate")
    serving = promotion.serving(project, "personalize")
    assert serving is not None
    assert serving.id == second.id


def test_a_comparison_that_is_kept_decides(project: Project) -> None:
    first, better = save(project), save(project, score=0.25)
    promotion.promote(project, "personalize", first)
    difference = Interval(-0.02, -0.03, -0.01, 500)
    kept = Comparison(first.id, difference, "asked as it serves").to_dict()
    stages.once(project, comparison_key(better.manifest, first.id), lambda: kept)
    with pytest.raises(RegistryError, match="clearly worse"):
        promotion.promote(project, "personalize", better)


def test_a_model_of_another_kind_cannot_serve(project: Project) -> None:
    with pytest.raises(RegistryError, match="cannot serve"):
        promotion.promote(project, "greenlight", save(project))
