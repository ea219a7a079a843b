"""Forgetting in models: what serves is what training without the member gives, and nothing of them is left."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from openslate import clock
from openslate.apps.personalize.counting import sums_of
from openslate.apps.personalize.fitted import BLEND, CLASSES
from openslate.apps.personalize.forgetting import models as forgetting
from openslate.apps.personalize.forgetting import replacing
from openslate.apps.personalize.forgetting.kept_sums import digest
from openslate.apps.personalize.forgetting.models import ModelsForgotten, forget_in_models
from openslate.apps.personalize.forgetting.successor import SETTLED, found_of
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.train import ROLE, train
from openslate.data.datasets import viewing
from openslate.data.prepared import prepared_folder
from openslate.errors import NothingAllowed, RegistryError, RightsError, UsageError
from openslate.models.weights import WeightSettings
from openslate.project import Project
from openslate.registry import artifacts, pending, stages
from openslate.registry.promotion import promote, roll_back, serving
from openslate.rights.consent import record_member
from openslate.rights.unlearning import Method, receipt_of
from tests.lake_rows import add_rows
from tests.simulated import LIGHT, copied

MEMBER, SUBJECT = "m0000003", "c" * 64
SUMMED = ("taste", "recent", "sequential")


def soon() -> datetime:
    return clock.now() + timedelta(days=7)


def withdrawn(project: Project, member: str = MEMBER) -> Project:
    record_member(project, member, ["train"], granted=False)
    return project


def forget(project: Project, at_once: bool = False) -> ModelsForgotten:
    return forget_in_models(project, MEMBER, soon(), SUBJECT, at_once)


def files_that_hold(folder: Path, needle: bytes) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and needle in path.read_bytes()]


def test_the_model_in_its_place_is_what_training_without_the_member_gives(
    service: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = serving(service, ROLE)
    assert old is not None
    found = found_of(old)
    withdrawn(service).state.close()
    other = copied(service.folder, tmp_path / "other")
    for kept in (other.people / "sums").glob("*/*"):
        kept.unlink()
    # The package shows its function `train` where its module of that name stands.
    monkeypatch.setattr(sys.modules[train.__module__], "_validate", lambda *arguments: found)
    trained = train(other, recipe=LIGHT).artifact
    monkeypatch.undo()
    project = Project.open(service.folder)
    new = artifacts.find(project, forget(project).serves)
    assert new.manifest["weights"] == trained.manifest["weights"]
    assert new.manifest["members"] == old.manifest["members"] - 1
    differing = {name for name in new.manifest if new.manifest[name] != trained.manifest.get(name)}
    assert differing == {"held"}


def test_the_receipt_says_what_each_part_proves_and_its_digests_are_those_counted(service: Project) -> None:
    old = serving(service, ROLE)
    assert old is not None
    before = viewing(service, ("train",), "a test")
    had = digest(sums_of(before.histories, WeightSettings()))
    done = forget(withdrawn(service))
    (receipt,) = done.receipts
    assert receipt_of(json.loads(json.dumps(receipt.document()))) == receipt
    assert (receipt.subject, receipt.old_model, receipt.new_model) == (SUBJECT, old.id, done.serves)
    methods = {part.part: part.method for part in receipt.parts}
    assert {methods[part] for part in methods if part.removeprefix(f"{BLEND}.") in SUMMED} == {Method.EXACT_GRAM}
    assert {methods[name] for name in (BLEND, SETTLED)} == {Method.PENDING}
    assert methods["popular"] is methods[f"{BLEND}.popularity"] is Method.RETRAIN
    retained = viewing(service, ("train",), "a test").histories
    gram = next(one for one in receipt.accumulators if one.settings == plain_gram())
    assert (gram.old, gram.new) == (had, digest(sums_of(retained, WeightSettings())))


def test_nothing_of_the_member_is_left_but_in_what_others_erase(service: Project) -> None:
    old = serving(service, ROLE)
    assert old is not None
    done = forget(withdrawn(service))
    assert done.removed == (old.id,)
    assert not old.folder.exists()
    assert service.state.rows("SELECT count(*) FROM stages") == [(0,)]
    assert not files_that_hold(prepared_folder(service), MEMBER.encode())
    assert not files_that_hold(service.people / "sums", b'"prepared": "' + done.prepared[0].encode())
    assert not (service.people / "forgetting").exists()
    stays = artifacts.find(service, old.id).manifest
    assert stays["parts"] == stays["components"] == {}
    with pytest.raises(RegistryError, match="was removed: it had learned from a member"):
        roll_back(service, ROLE, "a test")
    assert Recommender.open(service).model == done.serves


def test_after_the_deadline_it_may_not_serve_until_all_is_trained_anew(
    service: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = forget(withdrawn(service))
    assert {one.part for one in done.pending} == {BLEND, SETTLED}
    later = done.pending[0].deadline + timedelta(seconds=1)
    monkeypatch.setattr("openslate.clock.now", lambda: later)
    with pytest.raises(RightsError, match="R20 WITHDRAWN"):
        Recommender.open(service)
    trained = train(service, recipe=LIGHT)
    assert trained.serves
    assert Recommender.open(service).model == trained.artifact.id
    with pytest.raises(RightsError, match="R20 WITHDRAWN"):
        promote(service, ROLE, artifacts.find(service, done.serves), "a test")
    with pytest.raises(RightsError, match="R20 WITHDRAWN"):
        roll_back(service, ROLE, "a test")


def test_before_the_deadline_a_training_anew_takes_its_place(service: Project) -> None:
    done = forget(withdrawn(service))
    trained = train(service, recipe=LIGHT)
    assert trained.artifact.id != done.serves
    assert trained.serves, trained.outcome


def test_at_once_nothing_waits(service: Project) -> None:
    done = forget(withdrawn(service), at_once=True)
    assert done.pending == ()
    (receipt,) = done.receipts
    assert receipt.pending == ()
    assert {part.method for part in receipt.parts} == {Method.EXACT_GRAM, Method.RETRAIN}
    assert "held" not in artifacts.find(service, done.serves).manifest


@pytest.mark.parametrize("step", ["sums", "stored", "promoted", "removing", "prepared"])
def test_killed_half_way_it_goes_on_to_the_same_end(
    service: Project, tmp_path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    withdrawn(service).state.close()
    whole = forget(copied(service.folder, tmp_path / "other"))
    project = Project.open(service.folder)
    with monkeypatch.context() as killing:
        kill_at(killing, step)
        with pytest.raises(KeyboardInterrupt):
            forget(project)
    done = forget(project)
    assert done.serves == whole.serves
    assert done.removed == whole.removed
    assert [names(one.document()) for one in done.receipts] == [names(one.document()) for one in whole.receipts]
    assert [one.part for one in done.pending] == [one.part for one in whole.pending]
    assert not files_that_hold(prepared_folder(project), MEMBER.encode())
    assert not (project.people / "forgetting").exists()
    assert forget(project).receipts == ()


def kill_at(monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def killed(*arguments: object, **named: object) -> None:
        raise KeyboardInterrupt

    def after(work: Callable[..., object]) -> Callable[..., None]:
        def then_killed(*arguments: object, **named: object) -> None:
            work(*arguments, **named)
            raise KeyboardInterrupt

        return then_killed

    places: dict[str, tuple[object, str, Callable[..., object]]] = {
        "sums": (forgetting, "sums_without", after(forgetting.sums_without)),
        "stored": (pending, "wait", killed),
        "promoted": (replacing, "promote", after(promote)),
        "removing": (artifacts, "remove", after(artifacts.remove)),
        "prepared": (stages, "remove_all", killed),
    }
    monkeypatch.setattr(*places[step])


def names(document: dict[str, object]) -> dict[str, object]:
    """A receipt without the moments, which differ."""
    document["parts"] = [{**part, "deadline": ""} for part in document["parts"]]  # type: ignore[attr-defined]
    return {**document, "requested_at": ""}


def test_a_member_whom_nobody_learned_from_changes_nothing(service: Project) -> None:
    old, kept = serving(service, ROLE), {path: path.read_bytes() for path in (service.people / "sums").rglob("*.npy")}
    done = forget_in_models(service, "nobody", soon(), SUBJECT)
    assert (done.receipts, done.removed, done.prepared) == ((), (), ())
    assert old is not None
    assert done.serves == old.id
    assert {path: path.read_bytes() for path in (service.people / "sums").rglob("*.npy")} == kept


def test_what_is_not_known_to_be_without_the_member_counts_as_with(service: Project) -> None:
    old = serving(service, ROLE)
    assert old is not None
    withdrawn(service)
    for manifest in prepared_folder(service).glob("*/manifest.json"):
        manifest.unlink()
    assert forget_in_models(service, "nobody", soon(), SUBJECT).removed == (old.id,)


def test_older_models_are_deleted_and_said_to_be(service: Project) -> None:
    first = serving(service, ROLE)
    add_rows(service, "plays", [("m0000004", "t0000001", datetime(2024, 4, 12, tzinfo=UTC))], "late")
    second = train(service, recipe=LIGHT, forced_because="a test").artifact
    assert first is not None
    if first.id == second.id:
        pytest.skip("the late play may not be used")
    done = forget(withdrawn(service))
    assert set(done.removed) == {first.id, second.id}
    removed = next(one for one in done.receipts if one.old_model == first.id)
    assert removed.new_model == ""
    assert {part.method for part in removed.parts} == {Method.REMOVED}


def test_when_nobody_is_left_no_model_is(service: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*arguments: object, **named: object) -> None:
        raise NothingAllowed("None of the 1 members has a basis to train on 9 events.", "Ask members first.")

    monkeypatch.setattr(forgetting, "viewing", nobody)
    done = forget(service)
    assert done.serves == ""
    assert len(done.removed) == 1
    assert {part.method for part in done.receipts[0].parts} == {Method.REMOVED}
    assert not list((service.people / "sums").rglob("*.npy"))
    with pytest.raises(RegistryError, match="was removed"):
        Recommender.open(service)


def viewing_members(project: Project) -> list[str]:
    folder = next(prepared_folder(project).glob("*/members.json"))
    return list(json.loads(folder.read_bytes()))


def test_a_member_who_has_not_withdrawn_is_refused(service: Project) -> None:
    with pytest.raises(RightsError, match="has not withdrawn"):
        forget(service)


@pytest.mark.parametrize("days", [-1, 0, 31])
def test_a_deadline_lies_within_a_month(service: Project, days: int) -> None:
    with pytest.raises(UsageError, match="within a month"):
        forget_in_models(service, MEMBER, clock.now() + timedelta(days=days), SUBJECT)


def test_the_whole_recipe_forgets_too(whole_service: Project) -> None:
    member = next(name for name in sorted(viewing_members(whole_service))[3:])
    done = forget_in_models(withdrawn(whole_service, member), member, soon(), SUBJECT)
    new = artifacts.find(whole_service, done.serves)
    retained = viewing(whole_service, ("train",), "a test").histories
    parts = artifacts.load(new, CLASSES)
    for name in ("neighbours", "next_neighbours"):
        if f"{BLEND}.{name}" in parts:
            np.testing.assert_array_equal(parts[f"{BLEND}.{name}"].titles, retained.titles)
    (receipt,) = done.receipts
    assert {part.part for part in receipt.parts} >= set(new.manifest["parts"])
    assert not any(part.method is Method.APPROXIMATE for part in receipt.parts)


def plain_gram() -> dict[str, object]:
    return {"kind": "WeightSettings", "engagement_share": "0.0", "half_life": None}
