"""Trainings and open recommenders beside an erasure, in processes of their own: none keeps or uses who was erased."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest

from openslate import clock
from openslate.accounts.erasing import erase_member
from openslate.accounts.erasing.receipt import ErasureReceipt
from openslate.apps.personalize.forgetting.erasing import models_forget
from openslate.apps.personalize.forgetting.models import forget_in_models
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.train import ROLE, train
from openslate.errors import RegistryError, RightsError
from openslate.project import Project
from openslate.registry import artifacts
from openslate.registry.artifacts import REMOVED
from openslate.registry.promotion import serving
from openslate.rights.consent import record_member
from tests.simulated import LIGHT

MEMBER = "m0000002"

TRAINING = """
import sys
import openslate.apps.personalize.train
from openslate.errors import OpenslateError
from openslate.project import Project
from openslate.registry import artifacts
from tests.simulated import LIGHT

module = sys.modules["openslate.apps.personalize.train"]
save = artifacts.save

def wait(place):
    if place == sys.argv[2]:
        print("here", flush=True)
        sys.stdin.readline()

def saving(*arguments):
    wait("saving")
    return save(*arguments)

artifacts.save = saving
told = lambda what, share: wait("fitting") if what.startswith("Preparing for new titles") else None
try:
    print("stored", module.train(Project.open(sys.argv[1]), recipe=LIGHT, progress=told).artifact.id)
except OpenslateError as error:
    print("refused", error.what)
"""

ANSWERING = """
import sys
from openslate.apps.personalize.recommender import Recommender
from openslate.errors import OpenslateError
from openslate.project import Project

recommender = Recommender.open(Project.open(sys.argv[1]))
assert recommender.history(sys.argv[2]).known
print("here", flush=True)
sys.stdin.readline()
try:
    recommender.history(sys.argv[2])
    print("answered")
except OpenslateError as error:
    print("refused", error.what)
    print("now", recommender.current().model)
"""


@contextmanager
def process(program: str, *words: str) -> Iterator[subprocess.Popen[str]]:
    """A process that has come as far as it says it is here."""
    command = [sys.executable, "-c", program, *words]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as started:
        try:
            assert started.stdout is not None
            assert started.stdout.readline() == "here\n"
            yield started
        finally:
            started.kill()


def known(project: Project) -> list[str]:
    return [one.id for one in artifacts.every(project) if REMOVED not in one.manifest]


def test_a_training_that_began_before_an_erasure_stores_nothing(service: Project) -> None:
    with process(TRAINING, str(service.folder), "fitting") as training:
        erase_member(service, MEMBER, "a test", models_forget())
        before = (known(service), serving(service, ROLE))
        said, _ = training.communicate("go on\n", timeout=60)
    assert said == "refused The data was changed while it was being read: a member was erased.\n"
    assert (known(service), serving(service, ROLE)) == before
    assert service.state.rows("SELECT count(*) FROM stages") == [(0,)], "what validation found knows the member"
    assert not list((service.people / "sums").rglob("*.npy")), "the sums know the member"
    assert train(service, recipe=LIGHT).artifact.manifest["members"] > 0


def test_an_erasure_waits_for_a_model_that_is_being_stored_and_makes_it_forget(service: Project) -> None:
    receipts: list[ErasureReceipt] = []

    def erase(folder: Path) -> None:
        receipts.append(erase_member(Project.open(folder), MEMBER, "a test", models_forget()).receipt)

    record_member(service, "m0000009", ["train"], granted=False)
    with process(TRAINING, str(service.folder), "saving") as training:
        erasing = Thread(target=erase, args=(service.folder,))
        erasing.start()
        erasing.join(0.5)
        assert not receipts, "the erasure did not wait"
        said, _ = training.communicate("go on\n", timeout=60)
        erasing.join(60)
    stored = said.removeprefix("stored ").strip()
    assert REMOVED in artifacts.find(service, stored).manifest
    assert stored in {one["old_model"] for one in receipts[0].models}


def test_a_process_with_an_open_model_refuses_after_somebody_was_forgotten_and_opens_anew(service: Project) -> None:
    with process(ANSWERING, str(service.folder), "m0000003") as answering:
        erase_member(service, MEMBER, "a test", models_forget())
        said, _ = answering.communicate("go on\n", timeout=60)
    now = serving(service, ROLE)
    assert now is not None
    assert "does not serve any more" in said
    assert said.endswith(f"now {now.id}\n")


def test_a_model_that_was_replaced_after_a_withdrawal_answers_no_more(service: Project) -> None:
    opened = Recommender.open(service)
    assert opened.current() is opened
    record_member(service, MEMBER, ["train"], granted=False)
    assert opened.history("m0000003").known
    trained = train(service, recipe=LIGHT, forced_because="a test")
    with pytest.raises(RegistryError, match="does not serve any more"):
        opened.history("m0000003")
    assert opened.current().model == trained.artifact.id


def test_a_model_that_was_removed_can_be_made_again(service: Project) -> None:
    (first,) = artifacts.every(service)
    artifacts.remove(service, first, "a test")
    assert train(service, recipe=LIGHT, forced_because="a test").artifact.id == first.id
    assert Recommender.open(service).model == first.id


def test_an_open_model_answers_until_its_deadline_alone(service: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    record_member(service, MEMBER, ["train"], granted=False)
    done = forget_in_models(service, MEMBER, clock.now() + timedelta(days=7), "c" * 64)
    opened = Recommender.open(service)
    assert opened.history("m0000003").known
    monkeypatch.setattr("openslate.clock.now", lambda: done.pending[0].deadline)
    with pytest.raises(RightsError, match="may not serve"):
        opened.history("m0000003")
    with pytest.raises(RightsError, match="may not serve"):
        opened.current()
