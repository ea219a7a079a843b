"""A member who is forgotten is in no forecaster: what is left has the bytes of a training that never saw them."""

import json
import shutil
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from openslate.accounts.erasing import erase_member
from openslate.accounts.erasing.several import all_forget
from openslate.apps.greenlight import forgetting
from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.forgetting import forecasters_forget, forget_in_forecasters
from openslate.apps.greenlight.opened import open_model
from openslate.apps.greenlight.train import train
from openslate.apps.personalize.forgetting.exporting import CHECKER, export_sums
from openslate.errors import FitError, RegistryError
from openslate.project import Project
from openslate.registry import artifacts
from openslate.rights.consent import PURPOSES, record_member
from openslate.rights.unlearning import Method, receipt_of
from tests.apps.greenlight.studio import copied, studio_of
from tests.apps.greenlight.test_evaluate import QUICK

DAY = date(2025, 12, 31)
OWN = Asked(plays=28, months=3, until=DAY, everywhere=False)
EARLIER = Asked(plays=28, months=3, until=date(2025, 11, 30), everywhere=False)
MEMBER = "m000007"


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with an earlier and a later forecaster of own plays, and then one of reports, with an audience map."""
    project = copied(studio_of(tmp_path_factory)[0], tmp_path_factory.mktemp("forgetting") / "studio")
    for asked in (EARLIER, OWN, Asked(until=DAY)):
        train(project, asked, QUICK)
    project.state.close()
    return project.folder


def test_what_is_left_is_what_training_gives_that_never_saw_them(
    trained: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = copied(trained, tmp_path / "studio")
    earlier, own, reports = artifacts.every(project)
    receipt = erase_member(project, MEMBER, "asked by letter", all_forget(forecasters_forget())).receipt
    other = copied(studio_of(tmp_path_factory)[0], tmp_path / "other")
    record_member(other, MEMBER, PURPOSES, granted=False)
    wanted = [train(other, asked, QUICK).artifact for asked in (OWN, Asked(until=DAY))]
    told = [receipt_of(one) for one in receipt.models]
    assert [one.old_model for one in told] == [earlier.id, own.id, reports.id]
    assert [one.new_model for one in told] == ["", *(one.id for one in wanted)]
    assert all(part.exact for one in told for part in one.parts)
    for one in wanted:
        kept = artifacts.find(project, one.id)
        assert (kept.folder / artifacts.WEIGHTS).read_bytes() == (one.folder / artifacts.WEIGHTS).read_bytes()
        assert (kept.folder / artifacts.MANIFEST).read_bytes() == (one.folder / artifacts.MANIFEST).read_bytes()
    assert not any(one.folder.exists() for one in (earlier, own, reports))
    counted = artifacts.find(project, wanted[0].id).manifest["counted"]["own outcomes"]
    assert counted == own.manifest["counted"]["own outcomes"] - 1
    # The one that was trained last is the one that forecasts, as before.
    assert open_model(project).artifact.id == wanted[1].id
    assert receipt.pending == ()


def test_a_forgetting_that_was_killed_goes_on_and_its_receipts_are_whole(
    trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = copied(trained, tmp_path / "studio")
    record_member(project, MEMBER, PURPOSES, granted=False)
    removed, remove = [], artifacts.remove

    def killed(*arguments: object) -> None:
        if removed:
            raise KeyboardInterrupt
        remove(*arguments)  # type: ignore[arg-type]
        removed.append(arguments)

    monkeypatch.setattr(artifacts, "remove", killed)
    with pytest.raises(KeyboardInterrupt):
        forget_in_forecasters(project, MEMBER, "c" * 64)
    monkeypatch.undo()
    told = forget_in_forecasters(project, MEMBER, "c" * 64)
    assert [bool(one.new_model) for one in told] == [False, True, True]
    assert forget_in_forecasters(project, "nobody", "d" * 64) == ()


@pytest.mark.soak
def test_killed_right_after_a_training_anew_its_receipt_still_says_that_it_was_trained_anew(
    trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was trained in the place of another is found the next time, and is not taken for a later training."""
    project = copied(trained, tmp_path / "studio")
    earlier, own, reports = artifacts.every(project)
    record_member(project, MEMBER, PURPOSES, granted=False)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    for after in ("take_place", "remove"):
        monkeypatch.setattr(artifacts, after, killed)
        with pytest.raises(KeyboardInterrupt):
            forget_in_forecasters(project, MEMBER, "c" * 64)
        monkeypatch.undo()
    told = forget_in_forecasters(project, MEMBER, "c" * 64)
    assert [one.old_model for one in told] == [earlier.id, own.id, reports.id]
    methods = [{part.method for part in one.parts} for one in told]
    assert methods == [{Method.REMOVED}, {Method.RETRAIN}, {Method.RETRAIN}]
    standing = [one.id for one in artifacts.every(project) if artifacts.REMOVED not in one.manifest]
    assert [one.new_model for one in told[1:]] == standing
    assert open_model(project).artifact.id == told[2].new_model


def test_the_checker_that_stands_alone_holds_receipts_of_forecasters(trained: Path, tmp_path: Path) -> None:
    project = copied(trained, tmp_path / "studio")
    receipt = erase_member(project, MEMBER, "asked by letter", all_forget(forecasters_forget())).receipt
    folder = tmp_path / "check"
    found = export_sums(project, folder, receipt.to_bytes())
    assert len(found.receipts) == 3 and found.sums == ()

    def checked(name: str, *more: str) -> subprocess.CompletedProcess[str]:
        # Alone: nothing of Openslate is on the path.
        command = [sys.executable, "-I", str(folder / CHECKER), str(folder), str(folder / name), *more]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)

    for name in found.receipts:
        done = checked(name, "--member", MEMBER, "--json")
        assert done.returncode == 0, done.stderr + done.stdout
        assert json.loads(done.stdout)["holds"] is True
        said = checked(name).stdout
        assert "names no accumulators, so none was counted again" in said
        assert "deleted." in said or "fitted again without them." in said
    name = found.receipts[1]
    document = json.loads((folder / name).read_text())
    document["parts"][0]["proves"] = "equal to a part that never knew them"
    (folder / "forged.json").write_text(json.dumps(document))
    assert checked("forged.json").returncode == 1
    assert checked(name, "--member", "m000008").returncode == 1


def test_where_too_few_are_left_it_is_withdrawn(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = copied(trained, tmp_path / "studio")
    record_member(project, MEMBER, PURPOSES, granted=False)

    def too_few(*_: object) -> None:
        raise FitError("Too few.", "None.")

    monkeypatch.setattr(forgetting, "train", too_few)
    told = forget_in_forecasters(project, MEMBER, "c" * 64)
    assert [one.new_model for one in told] == ["", "", ""]
    with pytest.raises(RegistryError, match="because it had counted plays of a member who was forgotten"):
        open_model(project)


@pytest.mark.soak
@pytest.mark.parametrize("share", [0.15, 0.4, 0.7])
def test_a_forgetting_that_the_system_killed_is_whole_after_the_next(
    trained: Path, tmp_path: Path, share: float
) -> None:
    """A real process and SIGKILL, after a share of the time that it took; then the same command again."""
    command = [Path(sys.executable).parent / "openslate", "--project", tmp_path / "studio"]
    command += ["rights", "forget", MEMBER, "--reason", "asked by letter"]
    whole = shutil.copytree(trained, tmp_path / "studio")
    began = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    took = time.monotonic() - began
    wanted = {one.id for one in artifacts.every(Project.open(whole)) if artifacts.REMOVED not in one.manifest}
    shutil.rmtree(whole)
    shutil.copytree(trained, whole)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(took * share)
        process.send_signal(signal.SIGKILL)
    assert process.returncode in (-signal.SIGKILL, 0)
    subprocess.run(command, check=True, capture_output=True)
    project = Project.open(whole)
    assert {one.id for one in artifacts.every(project) if artifacts.REMOVED not in one.manifest} == wanted
    assert not any(MEMBER.encode() in path.read_bytes() for path in (whole / "people").rglob("*.parquet"))
    assert forget_in_forecasters(project, MEMBER, "c" * 64) == ()
