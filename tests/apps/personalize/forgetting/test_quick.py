"""Forgetting from kept inverses: what serves at once is within its bound, says so everywhere, and is then solved."""

import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from openslate import clock
from openslate.accounts.erasing import erase_member, log
from openslate.apps.personalize.card import model_card
from openslate.apps.personalize.card_page import card_sheet
from openslate.apps.personalize.fitted import BLEND, CLASSES
from openslate.apps.personalize.forgetting import replacing
from openslate.apps.personalize.forgetting.erasing import models_forget
from openslate.apps.personalize.forgetting.models import ModelsForgotten, forget_in_models
from openslate.apps.personalize.forgetting.solving import solve_exactly
from openslate.apps.personalize.forgetting.successor import DOWNDATED
from openslate.apps.personalize.inverses import inverses_folder
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.train import ROLE, train
from openslate.drawing.sheet import sheet_document
from openslate.errors import RightsError, UsageError
from openslate.models.ease import Ease
from openslate.models.sequential import Sequential
from openslate.project import Project
from openslate.registry import artifacts, pending
from openslate.registry.promotion import promote, serving
from openslate.rights import ledger
from openslate.rights.consent import record_member
from openslate.rights.unlearning import Method
from tests.lake_rows import add_rows
from tests.simulated import LIGHT, copied

MEMBER, OTHER, SUBJECT = "m0000002", "m0000004", "c" * 64
QUICK = {f"{BLEND}.{part}" for part in ("taste", "sequential")}


@pytest.fixture
def kept(service: Project) -> Project:
    """The service, trained once more, with what solving leaves behind."""
    before = serving(service, ROLE)
    trained = train(service, recipe=LIGHT, keep_inverses=True)
    assert before is not None
    assert trained.artifact.id == before.id, "keeping changed the model"
    assert trained.bytes_kept == sum(path.stat().st_size for path in inverses_folder(service).rglob("*.*"))
    return service


def forget(project: Project, member: str = MEMBER, subject: str = SUBJECT) -> ModelsForgotten:
    record_member(project, member, ["train"], granted=False)
    return forget_in_models(project, member, clock.now() + timedelta(days=7), subject)


def weights(model: object) -> np.ndarray:
    assert isinstance(model, Ease | Sequential)
    return model.item_weights if isinstance(model, Ease) else model.transition_weights


def test_what_serves_at_once_is_within_its_bound_and_on_record(kept: Project) -> None:
    folder = next(inverses_folder(kept).iterdir())
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    done = forget(kept)
    now = artifacts.find(kept, done.serves)
    bounds = {part: one["tolerance"] for part, one in now.manifest[DOWNDATED]["parts"].items()}
    assert set(bounds) == QUICK
    (receipt,) = done.receipts
    for part in receipt.parts:
        assert (part.method is Method.EXACT_DOWNDATE) == (part.part in QUICK)
        assert not (part.part in QUICK and part.exact)
        assert part.tolerance == bounds.get(part.part, "0")
    (told,) = [one.entry for one in ledger.search(kept, decision="forget", subject=SUBJECT)]
    assert (told["stage"], told["bounds"], told["model"]) == (log.DOWNDATED, bounds, now.id)
    assert {one.part for one in done.pending} >= {f"{part} (not solved yet)" for part in QUICK}
    assert not list(inverses_folder(kept).glob("*")), "what was kept still holds the member"
    assert Recommender.open(kept).model == now.id
    card = model_card(kept, now.id)
    assert card.rights["forgetting"]["within_a_bound"] == bounds
    assert all(f"{part} by at most {bound}" in sheet_document(card_sheet(card)) for part, bound in bounds.items())
    quick = artifacts.load(now, CLASSES)
    solved = solve_exactly(kept)
    exact = artifacts.load(artifacts.find(kept, solved.model), CLASSES)
    for part in QUICK:
        apart = np.abs(weights(quick[part]).astype(np.float64) - weights(exact[part])).max()
        assert 0 < apart <= float(bounds[part]) < 0.01, part


def test_the_solved_model_is_the_one_that_forgetting_without_haste_gives(kept: Project, tmp_path: Path) -> None:
    kept.state.close()
    patient = copied(kept.folder, tmp_path / "patient")
    for path in inverses_folder(patient).rglob("kept.json"):
        path.unlink()
    slowly = artifacts.find(patient, forget(patient).serves)
    project = Project.open(kept.folder)
    done = forget(project)
    solved = solve_exactly(project)
    now = artifacts.find(project, solved.model)
    assert now.manifest["weights"] == slowly.manifest["weights"]
    assert DOWNDATED not in now.manifest
    assert solved.removed == (done.serves,)
    assert not artifacts.find(project, done.serves).folder.exists()
    assert Recommender.open(project).model == solved.model
    (receipt,) = solved.receipts
    assert (receipt.subject, receipt.old_model) == (SUBJECT, done.serves)
    assert {part.part for part in receipt.parts if part.method is Method.EXACT_GRAM} >= QUICK
    assert [one.stage for one in log.told(project, SUBJECT)] == [log.DOWNDATED, log.SOLVED]
    assert {one.part for one in pending.waiting(project)} == {BLEND, "settled settings"}
    assert [path.name for path in inverses_folder(project).iterdir()] == [solved.model], "the next would be slow"
    with pytest.raises(UsageError, match="nothing to solve"):
        solve_exactly(project)


def test_after_the_deadline_it_may_not_serve(kept: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    done = forget(kept)
    monkeypatch.setattr("openslate.clock.now", lambda: done.pending[0].deadline)
    for use in (Recommender.open, solve_exactly):
        with pytest.raises(RightsError, match=r"not solved yet.* were to have forgotten"):
            use(kept)


def test_what_came_since_the_training_is_no_hindrance(kept: Project) -> None:
    add_rows(kept, "plays", [(OTHER, "t0000001", datetime(2024, 4, 12, tzinfo=UTC))], "late")
    done = forget(kept)
    assert set(artifacts.find(kept, done.serves).manifest[DOWNDATED]["parts"]) == QUICK


def test_a_large_catalogue_is_forgotten_in_as_it_was_cut(service: Project) -> None:
    large = replace(LIGHT, large=replace(LIGHT.large, from_titles=100, weights_per_row=40, without=()))
    plain = train(service, recipe=large, forced_because="a test").artifact
    trained = train(service, recipe=large, forced_because="a test", keep_inverses=True)
    assert trained.artifact.id == plain.id
    quick = artifacts.load(artifacts.find(service, forget(service).serves), CLASSES)
    exact = artifacts.load(artifacts.find(service, solve_exactly(service).model), CLASSES)
    for part in QUICK:
        one, other = (found[part].weights.matrix() for found in (quick, exact))
        assert np.diff(one.indptr).max() <= 40
        both = (one != 0).multiply(other != 0)
        assert both.nnz > 0.99 * other.nnz
        assert abs((one - other).multiply(both)).max() < 0.01


@pytest.mark.parametrize("harm", ["inverse", "description", "prepared"])
def test_what_is_not_as_it_was_kept_is_solved_instead(kept: Project, harm: str) -> None:
    if harm == "inverse":
        for path in inverses_folder(kept).rglob("*.npy"):
            path.write_bytes(path.read_bytes()[:-1] + b"\x01")
    elif harm == "description":
        next(inverses_folder(kept).rglob("kept.json")).write_text("{")
    else:
        for path in (kept.people / "prepared").glob("*/manifest.json"):
            path.unlink()
    now = artifacts.find(kept, forget(kept).serves)
    assert DOWNDATED not in now.manifest
    assert Recommender.open(kept).model == now.id


def test_another_who_asks_before_it_is_solved_has_both_forgotten_exactly(kept: Project) -> None:
    first = forget(kept)
    second = forget(kept, OTHER, "d" * 64)
    now = artifacts.find(kept, second.serves)
    assert DOWNDATED not in now.manifest
    assert set(second.removed) == {first.serves}
    assert [one.stage for one in log.told(kept, SUBJECT)] == [log.DOWNDATED, log.SOLVED]
    # What still knows the first of them gets no more time because another follows.
    due = {one.part: one.deadline for one in first.pending}
    again = {one.part: one.deadline for one in second.pending}
    assert again
    assert again == {part: due[part] for part in again}


@pytest.mark.parametrize("step", ["before it serves", "after it serves"])
def test_killed_while_solving_it_goes_on(kept: Project, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    done = forget(kept)

    def killed(work: Callable[..., object]) -> Callable[..., None]:
        def promoting(*arguments: object) -> None:
            if step == "after it serves":
                work(*arguments)
            raise KeyboardInterrupt

        return promoting

    with monkeypatch.context() as killing:
        killing.setattr(replacing, "promote", killed(promote))
        with pytest.raises(KeyboardInterrupt):
            solve_exactly(kept)
    solved = solve_exactly(kept)
    assert solved.removed == (done.serves,)
    assert DOWNDATED not in artifacts.find(kept, solved.model).manifest


def test_erasing_a_member_leaves_no_inverse_that_knew_them(kept: Project) -> None:
    receipt = erase_member(kept, MEMBER, "a test", models_forget()).receipt
    assert {one["method"] for one in receipt.models[0]["parts"]} >= {Method.EXACT_DOWNDATE, Method.PENDING}
    assert not list(inverses_folder(kept).glob("*"))


def test_an_erasure_that_asks_no_model_removes_what_was_kept(kept: Project) -> None:
    receipt = erase_member(kept, MEMBER, "a test").receipt
    assert not list(inverses_folder(kept).glob("*"))
    assert any(one.what == "what solving a model left behind" for one in receipt.files)
